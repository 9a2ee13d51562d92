//! Records by their numbers, whatever form the file holds them in.
const std = @import("std");
const sdk = @import("sdk");
const work = sdk.work;
const Document = @import("document.zig").Document;
const values = @import("values.zig");
const recovery = @import("recovery.zig");
const window = @import("window.zig");

pub const Error = recovery.Error || error{ NoSuchRecord, TooFar };

/// The beginning of a record.
pub const Record = struct { number: u64, begin: u64, shape: values.Shape };

/// A place among the records, and the reader of what is in them.
pub const Cursor = struct {
    document: *const Document,
    reader: values.Reader,
    frame: values.Frame = .{ .at = 0, .object = false },
    /// Where the record behind a malformed one begins.
    next: ?u64 = null,

    pub fn init(document: *const Document, room: *window.Room) Cursor {
        const limit = document.index.limit();
        return .{
            .document = document,
            .reader = .{
                .window = .{ .source = &document.input, .limit = limit, .room = room },
                .index = &document.index,
                // In strict JSON they are a problem, but passed over all the same.
                .comments = document.dialect == .jsonc or document.problems.total > 0,
            },
        };
    }

    /// Stands before record `n`.
    pub fn seek(self: *Cursor, n: u64) Error!void {
        if (n >= self.document.index.records()) return error.NoSuchRecord;
        self.stand(self.document.index.seekRecord(n));
        while (self.frame.next < n) {
            if (work.isOver()) return error.TooFar;
            try self.skip(try self.head() orelse return error.NoSuchRecord);
        }
    }

    /// Stands at a known place.
    pub fn stand(self: *Cursor, place: @import("index.zig").Seek) void {
        self.frame = .{ .at = place.offset, .next = place.number, .object = false };
    }

    /// Record `n` alone.
    pub fn get(self: *Cursor, n: u64) Error!Record {
        try self.seek(n);
        return try self.head() orelse error.NoSuchRecord;
    }

    /// The beginning of the next record; null where nothing more has been read. The reader sees no more than the line if
    /// records are lines, and of a malformed record no more than belongs to it.
    pub fn head(self: *Cursor) Error!?Record {
        self.reader.window.limit = self.document.index.limit();
        if (self.frame.next >= self.document.index.records()) return null;
        const slot = try self.reader.space(self.frame.at);
        const begin = if (self.document.form == .concatenated) try self.strays(slot) else slot;
        if (try self.reader.window.byte(begin) == null and self.document.form != .document) return null;
        try self.bound(self.frame.next, begin);
        return .{ .number = self.frame.next, .begin = begin, .shape = try self.reader.shapeAt(begin) };
    }

    /// Stands inside a record that is known, as after `head`.
    pub fn within(self: *Cursor, record: Record) Error!void {
        self.reader.window.limit = self.document.index.limit();
        self.frame = .{ .at = record.begin, .next = record.number, .object = false };
        try self.bound(record.number, record.begin);
    }

    fn bound(self: *Cursor, number: u64, begin: u64) Error!void {
        self.next = null;
        switch (self.document.form) {
            .document => {},
            .lines => self.reader.window.limit = try self.lineEnd(begin),
            .array, .concatenated => if (recovery.isMalformed(self.document, number)) {
                const next = try recovery.boundary(self.document, &self.reader.window, begin) orelse return error.TooFar;
                self.next = next;
                self.reader.window.limit = next;
                if (self.document.form == .array and next > begin and try self.reader.window.byte(next - 1) == ',')
                    self.reader.window.limit = next - 1;
            },
        }
    }

    /// Behind brackets, commas and colons that belong to no record.
    fn strays(self: *Cursor, from: u64) Error!u64 {
        var at = from;
        while (true) switch (try self.reader.window.byte(at) orelse return at) {
            ',', ':', ']', '}' => at = try self.reader.space(at + 1),
            else => return at,
        };
    }

    /// Reads a record to its end, and moves behind it. To a malformed one belongs all that is passed over; of lines only
    /// to those that begin with no value at all, which are then shown as they are.
    pub fn finish(self: *Cursor, record: Record) Error!values.Value {
        const found = try self.reader.value(record.begin);
        const limit = self.reader.window.limit;
        try self.leave(record, found.at.end);
        const is_no_value = self.document.form == .lines and found.kind == .invalid;
        if (self.next == null and !is_no_value) return found;
        const end = try self.trimmed(found.at.begin, limit);
        if (end <= found.at.end) return found;
        const kind = if (found.isContainer()) found.kind else .invalid;
        return .{ .kind = kind, .at = .{ .begin = record.begin, .end = end }, .count = found.count };
    }

    pub fn skip(self: *Cursor, record: Record) Error!void {
        const end = if (self.document.form == .lines) 0 else (try self.reader.value(record.begin)).at.end;
        try self.leave(record, end);
    }

    /// Moves behind a record whose value ends at `end`.
    pub fn leave(self: *Cursor, record: Record, end: u64) Error!void {
        const limit = self.reader.window.limit;
        self.reader.window.limit = self.document.index.limit();
        if (self.document.form == .array and self.next == null) {
            _ = try self.reader.leave(&self.frame, end);
            return;
        }
        self.frame.at = switch (self.document.form) {
            .lines => limit,
            .array => self.next.?,
            .document, .concatenated => self.next orelse @max(end, record.begin + 1),
        };
        self.frame.next += 1;
    }

    /// Where the line ends that a record begins on.
    fn lineEnd(self: *Cursor, begin: u64) Error!u64 {
        var at = begin;
        if (self.document.index.container(begin)) |known| at = known.end orelse return self.reader.window.limit;
        while (true) {
            const bytes = try self.reader.window.rest(at);
            if (bytes.len == 0) return self.reader.window.limit;
            const newline = std.mem.findScalar(u8, bytes, '\n');
            work.add((newline orelse bytes.len) / 16);
            if (newline) |found| return at + found;
            at += bytes.len;
        }
    }

    /// The end of the text from `begin` to `end` without the white space behind it, of which a line has little.
    fn trimmed(self: *Cursor, begin: u64, end: u64) Error!u64 {
        var at = end;
        while (at > begin and values.isSpace((try self.reader.window.byte(at - 1)) orelse 0)) at -= 1;
        return at;
    }
};
