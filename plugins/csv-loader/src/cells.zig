//! Records into cells: walks windows of UTF-8 and hands the text of each cell, without its quotes, to a sink.
const std = @import("std");
const scan = @import("scan.zig");
const work = @import("sdk").work;

/// Ended a record, or needs the next window.
pub const Step = enum { record, more };

/// Where a walk through consecutive windows stands. A sink has `text(bytes)`, called any number of times for a cell
/// with whole characters (or bytes that are not valid), and `endCell()`.
pub const Cursor = struct {
    scanner: scan.Scanner,
    state: scan.State = .{},
    window: []const u8 = "",
    /// Whether the first character of the window is a quote that is text.
    literal: bool = false,
    /// The block of the window being walked: its begin and end, and what of it lies ahead.
    block: usize = 0,
    block_end: usize = 0,
    ends: u64 = 0,
    separators: u64 = 0,
    /// Where the part of the cell begins that has not been handed on.
    rest: usize = 0,
    /// What the text of the cell so far was.
    place: scan.Place = .start,
    /// Whether the record has any character.
    begun: bool = false,
    /// The record before ended with a CR; an LF right behind belongs to it.
    after_cr: bool = false,

    pub fn init(scanner: scan.Scanner, state: scan.State) Cursor {
        return .{ .scanner = scanner, .state = state };
    }

    /// Goes on with `window`; the one before has been walked to its end.
    pub fn feed(self: *Cursor, window: []const u8, literal: bool) void {
        self.window = window;
        self.literal = literal and window.len > 0;
        self.block = 0;
        self.block_end = 0;
        self.ends = 0;
        self.separators = 0;
        self.rest = 0;
        if (self.literal) {
            self.state = .{ .place = .field };
            self.block_end = 1;
        }
    }

    /// Hands on cells up to the end of the record or of the window.
    pub fn walk(self: *Cursor, sink: anytype) !Step {
        while (true) {
            while (self.separators == 0) {
                if (self.block_end == self.window.len) {
                    const rest = self.window[self.rest..];
                    self.rest = self.window.len;
                    try self.hand(sink, rest);
                    return .more;
                }
                self.nextBlock();
            }
            work.add(12);
            const bit = self.separators & (~self.separators + 1);
            const at = self.block + @ctz(self.separators);
            self.separators ^= bit;
            const text = self.window[self.rest..at];
            self.rest = at + 1;
            try self.hand(sink, text);
            self.after_cr = false;
            if (self.ends & bit == 0) {
                try sink.endCell();
                self.place = .start;
                self.begun = true;
                continue;
            }
            if (self.begun) try sink.endCell();
            self.startRecord(self.window[at] == '\r');
            return .record;
        }
    }

    /// At the end of the text: ends the record if one has begun, and says whether it had.
    pub fn finish(self: *Cursor, sink: anytype) !bool {
        if (!self.begun) return false;
        try sink.endCell();
        self.startRecord(false);
        return true;
    }

    /// Passes over `count` ends of records, as far as the window goes; returns how many are left.
    pub fn skip(self: *Cursor, count: u64) u64 {
        var left = count;
        while (left > 0) {
            const here = @popCount(self.ends);
            if (here < left) {
                left -= here;
                self.rest = self.block_end;
                self.ends = 0;
                self.separators = 0;
                if (self.block_end == self.window.len) return left;
                self.nextBlock();
                continue;
            }
            var ends = self.ends;
            for (1..@intCast(left)) |_| ends &= ends - 1;
            const at = @ctz(ends);
            self.ends &= ~scan.below(at + 1);
            self.separators &= ~scan.below(at + 1);
            self.rest = self.block + at + 1;
            self.startRecord(self.window[self.block + at] == '\r');
            left = 0;
        }
        return 0;
    }

    /// Where in the window the next record begins, right after one has ended.
    pub fn offset(self: *const Cursor) usize {
        return self.rest;
    }

    fn startRecord(self: *Cursor, after_cr: bool) void {
        self.place = .start;
        self.begun = false;
        self.after_cr = after_cr;
    }

    fn nextBlock(self: *Cursor) void {
        self.block = self.block_end;
        self.block_end = @min(self.window.len, self.block + scan.block_size);
        const step = self.scanner.next(self.window[self.block..self.block_end], self.state);
        self.state = step.state;
        self.ends = step.marks.ends;
        self.separators = step.marks.ends | step.marks.delimiters;
    }

    /// Takes the quotes off a part of a cell.
    fn hand(self: *Cursor, sink: anytype, part: []const u8) !void {
        var text = part;
        if (text.len == 0) return;
        if (self.after_cr) {
            self.after_cr = false;
            if (text[0] == '\n') text = text[1..];
            if (text.len == 0) return;
        }
        self.begun = true;
        const quote = self.scanner.dialect.quote orelse return sink.text(text);
        if (self.place == .start) {
            const literal = self.literal and text.ptr == self.window.ptr;
            if (text[0] == quote and !literal) {
                self.place = .quoted;
                text = text[1..];
            } else self.place = .field;
        }
        while (text.len > 0) switch (self.place) {
            .start, .field => return sink.text(text),
            .quoted => {
                work.add(24);
                const end = std.mem.findScalar(u8, text, quote) orelse return sink.text(text);
                if (end > 0) try sink.text(text[0..end]);
                self.place = .after_quote;
                text = text[end + 1 ..];
            },
            .after_quote => {
                if (text[0] == quote) {
                    work.add(12);
                    try sink.text(text[0..1]);
                    text = text[1..];
                    self.place = .quoted;
                } else self.place = .field;
            },
        };
    }
};

/// Takes cells and does nothing with them.
pub const Nothing = struct {
    pub fn text(_: *Nothing, _: []const u8) error{}!void {}
    pub fn endCell(_: *Nothing) error{}!void {}
};
