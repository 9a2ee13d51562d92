//! The brackets of a block, one by one: first what lies in what, then, if all is well, what is open from now on.
const blocks = @import("sdk").blocks;
const Nesting = @import("nesting.zig").Nesting;
const State = @import("state.zig").State;

/// About what a bracket takes; see `work`.
pub const dearness = 16;

/// Which bytes of a block lie in what.
pub const Kinds = struct {
    /// Right inside of an object; of nothing at all; brackets that open, and the curly of them.
    objects: u64,
    outermost: u64,
    openers: u64 = 0,
    curly: u64 = 0,

    /// Follows the brackets of a block; false if one does not match.
    /// None may close that is at depth `floor` or above.
    pub inline fn look(
        kinds: *Kinds,
        comptime single: bool,
        bytes: *const [blocks.size]u8,
        brackets: u64,
        top: u64,
        before: u32,
        floor: u32,
    ) bool {
        var window = top;
        var depth: u64 = before;
        var mismatch: u64 = 0;
        var left = brackets;
        while (left != 0) : (left &= left - 1) {
            const at: u6 = @intCast(@ctz(left));
            const byte: u64 = bytes[at];
            const kind = byte >> 5 & 1;
            const opens = byte >> 1 & 1;
            mismatch |= ((window >> 63 ^ kind) | @intFromBool(depth == floor)) & (opens ^ 1);
            kinds.openers |= opens << at;
            kinds.curly |= (kind & opens) << at;
            const opened = window >> 1 | kind << 63;
            const closed = window << 1;
            window = closed ^ ((opened ^ closed) & (0 -% opens));
            depth = depth +% (opens << 1) -% 1;
            const above = (~@as(u64, 0) << at) << 1;
            // A fill from here on, taken back where the kind changes again.
            kinds.objects ^= above & (0 -% (window >> 63 ^ kinds.objects >> 63));
            if (single) continue;
            kinds.outermost ^= above & (0 -% (@intFromBool(depth == 0) ^ kinds.outermost >> 63));
        }
        return mismatch == 0;
    }
};

/// The kinds of the innermost 64 containers, the innermost in the highest bit.
pub inline fn kindsOf(nest: *const Nesting) u64 {
    if (nest.depth == 0) return 0;
    const at = nest.depth - 1;
    const high = nest.kinds[at / 64] << @intCast(63 - at % 64);
    if (at < 64 or at % 64 == 63) return high;
    return high | nest.kinds[at / 64 - 1] >> @intCast(at % 64 + 1);
}

/// What ends a child.
pub const Separators = struct {
    /// Those that count; those behind which the next one begins.
    counted: u64,
    all: u64,

    /// Takes those within `part` into account, for the innermost container.
    pub inline fn apply(separators: Separators, nest: *Nesting, part: u64, position: u64) void {
        nest.commas +%= @popCount(separators.counted & part);
        const all = separators.all & part;
        if (all != 0) nest.last = position +% 64 -% @clz(all);
    }
};

/// Opens and closes what the brackets of a block say.
pub inline fn commit(
    state: *State,
    bytes: *const [blocks.size]u8,
    brackets: u64,
    openers: u64,
    empty: u64,
    separators: Separators,
    position: u64,
) void {
    const nest = &state.nest;
    var commas = nest.commas;
    var last = nest.last;
    var depth = nest.depth;
    var left = brackets;
    var fresh = ~@as(u64, 0);
    while (left != 0) : (left &= left -% 1) {
        const bit = left & (0 -% left);
        const part = fresh & (bit -% 1);
        fresh = 0 -% bit;
        commas +%= @popCount(separators.counted & part);
        const all = separators.all & part;
        last = if (all != 0) position +% 64 -% @clz(all) else last;
        const at: u6 = @intCast(@ctz(bit));
        if (openers & bit != 0) {
            nest.enter(depth, commas, last, if (bytes[at] == '{') .object else .array, position +% at);
            commas = 0;
            last = position +% at +% 1;
            depth +%= 1;
        } else {
            nest.leave(state.index, depth, position +% at +% 1, commas +% @intFromBool(empty & bit == 0));
            depth -%= 1;
            const outer = nest.outer(depth, position +% at +% 1);
            commas = outer.commas;
            last = outer.last;
        }
    }
    nest.depth = depth;
    nest.commas = commas;
    nest.last = last;
    separators.apply(nest, fresh, position);
}
