//! GeoJSON geometries in a few words: `Polygon · 2 rings · 214 points`.
const std = @import("std");
const sdk = @import("sdk");
const work = sdk.work;
const paths = @import("paths.zig");
const strings = @import("strings.zig");
const values = @import("values.zig");

/// The types of geometry, and what each level of their coordinates holds, from the outside in.
const Type = struct { name: []const u8, levels: []const Noun };
const Noun = struct { one: []const u8, many: []const u8 };

const points: Noun = .{ .one = "point", .many = "points" };
const lines: Noun = .{ .one = "line", .many = "lines" };
const rings: Noun = .{ .one = "ring", .many = "rings" };
const polygons: Noun = .{ .one = "polygon", .many = "polygons" };
const geometries: Noun = .{ .one = "geometry", .many = "geometries" };

const types = [_]Type{
    .{ .name = "Point", .levels = &.{} },
    .{ .name = "MultiPoint", .levels = &.{points} },
    .{ .name = "LineString", .levels = &.{points} },
    .{ .name = "MultiLineString", .levels = &.{ lines, points } },
    .{ .name = "Polygon", .levels = &.{ rings, points } },
    .{ .name = "MultiPolygon", .levels = &.{ polygons, rings, points } },
    .{ .name = "GeometryCollection", .levels = &.{geometries} },
};

/// Room for any summary.
pub const Room = [128]u8;

/// The summary of a geometry, or null if the value is none.
pub fn summary(reader: *values.Reader, value: values.Value, room: *Room) values.Error!?[]const u8 {
    if (value.kind != .object) return null;
    var kind: ?Type = null;
    var parts: ?values.Value = null;
    var frame = reader.childrenOf(value.at.begin, true);
    while (try reader.next(&frame)) |child| {
        const key = paths.insideOf(child.key orelse continue);
        if (kind == null and child.value.kind == .string and try strings.says(&reader.window, key, "type"))
            kind = try typeOf(reader, child.value);
        const holds = child.value.kind == .array and parts == null;
        if (holds and (try strings.says(&reader.window, key, "coordinates") or
            try strings.says(&reader.window, key, "geometries"))) parts = child.value;
        if (work.isOver()) return null;
    }
    const found = kind orelse return null;
    var counts: [4]u64 = @splat(0);
    if (parts) |array| {
        if (std.mem.eql(u8, found.name, "GeometryCollection")) counts[1] = array.count orelse return null else //
        if (found.levels.len > 0) try count(reader, array, &counts);
    }
    var text: sdk.json.Text = .{ .buffer = room };
    write(&text, found, counts[1..]) catch return null;
    return text.written();
}

fn typeOf(reader: *values.Reader, value: values.Value) values.Error!?Type {
    for (types) |each| if (try strings.says(&reader.window, value.inside(), each.name)) return each;
    return null;
}

/// How many arrays begin at each depth of an array.
fn count(reader: *values.Reader, array: values.Value, counts: *[4]u64) values.Error!void {
    var depth: usize = 0;
    var at = array.at.begin;
    while (at < array.at.end) {
        const held = try reader.window.rest(at);
        const bytes = held[0..@intCast(@min(held.len, array.at.end - at))];
        if (bytes.len == 0) return;
        work.add(bytes.len / 2);
        for (bytes) |byte| switch (byte) {
            '[' => {
                if (depth < counts.len) counts[depth] += 1;
                depth += 1;
            },
            ']' => depth -|= 1,
            else => {},
        };
        at += bytes.len;
    }
}

fn write(text: *sdk.json.Text, kind: Type, counts: []const u64) sdk.json.Error!void {
    try text.raw(kind.name);
    for (kind.levels, counts[0..kind.levels.len]) |noun, number| {
        try text.raw(" · ");
        try text.number(number);
        try text.byte(' ');
        try text.raw(if (number == 1) noun.one else noun.many);
    }
}

/// Whether a pattern could be found in a summary: if not, only what stands in the file has to be searched for it.
pub fn mayHold(pattern: *const sdk.pattern.Pattern) bool {
    for (pattern.positions) |alternatives| for (alternatives) |text| {
        if (std.ascii.isDigit(text[0])) return true;
    };
    for (types) |kind| for ([2]u64{ 0, 1 }) |number| {
        var room: Room = undefined;
        var text: sdk.json.Text = .{ .buffer = &room };
        write(&text, kind, &@as([3]u64, @splat(number))) catch return true;
        if (pattern.whole_cell) {
            if (pattern.matchAt(text.written()) != null) return true;
        } else if (pattern.matchesWithin(text.written())) return true;
    };
    return false;
}
