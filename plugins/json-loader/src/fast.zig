//! The same rules 64 bytes a step, as long as nothing is wrong: strings, words and brackets as bit masks, and the
//! grammar as what may follow what.
//!
//! Every byte that something may follow (a bracket, a colon, a comma, the end of a value) marks the next byte behind it
//! that is no white space: adding the mark to a run of white space carries it there. What stands at the marked places
//! has to be what is demanded, and has to stand nowhere else. Only brackets are looked at one by one. A block that is not
//! well formed, or holds a comment, changes nothing: `exact.zig` reads it, from the same state to the same state.
const std = @import("std");
const sdk = @import("sdk");
const blocks = sdk.blocks;
const brackets = @import("brackets.zig");
const masks = @import("masks.zig");
const numbers = @import("numbers.zig");
const nesting = @import("nesting.zig");
const State = @import("state.zig").State;

/// What values of the outermost level may be.
pub const Mode = enum {
    /// One a line.
    lines,
    /// One after another.
    concatenated,
    /// One: blocks in which it begins or ends are read exactly.
    single,
};

/// What the blocks so far demand of the first byte of the next; every field is 0 or 1, but for `in_string`.
const Carry = struct {
    /// All ones inside of a string.
    in_string: u64 = 0,
    escape: u64 = 0,
    is_key: u64 = 0,
    key: u64 = 0,
    colon: u64 = 0,
    value: u64 = 0,
    after: u64 = 0,
    /// A bracket may close right here, since it has just been opened.
    end: u64 = 0,
    number: numbers.Carry = .{},
    /// Bytes of a literal that are still to come, and have been compared.
    literal: u64 = 0,

    inline fn copy(carry: Carry) Carry {
        var made: Carry = .{};
        inline for (@typeInfo(Carry).@"struct".field_names) |name| {
            const value = @field(carry, name);
            @field(made, name) = if (@TypeOf(value) == u64) value else value.copy();
        }
        return made;
    }
};

/// Goes through whole blocks of a chunk that begins at byte `at` of the file, from byte `from` of the chunk on; returns
/// where it stopped: at the end, or at a block that has to be read exactly.
pub noinline fn through(comptime mode: Mode, state: *State, chunk: []const u8, from: usize, at: u64) usize {
    var carry = load(state) orelse return from;
    const nest = &state.nest;
    // Where the records, or the only value, end is read exactly.
    const floor = if (mode == .single) @max(state.record_depth, 1) else 0;
    if (nest.depth < floor or nest.depth + chunk.len > nesting.deepest) return from;
    var window = brackets.kindsOf(nest);
    var utf8 = state.utf8;
    var token = state.token;
    var done = from;
    var opened: u64 = 0;
    while (done + blocks.size <= chunk.len) : (done += blocks.size) {
        const bytes = chunk[done..][0..blocks.size];
        const block = blocks.load(bytes);
        const found = masks.Found.of(block);

        // Strings.
        const escaped = masks.escaped(found.backslash, &carry.escape);
        const quotes = found.quote & ~escaped.mask;
        const inside = blocks.parity(quotes) ^ carry.in_string;
        const opening = quotes & inside;
        const closing = quotes & ~inside;
        const outside = ~(inside | closing);
        var wrong = found.low & ~found.blank & inside;
        if (escaped.mask != 0) {
            @branchHint(.unlikely);
            if (!masks.escapesAreRight(chunk, done, escaped.mask & inside)) break;
        }
        if (sdk.utf8.anyHigh(block) or !utf8.isEmpty()) {
            if (!utf8.isEmpty() or !sdk.utf8.onlyPairs(block)) {
                const checked = sdk.utf8.check(bytes, utf8, 0);
                if (checked.wrong != 0) break;
                utf8 = checked.carry;
            }
        }

        // Words.
        const newline = if (mode == .lines) found.newline & outside else 0;
        const space = (found.low & outside) ^ newline;
        const odd = space & ~(found.blank | found.newline);
        if (odd != 0) {
            @branchHint(.unlikely);
            wrong |= odd & ~masks.tabsAndReturns(bytes);
        }
        const bracket = found.bracket & outside;
        const colons = found.colon & outside;
        const commas = found.comma & outside;
        const words = outside & ~(space | newline | bracket | colons | commas);
        const starts = words & ~(words << 1 | carry.number.word);
        const letters = starts & ~(found.digit | found.minus);
        var literal = carry.literal;
        var literal_left: u64 = 0;
        if (letters != 0) {
            var left = letters;
            while (left != 0) : (left &= left - 1) {
                const length = masks.literalAt(chunk, done +% @ctz(left)) orelse break;
                const first: u6 = @intCast(@ctz(left));
                const bits = (@as(u64, 1) << @intCast(length)) - 1;
                literal |= bits << first;
                literal_left |= bits >> 1 >> (63 - first);
            }
            if (left != 0) break;
        }
        var number = carry.number.copy();
        wrong |= number.check(words, starts, literal, found, bytes);

        // Brackets.
        var kinds: brackets.Kinds = .{
            .objects = if (window >> 63 != 0) ~@as(u64, 0) else 0,
            .outermost = if (nest.depth == 0) ~@as(u64, 0) else 0,
        };
        if (bracket != 0) {
            if (!kinds.look(mode == .single, bytes, bracket, window, nest.depth, floor)) break;
        }
        const top = kinds.outermost;
        const openers = kinds.openers;
        const closers = bracket & ~openers;

        // What may follow what.
        const in_object = kinds.objects;
        const keys_at = follow(kinds.curly | (commas & in_object), space, carry.key);
        const keys = opening & keys_at.mask;
        const key_end = masks.runEnds(inside, keys, carry.is_key & carry.in_string);
        const colon_at = follow(closing & key_end.mask, space, carry.colon);
        const value_at = follow(colons | (commas & ~in_object) | (openers & ~kinds.curly) | newline, space, carry.value);
        const ends = (closing & ~key_end.mask) | closers;
        const after_at = followEnds(ends, words, carry.number.word, space, carry.after);
        const end_at = follow(openers, space, carry.end);

        const may_end = closers & end_at.mask;
        const begins = (opening & ~keys) | starts | openers;
        const again = if (mode == .concatenated) after_at.mask & top & begins else 0;
        const values = value_at.mask | again;
        wrong |= keys_at.mask & ~(opening | may_end);
        wrong |= colon_at.mask ^ colons;
        wrong |= value_at.mask & ~(begins | may_end | (newline & top));
        wrong |= begins & ~values;
        wrong |= after_at.mask & ~(commas | closers | newline | again);
        wrong |= (commas | (closers & ~may_end)) & ~after_at.mask;
        wrong |= (commas & top) | (newline & ~(top & (after_at.mask | value_at.mask)));
        if (wrong != 0) break;

        // Nothing is wrong: take it over.
        const position = at +% done;
        const marked = opening | starts;
        token = if (marked != 0) position +% 63 -% @clz(marked) else token;
        const first = if (mode == .concatenated) begins & top else 0;
        if (mode == .concatenated and first & 1 != 0) {
            nest.commas +%= 1;
            nest.last = position;
        }
        const count: brackets.Separators = .{
            .counted = commas | (newline & after_at.mask) | first >> 1,
            .all = commas | newline | first >> 1,
        };
        if (bracket != 0) {
            opened +%= @popCount(bracket);
            if (nest.depth + @popCount(bracket) <= brackets.shallow) {
                brackets.commitShallow(state, bracket, openers, may_end, count, position);
                window = kinds.window;
            } else {
                @branchHint(.unlikely);
                brackets.keepKinds(nest, window);
                brackets.commit(state, bytes, bracket, openers, may_end, count, position);
                window = brackets.kindsOf(nest);
            }
        } else count.apply(nest, ~@as(u64, 0), position);
        state.lines +%= @popCount(found.newline);
        number.word = words >> 63;
        carry = .{
            .in_string = @bitCast(@as(i64, @bitCast(inside)) >> 63),
            .escape = escaped.carry,
            .is_key = key_end.carry,
            .key = keys_at.carry,
            .colon = colon_at.carry,
            .value = value_at.carry,
            .after = after_at.carry,
            .end = end_at.carry,
            .number = number.copy(),
            .literal = literal_left,
        };
    }
    if (done == from) return done;
    brackets.keepKinds(nest, window);
    sdk.work.add(brackets.dearness * opened);
    nest.no_object = false; // something may have been opened
    nest.no_array = false;
    store(state, carry.copy(), chunk, at, token, utf8);
    return done;
}

