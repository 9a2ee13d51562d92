//! `paged-loader.find`: cells of the table that show a text.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const work = sdk.work;
const answers = @import("answers.zig");
const cells = @import("cells.zig");
const geometry = @import("geometry.zig");
const records = @import("records.zig");
const Candidates = @import("candidates.zig").Candidates;
const Document = @import("document.zig").Document;
const Matcher = sdk.matching.Matcher;
const Pattern = sdk.pattern.Pattern;

const Error = answers.Error;

/// The most cells one answer lists.
const most_matches = 10_000;
/// To a record further away than this the way is looked up, rather than walked.
const far = 64 * 1024;
const reserve = 128;

/// `paged-loader.find`.
pub fn find(document: *Document, query: []const u8, from: u64, max_bytes: u64) Error![]const u8 {
    try document.table.ensure(document);
    const arena = sdk.memory.arena();
    const patterns = try arena.alloc(Pattern, 1);
    patterns[0] = try .parse(arena, query);
    var out = try answers.begin();
    try out.raw("{\"matches\":[");
    var self: Find = .{
        .document = document,
        .cursor = .init(document, answers.room()),
        .matcher = try .init(arena, &patterns[0]),
        .out = .{ .buffer = out.buffer[0 .. out.buffer.len - reserve], .len = out.len },
        .next = from,
    };
    if (from < document.index.records()) try self.run(arena, patterns, max_bytes);
    out.len = self.out.len;
    try out.raw("],\"next\":");
    try out.number(self.next);
    try out.raw(",\"bytes\":");
    try out.number(self.bytes);
    try out.raw(",\"done\":");
    try out.boolean(self.next >= document.index.records());
    try out.byte('}');
    return out.written();
}

const Find = struct {
    document: *Document,
    cursor: records.Cursor,
    matcher: Matcher,
    out: json.Text,
    /// Records before this one need no more looking at.
    next: u64,
    bytes: u64 = 0,
    matches: usize = 0,

    fn run(self: *Find, arena: std.mem.Allocator, patterns: []const Pattern, max_bytes: u64) Error!void {
        try self.cursor.seek(self.next);
        const begin = self.cursor.frame.at;
        defer self.bytes = @max(self.bytes, self.cursor.frame.at -| begin);
        const limit = self.document.index.limit();
        const stop = @min(limit, begin +| @max(1, max_bytes));
        const filtered = !(self.document.table.features and geometry.mayHold(&patterns[0]));
        var candidates = if (filtered)
            try Candidates.init(arena, &self.document.input, patterns, begin, stop)
        else
            null;
        if (candidates) |*places| try self.among(places) else try self.all(stop);
    }

    /// Every record that begins before `stop`, and one at least.
    fn all(self: *Find, stop: u64) Error!void {
        while (try self.cursor.head()) |record| {
            if (!try self.compare(record)) return;
            if (self.cursor.frame.at >= stop or work.isHalfOver()) return;
        }
        self.next = self.document.index.records();
    }

    /// The records that may hold the text.
    fn among(self: *Find, candidates: *Candidates) Error!void {
        const first = self.next;
        while (try candidates.next(self.cursor.frame.at)) |place| {
            const record = try self.reach(place) orelse return self.end();
            if (record.begin > place) continue;
            if (!try self.compare(record) or work.isHalfOver()) return;
        }
        self.bytes = candidates.stop -| candidates.first;
        const record = try self.reach(candidates.stop - 1) orelse return self.end();
        self.next = @max(self.next, record.number);
        if (self.next > first) return;
        // The first record goes on behind what has been looked at.
        _ = try self.compare(record);
    }

    fn end(self: *Find) void {
        self.next = self.document.index.records();
    }

    /// The record that byte `place` lies in, or the first behind it; null behind the last. The cursor stands before it.
    fn reach(self: *Find, place: u64) Error!?records.Record {
        if (place -| self.cursor.frame.at > far) {
            const around = self.document.index.around(place);
            if (around.record > self.cursor.frame.next) try self.cursor.seek(around.record);
        }
        while (true) {
            const before = self.cursor.frame;
            const record = try self.cursor.head() orelse return null;
            if (record.begin > place) return record;
            try self.cursor.skip(record);
            if (self.cursor.frame.at > place) {
                self.cursor.frame = before;
                return self.cursor.head();
            }
            if (work.isOver()) return error.TooFar;
        }
    }

    /// Lists the cells of a record that match, and moves behind it; false if no more can be listed.
    fn compare(self: *Find, record: records.Record) Error!bool {
        const mark = self.out.len;
        const before = self.matches;
        const found = try cells.of(self.document, &self.cursor, record);
        for (found, 0..) |cell, column| {
            if (!try self.shows(cell orelse continue)) continue;
            self.list(record.number, column) catch {
                self.out.len = mark;
                return false;
            };
        }
        if (self.matches > most_matches and before > 0) {
            self.out.len = mark;
            self.matches = before;
            return false;
        }
        self.next = record.number + 1;
        return self.matches < most_matches;
    }

    fn list(self: *Find, record: u64, column: usize) json.Error!void {
        if (self.matches > 0) try self.out.byte(',');
        self.matches += 1;
        try self.out.byte('[');
        try self.out.number(record);
        try self.out.byte(',');
        try self.out.number(column);
        try self.out.byte(']');
    }

    /// Whether a cell shows the text.
    fn shows(self: *Find, cell: cells.Cell) Error!bool {
        self.matcher.begin();
        const reader = &self.cursor.reader;
        if (cell.geometry) {
            var words: geometry.Room = undefined;
            if (try geometry.summary(reader, cell.value, &words)) |text| {
                self.matcher.text(text);
                return self.matcher.end();
            }
        }
        var decoder = cells.decoderOf(reader, cell.value);
        var room: [2048]u8 = undefined;
        while (!self.matcher.isDecided()) {
            const part = try decoder.next(&room);
            if (part.len == 0 or work.isOver()) break;
            self.matcher.text(part);
        }
        return self.matcher.end();
    }
};
