//! `file-loader`: records as they stand in the file.
const std = @import("std");
const sdk = @import("sdk");
const answers = @import("answers.zig");
const records = @import("records.zig");
const summaries = @import("summaries.zig");
const strict = @import("strict.zig");
const strings = @import("strings.zig");
const values = @import("values.zig");
const Document = @import("document.zig").Document;

const Error = answers.Error;

/// The most raw bytes one call returns: a host may need many times that to take a list of bytes apart.
const most_raw = 2 * 1024 * 1024;

/// `file-loader.get-range`: records as JSON text, without comments. One that is malformed is a string of what stands there.
pub fn objects(document: *Document, start: u64, count: u64) Error![]const []const u8 {
    const wanted: usize = @intCast(@min(count, document.index.records() -| start, 1 << 20));
    if (wanted == 0) return &.{};
    if (wanted < count and wanted == 1 << 20) return error.TooLong;
    const arena = sdk.memory.arena();
    const items = try arena.alloc([]const u8, wanted);
    var out = try answers.begin();
    var cursor: records.Cursor = .init(document, answers.room());
    try cursor.seek(start);
    for (items, 0..) |*item, i| {
        const record = try cursor.head() orelse return items[0..i];
        const value = try cursor.finish(record);
        if (value.at.len() > out.buffer.len - out.len) return error.TooLong;
        const mark = out.len;
        try copy(&cursor.reader, value.at, &out);
        const valid = try strict.isJson(out.written()[mark..]) or stripped: {
            out.len = mark + strip(out.buffer[mark..out.len]).len;
            break :stripped try strict.isJson(out.written()[mark..]);
        };
        if (!valid) {
            out.len = mark;
            var plain: strings.Decoder = .plain(&cursor.reader.window, value.at);
            summaries.decoded(&plain, &out) catch |err| return if (err == error.Full) error.TooLong else err;
        }
        item.* = out.written()[mark..];
    }
    return items;
}

fn copy(reader: *values.Reader, at: values.Span, out: *sdk.json.Text) Error!void {
    var plain: strings.Decoder = .plain(&reader.window, at);
    while (true) {
        const part = try plain.next(out.buffer[out.len..@min(out.buffer.len, out.len + 65536)]);
        if (part.len == 0) break;
        out.len += part.len;
    }
    if (plain.at < plain.end) return error.TooLong;
}

/// The text without comments, and without commas before a closing bracket; in the same place.
fn strip(text: []u8) []const u8 {
    var len: usize = 0;
    var comma: ?usize = null; // what has been written up to the last comma, if only white space follows it
    var at: usize = 0;
    while (at < text.len) {
        const rest = text[at..];
        const end = if (rest[0] == '"') stringEnd(rest) else commentEnd(rest) orelse {
            if (rest[0] == '}' or rest[0] == ']') len = comma orelse len;
            if (rest[0] == ',') comma = len else if (!values.isSpace(rest[0])) comma = null;
            text[len] = rest[0];
            len += 1;
            at += 1;
            continue;
        };
        if (rest[0] == '"') {
            std.mem.copyForwards(u8, text[len..], rest[0..end]);
            len += end;
            comma = null;
        }
        at += end;
    }
    return text[0..len];
}

fn stringEnd(text: []const u8) usize {
    var at: usize = 1;
    while (at < text.len and text[at] != '"') at += if (text[at] == '\\') 2 else 1;
    return @min(text.len, at + 1);
}

fn commentEnd(text: []const u8) ?usize {
    if (std.mem.startsWith(u8, text, "//")) return std.mem.findScalar(u8, text, '\n') orelse text.len;
    if (!std.mem.startsWith(u8, text, "/*")) return null;
    return if (std.mem.find(u8, text[2..], "*/")) |end| end + 4 else text.len;
}

/// `file-loader.raw-bytes`.
pub fn rawBytes(document: *Document, number: u64) Error![]const u8 {
    var cursor: records.Cursor = .init(document, answers.room());
    const record = try cursor.get(number);
    const value = try cursor.finish(record);
    if (value.at.len() > most_raw) return error.TooLong;
    const bytes = (try answers.begin()).buffer[0..@intCast(value.at.len())];
    try document.input.fill(bytes, value.at.begin);
    return bytes;
}
