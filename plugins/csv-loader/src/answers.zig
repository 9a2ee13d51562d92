//! The JSON texts that the calls return.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const Document = @import("document.zig").Document;
const options = @import("options.zig");
const problems = @import("problems.zig");
const sinks = @import("sinks.zig");
const types = @import("sdk").types;
const finding = @import("find.zig");
const reading = @import("reader.zig");
const indexer = @import("indexer.zig");
const work = @import("sdk").work;
const Pattern = @import("sdk").pattern.Pattern;

const Refusal = error{ BadQuery, BadPath, NoSuchRecord, NoSuchCell, RecordTooLong, TooMuch };
pub const Error = @import("document.zig").Error || json.Error || Refusal;

/// The most one call returns.
const room = 8 * 1024 * 1024 - 64;
/// The most raw bytes one call returns: a host may need many times that to take a list of bytes apart.
const most_raw = 2 * 1024 * 1024;
var output: ?[*]u8 = null;

/// A text to write into; the one before is gone. Every answer begins here.
fn newText() error{OutOfMemory}!json.Text {
    work.begin();
    const bytes = output orelse sdk.memory.permanent.rawAlloc(room, .@"1", @returnAddress()) orelse return error.OutOfMemory;
    output = bytes;
    return .{ .buffer = bytes[0..room] };
}

/// `paged-loader.columns`.
pub fn columns(document: *const Document) Error![]const u8 {
    var text = try newText();
    try text.raw("{\"columns\":[");
    for (document.columns, 0..) |column, i| {
        if (i > 0) try text.byte(',');
        try text.raw("{\"name\":");
        try text.string(column.name);
        try text.raw(",\"type\":\"");
        try text.raw(@tagName(column.guess.result()));
        try text.raw("\",\"nulls\":[");
        var nulls: [types.Guess.most_nulls][]const u8 = undefined;
        for (column.guess.nullTexts(&nulls), 0..) |null_text, k| {
            if (k > 0) try text.byte(',');
            try text.string(null_text);
        }
        try text.raw("]}");
    }
    try text.raw("],\"options\":");
    try options.write(&text, document.dialect, document.input.encoding, document.has_header);
    try text.raw(",\"notes\":[");
    for (document.notes.items, 0..) |note, i| {
        if (i > 0) try text.byte(',');
        try text.string(note);
    }
    try text.raw("],\"index-bytes\":");
    try text.number(document.index.bytes());
    try text.byte('}');
    return text.written();
}

/// `paged-loader.page`.
pub fn page(document: *const Document, start: u64, count: u64) Error![]const u8 {
    var text = try newText();
    try text.byte('[');
    const wanted = @min(count, document.records() -| start);
    if (wanted == 0) return closed(&text);
    // Room is kept for closing what is open when the buffer is full.
    var body: json.Text = .{ .buffer = text.buffer[0 .. text.buffer.len - 16], .len = text.len };
    var reader = try document.reader(start);
    var done: u64 = 0;
    while (done < wanted) : (done += 1) {
        const mark = body.len;
        if (done > 0) body.byte(',') catch break;
        const outcome = pageRecord(&reader, &body) catch |err| switch (err) {
            error.Full => {
                text.len = mark;
                if (done > 0) return closed(&text);
                return wideRecord(document, start, &text);
            },
            else => |other| return other,
        };
        if (outcome == .end) {
            body.len = mark;
            break;
        }
        if (outcome == .cut or work.isOver()) break;
    }
    text.len = body.len;
    return closed(&text);
}

fn pageRecord(reader: *reading.Reader, body: *json.Text) Error!reading.Outcome {
    var sink: sinks.PageSink = .{ .out = body, .tight_from = room };
    try sink.begin();
    const outcome = try reader.record(&sink);
    try body.byte(']');
    return outcome;
}

/// A record that fills more than a page alone: its cells are cut short; if that is not enough the last are left out.
fn wideRecord(document: *const Document, start: u64, text: *json.Text) Error![]const u8 {
    var body: json.Text = .{ .buffer = text.buffer[0 .. text.buffer.len - 16], .len = text.len };
    var sink: sinks.PageSink = .{ .out = &body, .tight_from = room / 4 };
    var reader = try document.reader(start);
    try sink.begin();
    _ = reader.record(&sink) catch |err| switch (err) {
        error.Full => body.len = if (sink.open) sink.mark -| @intFromBool(sink.cells > 0) else body.len,
        else => |other| return other,
    };
    text.len = body.len;
    try text.byte(']');
    return closed(text);
}

fn closed(text: *json.Text) Error![]const u8 {
    try text.byte(']');
    return text.written();
}

