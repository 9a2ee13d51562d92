//! The cells of a record: which value belongs to which column, and what is shown of it.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const work = sdk.work;
const answers = @import("answers.zig");
const columns = @import("columns.zig");
const geometry = @import("geometry.zig");
const paths = @import("paths.zig");
const records = @import("records.zig");
const strings = @import("strings.zig");
const values = @import("values.zig");
const Document = @import("document.zig").Document;

const Error = answers.Error;

/// More children than this of one record are not looked at for columns.
const most_children = 20_000;

pub const Cell = struct {
    value: values.Value,
    /// Shown in a few words instead of as it stands in the file.
    geometry: bool = false,
};

var found: [columns.most]?Cell = undefined;

/// The cells of the record that the cursor stands before, by column, up to the last that is there; the cursor moves
/// behind it. What is returned lasts until the next record. New names become columns.
pub fn of(document: *Document, cursor: *records.Cursor, record: records.Record) Error![]const ?Cell {
    var gathering: Gathering = .{ .document = document, .reader = &cursor.reader };
    switch (record.shape) {
        .object => {
            const end = try gathering.members(record.begin, .member);
            try cursor.leave(record, end orelse (try cursor.reader.value(record.begin)).at.end);
        },
        .array => {
            const end = try gathering.positions(record.begin);
            try cursor.leave(record, end orelse (try cursor.reader.value(record.begin)).at.end);
        },
        else => {
            const value = try cursor.finish(record);
            try gathering.put(.whole, null, .{ .value = value });
        },
    }
    return found[0..gathering.len];
}

const Gathering = struct {
    document: *Document,
    reader: *values.Reader,
    len: usize = 0,

    /// Behind the object's bracket, or null if it was not reached.
    fn members(self: *Gathering, begin: u64, place: columns.Place) Error!?u64 {
        const features = self.document.table.features and place == .member;
        var frame = self.reader.childrenOf(begin, true);
        while (try self.reader.head(&frame)) |head| {
            if (frame.next == most_children or work.isOver()) return null;
            const name = paths.insideOf(head.key orelse {
                _ = try self.reader.finish(&frame, head);
                continue;
            });
            if (features and head.shape == .object and try strings.says(&self.reader.window, name, "properties")) {
                const end = try self.members(head.begin, .property) orelse (try self.reader.value(head.begin)).at.end;
                _ = try self.reader.leave(&frame, end);
                continue;
            }
            const child = try self.reader.finish(&frame, head);
            if (features and (try strings.says(&self.reader.window, name, "type") or
                try strings.says(&self.reader.window, name, "properties"))) continue;
            const drawn = features and child.value.kind == .object and
                try strings.says(&self.reader.window, name, "geometry");
            try self.put(place, name, .{ .value = child.value, .geometry = drawn });
        }
        return try self.behind(frame.at);
    }

    fn positions(self: *Gathering, begin: u64) Error!?u64 {
        var frame = self.reader.childrenOf(begin, false);
        while (try self.reader.head(&frame)) |head| {
            if (frame.next == columns.most or work.isOver()) return null;
            const child = try self.reader.finish(&frame, head);
            try self.put(.{ .position = child.position }, null, .{ .value = child.value });
        }
        return try self.behind(frame.at);
    }

    fn behind(self: *Gathering, bracket: u64) Error!u64 {
        return bracket + @intFromBool(try self.reader.window.byte(bracket) != null);
    }

    /// Of members with the same name the first is shown.
    fn put(self: *Gathering, place: columns.Place, name: ?values.Span, cell: Cell) Error!void {
        const column = try self.document.table.find(self.document, place, self.reader, name) orelse return;
        while (self.len <= column) : (self.len += 1) found[self.len] = null;
        if (found[column] == null) found[column] = cell;
    }
};

/// Whether a record is a GeoJSON feature.
pub fn isFeature(reader: *values.Reader, record: records.Record) Error!bool {
    if (record.shape != .object) return false;
    var frame = reader.childrenOf(record.begin, true);
    while (try reader.head(&frame)) |head| {
        if (frame.next == 100) return false;
        const child = try reader.finish(&frame, head);
        const key = child.key orelse continue;
        if (child.value.kind == .string and try strings.says(&reader.window, paths.insideOf(key), "type"))
            return strings.says(&reader.window, child.value.inside(), "Feature");
    }
    return false;
}

/// Adds a cell to what is guessed of its column.
pub fn judge(guess: *sdk.types.Guess, reader: *values.Reader, cell: Cell) Error!void {
    switch (cell.value.kind) {
        .null => {},
        .object, .array => guess.addType(.json),
        .boolean => guess.addType(.boolean),
        .invalid => guess.addType(.text),
        .number, .string => {
            var room: [128]u8 = undefined;
            var decoder = decoderOf(reader, cell.value);
            const text = try decoder.next(&room);
            const kind = if (decoder.at < decoder.end) .text else sdk.types.typeOf(text);
            if (cell.value.kind == .number)
                return guess.addType(if (kind == .integer) .integer else .float);
            guess.addType(switch (kind) {
                .date, .time, .timestamp, .uuid => kind,
                else => .text,
            });
        },
    }
}

/// What a cell shows, unless it is shown in a few words.
pub fn decoderOf(reader: *values.Reader, value: values.Value) strings.Decoder {
    if (value.kind == .string) return .init(&reader.window, value.inside());
    return .plain(&reader.window, value.at);
}

/// Writes a cell as a page shows it, at most `limit` bytes of its text.
pub fn write(reader: *values.Reader, cell: Cell, limit: usize, out: *json.Text) Error!void {
    if (cell.geometry) {
        var room: geometry.Room = undefined;
        if (try geometry.summary(reader, cell.value, &room)) |text| {
            try out.raw("{\"text\":");
            try out.string(text);
            return finish(cell.value, null, out);
        }
    }
    var room: [columns_text + strings.least_room]u8 = undefined;
    var decoder = decoderOf(reader, cell.value);
    const text = try decoder.next(room[0 .. limit + strings.least_room]);
    const shown = text[0..sdk.utf8.prefix(text, limit)];
    const cut = shown.len < text.len or decoder.at < decoder.end;
    if (!cut and cell.value.kind == .string) return out.string(shown);
    try out.raw("{\"text\":");
    try out.string(shown);
    const whole = if (cut) try length(reader, cell.value) else null;
    try finish(cell.value, whole, out);
}

/// The most of a cell's text that a page holds.
pub const columns_text = 1024;

fn finish(value: values.Value, whole: ?u64, out: *json.Text) json.Error!void {
    if (value.kind != .string) {
        try out.raw(",\"kind\":\"");
        try out.raw(@tagName(value.kind));
        try out.byte('"');
    }
    if (whole) |bytes| {
        try out.raw(",\"bytes\":");
        try out.number(bytes);
    }
    if (value.count) |count| {
        try out.raw(",\"count\":");
        try out.number(count);
    }
    try out.byte('}');
}

/// Length of the text of a cell. Where measuring it would take too long, about so much.
fn length(reader: *values.Reader, value: values.Value) Error!u64 {
    var decoder = decoderOf(reader, value);
    return try decoder.measure() orelse value.inside().len();
}
