//! `paged-loader.page` and `node`: records as cells, and the text of one.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const work = sdk.work;
const answers = @import("answers.zig");
const cells = @import("cells.zig");
const geometry = @import("geometry.zig");
const paths = @import("paths.zig");
const records = @import("records.zig");
const text = @import("text.zig");
const tree = @import("tree.zig");
const values = @import("values.zig");
const Document = @import("document.zig").Document;

const Error = answers.Error;

/// What is shown of each cell of a record that does not fit into a page alone.
const tight = 128;

/// `paged-loader.page`.
pub fn page(document: *Document, start: u64, count: u64) Error![]const u8 {
    try document.table.ensure(document);
    var out = try answers.begin();
    try out.byte('[');
    const wanted = @min(count, document.index.records() -| start);
    if (wanted == 0) return closed(&out);
    var cursor: records.Cursor = .init(document, answers.room());
    try cursor.seek(start);
    // Room is kept for closing what is open when the buffer is full.
    var body: json.Text = .{ .buffer = out.buffer[0 .. out.buffer.len - 16], .len = out.len };
    var done: u64 = 0;
    while (done < wanted and !(work.isOver() and done > 0)) : (done += 1) {
        const mark = body.len;
        const before = cursor.frame;
        if (done > 0) body.byte(',') catch break;
        const there = one(document, &cursor, cells.columns_text, &body) catch |err| switch (err) {
            error.Full => {
                body.len = mark;
                if (done > 0) break;
                cursor.frame = before;
                _ = try one(document, &cursor, tight, &body);
                break;
            },
            else => |other| return other,
        };
        if (!there) {
            body.len = mark;
            break;
        }
    }
    out.len = body.len;
    return closed(&out);
}

fn one(document: *Document, cursor: *records.Cursor, limit: usize, out: *json.Text) Error!bool {
    const record = try cursor.head() orelse return false;
    const found = try cells.of(document, cursor, record);
    try out.byte('[');
    for (found, 0..) |cell, i| {
        if (i > 0) try out.byte(',');
        if (cell) |there| try cells.write(&cursor.reader, there, limit, out) else try out.raw("null");
    }
    try out.byte(']');
    return true;
}

fn closed(out: *json.Text) Error![]const u8 {
    try out.byte(']');
    return out.written();
}

/// `paged-loader.node`: `[column]` is a cell; any other path leads into the record as in `tree-loader`.
pub fn node(document: *Document, number: u64, path: []const u8, start: u64, count: u64) Error![]const u8 {
    try document.table.ensure(document);
    const steps = try paths.parse(sdk.memory.arena(), path);
    var cursor: records.Cursor = .init(document, answers.room());
    const record = try cursor.get(number);
    if (steps.len != 1 or steps[0] != .position) {
        const found = try paths.follow(&cursor.reader, record, steps, null);
        if (found.head.isContainer()) return tree.children(document, number, path, start, count);
        const child = try tree.read(&cursor, record, found);
        return whole(document, &cursor, .{ .value = child.value }, start, count);
    }
    const found = try cells.of(document, &cursor, record);
    const column = steps[0].position;
    if (column >= found.len) return error.NoSuchValue;
    const cell = found[@intCast(column)] orelse return error.NoSuchValue;
    return whole(document, &cursor, cell, start, count);
}

/// The text of a cell from byte `start` on.
fn whole(document: *Document, cursor: *records.Cursor, cell: cells.Cell, start: u64, count: u64) Error![]const u8 {
    cursor.reader.window.limit = document.index.limit();
    var out = try answers.begin();
    try out.raw("{\"kind\":\"text\",");
    var room: geometry.Room = undefined;
    const short = if (cell.geometry) try geometry.summary(&cursor.reader, cell.value, &room) else null;
    if (short) |summary| {
        const from: usize = @intCast(@min(start, summary.len));
        try out.raw("\"text\":");
        try out.string(summary[from..]);
        try out.raw(",\"bytes\":");
        try out.number(summary.len);
        try out.raw(",\"next\":null");
    } else {
        const mode: text.Mode = if (cell.value.kind == .string) .shown else .source;
        try text.window(&document.reached, &cursor.reader, cell.value, mode, start, count, &out);
    }
    try out.byte('}');
    return out.written();
}
