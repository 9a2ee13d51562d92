//! What kind of file it is, from its beginning; the extension decides only what the content leaves open.
const std = @import("std");
const sdk = @import("sdk");
const form = @import("form.zig");
const exact = @import("exact.zig");
const State = @import("state.zig").State;
const Path = @import("path.zig").Path;
const Index = @import("index.zig").Index;
const Problems = @import("problems.zig").Problems;

/// Bytes that are looked at.
pub const sample_size = 256 * 1024;
/// Values at the outermost level that are looked at.
const most_values = 50;

pub const Extension = enum {
    lines,
    jsonc,
    json5,
    geojson,
    other,

    pub fn of(path: []const u8) Extension {
        const dot = std.mem.lastIndexOfScalar(u8, path, '.') orelse return .other;
        const name = path[dot + 1 ..];
        if (is(name, "jsonc")) return .jsonc;
        if (is(name, "json5")) return .json5;
        if (is(name, "geojson")) return .geojson;
        for ([_][]const u8{ "ndjson", "jsonl", "ldjson", "geojsonl" }) |each| if (is(name, each)) return .lines;
        return .other;
    }

    fn is(name: []const u8, other: []const u8) bool {
        return std.ascii.eqlIgnoreCase(name, other);
    }
};

pub const Guess = struct {
    form: form.Form,
    /// JSON Pointer to the record array.
    records: []const u8 = "",
    note: ?[]const u8 = null,
};

/// A guess, or why the file is none for this plugin.
pub const Verdict = union(enum) { guess: Guess, refused: []const u8 };

/// What stands at the outermost level of the sample.
const Top = struct {
    /// Values that have been seen to their end.
    values: usize = 0,
    /// One of them holds a newline.
    broken: bool = false,
    first_broken: bool = false,
    /// Two stand on one line.
    shared: bool = false,
    /// Behind the first value something stands that begins no value, or nothing but white space up to the end.
    trailing: bool = false,
    alone: bool = false,
    /// Something is wrong before the end of the first value, or behind it.
    first_wrong: bool = false,
    wrong: bool = false,
    /// The first value goes on behind the sample, and has a newline in it.
    unfinished: bool = false,
};

/// Looks at a sample of the text behind the byte order mark; `whole` says whether it is all of the file.
pub fn look(sample: []const u8, whole: bool, extension: Extension) error{OutOfMemory}!Verdict {
    const first = firstByte(sample) orelse {
        if (!whole) return .{ .refused = "no JSON: the file begins with nothing but white space" };
        return .{ .guess = .{ .form = .lines, .note = whatIsThere(sample) } };
    };
    if (std.mem.indexOfScalar(u8, sample[0..@min(sample.len, 1024)], 0) != null)
        return .{ .refused = "no JSON: the file holds zero bytes; if it is in UTF-16 or UTF-32, choose that encoding" };
    const top = try survey(sample, whole);
    if (!isStart(first) and !linesBegin(sample))
        return .{ .refused = "no JSON: the file begins with neither a bracket nor a value" };
    const scalar = first != '{' and first != '[';
    if (scalar and (top.first_wrong or top.trailing) and !linesBegin(sample))
        return .{ .refused = "no JSON: the file begins with a word or number that something else follows" };
    var guess: Guess = .{ .form = chooseForm(first, top, sample, extension) };
    if (guess.form == .document and first != '[' and try isFeatureCollection(sample, extension))
        guess = .{ .form = .array, .records = "/features" };
    const is_lines = guess.form == .lines;
    if (extension == .lines and !is_lines) guess.note = "The name of the file says that it holds one record a line, " ++
        "but it does not: it is read as one document, as an array, or as values one after another.";
    if (extension == .other and is_lines and top.values > 1)
        guess.note = "The file holds one record a line (NDJSON), although its name does not say so.";
    return .{ .guess = guess };
}

fn chooseForm(first: u8, top: Top, sample: []const u8, extension: Extension) form.Form {
    const single: form.Form = if (first == '[') .array else .document;
    if (top.first_wrong) return if (extension == .lines or linesBegin(rest(sample))) .lines else single;
    if (top.unfinished) return if (extension == .lines and !top.first_broken) .lines else single;
    if (top.alone) return if (extension == .lines and !top.first_broken) .lines else single;
    if (top.trailing) return if (extension == .lines and !top.first_broken) .lines else single;
    if (extension == .lines and top.wrong) return if (top.first_broken) .concatenated else .lines;
    return if (top.broken or top.shared) .concatenated else .lines;
}

