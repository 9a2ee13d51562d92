//! The one pass over the file: finds the records, counts their cells, checks the encoding, and closes what was left open.
const std = @import("std");
const dialect = @import("dialect.zig");
const scan = @import("scan.zig");
const utf8 = @import("utf8.zig");
const transcode = @import("transcode.zig");
const Input = @import("input.zig").Input;
const input_error = @import("input.zig").Error;
const read_size = @import("input.zig").read_size;
const Index = @import("index.zig").Index;
const chunk_size = @import("index.zig").chunk_size;
const problem_list = @import("problems.zig");
const memory = @import("sdk").memory;

/// A quoted cell that grows beyond this is taken for a quote that nobody closed.
pub const unclosed_limit = 64 * 1024 * 1024;

pub const Error = input_error || error{OutOfMemory};

/// Everything the pass carries from byte to byte; a copy of it is a point to come back to.
const Tally = struct {
    /// Byte of the file that comes next.
    position: u64 = 0,
    state: scan.State = .{},
    /// Records that have ended.
    ends: u64 = 0,
    /// Newlines so far.
    lines: u64 = 0,
    /// Where the record that has not ended begins, in bytes and in lines.
    record_start: u64 = 0,
    record_line: u64 = 0,
    /// Delimiters of that record so far.
    delimiters: u64 = 0,
    /// Where the last quoted cell was opened.
    quote: u64 = 0,
    carry: utf8.Carry = .{},
    /// The last unit was the first half of a surrogate pair.
    surrogate: bool = false,
    /// Records up to this one have no further problem of encoding reported.
    invalid_below: u64 = 0,
};

const Checkpoint = struct { tally: Tally = .{}, problems: problem_list.Mark = .{}, chunks: usize = 0 };

var raw_buffer: [read_size]u8 = undefined;
var narrow_buffer: [chunk_size / 2]u8 = undefined;

