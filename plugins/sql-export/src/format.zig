//! Rows of cells as INSERT statements.
const std = @import("std");
const sdk = @import("sdk");
const exporting = sdk.exporting;
const json_read = sdk.json_read;
const dialects = @import("dialects.zig");

const Column = exporting.Column;
const Cursor = exporting.Cursor;
const Dialect = dialects.Dialect;
const Error = exporting.Error;
const Given = exporting.Given;
const Output = exporting.Output;

/// What strings say that hold escape sequences.
var decoded: Output = .{};
/// The beginning of every statement.
var insert: Output = .{};

pub const Format = struct {
    pub const name = "SQL";
    pub const extension = "sql";
    pub const options: []const exporting.Option = &.{
        .{ .key = "table", .label = "Table", .default_value = "data", .input_type = "text" },
        .{
            .key = "dialect",
            .label = "Dialect",
            .default_value = "standard",
            .input_type = "select",
            .choices = &.{ "standard", "PostgreSQL", "MySQL", "SQLite" },
        },
        .{ .key = "rows", .label = "Rows in one statement", .default_value = "100", .input_type = "text" },
        .{ .key = "create", .label = "Begin with CREATE TABLE", .default_value = "true", .input_type = "bool" },
    };

    columns: []const Column,
    dialect: Dialect,
    table: []const u8,
    most: u32,
    create: bool,
    /// Rows in the statement that is open.
    open: u32 = 0,
    rows: u64 = 0,

    pub fn feed(_: Given) Error!exporting.Feed {
        return .cells;
    }

    pub fn init(given: Given, columns: []const Column) Error!Format {
        const table = std.mem.trim(u8, given.text("table"), " ");
        if (table.len == 0) return exporting.refuse("option table: a table needs a name", .{});
        return .{
            .columns = columns,
            .dialect = @enumFromInt(try given.choice("dialect")),
            .table = table,
            .most = try given.number("rows", 1, 10_000),
            .create = try given.yes("create"),
        };
    }

    pub fn begin(format: *Format, out: *Output) Error!void {
        if (format.columns.len == 0) return;
        if (format.create) try format.createTable(out);
        insert.clear();
        try insert.raw("INSERT INTO ");
        try format.dialect.qualified(format.table, &insert);
        try insert.raw(" (");
        for (format.columns, 0..) |_, i| {
            if (i > 0) try insert.raw(", ");
            try format.columnName(i, &insert);
        }
        try insert.raw(") VALUES\n");
    }

    pub fn write(format: *Format, row: *Cursor, out: *Output) Error!void {
        format.rows += 1;
        try out.raw(if (format.open == 0) insert.written() else ",\n");
        try out.byte('(');
        try row.expect('[');
        var count: usize = 0;
        while (try row.more(count == 0)) : (count += 1) {
            const value = try row.value();
            if (count >= format.columns.len) return exporting.tooManyCells(format.rows, format.columns.len);
            if (count > 0) try out.raw(", ");
            try format.cell(value, format.columns[count], out);
        }
        while (count < format.columns.len) : (count += 1) try out.raw(if (count > 0) ", NULL" else "NULL");
        try out.byte(')');
        format.open += 1;
        if (format.open == format.most) try format.end(out);
    }

    pub fn finish(format: *Format, out: *Output) Error!void {
        if (format.open > 0) try format.end(out);
    }

    fn end(format: *Format, out: *Output) Error!void {
        try out.raw(";\n");
        format.open = 0;
    }

    fn createTable(format: *const Format, out: *Output) Error!void {
        try out.raw("CREATE TABLE ");
        try format.dialect.qualified(format.table, out);
        try out.raw(" (\n");
        for (format.columns, 0..) |column, i| {
            try out.raw("  ");
            try format.columnName(i, out);
            try out.byte(' ');
            try out.raw(format.dialect.typeName(column.type));
            try out.raw(if (i + 1 < format.columns.len) ",\n" else "\n");
        }
        try out.raw(");\n");
    }

    /// The name of a column; one that is empty, or there before (databases do not tell case apart), gets a number.
    fn columnName(format: *const Format, index: usize, out: *Output) Error!void {
        const own = format.columns[index].name;
        var repeated = own.len == 0;
        for (format.columns[0..index]) |earlier| repeated = repeated or std.ascii.eqlIgnoreCase(earlier.name, own);
        if (!repeated) return format.dialect.identifier(own, out);
        var number: usize = index + 1;
        while (true) : (number += 1) {
            decoded.clear();
            try decoded.raw(if (own.len == 0) "column" else own);
            try decoded.byte('_');
            try decoded.number(number);
            for (format.columns) |other| {
                if (std.ascii.eqlIgnoreCase(other.name, decoded.written())) break;
            } else return format.dialect.identifier(decoded.written(), out);
        }
    }

    fn cell(format: *const Format, value: json_read.Value, column: Column, out: *Output) Error!void {
        switch (value.kind) {
            .null => try out.raw("NULL"),
            .boolean => try out.raw(format.dialect.boolean(value.raw[0] == 't')),
            .number => try out.raw(value.raw),
            .nested => try format.dialect.string(value.raw, out),
            .string => {
                var text = value.raw;
                if (value.escaped) {
                    decoded.clear();
                    try json_read.decode(value.raw, &decoded);
                    text = decoded.written();
                }
                const numeric = column.type == .integer or column.type == .float;
                if (numeric and sdk.types.isNumber(text)) {
                    try out.raw(if (text[0] == '+') text[1..] else text);
                } else if (numeric and text.len == 0) {
                    try out.raw("NULL");
                } else if (column.type == .boolean and truth(text) != null) {
                    try out.raw(format.dialect.boolean(truth(text).?));
                } else try format.dialect.string(text, out);
            },
        }
    }
};

/// What the texts say by which a column is taken for one of booleans.
fn truth(text: []const u8) ?bool {
    if (std.ascii.eqlIgnoreCase(text, "true") or std.ascii.eqlIgnoreCase(text, "yes")) return true;
    if (std.ascii.eqlIgnoreCase(text, "false") or std.ascii.eqlIgnoreCase(text, "no")) return false;
    return null;
}
