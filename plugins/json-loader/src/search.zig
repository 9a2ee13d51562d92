//! `tree-loader.search`: names and values that hold a text.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const work = sdk.work;
const answers = @import("answers.zig");
const excerpts = @import("excerpts.zig");
const walking = @import("walk.zig");
const Candidates = @import("candidates.zig").Candidates;
const Document = @import("document.zig").Document;
const Pattern = sdk.pattern.Pattern;

const Error = answers.Error;

/// Hits of one answer.
const most_hits = 2000;
/// From a place further away than this one starts anew, rather than walk there.
const far = 16 * 1024;
/// Room in the answer for what follows the hits.
const reserve = 256;

const Query = struct {
    /// Null: every name and value is a hit.
    patterns: ?[]const Pattern,
    keys: bool,
    values: bool,

    fn parse(arena: std.mem.Allocator, text: []const u8) Error!Query {
        const value = std.json.parseFromSliceLeaky(std.json.Value, arena, text, .{}) catch |err| switch (err) {
            error.OutOfMemory => return error.OutOfMemory,
            else => return error.BadQuery,
        };
        if (value != .object) return error.BadQuery;
        var query: Query = .{ .patterns = null, .keys = false, .values = false };
        query.keys = try flag(value.object.get("keys"));
        query.values = try flag(value.object.get("values"));
        const texts = value.object.get("texts") orelse return query;
        if (texts == .null) return query;
        if (texts != .array or texts.array.items.len == 0) return error.BadQuery;
        const patterns = try arena.alloc(Pattern, texts.array.items.len);
        for (patterns, texts.array.items) |*pattern, item| pattern.* = try .of(arena, item);
        query.patterns = patterns;
        return query;
    }

    fn flag(value: ?std.json.Value) Error!bool {
        const given = value orelse return false;
        return if (given == .bool) given.bool else error.BadQuery;
    }
};

/// `tree-loader.search`.
pub fn search(document: *Document, query_json: []const u8, from: u64, max_bytes: u64) Error![]const u8 {
    const arena = sdk.memory.arena();
    const query = try Query.parse(arena, query_json);
    const limit = document.index.limit();
    var out = try answers.begin();
    try out.raw("{\"hits\":[");
    var self: Search = .{
        .walk = .init(document, answers.room()),
        .query = query,
        .matchers = try excerpts.matchers(arena, query.patterns orelse &.{}),
        .out = .{ .buffer = out.buffer[0 .. out.buffer.len - reserve], .len = out.len },
        .from = from,
        .searched = from,
        .stop = @min(limit, from +| @max(1, max_bytes)),
    };
    const next = if (from >= limit) from else try self.run(arena);
    out.len = self.out.len;
    const done = next >= limit or (!self.full and self.stop == limit);
    try out.raw("],\"next\":");
    try out.number(next);
    try out.raw(",\"record\":");
    try out.number(if (next >= limit and document.done()) document.index.records() else self.record);
    if (self.cut_short) |record| {
        try out.raw(",\"cutShort\":");
        try out.number(record);
    }
    try out.raw(",\"done\":");
    try out.boolean(done);
    try out.byte('}');
    return out.written();
}

