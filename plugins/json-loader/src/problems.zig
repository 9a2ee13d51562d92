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
    /// A byte of the file that it is about, or one that is missing.
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
    try text.raw("\",\"message\":");
    var sentence: [512]u8 = undefined;
    try text.string(describe(problem, &sentence) catch problem.kind.word());
    try text.byte('}');
}

/// What happened and how reading went on, as a sentence.
fn describe(problem: Problem, room: []u8) error{NoSpaceLeft}![]const u8 {
    const byte = problem.detail;
    return switch (problem.kind) {
        .bad_literal => if (std.ascii.isPrint(byte))
            std.fmt.bufPrint(room, "a word that begins with {c} is no value: only true, false and null are words", .{byte})
        else
            std.fmt.bufPrint(room, "the byte {x:0>2} begins no value", .{byte}),
        .bad_number => "this is not a number as JSON writes them (such as -1.5e3)",
        .bad_escape => if (byte == 'u')
            "four hexadecimal digits have to follow \\u"
        else if (std.ascii.isPrint(byte))
            std.fmt.bufPrint(room, "\\{c} is no escape of JSON", .{byte})
        else
            "this is no escape of JSON",
        .control_character => std.fmt.bufPrint(room, "the control character {x:0>2} stands unescaped in a string", .{byte}),
        .unterminated_string => "the string is not closed before the end of its line; it ends there",
        .invalid_utf8 => "the string holds bytes that are not valid UTF-8",
        .byte_order_mark => "a byte order mark stands elsewhere than at the beginning of the file",
        .unexpected => std.fmt.bufPrint(room, "{c} has no place here; it and what follows it is passed over", .{byte}),
        .missing_value => std.fmt.bufPrint(room, "a value is missing before {c}", .{byte}),
        .missing_name => "a member has no name in quotes; it is passed over up to the next comma",
        .missing_colon => "a colon is missing behind the name of a member; it is passed over up to the next comma",
        .missing_comma => "a comma is missing before this value; it is passed over up to the next comma",
        .trailing_comma => std.fmt.bufPrint(room, "a comma stands before {c}", .{byte}),
        .comment => "JSON has no comments; it is passed over (allow comments to read the file as JSONC)",
        .mismatched_bracket => std.fmt.bufPrint(room, "{c} closes nothing here; it is passed over", .{byte}),
        .missing_bracket => std.fmt.bufPrint(room, "{c} is missing before this; what was left open ends here", .{byte}),
        .trailing_text => "something follows the value; it is passed over",
        .truncated => std.fmt.bufPrint(room, "the file ends in the middle of {s}", .{open(byte)}),
        .broken_line => "the line ends in the middle of a value; reading goes on with the next line",
        .too_deep => "values are nested more than 10,000,000 levels deep; what is deeper is passed over",
    };
}

/// What is open that a byte would close.
fn open(byte: u8) []const u8 {
    return switch (byte) {
        '"' => "a string",
        '}' => "an object",
        ']' => "an array",
        else => "a comment",
    };
}
