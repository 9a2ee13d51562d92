//! `file-loader`: records as they stand in the file.
const std = @import("std");
const sdk = @import("sdk");
const answers = @import("answers.zig");
const records = @import("records.zig");
const summaries = @import("summaries.zig");
const strings = @import("strings.zig");
const Document = @import("document.zig").Document;

const Error = answers.Error;

/// The most raw bytes one call returns: a host may need many times that to take a list of bytes apart.
const most_raw = 2 * 1024 * 1024;

/// `file-loader.get-range`: records as JSON text. One that is malformed is a string that holds what stands there.
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
        var plain: strings.Decoder = .plain(&cursor.reader.window, value.at);
        while (true) {
            const part = try plain.next(out.buffer[out.len..@min(out.buffer.len, out.len + 65536)]);
            out.len += part.len;
            if (part.len == 0) break;
        }
        if (plain.at < plain.end) return error.TooLong;
        if (!(std.json.validate(arena, out.written()[mark..]) catch false)) {
            out.len = mark;
            plain = .plain(&cursor.reader.window, value.at);
            summaries.decoded(&plain, &out) catch |err| return if (err == error.Full) error.TooLong else err;
        }
        item.* = out.written()[mark..];
    }
    return items;
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
