//! The one pass over the file: finds the records, counts their cells, checks the encoding, gives up unclosed quotes.
const std = @import("std");
const scan = @import("scan.zig");
const pass = @import("pass.zig");
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

/// More than this is not read in one call, to stay within the fuel a call is given.
const most_at_once = 32 * 1024 * 1024;

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
    encoding: pass.Encoding = .{},
};

const Checkpoint = struct { tally: Tally = .{}, problems: problem_list.Mark = .{}, chunks: usize = 0 };

var raw_buffer: [read_size]u8 = undefined;
var narrow_buffer: [chunk_size / 2]u8 = undefined;

pub const Indexer = struct {
    scanner: scan.Scanner,
    /// Cells a record should have; 0 to accept any number.
    expected: u64,
    tally: Tally = .{},
    /// Where the last chunk begins in which a quoted cell was opened that its end did not close.
    checkpoint: Checkpoint = .{},
    /// Whether a quoted cell was opened in the chunk being read.
    opened: bool = false,
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

    /// Reads on by `budget` bytes and less than `read_size` more, unless the file or `most_at_once` end it before. Giving up a
    /// quote reads up to `unclosed_limit` again for as many bytes that have been read on: the work stays in proportion.
    pub fn advance(
        self: *Indexer,
        input: *Input,
        index: *Index,
        problems: *problem_list.Problems,
        budget: u64,
    ) Error!void {
        const end = input.end();
        const stop = self.furthest +| @min(budget, most_at_once);
        while (!self.done and self.furthest < stop) {
            if (self.tally.position == end) return self.finish(input, problems);
            const literals = input.literals.items.len;
            try self.stretch(input, index, problems, stop);
            if (input.literals.items.len == literals and self.tally.position == end) try self.finish(input, problems);
        }
    }

    /// Reads on up to `stop`, until the file ends, or until a quote is given up, which takes the pass back.
    fn stretch(self: *Indexer, input: *Input, index: *Index, problems: *problem_list.Problems, stop: u64) Error!void {
        const end = input.end();
        const stream = try input.file.stream(self.tally.position);
        defer stream.close();
        while (self.tally.position < @min(stop, end)) {
            const block = raw_buffer[0..@intCast(@min(end - self.tally.position, read_size))];
            if (try stream.fill(block) != block.len) return error.FileShrank;
            const behind = self.tally.position + block.len;
            if (behind < @min(stop, end)) stream.readAhead(@min(end - behind, read_size));
            var at: usize = 0;
            while (at < block.len) : (at += chunk_size) {
                try self.scanChunk(input, index, problems, block[at..@min(block.len, at + chunk_size)]);
                if (self.isUnclosed()) return self.giveUpQuote(input, index, problems);
            }
            self.furthest = @max(self.furthest, self.tally.position);
        }
    }

    fn scanChunk(
        self: *Indexer,
        input: *const Input,
        index: *Index,
        problems: *problem_list.Problems,
        raw: []const u8,
    ) Error!void {
        const before: Checkpoint = .{ .tally = self.tally, .problems = problems.mark(), .chunks = index.count };
        const state = self.tally.state;
        try index.append(.{ .place = state.place, .after_cr = state.after_cr, .ends = @intCast(self.tally.ends) });
        var rest = raw;
        const start = self.tally.position;
        self.opened = false;
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
        if (self.tally.state.place == .quoted and self.opened) self.checkpoint = before;
    }

    /// Goes through units that hold no literal quote. `raw` are the same units as they stand in the file.
    fn run(
        self: *Indexer,
        comptime kind: pass.Kind,
        problems: *problem_list.Problems,
        units: []const u8,
        raw: []const u8,
    ) void {
        const tally = &self.tally;
        const unit: u64 = kind.unit();
        const pair = tally.state.after_cr and units[0] == '\n';
        if (pair and tally.record_start == tally.position) tally.record_start += unit;
        const part: pass.Part = .{
            .units = units,
            .raw = raw,
            .position = tally.position,
            .record_start = tally.record_start,
            .record_line = tally.record_line,
            .expected = self.expected,
        };
        var counts: pass.Counts = .{
            .state = tally.state,
            .ends = tally.ends,
            .lines = tally.lines,
            .delimiters = tally.delimiters,
        };
        pass.through(kind, &self.scanner, &part, &counts, &tally.encoding, problems);
        const open = part.openRecord(unit, counts.last_at, counts.last_ends, units.len, counts.lines);
        tally.* = .{
            .position = tally.position + units.len * unit,
            .state = counts.state,
            .ends = counts.ends,
            .lines = counts.lines,
            .record_start = open.start,
            .record_line = open.line,
            .delimiters = counts.delimiters,
            .encoding = tally.encoding,
        };
        self.opened = self.opened or counts.openings != 0;
    }

    /// A quote that was never closed: text of an unquoted cell.
    fn readLiteral(self: *Indexer, problems: *problem_list.Problems, unit: u64) void {
        const tally = &self.tally;
        tally.state = .{ .place = .field };
        tally.encoding.carry = .{};
        tally.encoding.surrogate = false;
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
        const since = self.tally.position - self.checkpoint.tally.position;
        return self.tally.state.place == .quoted and since > unclosed_limit;
    }

    /// Goes back to the chunk with the quote that nobody closed, which is text from now on.
    fn giveUpQuote(self: *Indexer, input: *Input, index: *Index, problems: *problem_list.Problems) Error!void {
        try input.literals.append(memory.permanent, try self.lastQuote(input));
        self.furthest = @max(self.furthest, self.tally.position);
        problems.rewind(self.checkpoint.problems);
        index.truncate(self.checkpoint.chunks);
        self.tally = self.checkpoint.tally;
    }

    /// Where the quoted cell was opened that the text so far has not closed.
    fn lastQuote(self: *const Indexer, input: *const Input) Error!u64 {
        const begin = self.checkpoint.tally.position;
        const raw = raw_buffer[0..@intCast(@min(chunk_size, input.end() - begin))];
        try input.fill(raw, begin);
        const unit = input.encoding.unit();
        const units = if (unit == 2) transcode.narrow(input.encoding, raw, &narrow_buffer) else raw;
        var state = self.checkpoint.tally.state;
        var quote: u64 = begin;
        var at: usize = 0;
        while (at < units.len) : (at += 1) {
            if (input.nextLiteral(begin + at * unit) == begin + at * unit) {
                state = .{ .place = .field };
                continue;
            }
            const step = self.scanner.exact(units[at..][0..1], state);
            if (step.marks.openings != 0) quote = begin + at * unit;
            state = step.state;
        }
        return quote;
    }

    /// The end of the file ends the record and everything else that is open.
    fn finish(self: *Indexer, input: *const Input, problems: *problem_list.Problems) Error!void {
        const tally = &self.tally;
        self.done = true;
        self.furthest = input.size;
        const open = tally.record_start < input.end();
        const cut_short = tally.encoding.isOpen() or input.end() != input.size;
        if (cut_short and tally.ends >= tally.encoding.invalid_below)
            problems.add(.{
                .kind = .invalid_encoding,
                .record = tally.ends -| @intFromBool(!open),
                .line = tally.record_line,
                .offset = input.end(),
            });
        if (tally.state.place == .quoted)
            problems.add(.{
                .kind = .unclosed_quote,
                .record = tally.ends,
                .line = tally.record_line,
                .offset = try self.lastQuote(input),
            });
        if (open) {
            const cells = tally.delimiters + 1;
            if (self.expected != 0 and cells != self.expected)
                pass.addRagged(problems, tally.ends, tally.record_line, tally.record_start, cells, self.expected);
            tally.ends += 1;
        }
    }
};
