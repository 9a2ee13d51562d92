//! Commands of a plugin: the schema as Zig values, made into JSON at compile time, and what a command is called with.
//!
//!     const schema: cli.Schema = .{ .id = "lamp", .about = "Switches a lamp", .subcommands = &.{
//!         .{ .name = "on", .about = "Switches it on", .args = &.{
//!             .{ .id = "room", .help = "Where it is", .required = true, .kind = .{ .positional = "ROOM" } },
//!             .{ .id = "dim", .help = "Not too bright", .kind = .{ .flag = .{ .long = "dim", .short = 'd' } } },
//!         } },
//!     } };
//!     const text = cli.schemaJson(schema);
//!
//! and in `plugin-cli.run`: `const called = try cli.Called.read(invocation_json);`, then `called.text("room")` and
//! `called.flag("dim")`.
const std = @import("std");
const memory = @import("memory.zig");
const json = @import("json.zig");

pub const Schema = struct {
    /// Name for the command line.
    id: []const u8,
    about: []const u8,
    /// Whole command lines.
    examples: []const []const u8 = &.{},
    subcommands: []const Subcommand,
};

pub const Subcommand = struct {
    name: []const u8,
    about: []const u8,
    args: []const Arg = &.{},
    examples: []const []const u8 = &.{},
};

pub const Arg = struct {
    id: []const u8,
    help: []const u8,
    required: bool = false,
    kind: union(enum) {
        /// Given by its place; what help texts call its value.
        positional: []const u8,
        /// Given as `--long VALUE`.
        option: struct { long: []const u8, short: ?u8 = null, value: []const u8 },
        /// Given as `--long` alone.
        flag: struct { long: []const u8, short: ?u8 = null },
    },
};

/// The schema as `plugin-cli.schema` returns it.
pub fn schemaJson(comptime schema: Schema) []const u8 {
    @setEvalBranchQuota(1_000_000);
    return comptime made: {
        var text: []const u8 = "{\"id\":" ++ quoted(schema.id) ++ ",\"about\":" ++ quoted(schema.about) ++
            ",\"examples\":" ++ list(schema.examples) ++ ",\"subcommands\":[";
        for (schema.subcommands, 0..) |command, number| {
            if (number > 0) text = text ++ ",";
            text = text ++ "{\"name\":" ++ quoted(command.name) ++ ",\"about\":" ++ quoted(command.about) ++ ",\"args\":[";
            for (command.args, 0..) |arg, place| {
                if (place > 0) text = text ++ ",";
                text = text ++ argument(arg);
            }
            text = text ++ "],\"examples\":" ++ list(command.examples) ++ "}";
        }
        break :made text ++ "]}";
    };
}

fn argument(comptime arg: Arg) []const u8 {
    const head = "{\"id\":" ++ quoted(arg.id) ++ ",\"help\":" ++ quoted(arg.help) ++
        ",\"required\":" ++ (if (arg.required) "true" else "false") ++ ",\"kind\":{\"kind\":";
    return head ++ switch (arg.kind) {
        .positional => |value| "\"positional\",\"value-name\":" ++ quoted(value),
        .option => |option| "\"option\",\"long\":" ++ quoted(option.long) ++ short(option.short) ++
            ",\"value-name\":" ++ quoted(option.value),
        .flag => |flag| "\"flag\",\"long\":" ++ quoted(flag.long) ++ short(flag.short),
    } ++ "}}";
}

fn short(comptime letter: ?u8) []const u8 {
    return if (letter) |given| ",\"short\":" ++ quoted(&[_]u8{given}) else "";
}

fn list(comptime texts: []const []const u8) []const u8 {
    var made: []const u8 = "[";
    for (texts, 0..) |text, number| made = made ++ (if (number > 0) "," else "") ++ quoted(text);
    return made ++ "]";
}

fn quoted(comptime text: []const u8) []const u8 {
    var buffer: [text.len * 6 + 2]u8 = undefined;
    var made: json.Text = .{ .buffer = &buffer };
    made.byte('"') catch unreachable;
    for (text) |value| switch (value) {
        '"', '\\' => made.raw(&[_]u8{ '\\', value }) catch unreachable,
        0...31 => @compileError("a schema is read by people: no control characters in \"" ++ text ++ "\""),
        else => made.byte(value) catch unreachable,
    };
    made.byte('"') catch unreachable;
    const done = buffer[0..made.len].*;
    return &done;
}

/// What a command is called with.
pub const Called = struct {
    /// Which of the subcommands.
    name: []const u8,
    values: std.json.ObjectMap,

    /// Reads what `plugin-cli.run` is given; what is returned lives as long as the call.
    pub fn read(invocation_json: []const u8) !Called {
        const Invocation = struct { subcommand: []const u8, values: std.json.Value };
        const read_as = std.json.parseFromSliceLeaky(Invocation, memory.arena(), invocation_json, .{
            .ignore_unknown_fields = true,
        }) catch return error.NotAnInvocation;
        return switch (read_as.values) {
            .object => |values| .{ .name = read_as.subcommand, .values = values },
            else => error.NotAnInvocation,
        };
    }

    /// The value of a positional argument or an option; null where it was not given.
    pub fn text(called: Called, id: []const u8) ?[]const u8 {
        return switch (called.values.get(id) orelse return null) {
            .string => |value| value,
            else => null,
        };
    }

    /// Whether a flag was given.
    pub fn flag(called: Called, id: []const u8) bool {
        return switch (called.values.get(id) orelse return false) {
            .bool => |value| value,
            else => false,
        };
    }
};
