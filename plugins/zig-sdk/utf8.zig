//! Checking and measuring UTF-8, 64 bytes a step.
const std = @import("std");
const json = @import("json.zig");
const blocks = @import("blocks.zig");
const work = @import("work.zig");

const Vector = blocks.Vector;
const all: u64 = ~@as(u64, 0);

/// What the bytes so far demand of those that follow, bit 0 being the next byte.
pub const Carry = struct {
    continuations: u64 = 0,
    after_e0: u64 = 0,
    after_ed: u64 = 0,
    after_f0: u64 = 0,
    after_f4: u64 = 0,

    pub fn isEmpty(carry: *const Carry) bool {
        return carry.continuations == 0;
    }
};

/// Whether any byte of the block is not ASCII.
pub inline fn anyHigh(block: blocks.Block) bool {
    const merged = (block[0] | block[1]) | (block[2] | block[3]);
    return @as(u16, @bitCast(merged >= @as(Vector, @splat(0x80)))) != 0;
}

/// Whether all that is not ASCII in a block are whole, valid characters of two bytes, as in most of Europe. Worth a look
/// before `check`, which costs three times as much.
pub inline fn onlyPairs(block: blocks.Block) bool {
    const largest = @max(@max(block[0], block[1]), @max(block[2], block[3]));
    const longer = largest >= @as(Vector, @splat(0xE0));
    const mask: Vector = @splat(0xFE);
    const overlong = blocks.equal(.{ block[0] & mask, block[1] & mask, block[2] & mask, block[3] & mask }, @splat(0xC0));
    const lead = atLeast(block, 0xC0);
    const continuation = atLeast(block, 0x80) & ~lead;
    return @as(u16, @bitCast(longer)) == 0 and overlong | ((lead << 1) ^ continuation) | (lead >> 63) == 0;
}

/// Where a text is wrong, one bit a byte, and what it demands of the text that follows.
pub const Checked = struct { wrong: u64, carry: Carry };

/// Checks a block of text that continues from `before`; its first `skip` bytes are ASCII padding ahead of the text.
pub noinline fn check(bytes: *const [64]u8, before: Carry, skip: u6) Checked {
    const block = blocks.load(bytes);
    const carry = before;
    var after: Carry = .{};
    const beyond = atLeast(block, 0xF5);
    const lead = atLeast(block, 0xC0) & ~beyond;
    const lead3 = atLeast(block, 0xE0) & ~beyond;
    const lead4 = atLeast(block, 0xF0) & ~beyond;
    const continuation = atLeast(block, 0x80) & ~(lead | beyond);
    // The third byte is wanted only behind a second that is there: what is wrong stays within its record.
    const second = continuation << 1;
    const third = second & (continuation << 2);
    const ahead = carry.continuations;
    const wanted = (lead << 1) | ((lead3 << 2) & second) | ((lead4 << 3) & third) | ((ahead & 1) << skip) |
        (((ahead & 2) << skip) & second) | (((ahead & 4) << skip) & third);
    var wrong = (wanted ^ continuation) | beyond | (lead & ~atLeast(block, 0xC2));
    const special = carry.after_e0 | carry.after_ed | carry.after_f0 | carry.after_f4;
    if (lead3 | special != 0) {
        const e0 = blocks.equal(block, @splat(0xE0));
        const ed = blocks.equal(block, @splat(0xED));
        const f0 = blocks.equal(block, @splat(0xF0));
        const f4 = blocks.equal(block, @splat(0xF4));
        const from_90 = atLeast(block, 0x90);
        const from_a0 = atLeast(block, 0xA0);
        wrong |= ((e0 << 1) | (carry.after_e0 << skip)) & continuation & ~from_a0;
        wrong |= ((ed << 1) | (carry.after_ed << skip)) & continuation & from_a0;
        wrong |= ((f0 << 1) | (carry.after_f0 << skip)) & continuation & ~from_90;
        wrong |= ((f4 << 1) | (carry.after_f4 << skip)) & continuation & from_90;
        after.after_e0 = e0 >> 63;
        after.after_ed = ed >> 63;
        after.after_f0 = f0 >> 63;
        after.after_f4 = f4 >> 63;
    }
    // Of those at 61 and 62 the bytes that would stand in this block must have been there.
    const last = continuation >> 63;
    const last_two = last & (continuation >> 62);
    after.continuations = (lead >> 63) | ((lead3 >> 63) << 1) | ((lead4 >> 63) << 2) |
        ((lead3 >> 62) & last) | (((lead4 >> 62) & last) << 1) | ((lead4 >> 61) & last_two);
    // A text of one or two bytes may be too short for all that is demanded of it: the rest is demanded of what follows.
    if (skip >= 62) {
        const length: u6 = @intCast(64 - @as(u7, skip));
        if (continuation >> skip == blocks.below(length)) after.continuations |= ahead >> length;
    }
    return .{ .wrong = wrong, .carry = after };
}