pub const Indexer = struct {
    scanner: scan.Scanner,
    /// Cells a record should have; 0 to accept any number.
    expected: u64,
    tally: Tally = .{},
    checkpoint: Checkpoint = .{},
    /// The furthest that was read, which coming back to a checkpoint does not take back.
    furthest: u64 = 0,
    done: bool = false,

    pub fn init(scanner: scan.Scanner, expected: u64, begin: u64) Indexer {
        return .{
            .scanner = scanner,
            .expected = expected,
            .tally = .{ .position = begin, .record_start = begin },
            .furthest = begin,
        };
    }

    /// Reads on by at least `budget` bytes, unless the file ends before, and by less than `read_size` more. Giving up a
    /// quote reads up to `unclosed_limit` again for as many bytes that have been read on: the work stays in proportion.
    pub fn advance(self: *Indexer, input: *Input, index: *Index, problems: *problem_list.Problems, budget: u64) Error!void {
        const end = input.end();
        const before = self.furthest;
        while (!self.done and self.furthest - before < budget) {
            const left = end - self.tally.position;
            if (left == 0) {
                self.finish(input, problems);
                break;
            }
            const block = raw_buffer[0..@intCast(@min(left, read_size))];
            try input.fill(block, self.tally.position);
            var at: usize = 0;
            while (at < block.len) : (at += chunk_size) {
                const chunk = block[at..@min(block.len, at + chunk_size)];
                try self.scanChunk(input, index, problems, chunk);
                if (self.isUnclosed()) {
                    try self.giveUpQuote(input, index, problems);
                    break;
                }
            }
            self.furthest = @max(self.furthest, self.tally.position);
        }
        if (self.tally.position == end and !self.done) self.finish(input, problems);
    }

    fn scanChunk(self: *Indexer, input: *const Input, index: *Index, problems: *problem_list.Problems, raw: []const u8) Error!void {
        const before: Checkpoint = .{ .tally = self.tally, .problems = problems.mark(), .chunks = index.count };
        const state = self.tally.state;
        try index.append(.{ .place = state.place, .after_cr = state.after_cr, .ends = @intCast(self.tally.ends) });
        var rest = raw;
        const start = self.tally.position;
        while (rest.len > 0) {
            const literal = input.nextLiteral(self.tally.position);
            if (literal == self.tally.position) {
                self.readLiteral(problems, input.encoding.unit());
                rest = rest[input.encoding.unit()..];
                continue;
            }
            const until = @min(literal orelse std.math.maxInt(u64), start + raw.len);
            const part = rest[0..@intCast(until - self.tally.position)];
            rest = rest[part.len..];
            switch (input.encoding) {
                .utf8 => self.run(.utf8, problems, part, part),
                .latin1, .windows1252 => self.run(.bytes, problems, part, part),
                .utf16le => self.run(.utf16le, problems, transcode.narrow(.utf16le, part, &narrow_buffer), part),
                .utf16be => self.run(.utf16be, problems, transcode.narrow(.utf16be, part, &narrow_buffer), part),
            }
        }
        if (self.tally.state.place == .quoted and self.tally.quote >= start) self.checkpoint = before;
    }

    const Check = enum { utf8, bytes, utf16le, utf16be };

    /// Goes through units that hold no literal quote. `raw` are the same units as they stand in the file.
    fn run(self: *Indexer, comptime check: Check, problems: *problem_list.Problems, units: []const u8, raw: []const u8) void {
        const shift = if (check == .utf16le or check == .utf16be) 1 else 0;
        var tally = self.tally;
        const scanner = self.scanner;
        var at: usize = 0;
        while (at < units.len) : (at += scan.block_size) {
            const part = units[at..@min(units.len, at + scan.block_size)];
            const base = tally.position;
            const wrong = switch (check) {
                .bytes => 0,
                .utf8 => wrongUtf8(part, &tally.carry),
                .utf16le => wrongUtf16(.utf16le, part, raw[2 * at ..], &tally.surrogate),
                .utf16be => wrongUtf16(.utf16be, part, raw[2 * at ..], &tally.surrogate),
            };
            if (tally.state.after_cr and part[0] == '\n' and tally.record_start == base) tally.record_start += 1 << shift;
            const marks = scanner.next(part, &tally.state);
            if (wrong != 0) reportInvalid(&tally, problems, marks, wrong, shift);
            if (marks.openings != 0) tally.quote = base + (@as(u64, 63 - @clz(marks.openings)) << shift);
            if (marks.ends != 0) {
                countRecords(&tally, problems, marks, self.expected, shift);
            } else tally.delimiters += @popCount(marks.delimiters);
            tally.lines += @popCount(marks.lines);
            tally.position = base + (part.len << shift);
        }
        self.tally = tally;
    }

    /// A quote that was never closed: text of an unquoted cell.
    fn readLiteral(self: *Indexer, problems: *problem_list.Problems, unit: u64) void {
        const tally = &self.tally;
        tally.state = .{ .place = .field };
        tally.carry = .{};
        tally.surrogate = false;
        problems.add(.{
            .kind = .unclosed_quote,
            .record = tally.ends,
            .line = tally.record_line,
            .offset = tally.position,
            .cells = 1,
        });
        tally.position += unit;
    }

    fn isUnclosed(self: *const Indexer) bool {
        return self.tally.state.place == .quoted and self.tally.position - self.tally.quote > unclosed_limit;
    }

    /// Goes back to the chunk with the quote that nobody closed, which is text from now on.
    fn giveUpQuote(self: *Indexer, input: *Input, index: *Index, problems: *problem_list.Problems) Error!void {
        try input.literals.append(memory.permanent, self.tally.quote);
        self.furthest = @max(self.furthest, self.tally.position);
        problems.rewind(self.checkpoint.problems);
        index.truncate(self.checkpoint.chunks);
        self.tally = self.checkpoint.tally;
    }

    /// The end of the file ends the record and everything else that is open.
    fn finish(self: *Indexer, input: *const Input, problems: *problem_list.Problems) void {
        const tally = &self.tally;
        self.done = true;
        self.furthest = input.size;
        const open = tally.record_start < input.end();
        const cut_short = !tally.carry.isEmpty() or tally.surrogate or input.end() != input.size;
        if (cut_short and tally.ends >= tally.invalid_below)
            problems.add(.{ .kind = .invalid_encoding, .record = tally.ends -| @intFromBool(!open), .line = tally.record_line, .offset = input.end() });
        if (tally.state.place == .quoted)
            problems.add(.{ .kind = .unclosed_quote, .record = tally.ends, .line = tally.record_line, .offset = tally.quote });
        if (open) {
            if (self.expected != 0 and tally.delimiters + 1 != self.expected)
                reportRagged(problems, tally.ends, tally.record_line, tally.record_start, tally.delimiters + 1, self.expected);
            tally.ends += 1;
        }
    }
};

