//! What a person may choose about how a file is read, and what is in force.
const std = @import("std");
const sdk = @import("sdk");
const form = @import("form.zig");

/// What was asked for; null means: find out.
pub const Options = struct {
    form: ?form.Form = null,
    /// JSON Pointer (RFC 6901) to the array whose elements are the records.
    records: ?[]const u8 = null,
    dialect: ?form.Dialect = null,
};

/// The options, or a sentence about what is wrong with them.
pub const Parsed = union(enum) { options: Options, refused: []const u8 };

/// Reads the JSON object of strings that `open` is given; texts are copied into `arena`.
pub fn parse(arena: std.mem.Allocator, text: []const u8) error{OutOfMemory}!Parsed {
    if (text.len == 0) return .{ .options = .{} };
    const value = std.json.parseFromSliceLeaky(std.json.Value, arena, text, .{}) catch |err| switch (err) {
        error.OutOfMemory => return error.OutOfMemory,
        else => return .{ .refused = "the options are not valid JSON" },
    };
    if (value != .object) return .{ .refused = "the options are not a JSON object" };
    var options: Options = .{};
    var items = value.object.iterator();
    while (items.next()) |item| {
        const key = item.key_ptr.*;
        if (item.value_ptr.* != .string)
            return .{ .refused = try std.fmt.allocPrint(arena, "option {s}: the value is not a string", .{key}) };
        if (try set(arena, &options, key, item.value_ptr.string)) |sentence| return .{ .refused = sentence };
    }
    if (options.records != null) {
        if (options.form != null and options.form != .array)
            return .{ .refused = "option records: only the format \"array\" has records at a place of their own" };
        options.form = .array;
    }
    return .{ .options = options };
}

fn set(arena: std.mem.Allocator, options: *Options, key: []const u8, value: []const u8) error{OutOfMemory}!?[]const u8 {
    if (std.mem.eql(u8, key, "format")) {
        if (std.mem.eql(u8, value, "auto")) return null;
        options.form = std.meta.stringToEnum(form.Form, value);
        return if (options.form != null) null else try refusal(arena, key, value, "auto, array, lines, document or concatenated");
    }
    if (std.mem.eql(u8, key, "records")) {
        if (std.mem.eql(u8, value, "auto")) return null;
        if (!isPointer(value)) return try refusal(arena, key, value, "auto or a JSON Pointer such as /features");
        options.records = value;
        return null;
    }
    if (std.mem.eql(u8, key, "comments")) {
        if (std.mem.eql(u8, value, "auto")) return null;
        const strict = std.mem.eql(u8, value, "strict");
        if (!strict and !std.mem.eql(u8, value, "allowed")) return try refusal(arena, key, value, "strict or allowed");
        options.dialect = if (strict) .strict else .jsonc;
        return null;
    }
    if (std.mem.eql(u8, key, "encoding")) {
        if (std.ascii.eqlIgnoreCase(value, "utf-8") or std.ascii.eqlIgnoreCase(value, "utf8")) return null;
        return try refusal(arena, key, value, "utf-8");
    }
    const unknown = "unknown option {s} (with the value \"{s}\"); known are format, records, comments and encoding";
    return try std.fmt.allocPrint(arena, unknown, .{ key, value });
}

/// Whether a text is a JSON Pointer: empty, or parts that each begin with a slash, `~` only as `~0` and `~1`.
fn isPointer(text: []const u8) bool {
    if (text.len == 0) return true;
    if (text[0] != '/') return false;
    for (text, 0..) |c, i| {
        if (c == '~' and (i + 1 == text.len or (text[i + 1] != '0' and text[i + 1] != '1'))) return false;
    }
    return true;
}

fn refusal(
    arena: std.mem.Allocator,
    key: []const u8,
    value: []const u8,
    wanted: []const u8,
) error{OutOfMemory}![]const u8 {
    return std.fmt.allocPrint(arena, "option {s}: \"{s}\" is not {s}", .{ key, value, wanted });
}

const Choice = sdk.options.Choice;

/// Writes what is in force, and what else there is, as the `options` of `columns`.
pub fn write(
    text: *sdk.json.Text,
    in_force: form.Form,
    records: []const u8,
    dialect: form.Dialect,
) sdk.json.Error!void {
    try text.byte('[');
    try sdk.options.write(text, "format", "Format", in_force.word(), &.{
        .{ "array", "Array of records" },
        .{ "lines", "One record a line" },
        .{ "document", "One document" },
        .{ "concatenated", "Values one after another" },
    });
    try text.byte(',');
    const auto: []const u8 = if (in_force == .array) records else "auto";
    const others = [_]Choice{ .{ "auto", "Automatic" }, .{ "", "The whole file" }, .{ "/features", "Features" } };
    try sdk.options.write(text, "records", "Records", auto, &others);
    try text.byte(',');
    try sdk.options.write(text, "comments", "Comments", if (dialect == .strict) "strict" else "allowed", &.{
        .{ "strict", "Problems" }, .{ "allowed", "Allowed" },
    });
    try text.byte(',');
    try sdk.options.write(text, "encoding", "Encoding", "utf-8", &.{.{ "utf-8", "UTF-8" }});
    try text.byte(']');
}
