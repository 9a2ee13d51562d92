//! The columns of the table: the names that the records have, in the order in which they were first seen.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const work = sdk.work;
const answers = @import("answers.zig");
const cells = @import("cells.zig");
const options = @import("options.zig");
const records = @import("records.zig");
const strings = @import("strings.zig");
const values = @import("values.zig");
const Document = @import("document.zig").Document;

const Error = answers.Error;

/// No more columns than this are named.
pub const most = 2000;
/// Bytes of a name as it stands in the file; a longer one is no column.
const longest_name = 4096;
/// What the columns are guessed from: so many records, which begin in so many bytes.
const sample_records = 1000;
const sample_bytes = 1024 * 1024;
/// Further on, two records of each stretch of the file are looked at for further names.
const stretch = 1024 * 1024;
const most_stretches = 64;

/// Where in a record the cells of a column come from.
pub const Place = union(enum) {
    /// A record that is neither object nor array, as a whole.
    whole,
    /// A child of an array.
    position: u64,
    /// A member of an object; of a feature, where `properties` are elsewhere.
    member,
    property,
};

pub const Column = struct {
    place: Place,
    /// The name of the member, decoded.
    key: []const u8 = "",
    guess: sdk.types.Guess = .{},
};

pub const Table = struct {
    columns: std.ArrayList(Column) = .empty,
    /// Columns by a number made of their place.
    known: std.AutoHashMapUnmanaged(u64, u32) = .empty,
    /// Whether the records are GeoJSON features.
    features: bool = false,
    /// Whether most records are objects.
    tabular: bool = true,
    sampled: bool = false,
    /// How far further names have been looked for.
    looked_to: u64 = 0,
    /// Whether there were names that found no room, and names too long for a column.
    refused: bool = false,
    too_long: bool = false,

    /// The column of a place, if there is one; made if it is new, and there is room.
    pub fn find(
        self: *Table,
        document: *Document,
        place: Place,
        reader: *values.Reader,
        name: ?values.Span,
    ) Error!?u32 {
        const number = try identity(place, reader, name);
        if (self.known.get(number)) |column| return column;
        if (self.columns.items.len == most) {
            self.refused = true;
            return null;
        }
        const arena = document.arena.allocator();
        const key = if (name) |span| try text(arena, reader, span) else "";
        if (key == null) self.too_long = true;
        try self.columns.append(arena, .{ .place = place, .key = key orelse return null });
        const column: u32 = @intCast(self.columns.items.len - 1);
        try self.known.put(arena, number, column);
        return column;
    }

    fn identity(place: Place, reader: *values.Reader, name: ?values.Span) Error!u64 {
        const print = if (name) |span| try strings.fingerprint(&reader.window, span) else 0;
        return switch (place) {
            .whole => 1,
            .position => |position| position *% 0x9E37_79B9_7F4A_7C15 +% 2,
            .member => print,
            .property => print ^ 0x5555_5555_5555_5555,
        };
    }

    /// A name, unless it is longer than any name of a column.
    fn text(arena: std.mem.Allocator, reader: *values.Reader, span: values.Span) Error!?[]const u8 {
        if (span.len() > longest_name) return null;
        const room = try arena.alloc(u8, @intCast(span.len() * 3 + strings.least_room));
        var decoder: strings.Decoder = .init(&reader.window, span);
        return try decoder.next(room);
    }

    /// Looks at the first records, once.
    pub fn ensure(self: *Table, document: *Document) Error!void {
        if (self.sampled or document.index.records() == 0) return;
        self.sampled = true;
        var cursor: records.Cursor = .init(document, answers.room());
        try self.judge(&cursor);
        if (self.features) for ([_][]const u8{ "id", "geometry" }) |name| {
            const column = self.columns.items.len;
            try self.columns.append(document.arena.allocator(), .{ .place = .member, .key = name });
            try self.known.put(document.arena.allocator(), std.hash.Wyhash.hash(0, name), @intCast(column));
        };
        try cursor.seek(0);
        const begin = cursor.frame.at;
        for (0..sample_records) |_| {
            const record = try cursor.head() orelse break;
            if (record.begin - begin > sample_bytes or work.isHalfOver()) break;
            try self.learn(document, &cursor, record);
        }
        self.looked_to = cursor.frame.at;
    }

    /// Of what kind the records are.
    fn judge(self: *Table, cursor: *records.Cursor) Error!void {
        try cursor.seek(0);
        var objects: usize = 0;
        var features: usize = 0;
        var all: usize = 0;
        while (all < 100 and !work.isHalfOver()) : (all += 1) {
            const record = try cursor.head() orelse break;
            objects += @intFromBool(record.shape == .object);
            features += @intFromBool(try cells.isFeature(&cursor.reader, record));
            try cursor.skip(record);
        }
        self.tabular = 2 * objects >= all and all > 0;
        self.features = 2 * features > all;
    }

    fn learn(self: *Table, document: *Document, cursor: *records.Cursor, record: records.Record) Error!void {
        const found = try cells.of(document, cursor, record);
        for (found, 0..) |cell, column| if (cell) |there| {
            try cells.judge(&self.columns.items[column].guess, &cursor.reader, there);
        };
    }

    /// Looks for further names in what has been read since.
    fn lookOn(self: *Table, document: *Document) Error!void {
        const limit = document.index.limit();
        if (document.form == .document and !document.done()) return;
        const step = @max(stretch, (limit -| self.looked_to) / most_stretches);
        var cursor: records.Cursor = .init(document, answers.room());
        while (self.looked_to + step <= limit and !work.isHalfOver()) : (self.looked_to += step) {
            try self.lookAt(document, &cursor, self.looked_to + step / 2);
        }
        if (!document.done() or self.looked_to + step <= limit or self.looked_to == limit) return;
        try self.lookAt(document, &cursor, self.looked_to + (limit - self.looked_to) / 2);
        self.looked_to = limit;
    }

    /// Looks at two records around byte `offset`.
    fn lookAt(self: *Table, document: *Document, cursor: *records.Cursor, offset: u64) Error!void {
        cursor.seek(document.index.around(offset).record) catch |err| switch (err) {
            error.NoSuchRecord, error.TooFar => return,
            else => |other| return other,
        };
        for (0..2) |_| try self.learn(document, cursor, try cursor.head() orelse break);
    }

    /// Whether reading on, or asking again, may bring further names.
    fn isGrowing(self: *const Table, document: *const Document) bool {
        return self.columns.items.len < most and !(document.done() and self.looked_to >= document.index.limit());
    }
};

