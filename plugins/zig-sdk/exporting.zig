//! What a plugin that writes files is made of: a format, which is given columns and then rows or records, becomes the
//! exports `exporter` (the whole table at once) and `streaming-exporter` (in pieces).
//!
//!     comptime {
//!         sdk.exporting.exportFormat(info, Format);
//!     }
//!
//! `Format` has `name`, `extension`, `options: []const Option`, and
//!
//!     pub fn init(given: Given, columns: []const Column) Error!Format   // judges the options
//!     pub fn feed(given: Given) Feed
//!     pub fn begin(format: *Format, out: *Output) Error!void
//!     pub fn write(format: *Format, item: *Cursor, out: *Output) Error!void  // one row or record, all of it
//!     pub fn finish(format: *Format, out: *Output) Error!void
const std = @import("std");
const memory = @import("memory.zig");
const output = @import("output.zig");
const json_read = @import("json_read.zig");
const plugin = @import("plugin.zig");
const types = @import("types.zig");
const wit = @import("wit.zig");

pub const Cursor = json_read.Cursor;
pub const Output = output.Output;
pub const Error = output.Error || json_read.Error || error{Refused};

pub const Option = struct {
    key: []const u8,
    label: []const u8,
    default_value: []const u8,
    input_type: []const u8,
    choices: []const []const u8 = &.{},
};
pub const Feed = enum { cells, records };
pub const Column = struct { name: []const u8, type: types.Type };

const Piece = union(enum) { text: []const u8, bytes: []const u8 };
const Pair = struct { []const u8, []const u8 };

var sentence: []const u8 = "";

/// Ends the export with a sentence that says what is wrong.
pub fn refuse(comptime format: []const u8, args: anytype) error{Refused} {
    sentence = std.fmt.allocPrint(memory.arena(), format, args) catch "there is no memory for what is wrong";
    return error.Refused;
}

/// Ends the export of a format that has no place for cells without a column.
pub fn tooManyCells(row: u64, columns: usize) error{Refused} {
    const said = "row {d} of the export has more cells than there are columns ({d}); choose the columns to be exported";
    return refuse(said, .{ row, columns });
}

/// The options of an export.
pub const Given = struct {
    options: []const Option,
    pairs: []const Pair,

    /// The value of an option, its default if none was given.
    pub fn text(given: Given, key: []const u8) []const u8 {
        for (given.pairs) |pair| if (std.mem.eql(u8, pair[0], key)) return pair[1];
        for (given.options) |option| if (std.mem.eql(u8, option.key, key)) return option.default_value;
        return "";
    }

    pub fn yes(given: Given, key: []const u8) Error!bool {
        const value = given.text(key);
        if (std.mem.eql(u8, value, "true")) return true;
        if (std.mem.eql(u8, value, "false")) return false;
        return refuse("option {s}: \"{s}\" is neither true nor false", .{ key, value });
    }

    /// Which of the option's choices was made.
    pub fn choice(given: Given, key: []const u8) Error!usize {
        const value = given.text(key);
        for (given.options) |option| {
            if (!std.mem.eql(u8, option.key, key)) continue;
            for (option.choices, 0..) |each, i| if (std.mem.eql(u8, each, value)) return i;
        }
        return refuse("option {s}: \"{s}\" is not one of its choices", .{ key, value });
    }

    /// A whole number within bounds.
    pub fn number(given: Given, key: []const u8, least: u32, most: u32) Error!u32 {
        const value = std.mem.trim(u8, given.text(key), " ");
        const parsed = std.fmt.parseInt(u32, value, 10) catch 0;
        if (parsed < least or parsed > most)
            return refuse("option {s}: \"{s}\" is not a whole number from {d} to {d}", .{ key, value, least, most });
        return parsed;
    }

    fn check(given: Given) Error!void {
        for (given.pairs) |pair| {
            for (given.options) |option| {
                if (std.mem.eql(u8, option.key, pair[0])) break;
            } else return refuse("unknown option {s}", .{pair[0]});
        }
    }
};

/// Exports everything a plugin of this format exports.
pub fn exportFormat(comptime info: plugin.Info, comptime Format: type) void {
    plugin.exportCommon(info, plugin.no_settings);
    const Made = Exports(Format);
    wit.exportInterface("thoth:plugin/exporter@0.1.0", Made.whole);
    wit.exportInterface("thoth:plugin/streaming-exporter@0.1.0", Made.streaming);
}

