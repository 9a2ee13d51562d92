//! `tree-loader.text`: the whole text of a value, a window at a time.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const answers = @import("answers.zig");
const paths = @import("paths.zig");
const records = @import("records.zig");
const strings = @import("strings.zig");
const tree = @import("tree.zig");
const values = @import("values.zig");
const Document = @import("document.zig").Document;

const Error = answers.Error;

/// The most bytes of a text in one answer.
const most = 4 * 1024 * 1024;

/// `tree-loader.text`.
pub fn text(document: *Document, record: u64, path: []const u8, decoded: bool, start: u64, count: u64) Error![]const u8 {
    const steps = try paths.parse(sdk.memory.arena(), path);
    var cursor: records.Cursor = .init(document, answers.room());
    const first = try cursor.get(record);
    const found = try paths.follow(&cursor.reader, first, steps, null);
    const value = (try tree.read(&cursor, first, found)).value;
    var out = try answers.begin();
    try out.raw("{");
    const mode: Mode = if (decoded and value.kind == .string) .said else .source;
    try window(&document.reached, &cursor.reader, value, mode, start, count, &out);
    try out.raw("}");
    return out.written();
}

/// What is given of a value: the text as it stands in the file; or of a string what it says, with U+FFFD for half a
/// surrogate pair, or as a cell shows it.
pub const Mode = enum { source, said, shown };

/// Writes `"text":…,"bytes":…,"next":…`.
pub fn window(
    reached: *Reached,
    reader: *values.Reader,
    value: values.Value,
    mode: Mode,
    start: u64,
    count: u64,
    out: *json.Text,
) Error!void {
    const limit = @max(1, @min(count, most));
    try out.raw("\"text\":\"");
    var body: json.Text = .{ .buffer = out.buffer[0 .. out.buffer.len - 128], .len = out.len };
    const part = if (mode == .source)
        try written(reader, value.at, start, limit, &body)
    else
        try said(reached, reader, value, mode, start, limit, &body);
    out.len = body.len;
    try out.raw("\",\"bytes\":");
    try out.number(part.whole);
    try out.raw(",\"next\":");
    if (part.next < part.whole) try out.number(part.next) else try out.raw("null");
}

const Part = struct { whole: u64, next: u64 };

/// The text as it stands in the file; offsets are bytes of the file.
fn written(reader: *values.Reader, at: values.Span, start: u64, limit: u64, out: *json.Text) Error!Part {
    const begin = at.begin + @min(start, at.len());
    const end = try wholeCharacters(reader, .{ .begin = begin, .end = @min(at.end, begin +| limit) }, at.end);
    var decoder: strings.Decoder = .plain(&reader.window, .{ .begin = begin, .end = end });
    var room: [1024]u8 = undefined;
    while (true) {
        const before = decoder.at;
        const part = try decoder.next(&room);
        if (part.len == 0) break;
        const mark = out.len;
        out.escaped(part) catch {
            out.len = mark;
            return .{ .whole = at.len(), .next = before - at.begin };
        };
    }
    return .{ .whole = at.len(), .next = end - at.begin };
}

/// The end of a part of a text that ends at `end`, moved to the end of a character: the last in it, or the first at all.
fn wholeCharacters(reader: *values.Reader, part: values.Span, end: u64) Error!u64 {
    if (part.end == end) return end;
    const looked_at = @min(4, part.len());
    const bytes = try reader.window.atLeast(part.end - looked_at, 8);
    const cut = sdk.utf8.cutOff(bytes[0..@intCast(@min(bytes.len, looked_at))]);
    if (cut < part.len()) return part.end - cut;
    const first = try reader.window.atLeast(part.begin, 4);
    return if (first.len == 0) end else @min(end, part.begin + sdk.utf8.charAt(first).raw);
}

/// How far the string last asked for had been decoded, so that the next window need not begin at its beginning.
pub const Reached = struct {
    inside: values.Span = .{ .begin = 0, .end = 0 },
    mode: Mode = .source,
    raw: u64 = 0,
    decoded: u64 = 0,
    whole: u64 = 0,
};

/// What a string says; offsets are bytes of that.
fn said(
    reached: *Reached,
    reader: *values.Reader,
    value: values.Value,
    mode: Mode,
    start: u64,
    limit: u64,
    out: *json.Text,
) Error!Part {
    const inside = value.inside();
    var decoder: strings.Decoder = .init(&reader.window, inside);
    decoder.lone = if (mode == .said) json.replacement else null;
    if (!std.meta.eql(reached.inside, inside) or reached.mode != mode) {
        const whole = try decoder.measure() orelse return error.TooMuchToDecode;
        reached.* = .{ .inside = inside, .mode = mode, .raw = inside.begin, .decoded = 0, .whole = whole };
    }
    const resumed = start >= reached.decoded;
    decoder.at = if (resumed) reached.raw else inside.begin;
    var at = if (resumed) reached.decoded else 0;
    const stop = @min(start, reached.whole) +| limit;
    var room: [1024]u8 = undefined;
    while (at < stop) {
        if (sdk.work.isOver()) return error.TooMuchToDecode;
        const before = decoder.at;
        const least: u64 = strings.least_room;
        const wanted: usize = @intCast(@max(least, @min(room.len, if (at < start) start - at else stop - at)));
        const part = try decoder.next(room[0..wanted]);
        if (part.len == 0) break;
        const from: usize = @intCast(@min(part.len, start -| at));
        const fits = fitting(part, from, @intCast(@min(part.len, stop - at)), at + from == start);
        const mark = out.len;
        out.escaped(part[from..fits]) catch {
            out.len = mark;
            return .{ .whole = reached.whole, .next = @max(at, start) };
        };
        reached.raw = before;
        reached.decoded = at;
        at += fits;
        if (fits < part.len) break;
    }
    return .{ .whole = reached.whole, .next = at };
}

/// The end of the last character of `part` that ends at or before `stop`; of the first behind `from` if there must be one.
fn fitting(part: []const u8, from: usize, stop: usize, first: bool) usize {
    var end = stop;
    while (end > from and end < part.len and part[end] & 0xC0 == 0x80) end -= 1;
    if (end > from or !first) return end;
    end = @min(part.len, from + 1);
    while (end < part.len and part[end] & 0xC0 == 0x80) end += 1;
    return end;
}
