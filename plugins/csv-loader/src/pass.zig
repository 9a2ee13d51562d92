//! The inner loop of indexing: counts records, lines and cells, block by block, and reports what is odd.
//!
//! What only a report needs (where the record begins, on which line) is worked out when there is something to report,
//! which keeps the loop small.
const std = @import("std");
const scan = @import("scan.zig");
const utf8 = @import("sdk").utf8;
const transcode = @import("transcode.zig");
const Problems = @import("problems.zig").Problems;

/// What a unit is, and what of the encoding is checked.
pub const Kind = enum {
    utf8,
    bytes,
    utf16le,
    utf16be,

    pub fn unit(kind: Kind) u2 {
        return if (kind == .utf16le or kind == .utf16be) 2 else 1;
    }
};

/// The units to go through and what was known at their beginning.
pub const Part = struct {
    units: []const u8,
    /// The same as they stand in the file.
    raw: []const u8,
    /// Byte of the file they begin at.
    position: u64,
    /// Where the record begins that is open there, in bytes and in lines.
    record_start: u64,
    record_line: u64,
    /// Cells a record should have; 0 to accept any number.
    expected: u64,

    pub const Open = struct { start: u64, line: u64 };

    /// The record that is open at unit `at`, if the last one that ended before did so in the block at `last_at`;
    /// `lines` counts the newlines before `at`.
    pub fn openRecord(part: *const Part, unit: u64, last_at: usize, last_ends: u64, at: usize, lines: u64) Open {
        if (last_ends == 0) return .{ .start = part.record_start, .line = part.record_line };
        const units = part.units;
        const end = last_at + 63 - @clz(last_ends);
        const pair = units[end] == '\r' and end + 1 < units.len and units[end + 1] == '\n';
        const start = end + 1 + @intFromBool(pair);
        var inner: u64 = 0;
        var i = start;
        while (i < at) : (i += 1) {
            const newline = units[i] == '\r' or (units[i] == '\n' and !(i > 0 and units[i - 1] == '\r'));
            inner += @intFromBool(newline);
        }
        return .{ .start = part.position + start * unit, .line = lines - @min(lines, inner) };
    }
};

/// What is carried from block to block.
pub const Counts = struct {
    state: scan.State,
    /// Records that have ended, and newlines.
    ends: u64,
    lines: u64,
    /// Delimiters of the record that is open.
    delimiters: u64,
    /// The last block in which a record ended, as the unit it begins at, and where in it.
    last_at: usize = 0,
    last_ends: u64 = 0,
    /// Quoted cells opened, as bits of whichever block.
    openings: u64 = 0,

    /// See `scan.Marks.copy`.
    inline fn copy(counts: Counts) Counts {
        return .{
            .state = .{ .place = counts.state.place, .after_cr = counts.state.after_cr },
            .ends = counts.ends,
            .lines = counts.lines,
            .delimiters = counts.delimiters,
            .last_at = counts.last_at,
            .last_ends = counts.last_ends,
            .openings = counts.openings,
        };
    }
};

/// What checking the encoding carries from block to block.
pub const Encoding = struct {
    carry: utf8.Carry = .{},
    /// The last unit was the first half of a surrogate pair.
    surrogate: bool = false,
    /// Records up to this one have no further problem of encoding reported.
    invalid_below: u64 = 0,

    pub fn isOpen(encoding: *const Encoding) bool {
        return encoding.surrogate or !encoding.carry.isEmpty();
    }
};

/// Goes through all units of `part`.
pub noinline fn through(
    comptime kind: Kind,
    scanner: *const scan.Scanner,
    part: *const Part,
    counts: *Counts,
    encoding: *Encoding,
    problems: *Problems,
) void {
    const units = part.units;
    var now = counts.copy(); // in registers from here: nothing below takes its address
    const compared: scan.Scanner = .{
        .delimiter = scanner.delimiter,
        .quote = scanner.quote,
        .quoting = scanner.quoting,
        .dialect = scanner.dialect,
    };
    const whole = units.len - units.len % scan.block_size;
    var at: usize = 0;
    while (at < whole) : (at += scan.block_size) {
        const block = units[at..][0..scan.block_size];
        const step = compared.classify(block, now.state);
        const high = kind != .bytes and utf8.anyHigh(scan.load(block));
        const open = kind != .bytes and encoding.isOpen();
        if (open or (high and !(kind == .utf8 and utf8.onlyPairs(scan.load(block)))))
            check(kind, part, problems, now.copy(), encoding, at, step.marks.copy());
        now = count(kind, part, problems, now, at, step.marks);
        now.state = step.state;
    }
    if (at < units.len) {
        const step = compared.exact(units[at..], now.state);
        check(kind, part, problems, now.copy(), encoding, at, step.marks);
        now = count(kind, part, problems, now, at, step.marks.copy());
        now.state = .{ .place = step.state.place, .after_cr = step.state.after_cr };
    }
    counts.* = now;
}