inline fn wrongUtf8(part: []const u8, carry: *utf8.Carry) u64 {
    if (part.len < scan.block_size) return utf8.errorsIn(part, carry);
    const block = scan.load(part[0..scan.block_size]);
    if (!utf8.anyHigh(block) and carry.isEmpty()) return 0;
    return utf8.errors(block, carry, 0);
}

inline fn wrongUtf16(comptime encoding: dialect.Encoding, part: []const u8, raw: []const u8, open: *bool) u64 {
    if (part.len == scan.block_size and !open.*) {
        if (!utf8.anyHigh(scan.load(part[0..scan.block_size]))) return 0;
    }
    return transcode.loneSurrogates(encoding, raw[0 .. 2 * part.len], open);
}

/// Counts the records that end in a block and reports those of an odd length.
inline fn countRecords(tally: *Tally, problems: *problem_list.Problems, marks: scan.Marks, expected: u64, comptime shift: u1) void {
    var left = marks.ends;
    var consumed: u64 = 0;
    var previous: u32 = 0; // bits up to the end before, inclusive
    while (left != 0) : (left &= left - 1) {
        const at: u32 = @ctz(left);
        const so_far: u64 = @popCount(marks.delimiters & scan.below(at));
        const cells = tally.delimiters + so_far - consumed + 1;
        tally.delimiters = 0;
        consumed = so_far;
        if (cells != expected and expected != 0) {
            var start = tally.record_start;
            var line = tally.record_line;
            if (previous > 0) {
                const skipped = if (previous < 64) (marks.swallowed >> @intCast(previous)) & 1 else 0;
                start = tally.position + ((previous + skipped) << shift);
                line = tally.lines + @popCount(marks.lines & scan.below(previous));
            }
            const blank = start == tally.position + (@as(u64, at) << shift);
            reportRagged(problems, tally.ends, line, start, if (blank) 0 else cells, expected);
        }
        tally.ends += 1;
        previous = at + 1;
    }
    const skipped = if (previous < 64) (marks.swallowed >> @intCast(previous)) & 1 else 0;
    tally.record_start = tally.position + ((previous + skipped) << shift);
    tally.record_line = tally.lines + @popCount(marks.lines & scan.below(previous));
    tally.delimiters = @popCount(marks.delimiters) - consumed;
}

noinline fn reportRagged(problems: *problem_list.Problems, record: u64, line: u64, offset: u64, cells: u64, expected: u64) void {
    const kind: problem_list.Kind = if (cells < expected) .ragged_short else .ragged_long;
    problems.add(.{ .kind = kind, .record = record, .line = line, .offset = offset, .cells = cells });
}

/// Reports the first invalid place of each record in a block.
noinline fn reportInvalid(tally: *Tally, problems: *problem_list.Problems, marks: scan.Marks, wrong: u64, shift: u1) void {
    var left = wrong;
    while (left != 0) {
        const at: u32 = @ctz(left);
        const ends = @popCount(marks.ends & scan.below(at));
        const record = tally.ends + ends;
        if (record >= tally.invalid_below) {
            const up_to_record = if (ends == 0) 0 else 64 - @clz(marks.ends & scan.below(at));
            const line = if (ends == 0) tally.record_line else tally.lines + @popCount(marks.lines & scan.below(up_to_record));
            problems.add(.{ .kind = .invalid_encoding, .record = record, .line = line, .offset = tally.position + (@as(u64, at) << shift) });
            tally.invalid_below = record + 1;
        }
        const next_end = marks.ends & ~scan.below(at);
        if (next_end == 0) return;
        left &= ~scan.below(@as(u32, @ctz(next_end)) + 1);
    }
}
