//! The file that is open: how it is read, and how far it has been indexed.
const std = @import("std");
const sdk = @import("sdk");
const form = @import("form.zig");
const detect = @import("detect.zig");
const Options = @import("options.zig").Options;
const input = @import("input.zig");
const pass = @import("pass.zig");
const Index = @import("index.zig").Index;
const Path = @import("path.zig").Path;
const Problems = @import("problems.zig").Problems;
const State = @import("state.zig").State;
const Table = @import("columns.zig").Table;
const Reached = @import("text.zig").Reached;
const surveys = @import("survey.zig");

/// What `open` reads at most.
pub const sample_size = 1024 * 1024;

pub const Error = input.Error || error{OutOfMemory};

/// A file that is open, or the sentence that says why it is not.
pub const Opening = union(enum) { document: *Document, refused: []const u8 };

const mark = "\u{FEFF}";

pub const Document = struct {
    /// Holds what is below.
    arena: std.heap.ArenaAllocator,
    input: input.Input,
    form: form.Form,
    /// JSON Pointer to the record array; the root if empty. Means something for `array` only.
    records: []const u8,
    dialect: form.Dialect,
    index: Index = .{},
    problems: Problems = .{},
    /// Sentences a person should read.
    notes: std.ArrayList([]const u8) = .empty,
    state: State,
    finished: bool = false,
    /// What the records look like as a table.
    table: Table = .{},
    /// Where the text that was last asked for goes on.
    reached: Reached = .{},
    /// Where the last survey was to end (its last line goes on to `index.read`), and whether it was what came last.
    claimed: u64 = 0,
    surveyed: bool = false,

    pub fn close(self: *Document) void {
        self.input.file.close();
        self.index.deinit();
        self.problems.deinit();
        self.state.deinit();
        var arena = self.arena;
        arena.deinit();
    }

    /// Opens the file at `path` and finds out how to read it. Nothing is indexed yet.
    pub fn open(path: []const u8, options: Options) Error!Opening {
        const extension: detect.Extension = .of(path);
        if (extension == .json5) return .{ .refused = "JSON5 is not read. Convert the file to JSON; if it has nothing " ++
            "but comments and trailing commas beyond JSON, name it .jsonc." };
        const file = try sdk.wasi.openRead(path);
        errdefer file.close();
        var in: input.Input = .{ .file = file, .size = try file.size() };
        const sample = try in.window(try sdk.memory.arena().alloc(u8, detect.sample_size), 0, in.size);
        if (std.mem.startsWith(u8, sample, mark)) in.begin = mark.len;
        const text = sample[@intCast(in.begin)..];
        const guess = switch (try choose(text, sample.len == in.size, extension, options)) {
            .guess => |guess| guess,
            .refused => |sentence| {
                file.close();
                return .{ .refused = sentence };
            },
        };
        const dialect = options.dialect orelse if (extension == .jsonc) form.Dialect.jsonc else .strict;
        return .{ .document = try make(in, guess, dialect) };
    }

    fn choose(text: []const u8, whole: bool, extension: detect.Extension, options: Options) Error!detect.Verdict {
        const asked = options.form orelse return detect.look(text, whole, extension);
        const at_root = if (options.records) |pointer| pointer.len == 0 else true;
        if (asked == .array and at_root) {
            const found = std.mem.indexOfNone(u8, text, " \t\r\n");
            if (found != null and text[found.?] != '[' and text[found.?] != '/')
                return .{ .refused = "option format: the file does not begin with an array; " ++
                    "set records to the JSON Pointer of the array, such as /features" };
        }
        return .{ .guess = .{ .form = asked, .records = options.records orelse "" } };
    }

    fn make(in: input.Input, guess: detect.Guess, dialect: form.Dialect) Error!*Document {
        var arena: std.heap.ArenaAllocator = .init(sdk.memory.permanent);
        errdefer arena.deinit();
        const allocator = arena.allocator();
        const self = try allocator.create(Document);
        const records = try allocator.dupe(u8, guess.records);
        const path: Path = try .parse(allocator, records);
        var notes: std.ArrayList([]const u8) = .empty;
        if (guess.note) |note| try notes.append(allocator, note);
        self.* = .{
            .arena = arena,
            .input = in,
            .form = guess.form,
            .records = records,
            .dialect = dialect,
            .notes = notes,
            .state = undefined,
        };
        errdefer self.index.deinit();
        try self.index.start(in.begin);
        self.state = try .init(guess.form, dialect, path, &self.index, &self.problems, in.begin);
        self.index.containers.items[0].count = self.state.complete();
        return self;
    }

    /// Reads on by about `budget` bytes.
    pub fn advance(self: *Document, budget: u64) Error!void {
        if (self.finished) return;
        sdk.work.begin();
        self.surveyed = false;
        try pass.advance(&self.state, &self.input, budget);
        try self.finishAtEnd();
    }

    /// Ends the pass where the file ends.
    pub fn finishAtEnd(self: *Document) Error!void {
        if (self.finished or self.index.read < self.input.size) return;
        pass.finish(&self.state, self.input.size);
        self.finished = true;
        if (self.state.where != .before) return;
        const allocator = self.arena.allocator();
        const note = if (self.records.len == 0)
            "The file holds no array."
        else
            try std.fmt.allocPrint(allocator, "There is no array at \"{s}\".", .{self.records});
        try self.notes.append(allocator, note);
    }

    pub fn done(self: *const Document) bool {
        return self.finished;
    }

    /// Bytes of the file that have been read; behind a survey, as many as it was asked for.
    pub fn bytesDone(self: *const Document) u64 {
        if (self.finished) return self.input.size;
        return if (self.surveyed) self.claimed else @max(self.claimed, self.index.read);
    }

    pub fn survey(self: *Document, begin: u64, end: u64) surveys.Error![]const u8 {
        return surveys.take(self, begin, end);
    }

    pub fn accept(self: *Document, text: []const u8) surveys.Error!void {
        return surveys.accept(self, text);
    }
};
