//! Where records and cells end, 64 code units a step.
//!
//! The rules are those of Python's `csv.reader` (not strict, quotes doubled): a quote opens a quoted cell only at the
//! beginning of the cell; anywhere else it is text; inside, two quotes stand for one; what follows the closing quote
//! is text up to the next delimiter. LF, CR and CRLF outside of quotes end a record.
//!
//! `classify` finds quoted stretches by the parity of the quotes before each byte. That is right as long as every quote
//! that would open a stretch stands where a quote may open one; a block where one does not is left to `exact`, which
//! walks the rules byte by byte. Both leave the same state behind, so blocks of both kinds can follow each other.
const std = @import("std");
const sdk = @import("sdk");
const blocks = sdk.blocks;
const work = sdk.work;
const Dialect = @import("dialect.zig").Dialect;

pub const block_size = blocks.size;
const Vector = blocks.Vector;
pub const load = blocks.load;
pub const equal = blocks.equal;
pub const below = blocks.below;

/// Where in a cell the text so far ends.
pub const Place = enum(u2) {
    /// Nothing of the cell has been read.
    start,
    /// In text that is not quoted.
    field,
    /// Between quotes.
    quoted,
    /// Right behind a quote that closes, unless another quote follows.
    after_quote,
};

/// All that the meaning of the next byte depends on.
pub const State = struct {
    place: Place = .start,
    /// The last byte was a CR; an LF that follows belongs to it.
    after_cr: bool = false,
};

/// What the units of a block are, one bit each, the first unit in the lowest bit.
pub const Marks = struct {
    /// Newlines that end a record; of CRLF the CR.
    ends: u64 = 0,
    /// Delimiters that separate cells.
    delimiters: u64 = 0,
    /// All newlines, those between quotes too; of CRLF the CR.
    lines: u64 = 0,
    /// LFs that belong to a CR before them.
    swallowed: u64 = 0,
    /// Quotes that open a quoted cell.
    openings: u64 = 0,

    /// The same, field by field. Handing a struct to a function that is not inlined forces it into memory, for good;
    /// a copy made where that happens leaves the one the loop works on in registers.
    pub inline fn copy(marks: Marks) Marks {
        return .{
            .ends = marks.ends,
            .delimiters = marks.delimiters,
            .lines = marks.lines,
            .swallowed = marks.swallowed,
            .openings = marks.openings,
        };
    }
};

/// What a step found, and the state it leaves behind. Passed by value, so that it stays in registers.
pub const Step = struct { marks: Marks, state: State };

/// A dialect, ready to be compared with blocks.
pub const Scanner = struct {
    delimiter: Vector,
    quote: Vector,
    /// All ones where there is a quote character, else zero.
    quoting: u64,
    dialect: Dialect,

    pub fn init(dialect: Dialect) Scanner {
        return .{
            .delimiter = @splat(dialect.delimiter),
            .quote = @splat(dialect.quote orelse 0),
            .quoting = if (dialect.quote != null) ~@as(u64, 0) else 0,
            .dialect = dialect,
        };
    }

    pub inline fn classify(scanner: *const Scanner, bytes: *const [block_size]u8, before: State) Step {
        const block = load(bytes);
        const quotes = equal(block, scanner.quote) & scanner.quoting;
        const delimiters = equal(block, scanner.delimiter);
        const lf = equal(block, @splat('\n'));
        const cr = equal(block, @splat('\r'));
        const follows = (cr << 1) | @intFromBool(before.after_cr);
        const lines = cr | (lf & ~follows);
        const was = before.place;
        const after_cr = cr >> 63 != 0;
        const inside = blocks.parity(quotes) ^ (if (was == .quoted) ~@as(u64, 0) else 0);
        const outside = ~inside;
        const closing = quotes & outside;
        const opening = quotes & inside;
        const separators = (delimiters | lf | cr) & outside;
        const may_open = ((separators | closing) << 1) | @intFromBool(was == .start or was == .after_quote);
        if (opening & ~may_open != 0) {
            @branchHint(.unlikely);
            const step = scanner.exact(bytes, before);
            const state: State = .{ .place = step.state.place, .after_cr = step.state.after_cr };
            return .{ .marks = step.marks.copy(), .state = state };
        }
        // Without branches: what a block ends in cannot be foreseen.
        const in: u1 = @intCast(inside >> 63);
        const at_quote: u1 = @intCast(quotes >> 63);
        const at_separator: u1 = @intCast(separators >> 63);
        const place: Place = @fromBackingInt(@intCast(@as(u2, in | at_quote) << 1 | (~in & (at_quote | ~at_separator))));
        return .{ .marks = .{
            .ends = lines & outside,
            .delimiters = delimiters & outside,
            .lines = lines,
            .swallowed = lf & follows & outside,
            .openings = opening & ~((closing << 1) | @intFromBool(was == .after_quote)),
        }, .state = .{ .place = place, .after_cr = after_cr } };
    }

    /// The same for at most 64 units, one at a time.
    pub noinline fn exact(scanner: *const Scanner, units: []const u8, before: State) Step {
        work.add(10 * units.len);
        var state = before;
        const quote: u16 = scanner.dialect.quote orelse 256;
        var marks: Marks = .{};
        for (units[0..@min(units.len, block_size)], 0..) |unit, i| {
            const bit = @as(u64, 1) << @intCast(i);
            const newline = unit == '\n' or unit == '\r';
            const swallowed = unit == '\n' and state.after_cr;
            if (newline and !swallowed) marks.lines |= bit;
            state.after_cr = unit == '\r';
            if (state.place == .quoted) {
                if (unit == quote) state.place = .after_quote;
            } else if (newline) {
                if (swallowed) marks.swallowed |= bit else marks.ends |= bit;
                state.place = .start;
            } else if (unit == quote and state.place != .field) {
                if (state.place == .start) marks.openings |= bit;
                state.place = .quoted;
            } else if (unit == scanner.dialect.delimiter) {
                marks.delimiters |= bit;
                state.place = .start;
            } else state.place = .field;
        }
        return .{ .marks = marks, .state = state };
    }

    /// `classify` for a whole block, `exact` for the rest of one.
    pub inline fn next(scanner: *const Scanner, units: []const u8, before: State) Step {
        if (units.len >= block_size) return scanner.classify(units[0..block_size], before);
        return scanner.exact(units, before);
    }
};
