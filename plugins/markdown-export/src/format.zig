//! Rows of cells as a table of GitHub Flavored Markdown.
const std = @import("std");
const sdk = @import("sdk");
const exporting = sdk.exporting;
const cells = @import("cells.zig");

const Column = exporting.Column;
const Cursor = exporting.Cursor;
const Error = exporting.Error;
const Given = exporting.Given;
const Output = exporting.Output;

/// Rows whose cells say how wide the columns are, and how much of them is held back for that.
const padded_rows = 1_000;
const padded_bytes = 1 << 20;
/// No cell is padded to more than this: a long text would make every other row as long.
const widest = 60;

/// Rows held back until the widths are known, each cell followed by a zero byte, each row by another.
var held: Output = .{};
var widths: []usize = &.{};

pub const Format = struct {
    pub const name = "Markdown";
    pub const extension = "md";
    pub const options: []const exporting.Option = &.{
        .{
            .key = "escape",
            .label = "Show texts as they are (escape what Markdown would format)",
            .default_value = "true",
            .input_type = "bool",
        },
        .{ .key = "align", .label = "Align columns of numbers right", .default_value = "true", .input_type = "bool" },
        .{
            .key = "pad",
            .label = "Pad cells so that the text itself looks like a table",
            .default_value = "true",
            .input_type = "bool",
        },
        .{ .key = "null", .label = "Text for missing values", .default_value = "", .input_type = "text" },
    };

    columns: []const Column,
    escape: bool,
    alignment: bool,
    null_text: []const u8,
    /// While rows are held back.
    holding: bool,
    padded: bool,
    rows: u64 = 0,

    pub fn feed(_: Given) Error!exporting.Feed {
        return .cells;
    }

    pub fn init(given: Given, columns: []const Column) Error!Format {
        const padded = try given.yes("pad");
        held.clear();
        if (widths.len > 0) sdk.memory.permanent.free(widths);
        widths = try sdk.memory.permanent.alloc(usize, columns.len);
        @memset(widths, 3);
        return .{
            .columns = columns,
            .escape = try given.yes("escape"),
            .alignment = try given.yes("align"),
            .null_text = given.text("null"),
            .holding = padded,
            .padded = padded,
        };
    }

    pub fn begin(format: *Format, out: *Output) Error!void {
        if (!format.holding) try format.head(out);
    }

    pub fn write(format: *Format, row: *Cursor, out: *Output) Error!void {
        const begin_of_row = held.len;
        try row.expect('[');
        var count: usize = 0;
        while (try row.more(count == 0)) : (count += 1) {
            const value = try row.value();
            if (count >= format.columns.len) return exporting.tooManyCells(format.rows + 1, format.columns.len);
            const begin_of_cell = held.len;
            if (value.kind == .null) {
                try cells.write(format.null_text, format.escape, &held);
            } else try cells.writeValue(value, format.escape, &held);
            if (format.holding) widen(count, held.written()[begin_of_cell..]);
            try held.byte(0);
        }
        while (count < format.columns.len) : (count += 1) {
            try cells.write(format.null_text, format.escape, &held);
            try held.byte(0);
        }
        format.rows += 1;
        if (!format.holding) {
            _ = try format.line(held.written()[begin_of_row..], out);
            held.clear();
            return;
        }
        if (format.rows == padded_rows or held.len >= padded_bytes) try format.release(out);
    }

    pub fn finish(format: *Format, out: *Output) Error!void {
        if (format.holding) try format.release(out);
    }

    /// Writes what was held back.
    fn release(format: *Format, out: *Output) Error!void {
        format.holding = false;
        try format.head(out);
        var rest = held.written();
        while (rest.len > 0) rest = rest[try format.line(rest, out)..];
        held.clear();
    }

    fn head(format: *Format, out: *Output) Error!void {
        if (format.columns.len == 0) return;
        const names_at = held.len;
        for (format.columns, 0..) |column, i| {
            const begin_of_cell = held.len;
            try cells.write(column.name, format.escape, &held);
            if (format.padded) widen(i, held.written()[begin_of_cell..]);
            try held.byte(0);
        }
        _ = try format.line(held.written()[names_at..], out);
        held.len = names_at;
        for (format.columns, 0..) |_, i| {
            const right = format.isRight(i);
            const width = if (format.padded) widths[i] else 3;
            try out.raw("| ");
            try out.repeat('-', if (right) width - 1 else width);
            try out.raw(if (right) ": " else " ");
        }
        try out.raw("|\n");
    }

    /// Writes a row of cells that each end in a zero byte; returns how many bytes these were.
    fn line(format: *const Format, row: []const u8, out: *Output) Error!usize {
        var at: usize = 0;
        for (format.columns, 0..) |_, i| {
            const length = std.mem.indexOfScalar(u8, row[at..], 0) orelse return error.BadJson;
            const text = row[at..][0..length];
            const blanks = if (format.padded) widths[i] -| cells.width(text) else 0;
            try out.raw("| ");
            if (format.isRight(i)) try out.repeat(' ', blanks);
            try out.raw(text);
            if (!format.isRight(i)) try out.repeat(' ', blanks);
            try out.byte(' ');
            at += length + 1;
        }
        if (format.columns.len > 0) try out.raw("|\n");
        return at;
    }

    fn widen(column: usize, text: []const u8) void {
        widths[column] = @max(widths[column], @min(cells.width(text), widest));
    }

    fn isRight(format: *const Format, column: usize) bool {
        const kind = format.columns[column].type;
        return format.alignment and (kind == .integer or kind == .float);
    }
};