const Search = struct {
    walk: walking.Walk,
    query: Query,
    matchers: []sdk.matching.Matcher,
    out: json.Text,
    /// Names and values that begin before this are none of this call's.
    from: u64,
    /// Up to here they have been compared, or are known not to match.
    searched: u64,
    stop: u64,
    hits: usize = 0,
    /// No more hits can be listed, or the call has done enough.
    full: bool = false,
    seated: bool = false,
    token: ?walking.Token = null,
    /// Records below this one have been searched.
    record: u64 = 0,
    /// The first record with a name or value of which only the beginning has been compared.
    cut_short: ?u64 = null,

    /// Where to go on.
    fn run(self: *Search, arena: std.mem.Allocator) Error!u64 {
        const patterns = self.query.patterns orelse return self.all();
        const source = &self.walk.cursor.document.input;
        var candidates = try Candidates.init(arena, source, patterns, self.from, self.stop) orelse return self.all();
        while (try candidates.next(self.searched)) |place| {
            const token = try self.reach(place) orelse return self.end();
            if (token.at.begin > place) continue;
            if (self.isIncomplete(token) or !try self.compare(token)) return self.stopAt(token);
            if (!work.isHalfOver()) continue;
            self.full = true;
            self.note();
            return token.at.end;
        }
        self.full = candidates.stop < self.stop;
        self.stop = candidates.stop;
        return self.finish(try self.reach(self.stop - 1) orelse return self.end());
    }

    /// Where to go on when all before `stop` has been looked at, which lies in this token or before it.
    fn finish(self: *Search, token: walking.Token) Error!u64 {
        if (self.isIncomplete(token)) return self.stopAt(token);
        if (token.at.begin >= self.stop or token.at.end == self.stop or token.at.end <= self.searched) {
            self.note();
            return @max(self.stop, self.searched);
        }
        // It goes on behind what has been looked at: it is left to the next call, unless there is nothing before it.
        if (token.at.begin > self.from or !try self.compare(token)) return self.stopAt(token);
        self.note();
        return token.at.end;
    }

    /// Whether a token ends only because no more has been read.
    fn isIncomplete(self: *const Search, token: walking.Token) bool {
        const document = self.walk.cursor.document;
        return token.at.end >= document.index.limit() and !document.done();
    }

    /// The token at byte `place`, or the first behind it; null behind the last.
    fn reach(self: *Search, place: u64) Error!?walking.Token {
        const near = if (self.token) |token| place -| token.at.end < far else false;
        if (!self.seated or !near) {
            self.seated = true;
            self.token = null;
            if (!try self.walk.seat(place)) return null;
            self.token = try self.walk.next();
        }
        while (self.token) |token| {
            if (token.at.end > place) return token;
            if (token.what == .open) _ = try self.walk.passes(token, place);
            if (work.isOver()) return error.TooFar;
            self.token = try self.walk.next();
        }
        return null;
    }

    /// Every name and value, or all those that the patterns are compared with one by one.
    fn all(self: *Search) Error!u64 {
        _ = try self.reach(self.from);
        while (self.token) |token| : (self.token = try self.walk.next()) {
            if (token.at.begin < self.from) continue;
            if (token.at.begin >= self.stop) {
                self.note();
                return token.at.begin;
            }
            if (self.isIncomplete(token) or !try self.compare(token)) return self.stopAt(token);
            if (work.isHalfOver()) {
                self.full = true;
                self.note();
                return token.at.end;
            }
        }
        return self.end();
    }

    /// The search ends before a token.
    fn stopAt(self: *Search, token: walking.Token) u64 {
        self.note();
        return token.at.begin;
    }

    /// There are no more records that have been read to their end.
    fn end(self: *Search) u64 {
        const cursor = &self.walk.cursor;
        self.record = cursor.frame.next;
        if (cursor.document.done()) return cursor.document.index.limit();
        self.full = false;
        self.stop = cursor.document.index.limit();
        return @max(self.from, @max(self.searched, cursor.frame.at));
    }

    fn note(self: *Search) void {
        if (self.walk.record) |record| self.record = record.number;
    }

    /// Lists a token if it is a hit; false if there is no room for it.
    fn compare(self: *Search, token: walking.Token) Error!bool {
        if (token.at.begin < self.from) return true;
        self.searched = @max(self.searched, token.at.end);
        const wanted = switch (token.what) {
            .name => self.query.keys,
            .value => self.query.values,
            else => false,
        };
        if (!wanted) return true;
        const quoted = token.kind == .string;
        const reader = &self.walk.cursor.reader;
        const outcome = if (self.query.patterns == null)
            excerpts.Outcome{ .found = .{} }
        else
            try excerpts.find(reader, token.at, quoted, self.matchers);
        if (outcome == .cut_short and self.cut_short == null) self.cut_short = self.walk.record.?.number;
        if (outcome != .found) return true;
        if (self.hits == most_hits) {
            self.full = true;
            return false;
        }
        const mark = self.out.len;
        self.list(token, quoted, outcome.found) catch |err| {
            if (err != error.Full or self.hits == 0) return err;
            self.out.len = mark;
            self.full = true;
            return false;
        };
        self.hits += 1;
        return true;
    }

    fn list(self: *Search, token: walking.Token, quoted: bool, found: excerpts.Place) Error!void {
        work.add(100);
        const out = &self.out;
        const reader = &self.walk.cursor.reader;
        if (self.hits > 0) try out.byte(',');
        try out.raw("{\"record\":");
        try out.number(self.walk.record.?.number);
        try out.raw(",\"path\":");
        try self.walk.writePath(token.around, token.position, out);
        try out.raw(if (token.what == .name) ",\"part\":\"key\",\"kind\":\"" else ",\"part\":\"value\",\"kind\":\"");
        try out.raw(@tagName(if (token.what == .name) try self.walk.kindOfNamed() else token.kind));
        try out.raw("\",");
        try excerpts.write(reader, token.at, quoted, found, out);
        try out.byte('}');
    }
};