/// `paged-loader.node`.
pub fn node(document: *const Document, record: u64, path: []const u8, start: u64, count: u64) Error![]const u8 {
    if (record >= document.records()) return error.NoSuchRecord;
    const column = try cellOf(path);
    var text = try newText();
    var reader = try document.reader(record);
    if (column) |wanted| {
        try text.raw("{\"kind\":\"text\",\"text\":\"");
        var body: json.Text = .{ .buffer = text.buffer[0 .. text.buffer.len - 128], .len = text.len };
        var sink: sinks.PartSink = .{ .out = &body, .column = wanted, .start = start, .count = @min(count, 4 << 20) };
        _ = try reader.record(&sink);
        if (!sink.found()) return error.NoSuchCell;
        text.len = body.len;
        try text.raw("\",\"bytes\":");
        try text.number(sink.size);
        try text.raw(",\"next\":");
        if (sink.full) try text.number(sink.next) else try text.raw("null");
    } else {
        try text.raw("{\"kind\":\"array\",\"children\":[");
        var sink: sinks.ChildrenSink = .{ .out = &text, .start = start, .count = @min(count, 5000) };
        _ = try reader.record(&sink);
        try text.raw("],\"count\":");
        try text.number(sink.cell);
    }
    try text.byte('}');
    return text.written();
}

/// The column a path names, or null for the record itself.
fn cellOf(path: []const u8) Error!?u64 {
    const value = std.json.parseFromSliceLeaky(std.json.Value, sdk.memory.arena(), path, .{}) catch |err| switch (err) {
        error.OutOfMemory => return error.OutOfMemory,
        else => return error.BadPath,
    };
    if (value != .array or value.array.items.len > 1) return error.BadPath;
    if (value.array.items.len == 0) return null;
    const item = value.array.items[0];
    if (item != .integer or item.integer < 0) return error.BadPath;
    return @intCast(item.integer);
}

/// `paged-loader.problems`.
pub fn problemList(document: *const Document, start: u64, count: u64) Error![]const u8 {
    var text = try newText();
    try problems.write(&document.problems, &text, start, count, .{
        .header = document.header,
        .has_header = document.has_header,
        .columns = document.expected,
        .encoding = document.input.encoding.label(),
        .unclosed_limit_mib = indexer.unclosed_limit >> 20,
    });
    return text.written();
}

/// `paged-loader.find`.
pub fn find(document: *const Document, query: []const u8, from: u64, max_bytes: u64) Error![]const u8 {
    const arena = sdk.memory.arena();
    const pattern = try Pattern.parse(arena, query);
    var text = try newText();
    try finding.find(.{
        .source = &document.input,
        .scanner = document.scanner,
        .known = &document.index,
        .records = document.indexer.tally.ends,
        .limit = document.indexer.tally.position,
        .header = document.header,
    }, try .init(arena, &pattern), document.header +| from, max_bytes, &text);
    return text.written();
}

/// `file-loader.get-range`: records as JSON objects.
pub fn objects(document: *const Document, start: u64, count: u64) Error![]const []const u8 {
    const wanted: usize = @intCast(@min(count, document.records() -| start, 1 << 20));
    if (wanted == 0) return &.{};
    if (wanted < count and wanted == 1 << 20) return error.TooMuch;
    const arena = sdk.memory.arena();
    var text = try newText();
    const keys = try arena.alloc([]const u8, document.columns.len);
    for (keys, document.columns) |*key, column| key.* = column.key;
    const items = try arena.alloc([]const u8, wanted);
    var reader = try document.reader(start);
    for (items) |*item| {
        const mark = text.len;
        var sink: sinks.ObjectSink = .{ .out = &text, .names = keys };
        const outcome = object(&reader, &text, &sink) catch |err| switch (err) {
            error.Full => return if (wanted == 1) error.RecordTooLong else error.TooMuch,
            else => |other| return other,
        };
        if (outcome == .cut) return error.RecordTooLong;
        item.* = text.written()[mark..];
    }
    return items;
}

fn object(reader: *reading.Reader, text: *json.Text, sink: *sinks.ObjectSink) Error!reading.Outcome {
    try text.byte('{');
    const outcome = try reader.record(sink);
    try text.byte('}');
    return outcome;
}

/// `file-loader.raw-bytes`.
pub fn rawBytes(document: *const Document, record: u64) Error![]const u8 {
    if (record >= document.records()) return error.NoSuchRecord;
    const limit = document.indexer.tally.position;
    const physical = document.header + record;
    const extent = try reading.extent(&document.input, document.scanner, &document.index, physical, limit);
    if (extent.end - extent.begin > most_raw) return error.RecordTooLong;
    const bytes = (try newText()).buffer[0..@intCast(extent.end - extent.begin)];
    try document.input.fill(bytes, extent.begin);
    return bytes;
}