inline fn atLeast(block: blocks.Block, comptime value: u8) u64 {
    const limit: Vector = @splat(value);
    return blocks.bits(.{ block[0] >= limit, block[1] >= limit, block[2] >= limit, block[3] >= limit });
}

/// `check` for at most 64 bytes.
pub fn checkPart(bytes: []const u8, before: Carry) Checked {
    if (bytes.len >= 64) return check(bytes[0..64], before, 0);
    if (bytes.len == 0) return .{ .wrong = 0, .carry = before };
    var padded: [64]u8 = @splat('a');
    @memcpy(padded[64 - bytes.len ..], bytes);
    const skip: u6 = @intCast(64 - bytes.len);
    const checked = check(&padded, before, skip);
    return .{ .wrong = checked.wrong >> skip, .carry = checked.carry };
}

/// How far a text is UTF-8.
pub const Validity = enum { valid, cut_off, invalid };

/// Whether the bytes are UTF-8, and if so whether the last character is complete.
pub fn validity(bytes: []const u8) Validity {
    var carry: Carry = .{};
    var at: usize = 0;
    while (at < bytes.len) : (at += 64) {
        const checked = checkPart(bytes[at..@min(bytes.len, at + 64)], carry);
        if (checked.wrong != 0) return .invalid;
        carry = checked.carry;
    }
    return if (carry.isEmpty()) .valid else .cut_off;
}

/// Length of the text in UTF-8 once U+FFFD has replaced what is not valid.
pub fn decodedLength(bytes: []const u8) u64 {
    if (isAscii(bytes) or validity(bytes) == .valid) return bytes.len;
    return measure(bytes);
}

fn measure(bytes: []const u8) u64 {
    work.add(5 * bytes.len);
    var length: u64 = 0;
    var at: usize = 0;
    while (at < bytes.len) {
        const step = charAt(bytes[at..]);
        length += step.decoded;
        at += step.raw;
    }
    return length;
}

pub fn isAscii(bytes: []const u8) bool {
    var at: usize = 0;
    while (at + 16 <= bytes.len) : (at += 16) {
        const lanes: Vector = bytes[at..][0..16].*;
        if (@as(u16, @bitCast(lanes >= @as(Vector, @splat(0x80)))) != 0) return false;
    }
    while (at < bytes.len) : (at += 1) if (bytes[at] >= 0x80) return false;
    return true;
}

/// One character: its length as it stands, and its length once replaced if it is not valid.
pub const Char = struct { raw: usize, decoded: usize };

/// The character at the beginning of `bytes`, which are not empty.
pub fn charAt(bytes: []const u8) Char {
    if (bytes[0] < 0x80) return .{ .raw = 1, .decoded = 1 };
    const sequence = json.sequenceAt(bytes);
    return .{ .raw = sequence.len, .decoded = if (sequence.valid) sequence.len else json.replacement.len };
}

/// How many bytes at the beginning of `bytes` are whole characters whose decoded length is at most `room`.
pub fn prefix(bytes: []const u8, room: u64) usize {
    var left = room;
    var at: usize = 0;
    while (at < bytes.len) {
        const step = charAt(bytes[at..]);
        if (step.decoded > left) break;
        left -= step.decoded;
        at += step.raw;
    }
    return at;
}

/// How many bytes at the end of `bytes` begin a character that goes on behind them.
pub fn cutOff(bytes: []const u8) usize {
    var back: usize = 1;
    while (back <= @min(3, bytes.len)) : (back += 1) {
        const at = bytes.len - back;
        if (bytes[at] < 0x80) return 0;
        if (bytes[at] >= 0xC0) return if (json.sequenceAt(bytes[at..]).cut) back else 0;
    }
    return 0;
}

/// Writes `bytes` to `out`, with U+FFFD in place of what is not valid; `out` has room for three bytes a byte.
pub fn replaceInvalid(bytes: []const u8, out: []u8) []const u8 {
    work.add(8 * bytes.len);
    var len: usize = 0;
    var at: usize = 0;
    while (at < bytes.len) {
        const char = charAt(bytes[at..]);
        const valid = bytes[at] < 0x80 or json.sequenceAt(bytes[at..]).valid;
        const decoded = if (valid) bytes[at..][0..char.raw] else json.replacement;
        @memcpy(out[len..][0..decoded.len], decoded);
        len += decoded.len;
        at += char.raw;
    }
    return out[0..len];
}
