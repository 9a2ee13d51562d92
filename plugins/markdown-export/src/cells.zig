//! Texts as cells of a Markdown table.
const std = @import("std");
const sdk = @import("sdk");
const exporting = sdk.exporting;
const json_read = sdk.json_read;

const Error = exporting.Error;
const Output = exporting.Output;

var decoded: Output = .{};

/// What a value says as a cell.
pub fn writeValue(value: json_read.Value, escape: bool, out: *Output) Error!void {
    if (value.kind != .string or !value.escaped) return write(value.raw, escape, out);
    decoded.clear();
    try json_read.decode(value.raw, &decoded);
    try write(decoded.written(), escape, out);
}

/// A text as a cell: pipes escaped, line breaks as `<br>`, and, with `escape`, nothing taken for formatting.
pub fn write(text: []const u8, escape: bool, out: *Output) Error!void {
    try out.reserve(text.len);
    for (text, 0..) |c, at| {
        switch (c) {
            '|' => try out.raw("\\|"),
            '\r' => if (at + 1 == text.len or text[at + 1] != '\n') try out.raw("<br>"),
            '\n' => try out.raw("<br>"),
            0 => try out.raw("\u{FFFD}"),
            1...8, 0x0b, 0x0c, 0x0e...0x1f, 0x7f => try out.raw("\u{FFFD}"),
            '\\', '`', '*', '[', ']', '<', '>', '&', '~' => {
                if (escape) try out.byte('\\');
                try out.byte(c);
            },
            '_' => {
                if (escape and !isInsideWord(text, at)) try out.byte('\\');
                try out.byte(c);
            },
            else => try out.byte(c),
        }
    }
}

/// An underscore between letters or digits formats nothing.
fn isInsideWord(text: []const u8, at: usize) bool {
    return at > 0 and at + 1 < text.len and std.ascii.isAlphanumeric(text[at - 1]) and
        std.ascii.isAlphanumeric(text[at + 1]);
}

/// About how many columns of a terminal a text takes: characters, wide ones twice, marks that join others not at all.
pub fn width(text: []const u8) usize {
    var count: usize = 0;
    var at: usize = 0;
    while (at < text.len) {
        const length = std.unicode.utf8ByteSequenceLength(text[at]) catch 1;
        const end = @min(at + length, text.len);
        count += if (text[at] < 0x80) 1 else pointWidth(std.unicode.utf8Decode(text[at..end]) catch 0xfffd);
        at = end;
    }
    return count;
}

fn pointWidth(point: u21) usize {
    return switch (point) {
        0x0300...0x036f, 0x200b...0x200f, 0x20d0...0x20ff, 0xfe00...0xfe0f => 0,
        0x1100...0x115f, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff => 2,
        0xa000...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6 => 2,
        0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd => 2,
        else => 1,
    };
}
