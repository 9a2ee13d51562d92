//! How databases write names, texts and types. Whatever a text holds, it stays one text.
const std = @import("std");
const sdk = @import("sdk");
const exporting = sdk.exporting;

const Error = exporting.Error;
const Output = exporting.Output;

pub const Dialect = enum(u2) {
    standard,
    postgresql,
    mysql,
    sqlite,

    /// A name that may be qualified: `schema.table`.
    pub fn qualified(dialect: Dialect, name: []const u8, out: *Output) Error!void {
        var parts = std.mem.splitScalar(u8, name, '.');
        var first = true;
        while (parts.next()) |part| : (first = false) {
            if (part.len == 0) return exporting.refuse("option table: \"{s}\" has an empty part", .{name});
            if (!first) try out.byte('.');
            try dialect.identifier(part, out);
        }
    }

    pub fn identifier(dialect: Dialect, name: []const u8, out: *Output) Error!void {
        const quote: u8 = if (dialect == .mysql) '`' else '"';
        try out.byte(quote);
        for (name) |c| {
            if (c == quote) try out.byte(quote);
            if (c == 0) try out.raw("\u{FFFD}") else try out.byte(c);
        }
        try out.byte(quote);
    }

    /// Standard SQL knows no escapes in texts but a quote doubled. PostgreSQL may be set to know backslashes, MySQL does
    /// unless it is set not to: what is written means one text in any case, and never ends early.
    pub fn string(dialect: Dialect, text: []const u8, out: *Output) Error!void {
        switch (dialect) {
            .standard => try quoted(text, false, "\u{FFFD}", out),
            .mysql => try quoted(text, true, "\\0", out),
            .postgresql => {
                const slashes = std.mem.indexOfScalar(u8, text, '\\') != null;
                if (slashes) try out.byte('E');
                try quoted(text, slashes, "\u{FFFD}", out);
            },
            // SQLite takes a text to end at a null character, but can be told to put one in.
            .sqlite => {
                const joined = std.mem.indexOfScalar(u8, text, 0) != null;
                if (joined) try out.byte('(');
                try quoted(text, false, "'||char(0)||'", out);
                if (joined) try out.byte(')');
            },
        }
    }

    pub fn boolean(dialect: Dialect, value: bool) []const u8 {
        if (dialect == .sqlite) return if (value) "1" else "0";
        return if (value) "TRUE" else "FALSE";
    }

    /// A type that holds every value of such a column, as far as a sample tells. Dates are texts: they come in many forms.
    pub fn typeName(dialect: Dialect, kind: sdk.types.Type) []const u8 {
        return switch (kind) {
            .integer => if (dialect == .sqlite) "INTEGER" else "BIGINT",
            .float => switch (dialect) {
                .sqlite => "REAL",
                .mysql => "DOUBLE",
                .standard, .postgresql => "DOUBLE PRECISION",
            },
            .boolean => "BOOLEAN",
            .text, .date, .time, .timestamp, .uuid, .json => if (dialect == .mysql) "LONGTEXT" else "TEXT",
        };
    }
};

fn quoted(text: []const u8, backslashes: bool, null_character: []const u8, out: *Output) Error!void {
    try out.byte('\'');
    var rest = text;
    while (rest.len > 0) {
        rest = rest[try sdk.output.copyUntil(out, rest, 3, .{ '\'', '\\', 0 })..];
        if (rest.len == 0) break;
        switch (rest[0]) {
            '\'' => try out.raw("''"),
            '\\' => try out.raw(if (backslashes) "\\\\" else "\\"),
            else => try out.raw(null_character),
        }
        rest = rest[1..];
    }
    try out.byte('\'');
}
