//! What the bytes of a block are, one bit a byte.
const std = @import("std");
const blocks = @import("sdk").blocks;

const Vector = blocks.Vector;

/// Bytes of each class, wherever they stand. What is rare is looked for when it is there.
pub const Found = struct {
    quote: u64,
    backslash: u64,
    /// The space and all below it.
    low: u64,
    blank: u64,
    newline: u64,
    bracket: u64,
    colon: u64,
    comma: u64,
    digit: u64,
    zero: u64,
    minus: u64,
    point: u64,

    pub inline fn of(block: blocks.Block) Found {
        return .{
            .quote = blocks.equal(block, @splat('"')),
            .backslash = rare(block, '\\'),
            .low = under(block, 0x21),
            .blank = blocks.equal(block, @splat(' ')),
            .newline = blocks.equal(block, @splat('\n')),
            .bracket = brackets(block),
            .colon = blocks.equal(block, @splat(':')),
            .comma = blocks.equal(block, @splat(',')),
            .digit = digits(block),
            .zero = blocks.equal(block, @splat('0')),
            .minus = blocks.equal(block, @splat('-')),
            .point = blocks.equal(block, @splat('.')),
        };
    }
};

pub noinline fn tabsAndReturns(bytes: *const [blocks.size]u8) u64 {
    const block = blocks.load(bytes);
    return blocks.equal(block, @splat('\t')) | blocks.equal(block, @splat('\r'));
}

/// `e` and `E`.
pub inline fn exponent(block: blocks.Block) u64 {
    const bit: Vector = @splat(0x20);
    return blocks.equal(.{ block[0] | bit, block[1] | bit, block[2] | bit, block[3] | bit }, @splat('e'));
}

/// `{`, `[` and, two more, `}`, `]`, with and without the bit of lower case.
inline fn brackets(block: blocks.Block) u64 {
    const bit: Vector = @splat(0x20);
    const curly: Vector = @splat('{');
    const two: Vector = @splat(0xFD);
    var reduced: blocks.Block = undefined;
    inline for (&reduced, block) |*to, lane| to.* = ((lane | bit) -% curly) & two;
    return blocks.equal(reduced, @splat(0));
}

/// `blocks.equal` for what most blocks have none of.
inline fn rare(block: blocks.Block, comptime byte: u8) u64 {
    const value: Vector = @splat(byte);
    const all = .{ block[0] == value, block[1] == value, block[2] == value, block[3] == value };
    const any = @reduce(.Or, (all[0] | all[1]) | (all[2] | all[3]));
    return if (any) blocks.bits(all) else 0;
}

inline fn under(block: blocks.Block, comptime value: u8) u64 {
    const limit: Vector = @splat(value);
    return blocks.bits(.{ block[0] < limit, block[1] < limit, block[2] < limit, block[3] < limit });
}

inline fn digits(block: blocks.Block) u64 {
    const zero: Vector = @splat('0');
    return under(.{ block[0] -% zero, block[1] -% zero, block[2] -% zero, block[3] -% zero }, 10);
}

/// Bytes that a backslash stands before, and whether one stands before the next block.
pub const Escaped = struct { mask: u64, carry: u64 };

pub inline fn escaped(backslash: u64, carry: *const u64) Escaped {
    if (backslash == 0) return .{ .mask = carry.*, .carry = 0 };
    // A run of backslashes escapes every second byte; runs are told apart by whether they begin at an odd place.
    const odd: u64 = 0xAAAAAAAAAAAAAAAA;
    const potential = backslash & ~carry.*;
    const maybe = potential << 1;
    const codes = (maybe | odd) -% potential;
    const both = codes ^ odd;
    return .{ .mask = both ^ (backslash | carry.*), .carry = (both & backslash) >> 63 };
}

/// Whether the escapes of a block, given by the bytes behind the backslashes, are those there are. False as well where
/// one goes on behind the chunk.
pub noinline fn escapesAreRight(chunk: []const u8, block: usize, behind: u64) bool {
    var left = behind;
    while (left != 0) : (left &= left - 1) {
        const at = block + @ctz(left);
        switch (chunk[at]) {
            '"', '\\', '/', 'b', 'f', 'n', 'r', 't' => {},
            'u' => {
                if (at + 5 > chunk.len) return false;
                for (chunk[at + 1 ..][0..4]) |digit| if (!std.ascii.isHex(digit)) return false;
            },
            else => return false,
        }
    }
    return true;
}

/// Length of the literal at a byte of a chunk; null if there is none, or it goes on behind the chunk.
pub inline fn literalAt(chunk: []const u8, at: usize) ?u7 {
    if (at + 5 > chunk.len) return null;
    const four = std.mem.readInt(u32, chunk[at..][0..4], .little);
    if (four == word("true") or four == word("null")) return 4;
    if (four == word("fals") and chunk[at + 4] == 'e') return 5;
    return null;
}

fn word(comptime text: *const [4]u8) u32 {
    return std.mem.readInt(u32, text, .little);
}

/// The bytes behind those runs of ones that begin at `begins`, and whether one goes on in the next block; `before` says
/// whether the run that is open at the beginning is one of them.
pub inline fn runEnds(runs: u64, begins: u64, before: u64) struct { mask: u64, carry: u64 } {
    const one = @addWithOverflow(runs, begins);
    const two = @addWithOverflow(one[0], before);
    return .{ .mask = two[0], .carry = one[1] | two[1] };
}
