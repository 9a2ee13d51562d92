//! The brackets of a block, one by one: first what lies in what, then, if all is well, what is open from now on.
const std = @import("std");
const blocks = @import("sdk").blocks;
const nesting = @import("nesting.zig");
const Nesting = nesting.Nesting;
const none = nesting.none;
const tracked = nesting.tracked;
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
    /// The kinds of the innermost containers behind the block, as `kindsOf` has them; see `shallow`.
    window: u64 = 0,

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
        kinds.window = window;
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

/// Levels whose kinds fit into what `kindsOf` returns. As long as no more are open, `fast.zig` follows the kinds there,
/// and `keepKinds` puts them where they belong.
pub const shallow = 64;

pub fn keepKinds(nest: *Nesting, window: u64) void {
    if (nest.depth <= shallow) nest.kinds[0] = if (nest.depth == 0) 0 else window >> @intCast(shallow - nest.depth);
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

/// The same as `commit` where no more than `shallow` levels are open before, in and behind the block, but for the kinds.
/// Without branches that depend on the brackets, since what they are cannot be foreseen: what only an opening bracket has
/// to write is written for a closing one, too, a level above all that is open.
pub inline fn commitShallow(
    state: *State,
    brackets: u64,
    openers: u64,
    empty: u64,
    separators: Separators,
    position: u64,
) void {
    // No level is checked to be there: each is below `shallow` + 2, and there are `tracked`.
    comptime std.debug.assert(shallow + 2 < tracked);
    const nest = &state.nest;
    const levels = nest.levels.ptr;
    var commas = nest.commas;
    var last = nest.last;
    var depth = nest.depth;
    var left = brackets;
    var before: u64 = 0;
    while (left != 0) : (left &= left -% 1) {
        const upto = left ^ (left -% 1); // the bracket and all before it
        const part = upto & ~before;
        before = upto;
        commas +%= @popCount(separators.counted & part);
        const all = separators.all & part;
        last = if (all != 0) position +% 64 -% @clz(all) else last;
        const at: u6 = @intCast(@ctz(left));
        const opens = openers >> at & 1;
        const begin = position +% at;
        levels[depth].commas = commas;
        levels[depth].last = last;
        levels[depth +% 1].begin = begin;
        levels[depth +% 1].id = none;
        if (levels[depth].id != none and opens == 0) {
            @branchHint(.unlikely);
            nest.leave(state.index, depth, begin +% 1, commas +% (1 ^ (empty >> at & 1)));
        }
        depth = depth +% @as(u32, @intCast(opens << 1)) -% 1;
        const outer = &levels[depth];
        commas = outer.commas & (opens -% 1);
        last = if (opens != 0) begin +% 1 else outer.last;
    }
    nest.depth = depth;
    nest.commas = commas;
    nest.last = last;
    separators.apply(nest, ~before, position);
}

/// Opens and closes what the brackets of a block say.
pub noinline fn commit(
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
