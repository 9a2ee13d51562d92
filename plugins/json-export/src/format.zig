//! Records as a JSON array, or each as a line.
const sdk = @import("sdk");
const exporting = sdk.exporting;
const Layout = @import("layout.zig").Layout;

const Column = exporting.Column;
const Cursor = exporting.Cursor;
const Error = exporting.Error;
const Given = exporting.Given;
const Output = exporting.Output;

pub const Format = struct {
    pub const name = "JSON";
    pub const extension = "json";
    pub const options: []const exporting.Option = &.{
        .{
            .key = "format",
            .label = "Format",
            .default_value = "JSON",
            .input_type = "select",
            .choices = &.{ "JSON", "NDJSON" },
        },
        .{
            .key = "pretty",
            .label = "Lay out with line breaks (NDJSON never is)",
            .default_value = "true",
            .input_type = "bool",
        },
    };

    lines: bool,
    pretty: bool,
    empty: bool = true,

    pub fn feed(_: Given) Error!exporting.Feed {
        return .records;
    }

    pub fn init(given: Given, _: []const Column) Error!Format {
        const lines = try given.choice("format") == 1;
        return .{ .lines = lines, .pretty = try given.yes("pretty") and !lines };
    }

    pub fn begin(_: *Format, _: *Output) Error!void {}

    pub fn write(format: *Format, record: *Cursor, out: *Output) Error!void {
        if (!format.lines) {
            try out.raw(if (format.empty) "[\n" else ",\n");
            if (format.pretty) try out.raw("  ");
        }
        format.empty = false;
        const layout: Layout = .{ .pretty = format.pretty, .outside = if (format.pretty) 1 else 0 };
        try layout.copy(record, out);
        if (format.lines) try out.byte('\n');
    }

    pub fn finish(format: *Format, out: *Output) Error!void {
        if (!format.lines) try out.raw(if (format.empty) "[]\n" else "\n]\n");
    }
};