/// The sample behind its first line.
fn rest(sample: []const u8) []const u8 {
    const newline = std.mem.indexOfScalar(u8, sample, '\n') orelse return sample[sample.len..];
    return sample[newline + 1 ..];
}

/// The first byte that is neither white space nor within a comment.
fn firstByte(sample: []const u8) ?u8 {
    var left = sample;
    while (true) {
        left = std.mem.trimStart(u8, left, " \t\r\n");
        if (left.len == 0) return null;
        const end = if (std.mem.startsWith(u8, left, "//"))
            std.mem.indexOfScalar(u8, left, '\n')
        else if (std.mem.startsWith(u8, left, "/*"))
            std.mem.indexOf(u8, left, "*/")
        else
            return left[0];
        left = left[if (end) |at| @min(left.len, at + 1 + @intFromBool(left[at] == '*')) else left.len..];
    }
}

/// What a file without any value holds, unless its size says so already.
fn whatIsThere(sample: []const u8) ?[]const u8 {
    if (sample.len == 0) return null;
    if (std.mem.indexOfNone(u8, sample, " \t\r\n") == null) return "The file holds nothing but white space.";
    return "The file holds nothing but comments.";
}

/// Whether a byte can begin a value.
fn isStart(byte: u8) bool {
    return switch (byte) {
        '{', '[', '"', '-', '0'...'9', 't', 'f', 'n' => true,
        else => false,
    };
}

/// Whether any line begins with an object or array.
fn linesBegin(sample: []const u8) bool {
    var lines = std.mem.splitScalar(u8, sample, '\n');
    while (lines.next()) |line| if (line.len > 0 and (line[0] == '{' or line[0] == '[')) return true;
    return false;
}

/// Reads the sample as values one after another.
fn survey(sample: []const u8, whole: bool) error{OutOfMemory}!Top {
    var index: Index = .{};
    defer index.deinit();
    try index.start(0);
    var problems: Problems = .{};
    defer problems.deinit();
    var state: State = try .init(.concatenated, .jsonc, .{}, &index, &problems, 0);
    defer state.deinit();
    var top: Top = .{};
    var line_of_last: u64 = std.math.maxInt(u64);
    var line_begun: u64 = 0;
    var inside = false;
    for (sample, 0..) |byte, i| {
        const was = state.nest.commas;
        try exact.run(&state, sample[i..][0..1], i);
        _ = byte;
        if (state.nest.depth == 0 and state.nest.commas != was and !inside) {
            line_begun = state.lines;
            inside = true;
            if (line_begun == line_of_last) top.shared = true;
        } else if (state.nest.depth > 0 and !inside) {
            line_begun = state.lines;
            inside = true;
            if (line_begun == line_of_last) top.shared = true;
        }
        if (problems.total > 0) {
            if (top.values == 0 and inside) top.first_wrong = true;
            if (top.values == 0 and !inside) top.first_wrong = true;
            if (top.values == 1 and !inside) top.trailing = true;
            top.wrong = true;
            return top;
        }
        if (inside and state.nest.depth == 0 and state.expect == .after and state.lex == .between) {
            inside = false;
            if (state.lines - @intFromBool(sample[i] == '\n') != line_begun) {
                top.broken = true;
                if (top.values == 0) top.first_broken = true;
            }
            line_of_last = state.lines - @intFromBool(sample[i] == '\n');
            top.values += 1;
            if (top.values == most_values) return top;
        }
    }
    if (whole and inside and state.nest.depth == 0 and (state.lex == .word)) {
        inside = false;
        top.values += 1;
    }
    if (top.values == 0) {
        top.unfinished = true;
        top.first_broken = state.lines > line_begun;
    }
    top.alone = top.values == 1 and !inside;
    return top;
}

/// Whether the one object of the file is a GeoJSON FeatureCollection whose features begin within the sample.
fn isFeatureCollection(sample: []const u8, extension: Extension) error{OutOfMemory}!bool {
    const named = std.mem.indexOf(u8, sample, "\"FeatureCollection\"") != null;
    const likely = extension == .geojson and std.mem.indexOf(u8, sample, "\"Feature\"") != null;
    if (!named and !likely) return false;
    var index: Index = .{};
    defer index.deinit();
    try index.start(0);
    var problems: Problems = .{};
    defer problems.deinit();
    const path: Path = .{ .steps = &.{"features"} };
    var state: State = try .init(.array, .jsonc, path, &index, &problems, 0);
    defer state.deinit();
    var at: usize = 0;
    while (at < sample.len and state.where == .before) : (at += 64)
        try exact.run(&state, sample[at..@min(sample.len, at + 64)], at);
    return state.where != .before;
}
