//! All that the meaning of the next byte depends on, and what the pass has counted so far.
const std = @import("std");
const sdk = @import("sdk");
const form = @import("form.zig");
const Index = @import("index.zig").Index;
const nesting = @import("nesting.zig");
const Path = @import("path.zig").Path;
const problem_list = @import("problems.zig");
const Word = @import("words.zig").Word;

/// What the text so far demands.
pub const Expect = enum(u8) {
    value,
    /// Right behind `[`.
    value_or_end,
    key,
    /// Right behind `{`.
    key_or_end,
    colon,
    /// A value has ended: a comma, a closing bracket, or the end.
    after,
    /// Anything: the child does not parse, and is passed over up to the next comma.
    skip,
};

/// What the last byte stands in.
pub const Lex = enum(u8) {
    between,
    string,
    /// Behind a backslash.
    escape,
    /// Within the four digits of `\u`.
    hex,
    word,
    /// Behind a slash that may begin a comment.
    slash,
    line_comment,
    block_comment,
    /// Behind an asterisk in a comment.
    star,
    /// Behind the value that is all there should be: up to the end of the line or of the file.
    passed,
};

/// Where the records are.
pub const Where = enum {
    /// The record array has not begun.
    before,
    within,
    /// The record array has ended.
    behind,
};

pub const State = struct {
    form: form.Form,
    dialect: form.Dialect,
    index: *Index,
    problems: *problem_list.Problems,
    nest: nesting.Nesting,
    path: Path,
    where: Where,
    /// Depth of the container of the records, once it has begun.
    record_depth: u32 = 0,
    expect: Expect = .value,
    lex: Lex = .between,
    /// The string being read is the name of a member.
    is_key: bool = false,
    word: Word = .bad,
    word_first: u8 = 0,
    /// It is read as a value; else nothing is said of it.
    word_read: bool = true,
    /// Where the word or string being read begins.
    token: u64 = 0,
    hex_left: u8 = 0,
    /// A problem of this kind has been reported of the string being read.
    said_control: bool = false,
    said_utf8: bool = false,
    said_deep: bool = false,
    utf8: sdk.utf8.Carry = .{},
    /// Newlines so far.
    lines: u64 = 0,
    /// Only a part of the file is read.
    part: bool = false,
    /// Containers that are open beyond the deepest level there may be.
    beyond: u64 = 0,

    pub fn init(
        of: form.Form,
        dialect: form.Dialect,
        path: Path,
        index: *Index,
        problems: *problem_list.Problems,
        begin: u64,
    ) error{OutOfMemory}!State {
        var self: State = .{
            .form = of,
            .dialect = dialect,
            .index = index,
            .problems = problems,
            .nest = try .init(begin),
            .path = path,
            .where = if (of == .array) .before else .within,
        };
        if (of != .array) self.nest.levels[0].id = 0;
        if (of == .concatenated) self.nest.commas = std.math.maxInt(u64); // the first value makes it 0
        return self;
    }

    pub fn deinit(self: *State) void {
        self.nest.deinit();
    }

    /// Number of the record that is being read, or the last one.
    pub fn record(self: *const State) u64 {
        if (self.where != .within) return self.index.records() -| 1;
        const nest = &self.nest;
        const commas = if (nest.depth == self.record_depth) nest.commas else nest.levels[self.record_depth].commas;
        return switch (self.form) {
            .document => 0,
            .concatenated => if (commas == std.math.maxInt(u64)) 0 else commas,
            .array, .lines => commas,
        };
    }

    pub fn report(self: *State, kind: problem_list.Kind, offset: u64, detail: u8) void {
        self.problems.add(.{
            .kind = kind,
            .record = self.record(),
            .line = self.lines,
            .offset = offset,
            .detail = detail,
        });
    }

    /// Records that have been read to their end.
    pub fn complete(self: *const State) u64 {
        return switch (self.form) {
            .document => 1,
            .lines => self.record(),
            .array => if (self.where == .within) self.record() else self.index.records(),
            .concatenated => {
                const nest = &self.nest;
                const commas = if (nest.depth == 0) nest.commas else nest.levels[0].commas;
                const whole = nest.depth == 0 and self.expect == .after and self.lex == .between;
                return commas +% @intFromBool(whole) +% @intFromBool(commas == std.math.maxInt(u64) and !whole);
            },
        };
    }

    /// Whether the innermost container holds something behind its last comma.
    pub fn occupied(self: *const State) bool {
        return switch (self.expect) {
            .value => self.nest.depth > 0 and self.nest.kind() == .object, // behind a colon
            .value_or_end, .key, .key_or_end => false,
            .colon, .after, .skip => true,
        };
    }

    /// Opens a container, unless it is deeper than anything may be.
    pub fn open(self: *State, kind: form.Kind, at: u64) void {
        const nest = &self.nest;
        if (self.beyond > 0 or nest.depth >= nesting.deepest) {
            if (!self.said_deep) self.report(.too_deep, at, 0);
            self.said_deep = true;
            self.beyond += 1;
            return;
        }
        nest.open(kind, at);
        if (self.where == .before and self.path.opens(kind, nest)) {
            self.where = .within;
            self.record_depth = nest.depth;
            nest.levels[nest.depth].id = 0;
            self.index.containers.items[0].begin = at;
            self.index.containers.items[0].entry = at + 1;
        }
        self.expect = if (kind == .object) .key_or_end else .value_or_end;
    }

    /// Closes the innermost container at byte `end`.
    pub fn close(self: *State, end: u64) void {
        const nest = &self.nest;
        const count = nest.commas + @intFromBool(self.occupied());
        const records_end = self.form == .array and self.where == .within and nest.depth == self.record_depth;
        nest.close(self.index, end, count);
        if (records_end) {
            self.where = .behind;
            self.record_depth = 0;
            nest.no_object = false;
            nest.no_array = false;
        }
        if (self.where == .before) self.path.closed(nest);
        self.expect = .after;
    }

    /// Depth of the container that no bracket within a record closes.
    pub fn guard(self: *const State) u32 {
        return if (self.form == .array and self.where == .within) self.record_depth else 0;
    }
};
