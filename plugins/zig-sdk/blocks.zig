//! Blocks of 64 bytes, compared in one go: one bit of the answer for each byte, the first byte in the lowest bit.

pub const size = 64;
pub const Vector = @Vector(16, u8);
pub const Block = [4]Vector;

pub inline fn load(bytes: *const [size]u8) Block {
    return .{ bytes[0..16].*, bytes[16..32].*, bytes[32..48].*, bytes[48..64].* };
}

/// One bit for each byte of the block that equals that of `value`.
pub inline fn equal(block: Block, value: Vector) u64 {
    return bits(.{ block[0] == value, block[1] == value, block[2] == value, block[3] == value });
}

pub inline fn bits(lanes: [4]@Vector(16, bool)) u64 {
    var all: u64 = 0;
    inline for (lanes, 0..) |lane, i| all |= @as(u64, @as(u16, @bitCast(lane))) << (16 * i);
    return all;
}

/// Bit i of the result is the parity of the bits 0 to i.
pub inline fn parity(mask: u64) u64 {
    var x = mask;
    inline for (.{ 1, 2, 4, 8, 16, 32 }) |shift| x ^= x << shift;
    return x;
}

/// The bits below bit `at`, which is at most 64.
pub inline fn below(at: u32) u64 {
    return if (at >= 64) ~@as(u64, 0) else (@as(u64, 1) << @intCast(at)) - 1;
}

/// One bit for each byte of the block that is one of `bytes`.
pub inline fn anyOf(block: Block, bytes: []const u8) u64 {
    var all: u64 = 0;
    for (bytes) |byte| all |= equal(block, @splat(byte));
    return all;
}
