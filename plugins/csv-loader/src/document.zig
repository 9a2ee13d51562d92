//! The file that is open: how it is read, what its columns are, and how far it has been indexed.
const std = @import("std");
const sdk = @import("sdk");
const dialect = @import("dialect.zig");
const scan = @import("scan.zig");
const sniff = @import("sniff.zig");
const sample = @import("sample.zig");
const types = @import("sdk").types;
const transcode = @import("transcode.zig");
const Options = @import("options.zig").Options;
const Input = @import("input.zig").Input;
const Index = @import("index.zig").Index;
const indexer = @import("indexer.zig");
const Problems = @import("problems.zig").Problems;
const Reader = @import("reader.zig").Reader;
const utf8 = @import("sdk").utf8;

/// What `open` reads at most.
pub const sample_size = 1024 * 1024;

pub const Error = indexer.Error || sdk.wasi.Error;

pub const Column = struct {
    /// As the header has it, in UTF-8; or made up.
    name: []const u8,
    /// As a JSON string, made different from the names before it.
    key: []const u8,
    guess: types.Guess,
};

pub const Document = struct {
    /// Holds what is below.
    arena: std.heap.ArenaAllocator,
    input: Input,
    dialect: dialect.Dialect,
    scanner: scan.Scanner,
    indexer: indexer.Indexer,
    index: Index = .{},
    problems: Problems = .{},
    columns: []Column = &.{},
    has_header: bool = false,
    /// Records of the file before the first of the data: the header, and blank lines before it.
    header: u64 = 0,
    /// Cells a record should have.
    expected: u64 = 0,
    notes: std.ArrayList([]const u8) = .empty,

    pub fn close(self: *Document) void {
        self.input.file.close();
        self.input.literals.deinit(sdk.memory.permanent);
        for (self.index.blocks.items) |block| sdk.memory.permanent.destroy(block);
        self.index.blocks.deinit(sdk.memory.permanent);
        self.problems.kept.deinit(sdk.memory.permanent);
        self.arena.deinit();
    }

    /// Opens the file at `path` and finds out how to read it. Nothing is indexed yet.
    pub fn open(path: []const u8, options: Options) Error!Document {
        const file = try sdk.wasi.openRead(path);
        errdefer file.close();
        const size = try file.size();
        var self: Document = .{
            .arena = .init(sdk.memory.permanent),
            .input = .{ .file = file, .size = size },
            .dialect = .{ .delimiter = ',', .quote = options.quoteChar() },
            .scanner = undefined,
            .indexer = undefined,
        };
        errdefer self.arena.deinit();
        const raw = try sdk.memory.arena().alloc(u8, @intCast(@min(size, sample_size)));
        try self.input.fill(raw, 0);
        try self.chooseEncoding(raw, options);
        const text = try self.sampleText(raw);
        self.dialect.delimiter = options.delimiter orelse sniff.delimiterOf(text.bytes, self.dialect.quote, path);
        self.scanner = .init(self.dialect);
        const findings = try sample.look(sdk.memory.arena(), self.scanner, text.bytes, text.complete);
        try self.describe(&findings, options);
        self.indexer = .init(self.scanner, self.expected, self.input.begin);
        return self;
    }

    fn chooseEncoding(self: *Document, raw: []const u8, options: Options) Error!void {
        const guess: sniff.EncodingGuess = if (options.encoding) |encoding|
            .{ .encoding = encoding }
        else
            sniff.encodingOf(raw, options.utf16);
        self.input.encoding = guess.encoding;
        if (guess.note) |note| try self.notes.append(self.arena.allocator(), note);
        const mark = guess.encoding.mark();
        if (mark.len > 0 and std.mem.startsWith(u8, raw, mark)) self.input.begin = mark.len;
    }

    const Text = struct { bytes: []const u8, complete: bool };

    /// The sample in UTF-8; of other encodings a part of it is enough.
    fn sampleText(self: *Document, raw: []const u8) Error!Text {
        const body = raw[@intCast(self.input.begin)..];
        const all = body.len + self.input.begin == self.input.size;
        if (self.input.encoding == .utf8) return .{ .bytes = body, .complete = all };
        const most = 256 * 1024;
        const part = body[0..@min(body.len, most)];
        const out = try sdk.memory.arena().alloc(u8, part.len * transcode.growth + 4);
        return .{ .bytes = transcode.toUtf8(self.input.encoding, part, out), .complete = all and part.len == body.len };
    }

    fn describe(self: *Document, findings: *const sample.Findings, options: Options) Error!void {
        self.has_header = options.header orelse sample.hasHeader(findings);
        if (findings.records == 0) self.has_header = options.header orelse true;
        if (self.has_header and findings.records > 0) self.header = findings.blank + 1;
        self.expected = if (self.has_header) findings.first_count else findings.usual;
        const named = if (self.has_header) findings.first.len else @as(usize, @intCast(@min(findings.usual, 20_000)));
        const arena = self.arena.allocator();
        self.columns = try arena.alloc(Column, named);
        var taken: std.StringHashMapUnmanaged(void) = .empty;
        for (self.columns, 0..) |*column, i| {
            const name = if (self.has_header)
                try arena.dupe(u8, findings.first[i])
            else
                try std.fmt.allocPrint(arena, "Column {d}", .{i + 1});
            var guess: types.Guess = if (i < findings.guesses.len) findings.guesses[i] else .{};
            if (!self.has_header and i < findings.first.len) guess.add(findings.first[i]);
            column.* = .{ .name = name, .key = try uniqueKey(arena, &taken, name), .guess = guess };
        }
        if (findings.first_count > named and named == 20_000)
            try self.notes.append(arena, "Only the first 20,000 columns are named.");
    }

    /// Records of the data that can be read.
    pub fn records(self: *const Document) u64 {
        return self.indexer.tally.ends -| self.header;
    }

    pub fn bytesDone(self: *const Document) u64 {
        return @min(self.indexer.furthest, self.input.size);
    }

    pub fn advance(self: *Document, budget: u64) Error!void {
        return self.indexer.advance(&self.input, &self.index, &self.problems, budget);
    }

    /// A reader that stands before record `start` of the data.
    pub fn reader(self: *const Document, start: u64) Error!Reader {
        return .init(&self.input, self.scanner, &self.index, self.header + start, self.indexer.tally.position);
    }
};

/// `name` as a JSON string, with ` (2)`, ` (3)` … if it has been taken.
fn uniqueKey(
    arena: std.mem.Allocator,
    taken: *std.StringHashMapUnmanaged(void),
    name: []const u8,
) error{OutOfMemory}![]const u8 {
    var candidate = name;
    var number: usize = 2;
    while (taken.contains(candidate)) : (number += 1)
        candidate = try std.fmt.allocPrint(arena, "{s} ({d})", .{ name, number });
    try taken.put(arena, candidate, {});
    var text: sdk.json.Text = .{ .buffer = try arena.alloc(u8, candidate.len * 6 + 2) };
    text.string(candidate) catch return error.OutOfMemory;
    return text.written();
}