/// Takes the marks of one block into account. Blocks with no end and with one follow each other in no order a processor
/// could foresee: hence no branches but for what is rare.
inline fn count(
    comptime kind: Kind,
    part: *const Part,
    problems: *Problems,
    before: Counts,
    at: usize,
    marks: scan.Marks,
) Counts {
    var now = before;
    const ends = @popCount(marks.ends);
    const none = marks.ends == 0;
    // Bits up to the last end; not used if there is none.
    const ended = ~@as(u64, 0) >> @as(u6, @truncate(@clz(marks.ends)));
    const in_ended: u64 = @popCount(marks.delimiters & ended);
    const all: u64 = @popCount(marks.delimiters);
    const odd = @intFromBool(ends == 1) & @intFromBool(now.delimiters +% in_ended +% 1 != part.expected);
    if ((@intFromBool(ends > 1) | odd) != 0 and part.expected != 0) {
        if (odd != 0 or !allEven(now.delimiters, marks, part.expected)) {
            @branchHint(.unlikely);
            reportRagged(kind, part, problems, before.copy(), at, marks.copy());
        }
    }
    now.delimiters = if (none) now.delimiters +% all else all -% in_ended;
    now.last_at = if (none) now.last_at else at;
    now.last_ends = if (none) now.last_ends else marks.ends;
    now.ends +%= ends;
    now.lines +%= @popCount(marks.lines);
    now.openings |= marks.openings;
    return now;
}

/// Whether all records that end in a block have as many cells as they should.
inline fn allEven(open: u64, marks: scan.Marks, expected: u64) bool {
    var left = marks.ends;
    var consumed: u64 = 0;
    var delimiters = open;
    var wrong: u64 = 0;
    while (left != 0) : (left &= left -% 1) {
        const so_far: u64 = @popCount(marks.delimiters & (left ^ (left -% 1)));
        wrong |= (delimiters +% so_far -% consumed +% 1) ^ expected;
        delimiters = 0;
        consumed = so_far;
    }
    return wrong == 0;
}

/// Reports the records ending in a block that have an odd number of cells.
noinline fn reportRagged(
    kind: Kind,
    part: *const Part,
    problems: *Problems,
    before: Counts,
    at: usize,
    marks: scan.Marks,
) void {
    const unit: u64 = kind.unit();
    var last_at = before.last_at;
    var last_ends = before.last_ends;
    var record = before.ends;
    var delimiters = before.delimiters;
    var consumed: u64 = 0;
    var left = marks.ends;
    while (left != 0) : (left &= left - 1) {
        const end: u32 = @ctz(left);
        const so_far: u64 = @popCount(marks.delimiters & scan.below(end));
        const cells = delimiters + so_far - consumed + 1;
        if (cells != part.expected and problems.isFull()) {
            problems.total += 1;
        } else if (cells != part.expected) {
            const lines = before.lines + @popCount(marks.lines & scan.below(end));
            const open = part.openRecord(unit, last_at, last_ends, at + end, lines);
            const blank = open.start == part.position + (at + end) * unit;
            addRagged(problems, record, open.line, open.start, if (blank) 0 else cells, part.expected);
        }
        record += 1;
        delimiters = 0;
        consumed = so_far;
        last_at = at;
        last_ends = left & (~left + 1);
    }
}

pub fn addRagged(problems: *Problems, record: u64, line: u64, offset: u64, cells: u64, expected: u64) void {
    problems.add(.{
        .kind = if (cells < expected) .ragged_short else .ragged_long,
        .record = record,
        .line = line,
        .offset = offset,
        .cells = cells,
    });
}

/// Checks the encoding of a block and reports the first place of each record that is not valid.
noinline fn check(
    comptime kind: Kind,
    part: *const Part,
    problems: *Problems,
    now: Counts,
    encoding: *Encoding,
    at: usize,
    marks: scan.Marks,
) void {
    const units = part.units[at..@min(part.units.len, at + scan.block_size)];
    var left: u64 = 0;
    switch (kind) {
        .bytes => return,
        .utf8 => {
            const checked = utf8.checkPart(units, encoding.carry);
            left = checked.wrong;
            encoding.carry = checked.carry;
        },
        .utf16le, .utf16be => {
            const order = if (kind == .utf16le) .utf16le else .utf16be;
            const raw = part.raw[2 * at ..][0 .. 2 * units.len];
            const checked = transcode.loneSurrogates(order, raw, encoding.surrogate);
            left = checked.wrong;
            encoding.surrogate = checked.open;
        },
    }
    while (left != 0) {
        const place: u32 = @ctz(left);
        const ended = marks.ends & scan.below(place);
        const record = now.ends + @popCount(ended);
        if (record >= encoding.invalid_below) {
            const lines = now.lines + @popCount(marks.lines & scan.below(place));
            const last_at = if (ended == 0) now.last_at else at;
            const last_ends = if (ended == 0) now.last_ends else ended;
            const open = part.openRecord(kind.unit(), last_at, last_ends, at + place, lines);
            problems.add(.{
                .kind = .invalid_encoding,
                .record = record,
                .line = open.line,
                .offset = part.position + (at + place) * kind.unit(),
            });
            encoding.invalid_below = record + 1;
        }
        const next_end = marks.ends & ~scan.below(place);
        if (next_end == 0) break;
        left &= ~scan.below(@as(u32, @ctz(next_end)) + 1);
    }
}
