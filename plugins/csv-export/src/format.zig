//! Rows of cells as delimited text.
const std = @import("std");
const sdk = @import("sdk");
const exporting = sdk.exporting;
const json_read = sdk.json_read;

const Column = exporting.Column;
const Cursor = exporting.Cursor;
const Error = exporting.Error;
const Given = exporting.Given;
const Output = exporting.Output;

/// What makes a spreadsheet take a cell for a formula when it begins with that, as OWASP lists it ("CSV Injection"): the
/// last four are the full-width forms that East Asian versions read as the plain ones.
const formula_starts = [_][]const u8{ "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };

fn beginsFormula(text: []const u8) bool {
    for (formula_starts) |start| if (std.mem.startsWith(u8, text, start)) return true;
    return false;
}

/// What strings say whose text cannot be passed on as it stands.
var decoded: Output = .{};

pub const Format = struct {
    pub const name = "CSV";
    pub const extension = "csv";
    pub const options: []const exporting.Option = &.{
        .{
            .key = "delimiter",
            .label = "Delimiter",
            .default_value = "comma",
            .input_type = "select",
            .choices = &.{ "comma", "semicolon", "tab", "pipe" },
        },
        .{
            .key = "quote",
            .label = "Quotes around",
            .default_value = "cells that need them",
            .input_type = "select",
            .choices = &.{ "cells that need them", "all cells" },
        },
        .{ .key = "header", .label = "First row names the columns", .default_value = "true", .input_type = "bool" },
        .{
            .key = "formula-guard",
            .label = "Guard against formulas in spreadsheets",
            .default_value = "true",
            .input_type = "bool",
        },
        .{
            .key = "line-end",
            .label = "Line end",
            .default_value = "LF",
            .input_type = "select",
            .choices = &.{ "LF", "CRLF" },
        },
        .{ .key = "bom", .label = "Byte order mark (for Excel)", .default_value = "false", .input_type = "bool" },
        .{ .key = "null", .label = "Text for missing values", .default_value = "", .input_type = "text" },
    };

    columns: []const Column,
    delimiter: u8,
    quote_all: bool,
    header: bool,
    guard: bool,
    line_end: []const u8,
    bom: bool,
    null_text: []const u8,

    pub fn feed(_: Given) Error!exporting.Feed {
        return .cells;
    }

    pub fn init(given: Given, columns: []const Column) Error!Format {
        return .{
            .columns = columns,
            .delimiter = ",;\t|"[try given.choice("delimiter")],
            .quote_all = try given.choice("quote") == 1,
            .header = try given.yes("header"),
            .guard = try given.yes("formula-guard"),
            .line_end = if (try given.choice("line-end") == 0) "\n" else "\r\n",
            .bom = try given.yes("bom"),
            .null_text = given.text("null"),
        };
    }

    pub fn begin(format: *Format, out: *Output) Error!void {
        if (format.bom) try out.raw("\u{FEFF}");
        if (!format.header) return;
        for (format.columns, 0..) |column, i| {
            if (i > 0) try out.byte(format.delimiter);
            try format.cell(column.name, true, format.columns.len == 1, out);
        }
        try out.raw(format.line_end);
    }

    pub fn write(format: *Format, row: *Cursor, out: *Output) Error!void {
        try row.expect('[');
        var count: usize = 0;
        while (try row.more(count == 0)) : (count += 1) {
            if (count > 0) try out.byte(format.delimiter);
            if (row.peek() == '"') {
                if (!format.quote_all and try format.asItStands(row, out)) continue;
            }
            try format.value(try row.value(), out);
        }
        while (count < format.columns.len) : (count += 1) {
            if (count > 0) try out.byte(format.delimiter);
            try format.missing(out);
        }
        try out.raw(format.line_end);
    }

    pub fn finish(_: *Format, _: *Output) Error!void {}

    /// Passes on a string in which nothing has to be changed: the usual case, copied while it is looked through. False,
    /// with nothing done, where there is more to it.
    inline fn asItStands(format: *const Format, row: *Cursor, out: *Output) Error!bool {
        const text = row.text[row.at + 1 ..];
        if (text.len == 0) return error.BadJson;
        switch (text[0]) {
            // 0xEF begins the full-width forms, and 4,000 other characters that are looked at more closely for it.
            '=', '+', '-', '@', 0xEF => if (format.guard) return false,
            '"' => if (format.columns.len == 1) return false,
            else => {},
        }
        const before = out.len;
        const length = try sdk.output.copyUntil(out, text, 3, .{ '"', '\\', format.delimiter });
        if (length < text.len and text[length] == '"') {
            row.at += length + 2;
            return true;
        }
        out.len = before;
        return false;
    }

    fn value(format: *const Format, given: json_read.Value, out: *Output) Error!void {
        switch (given.kind) {
            .null => try format.missing(out),
            .number, .boolean, .nested => try format.cell(given.raw, false, false, out),
            .string => {
                var text = given.raw;
                if (given.escaped) {
                    decoded.clear();
                    try json_read.decode(given.raw, &decoded);
                    text = decoded.written();
                }
                try format.cell(text, true, format.columns.len == 1, out);
            },
        }
    }

    /// A missing value is never quoted unless its text needs it, so that it can be told from an empty text where all
    /// cells are quoted.
    fn missing(format: *const Format, out: *Output) Error!void {
        const lonely = format.columns.len == 1 and format.null_text.len == 0;
        try format.quoted(format.null_text, lonely or format.needsQuotes(format.null_text), "", out);
    }

    /// `lonely`: the only cell of its row, which must not become an empty line.
    fn cell(format: *const Format, text: []const u8, is_text: bool, lonely: bool, out: *Output) Error!void {
        const guarded = format.guard and is_text and beginsFormula(text) and !sdk.types.isNumber(text);
        const quotes = format.quote_all or (lonely and text.len == 0) or format.needsQuotes(text);
        try format.quoted(text, quotes, if (guarded) "'" else "", out);
    }

    fn needsQuotes(format: *const Format, text: []const u8) bool {
        for (text) |c| if (c == format.delimiter or c == '"' or c == '\n' or c == '\r') return true;
        return false;
    }

    fn quoted(_: *const Format, text: []const u8, quotes: bool, before: []const u8, out: *Output) Error!void {
        if (quotes) try out.byte('"');
        try out.raw(before);
        if (quotes) {
            var rest = text;
            while (std.mem.indexOfScalar(u8, rest, '"')) |at| : (rest = rest[at + 1 ..]) {
                try out.raw(rest[0 .. at + 1]);
                try out.byte('"');
            }
            try out.raw(rest);
            try out.byte('"');
        } else try out.raw(text);
    }
};