/// `paged-loader.columns`.
pub fn answer(document: *Document) Error![]const u8 {
    const table = &document.table;
    try table.ensure(document);
    try table.lookOn(document);
    var out = try answers.begin();
    try out.raw("{\"columns\":[");
    for (table.columns.items, 0..) |*column, i| {
        if (i > 0) try out.byte(',');
        try out.raw("{\"name\":");
        try writeName(column, &out);
        try out.raw(",\"type\":\"");
        try out.raw(@tagName(column.guess.result()));
        try out.raw("\",\"nulls\":[],\"path\":");
        try writePath(column, &out);
        try out.byte('}');
    }
    try out.raw("],\"growing\":");
    try out.boolean(table.isGrowing(document));
    try out.raw(",\"index-bytes\":");
    try out.number(document.index.bytes());
    try out.raw(",\"display\":\"");
    try out.raw(if (document.form == .document or !table.tabular) "tree" else "table");
    try out.raw("\",\"options\":");
    try options.write(&out, document.form, document.records, document.dialect);
    try out.raw(",\"notes\":[");
    try writeNotes(document, &out);
    try out.raw("]}");
    return out.written();
}

fn writeNotes(document: *const Document, out: *json.Text) json.Error!void {
    var written: usize = 0;
    for (document.notes.items) |note| try writeNote(note, &written, out);
    if (document.table.refused)
        try writeNote("The records have more different names than the 2,000 that become columns; the tree shows all.", &written, out);
    if (document.table.too_long)
        try writeNote("The records have names of more than 4 KiB, which are no columns; the tree shows them.", &written, out);
}

fn writeNote(note: []const u8, written: *usize, out: *json.Text) json.Error!void {
    if (written.* > 0) try out.byte(',');
    written.* += 1;
    try out.string(note);
}

fn writeName(column: *const Column, out: *json.Text) json.Error!void {
    switch (column.place) {
        .whole => try out.raw("\"value\""),
        .position => |position| {
            try out.raw("\"[");
            try out.number(position);
            try out.raw("]\"");
        },
        .member => try out.string(column.key),
        .property => {
            try out.raw("\"properties.");
            try out.escaped(column.key);
            try out.byte('"');
        },
    }
}

fn writePath(column: *const Column, out: *json.Text) json.Error!void {
    try out.byte('[');
    switch (column.place) {
        .whole => {},
        .position => |position| try out.number(position),
        .member => try out.string(column.key),
        .property => {
            try out.raw("\"properties\",");
            try out.string(column.key);
        },
    }
    try out.byte(']');
}

/// `file-viewer.column-headers`.
pub fn names(document: *Document) Error![]const []const u8 {
    try document.table.ensure(document);
    const arena = sdk.memory.arena();
    const list = try arena.alloc([]const u8, document.table.columns.items.len);
    for (list, document.table.columns.items) |*name, *column| {
        name.* = switch (column.place) {
            .whole => "value",
            .position => |position| try std.fmt.allocPrint(arena, "[{d}]", .{position}),
            .member => column.key,
            .property => try std.fmt.allocPrint(arena, "properties.{s}", .{column.key}),
        };
    }
    return list;
}
