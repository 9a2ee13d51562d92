//! What a person may choose about how a file is read, and what is in force.
const std = @import("std");
const sdk = @import("sdk");
const dialect = @import("dialect.zig");
const sniff = @import("sniff.zig");

/// What was asked for; null means: find out.
pub const Options = struct {
    delimiter: ?u8 = null,
    encoding: ?dialect.Encoding = null,
    /// UTF-16 of either byte order.
    utf16: bool = false,
    header: ?bool = null,
    quote: union(enum) { standard, none, char: u8 } = .standard,

    pub fn quoteChar(options: *const Options) ?u8 {
        return switch (options.quote) {
            .standard => '"',
            .none => null,
            .char => |char| char,
        };
    }
};

/// The options, or a sentence about what is wrong with them.
pub const Parsed = union(enum) { options: Options, refused: []const u8 };

/// Reads the JSON object of strings that `open` is given.
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
        const given = item.value_ptr.string;
        if (try set(arena, &options, key, given)) |sentence| return .{ .refused = sentence };
    }
    if (options.delimiter != null and options.delimiter == options.quoteChar())
        return .{ .refused = "option delimiter: the same character as the quote" };
    return .{ .options = options };
}

fn set(arena: std.mem.Allocator, options: *Options, key: []const u8, value: []const u8) error{OutOfMemory}!?[]const u8 {
    if (std.mem.eql(u8, key, "delimiter")) {
        if (value.len == 1 and value[0] < 0x80 and value[0] != '\n' and value[0] != '\r') {
            options.delimiter = value[0];
            return null;
        }
        return try refusal(arena, key, value, "one ASCII character that is not a newline");
    }
    if (std.mem.eql(u8, key, "encoding")) {
        options.encoding = dialect.Encoding.named(value);
        options.utf16 = std.ascii.eqlIgnoreCase(value, "utf-16") or std.ascii.eqlIgnoreCase(value, "utf16");
        if (options.encoding != null or options.utf16) return null;
        return try refusal(arena, key, value, "utf-8, utf-16le, utf-16be, iso-8859-1 or windows-1252");
    }
    if (std.mem.eql(u8, key, "header")) {
        const yes = std.mem.eql(u8, value, "yes");
        if (!yes and !std.mem.eql(u8, value, "no")) return try refusal(arena, key, value, "yes or no");
        options.header = yes;
        return null;
    }
    if (std.mem.eql(u8, key, "quote")) {
        const char = value.len == 1 and (value[0] == '"' or value[0] == '\'');
        if (!char and value.len != 0) return try refusal(arena, key, value, "a double quote, an apostrophe or nothing");
        options.quote = if (char) .{ .char = value[0] } else .none;
        return null;
    }
    const unknown = "unknown option {s} (with the value \"{s}\"); known are delimiter, encoding, header and quote";
    return try std.fmt.allocPrint(arena, unknown, .{ key, value });
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
    in_force: dialect.Dialect,
    encoding: dialect.Encoding,
    header: bool,
) sdk.json.Error!void {
    try text.byte('[');
    try sdk.options.write(text, "delimiter", "Delimiter", &.{in_force.delimiter}, &.{
        .{ ",", "Comma" }, .{ "\t", "Tab" }, .{ ";", "Semicolon" }, .{ "|", "Pipe" }, .{ ":", "Colon" },
    });
    try text.byte(',');
    var encodings: [std.enums.values(dialect.Encoding).len]Choice = undefined;
    for (std.enums.values(dialect.Encoding), &encodings) |each, *choice| choice.* = .{ each.name(), each.label() };
    try sdk.options.write(text, "encoding", "Encoding", encoding.name(), &encodings);
    try text.byte(',');
    try sdk.options.write(text, "header", "Header", if (header) "yes" else "no", &.{
        .{ "yes", "First row names the columns" }, .{ "no", "First row is data" },
    });
    try text.byte(',');
    const quote: []const u8 = if (in_force.quote) |char| (if (char == '"') "\"" else "'") else "";
    try sdk.options.write(text, "quote", "Quote", quote, &.{ .{ "\"", "Double quote" }, .{ "'", "Apostrophe" }, .{ "", "None" } });
    try text.byte(']');
}