fn Exports(comptime Format: type) type {
    return struct {
        var current: ?Format = null;
        /// What the columns and options consist of has to outlive the call that brought it.
        var kept: std.heap.ArenaAllocator = .init(memory.permanent);
        var out: Output = .{};
        var feed: Feed = .cells;
        var items: u64 = 0;

        const whole = struct {
            pub fn name() []const u8 {
                return Format.name;
            }

            pub fn outputExtension() []const u8 {
                return Format.extension;
            }

            pub fn availableOptions() []const Option {
                return Format.options;
            }

            pub fn run(records_json: []const u8, options: []const Pair) plugin.Outcome([]const u8) {
                runAll(records_json, options) catch |err| return .{ .err = failure(err) };
                return .{ .ok = out.written() };
            }
        };

        const streaming = struct {
            pub fn wants(options: []const Pair) plugin.Outcome(Feed) {
                return .{ .ok = Format.feed(given(options)) catch |err| return .{ .err = failure(err) } };
            }

            pub fn begin(columns_json: []const u8, options: []const Pair) plugin.Outcome(Piece) {
                out.clear();
                start(columns_json, options) catch |err| return .{ .err = failure(err) };
                current.?.begin(&out) catch |err| return .{ .err = failure(err) };
                return .{ .ok = .{ .text = out.written() } };
            }

            pub fn write(json: []const u8) plugin.Outcome(Piece) {
                out.clear();
                var cursor: Cursor = .{ .text = json };
                writeAll(&cursor) catch |err| return .{ .err = failure(err) };
                cursor.end() catch |err| return .{ .err = failure(err) };
                return .{ .ok = .{ .text = out.written() } };
            }

            pub fn finish() plugin.Outcome(Piece) {
                out.clear();
                const format = if (current) |*format| format else return .{ .err = failure(not_begun()) };
                format.finish(&out) catch |err| return .{ .err = failure(err) };
                current = null;
                return .{ .ok = .{ .text = out.written() } };
            }
        };

        fn given(options: []const Pair) Given {
            return .{ .options = Format.options, .pairs = options };
        }

        fn not_begun() error{Refused} {
            return refuse("begin has not been called", .{});
        }

        fn start(columns_json: []const u8, options: []const Pair) Error!void {
            current = null;
            items = 0;
            _ = kept.reset(.free_all);
            const columns = try readColumns(columns_json);
            const pairs = try kept.allocator().alloc(Pair, options.len);
            for (pairs, options) |*pair, option| {
                pair.* = .{ try kept.allocator().dupe(u8, option[0]), try kept.allocator().dupe(u8, option[1]) };
            }
            try given(pairs).check();
            feed = try Format.feed(given(pairs));
            current = try Format.init(given(pairs), columns);
        }

        fn readColumns(text: []const u8) Error![]const Column {
            const Described = struct { name: []const u8, type: []const u8 = "text" };
            const described = std.json.parseFromSliceLeaky([]const Described, kept.allocator(), text, .{
                .ignore_unknown_fields = true,
                .allocate = .alloc_always,
            }) catch |err| return if (err == error.OutOfMemory) error.OutOfMemory else error.BadJson;
            const columns = try kept.allocator().alloc(Column, described.len);
            for (columns, described) |*column, each|
                column.* = .{ .name = each.name, .type = std.meta.stringToEnum(types.Type, each.type) orelse .text };
            return columns;
        }

        fn writeAll(cursor: *Cursor) Error!void {
            const format = if (current) |*format| format else return not_begun();
            try out.reserve(cursor.text.len); // at once, since growing leaves holes
            try cursor.expect('[');
            var first = true;
            while (try cursor.more(first)) : (first = false) {
                items += 1;
                try format.write(cursor, &out);
            }
        }

        /// The published way: one object with the names of the columns and rows of strings.
        fn runAll(text: []const u8, options: []const Pair) Error!void {
            out.clear();
            const names = try member(text, "columns");
            var rows: Cursor = .{ .text = try member(text, "rows") };
            const columns = try columnsOf(names);
            try start(columns, options);
            const format = &current.?;
            try format.begin(&out);
            if (feed == .cells) {
                try writeAll(&rows);
            } else {
                try rows.expect('[');
                var first = true;
                while (try rows.more(first)) : (first = false) {
                    items += 1;
                    var record: Cursor = .{ .text = try object(names, &rows) };
                    try format.write(&record, &out);
                }
            }
            try format.finish(&out);
        }

        fn failure(err: Error) plugin.Failure {
            const code: u32 = switch (err) {
                error.Refused, error.BadJson => 3,
                error.OutOfMemory => 5,
            };
            const message = switch (err) {
                error.Refused => sentence,
                error.OutOfMemory => "the plugin is out of memory",
                error.BadJson => std.fmt.allocPrint(
                    memory.arena(),
                    "what it was given is not the JSON the contract describes (near item {d})",
                    .{items},
                ) catch "what it was given is not the JSON the contract describes",
            };
            return .{ .code = code, .message = message };
        }
    };
}

/// The JSON text of a member of an object.
fn member(text: []const u8, name: []const u8) Error![]const u8 {
    var cursor: Cursor = .{ .text = text };
    try cursor.expect('{');
    var first = true;
    while (!cursor.take('}')) : (first = false) {
        if (!first) try cursor.expect(',');
        const key = try cursor.string();
        try cursor.expect(':');
        const value = try cursor.value();
        if (std.mem.eql(u8, key.raw, name)) return if (value.kind == .nested) value.raw else error.BadJson;
    }
    return error.BadJson;
}

var scratch: Output = .{};

/// Names of columns as columns are described; until the next use of `scratch`.
fn columnsOf(names: []const u8) Error![]const u8 {
    const text = &scratch;
    text.clear();
    try text.byte('[');
    var cursor: Cursor = .{ .text = names };
    try cursor.expect('[');
    var first = true;
    while (try cursor.more(first)) : (first = false) {
        const name = try cursor.string();
        if (!first) try text.byte(',');
        try text.raw("{\"name\":\"");
        try text.raw(name.raw);
        try text.raw("\"}");
    }
    try text.byte(']');
    return text.written();
}

/// A row as an object of the columns; until the next use of `scratch`.
fn object(names: []const u8, rows: *Cursor) Error![]const u8 {
    const text = &scratch;
    text.clear();
    try text.byte('{');
    var cursor: Cursor = .{ .text = names };
    try cursor.expect('[');
    try rows.expect('[');
    var first = true;
    while (try rows.more(first)) : (first = false) {
        if (!first) try text.byte(',');
        if (!try cursor.more(first)) return error.BadJson;
        const name = try cursor.string();
        try text.byte('"');
        try text.raw(name.raw);
        try text.raw("\":");
        const begin = rows.at;
        _ = try rows.value();
        try text.raw(rows.text[begin..rows.at]);
    }
    try text.byte('}');
    return text.written();
}