const Marked = struct { mask: u64, carry: u64 };

/// The next byte that is no white space behind each byte of `from`.
inline fn follow(from: u64, space: u64, carry: u64) Marked {
    const sum = @addWithOverflow(from << 1 | carry, space);
    return .{ .mask = sum[0] & ~space, .carry = from >> 63 | sum[1] };
}

/// The same for the ends of strings and containers, and of words, which end before a byte that is none of theirs.
inline fn followEnds(from: u64, words: u64, word_before: u64, space: u64, carry: u64) Marked {
    const behind = (words << 1 | word_before) & ~words;
    const sum = @addWithOverflow(from << 1 | behind | carry, space);
    return .{ .mask = sum[0] & ~space, .carry = from >> 63 | sum[1] };
}

/// What the state demands; null where only `exact.zig` can go on.
fn load(state: *const State) ?Carry {
    var carry: Carry = .{};
    if (state.where == .before or state.beyond > 0 or state.expect == .skip) return null;
    switch (state.lex) {
        .between => switch (state.expect) {
            .value => carry.value = 1,
            .value_or_end => {
                carry.value = 1;
                carry.end = 1;
            },
            .key => carry.key = 1,
            .key_or_end => {
                carry.key = 1;
                carry.end = 1;
            },
            .colon => carry.colon = 1,
            .after => carry.after = 1,
            .skip => return null,
        },
        .string, .escape => {
            carry.in_string = ~@as(u64, 0);
            carry.escape = @intFromBool(state.lex == .escape);
            carry.is_key = @intFromBool(state.is_key);
        },
        .word => {
            if (!state.word_read) return null;
            carry.number = numbers.Carry.of(state.word) orelse return null;
            carry.literal = (@as(u64, 1) << state.word.missing()) - 1;
            if (carry.literal != 0) return null; // not compared yet
        },
        else => return null,
    }
    return carry;
}

fn store(state: *State, carry: Carry, chunk: []const u8, at: u64, token: u64, utf8: sdk.utf8.Carry) void {
    state.utf8 = utf8;
    state.token = token;
    state.said_control = false;
    state.said_utf8 = false;
    if (carry.in_string != 0) {
        state.lex = if (carry.escape != 0) .escape else .string;
        state.is_key = carry.is_key != 0;
        state.expect = if (state.is_key) .colon else .after;
        return;
    }
    if (carry.number.word != 0) {
        state.lex = .word;
        state.expect = .after;
        state.word = carry.number.toWord(carry.literal, if (token >= at) chunk[@intCast(token - at)] else 0);
        state.word_read = true;
        state.word_first = if (carry.number.isNumber()) '0' else 't';
        return;
    }
    state.lex = .between;
    const end = carry.end != 0;
    state.expect = if (carry.key != 0)
        (if (end) .key_or_end else .key)
    else if (carry.value != 0)
        (if (end) .value_or_end else .value)
    else if (carry.colon != 0) .colon else .after;
}
