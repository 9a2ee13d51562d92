//! What is wrong with a file: malformed places, kept as numbers and put into words when asked for.
const std = @import("std");
const sdk = @import("sdk");
const Document = @import("document.zig").Document;

/// What went wrong; the words are stable.
pub const Kind = enum {
    /// A value that is none: `tru`, `NaN`, `'text'`.
    bad_literal,
    bad_number,
    bad_escape,
    control_character,
    unterminated_string,
    invalid_utf8,
    byte_order_mark,
    unexpected,
    missing_value,
    missing_name,
    missing_colon,
    missing_comma,
    trailing_comma,
    comment,
    mismatched_bracket,
    missing_bracket,
    /// Something behind the only value of the file.
    trailing_text,
    /// The file ends within a value.
    truncated,
    /// The line ends within a value.
    broken_line,
    too_deep,

    pub fn word(kind: Kind) []const u8 {
        return switch (kind) {
            inline else => |each| comptime dashed(@tagName(each)),
        };
    }

    fn dashed(comptime name: []const u8) []const u8 {
        var out: [name.len]u8 = undefined;
        for (name, &out) |c, *to| to.* = if (c == '_') '-' else c;
        const done = out;
        return &done;
    }
};

pub const Problem = struct {
    kind: Kind,
    /// The record it lies in, the line it is on (newlines before it), and its byte.
    record: u64,
    line: u64,
    offset: u64,
    /// More about it, by kind: a byte of the file, an expectation, what the text ends in.
    detail: u8 = 0,
};

pub const most_kept = 10_000;

pub const Problems = struct {
    kept: std.ArrayList(Problem) = .empty,
    total: u64 = 0,

    pub noinline fn add(problems: *Problems, problem: Problem) void {
        problems.total += 1;
        if (problems.kept.items.len == most_kept) return;
        problems.kept.append(sdk.memory.permanent, problem) catch return; // out of memory: counted, not kept
    }

    pub fn deinit(problems: *Problems) void {
        problems.kept.deinit(sdk.memory.permanent);
    }
};

/// `paged-loader.problems`.
pub fn answer(document: *Document, start: u64, count: u64) (sdk.json.Error || error{OutOfMemory})![]const u8 {
    const items = document.problems.kept.items;
    const first: usize = @intCast(@min(start, items.len));
    const end: usize = @intCast(@min(first +| count, items.len));
    var text: sdk.json.Text = .{ .buffer = try sdk.memory.arena().alloc(u8, 512 * (end - first) + 128) };
    try text.raw("{\"total\":");
    try text.number(document.problems.total);
    try text.raw(",\"problems\":[");
    for (items[first..end], 0..) |problem, i| {
        if (i > 0) try text.byte(',');
        try writeOne(problem, &text);
    }
    try text.raw("]}");
    return text.written();
}

fn writeOne(problem: Problem, text: *sdk.json.Text) sdk.json.Error!void {
    try text.raw("{\"record\":");
    try text.number(problem.record);
    try text.raw(",\"line\":");
    try text.number(problem.line);
    try text.raw(",\"offset\":");
    try text.number(problem.offset);
    try text.raw(",\"kind\":\"");
    try text.raw(problem.kind.word());
    try text.raw("\",\"message\":\"");
    try text.raw(problem.kind.word());
    try text.raw("\"}");
}
