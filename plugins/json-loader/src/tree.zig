//! `tree-loader`: records and the values inside them, a window at a time.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const work = sdk.work;
const answers = @import("answers.zig");
const duplicates = @import("duplicates.zig");
const paths = @import("paths.zig");
const records = @import("records.zig");
const summaries = @import("summaries.zig");
const values = @import("values.zig");
const Document = @import("document.zig").Document;

const Error = answers.Error;

/// `tree-loader.roots`.
pub fn roots(document: *Document, start: u64, count: u64) Error![]const u8 {
    var out = try answers.begin();
    try out.raw("{\"children\":[");
    const wanted = @min(count, document.index.records() -| start);
    if (wanted > 0) {
        var cursor: records.Cursor = .init(document, answers.room());
        try cursor.seek(start);
        var list: List = .{ .out = &out };
        while (list.written < wanted and !work.isOver()) {
            const record = try cursor.head() orelse break;
            const child: values.Child = .{ .position = record.number, .key = null, .value = try cursor.finish(record) };
            if (work.isOver()) break;
            if (!try list.add(&cursor.reader, child, false)) break;
        }
        if (list.written == 0 and work.isOver()) return error.TooFar;
    }
    try out.raw("]}");
    return out.written();
}

/// `tree-loader.children`.
pub fn children(document: *Document, record: u64, path: []const u8, start: u64, count: u64) Error![]const u8 {
    const steps = try paths.parse(sdk.memory.arena(), path);
    var cursor: records.Cursor = .init(document, answers.room());
    const reader = &cursor.reader;
    const found = try paths.follow(reader, try cursor.get(record), steps, null);
    if (!found.head.isContainer()) return error.NoChildren;
    const begin = found.head.begin;
    const object = found.head.shape == .object;
    const whole = try reader.value(begin);
    var out = try answers.begin();
    try out.raw(if (object) "{\"kind\":\"object\",\"count\":" else "{\"kind\":\"array\",\"count\":");
    if (whole.count) |all| try out.number(all) else try out.raw("null");
    try out.raw(",\"children\":[");
    var frame = try reader.childrenNear(begin, object, start);
    while (frame.next < start) {
        if (work.isOver()) return error.TooFar;
        _ = try reader.next(&frame) orelse break;
    }
    var names: duplicates.Names = .{};
    if (object) try names.before(reader, begin, start);
    var list: List = .{ .out = &out };
    while (list.written < count and !work.isOver()) {
        const child = try reader.next(&frame) orelse break;
        if (work.isOver()) break;
        const repeated = object and try names.isRepeated(reader, child.key);
        if (!try list.add(reader, child, repeated)) break;
    }
    if (list.written == 0 and count > 0 and work.isOver()) return error.TooFar;
    try out.raw("]}");
    return out.written();
}

/// `tree-loader.value`.
pub fn value(document: *Document, record: u64, path: []const u8) Error![]const u8 {
    const arena = sdk.memory.arena();
    const steps = try paths.parse(arena, path);
    var cursor: records.Cursor = .init(document, answers.room());
    const first = try cursor.get(record);
    const taken = try arena.alloc(paths.Taken, steps.len);
    const found = try paths.follow(&cursor.reader, first, steps, taken);
    const child = try read(&cursor, first, found);
    if (work.isOver()) return error.TooFar;
    var names: duplicates.Names = .{};
    if (found.among) |among| if (among.frame.object)
        try names.before(&cursor.reader, among.begin, found.head.position);
    const repeated = found.among != null and try names.isRepeated(&cursor.reader, child.key);
    var out = try answers.begin();
    try summaries.write(&cursor.reader, child, repeated, &out);
    try out.raw(",\"path\":[");
    for (taken, 0..) |step, i| {
        if (i > 0) try out.byte(',');
        try out.number(step.position);
    }
    try out.raw("],\"keys\":[");
    for (taken, 0..) |step, i| {
        if (i > 0) try out.byte(',');
        if (step.key) |key| try summaries.name(&cursor.reader, key, &out) else try out.number(step.position);
    }
    try out.raw("]}");
    return out.written();
}

/// Reads a value that has been found to its end.
pub fn read(cursor: *records.Cursor, record: records.Record, found: paths.Found) Error!values.Child {
    const among = found.among orelse
        return .{ .position = record.number, .key = null, .value = try cursor.finish(record) };
    var frame = among.frame;
    return cursor.reader.finish(&frame, found.head);
}

/// Summaries that are being written.
const List = struct {
    out: *json.Text,
    written: u64 = 0,

    /// Writes one; false, and nothing, if it does not fit.
    fn add(self: *List, reader: *values.Reader, child: values.Child, duplicate: bool) Error!bool {
        const mark = self.out.len;
        self.write(reader, child, duplicate) catch |err| switch (err) {
            error.Full => {
                self.out.len = mark;
                return if (self.written == 0) error.Full else false;
            },
            else => |other| return other,
        };
        if (self.out.buffer.len - self.out.len < 64) {
            self.out.len = mark;
            return false;
        }
        self.written += 1;
        return true;
    }

    fn write(self: *List, reader: *values.Reader, child: values.Child, duplicate: bool) summaries.Error!void {
        if (self.written > 0) try self.out.byte(',');
        try summaries.write(reader, child, duplicate, self.out);
        try self.out.byte('}');
    }
};
