//! The file that is open: how it is read, and how far it has been indexed.
const std = @import("std");
const sdk = @import("sdk");
const form = @import("form.zig");
const Options = @import("options.zig").Options;
const input = @import("input.zig");
const Index = @import("index.zig").Index;
const Problems = @import("problems.zig").Problems;

/// What `open` reads at most.
pub const sample_size = 1024 * 1024;

pub const Error = input.Error || error{ OutOfMemory, BadSurvey };

/// A file that is open, or the sentence that says why it is not.
pub const Opening = union(enum) { document: Document, refused: []const u8 };

pub const Document = struct {
    /// Holds what is below.
    arena: std.heap.ArenaAllocator,
    input: input.Input,
    form: form.Form,
    /// JSON Pointer to the record array; the root if empty. Means something for `array` only.
    records: []const u8 = "",
    dialect: form.Dialect,
    index: Index = .{},
    problems: Problems = .{},
    /// Sentences a person should read.
    notes: std.ArrayList([]const u8) = .empty,

    pub fn close(self: *Document) void {
        self.input.file.close();
        self.index.deinit();
        self.problems.deinit();
        self.arena.deinit();
    }

    /// Opens the file at `path` and finds out how to read it. Nothing is indexed yet.
    pub fn open(path: []const u8, options: Options) Error!Opening {
        const file = try sdk.wasi.openRead(path);
        errdefer file.close();
        const size = try file.size();
        var self: Document = .{
            .arena = .init(sdk.memory.permanent),
            .input = .{ .file = file, .size = size },
            .form = options.form orelse .lines,
            .dialect = options.dialect orelse .strict,
        };
        errdefer self.arena.deinit();
        try self.index.start(0);
        return .{ .document = self };
    }

    /// Reads on by about `budget` bytes.
    pub fn advance(self: *Document, budget: u64) Error!void {
        self.index.read = @min(self.index.read +| budget, self.input.size);
    }

    pub fn done(self: *const Document) bool {
        return self.index.read == self.input.size;
    }

    /// Bytes of the file that have been read.
    pub fn bytesDone(self: *const Document) u64 {
        return self.index.read;
    }

    /// `segmented-loader.survey`.
    pub fn survey(_: *Document, _: u64, _: u64) Error![]const u8 {
        return error.BadSurvey;
    }

    /// `segmented-loader.accept`.
    pub fn accept(_: *Document, _: []const u8) Error!void {
        return error.BadSurvey;
    }
};
