//! A JSON value copied with other blanks between its parts; nothing else about it changes. What is not valid is refused,
//! so that what is written always is.
const std = @import("std");
const sdk = @import("sdk");
const exporting = sdk.exporting;

const Cursor = exporting.Cursor;
const Error = exporting.Error;
const Output = exporting.Output;

/// Values in each other.
const most_levels = 100_000;
/// For each open bracket whether it is that of an object.
var objects: std.StaticBitSet(most_levels) = undefined;

pub const Layout = struct {
    /// Line breaks and two blanks a level; else no blanks at all.
    pretty: bool,
    /// Levels around the value.
    outside: usize,

    pub fn copy(layout: Layout, cursor: *Cursor, out: *Output) Error!void {
        var depth: usize = 0;
        while (true) {
            switch (cursor.peek()) {
                '{', '[' => |open| {
                    cursor.at += 1;
                    try out.byte(open);
                    if (!cursor.take(closing(open))) {
                        if (depth == most_levels) return exporting.refuse("a record is nested too deeply", .{});
                        objects.setValue(depth, open == '{');
                        depth += 1;
                        try layout.line(depth, out);
                        if (open == '{') try layout.key(cursor, out);
                        continue;
                    }
                    try out.byte(closing(open));
                },
                '"' => try string(cursor, out),
                else => {
                    const value = try cursor.value();
                    if (value.kind == .number and !isNumber(value.raw)) return error.BadJson;
                    try out.raw(value.raw);
                },
            }
            while (true) {
                if (depth == 0) return;
                const object = objects.isSet(depth - 1);
                if (cursor.take(',')) {
                    try out.byte(',');
                    try layout.line(depth, out);
                    if (object) try layout.key(cursor, out);
                    break;
                }
                const close: u8 = if (object) '}' else ']';
                try cursor.expect(close);
                depth -= 1;
                try layout.line(depth, out);
                try out.byte(close);
            }
        }
    }

    fn key(layout: Layout, cursor: *Cursor, out: *Output) Error!void {
        try string(cursor, out);
        try cursor.expect(':');
        try out.raw(if (layout.pretty) ": " else ":");
    }

    fn line(layout: Layout, depth: usize, out: *Output) Error!void {
        if (!layout.pretty) return;
        try out.byte('\n');
        try out.repeat(' ', 2 * (layout.outside + depth));
    }
};

fn closing(open: u8) u8 {
    return if (open == '{') '}' else ']';
}

/// A string as it stands.
fn string(cursor: *Cursor, out: *Output) Error!void {
    const value = try cursor.string();
    if (value.escaped and !escapesAreValid(value.raw)) return error.BadJson;
    for (value.raw) |c| if (c < 0x20) return error.BadJson;
    try out.reserve(value.raw.len + 2);
    try out.byte('"');
    try out.raw(value.raw);
    try out.byte('"');
}

fn escapesAreValid(raw: []const u8) bool {
    var at: usize = 0;
    while (std.mem.indexOfScalarPos(u8, raw, at, '\\')) |found| {
        if (found + 1 >= raw.len) return false;
        switch (raw[found + 1]) {
            '"', '\\', '/', 'b', 'f', 'n', 'r', 't' => at = found + 2,
            'u' => {
                if (found + 6 > raw.len) return false;
                for (raw[found + 2 ..][0..4]) |c| if (!std.ascii.isHex(c)) return false;
                at = found + 6;
            },
            else => return false,
        }
    }
    return true;
}

/// Whether a text is a number of JSON.
fn isNumber(text: []const u8) bool {
    var rest = if (text[0] == '-') text[1..] else text;
    const whole = digits(rest);
    if (whole == 0 or (whole > 1 and rest[0] == '0')) return false;
    rest = rest[whole..];
    if (rest.len > 0 and rest[0] == '.') {
        const fraction = digits(rest[1..]);
        if (fraction == 0) return false;
        rest = rest[1 + fraction ..];
    }
    if (rest.len > 0 and (rest[0] == 'e' or rest[0] == 'E')) {
        rest = rest[1..];
        if (rest.len > 0 and (rest[0] == '+' or rest[0] == '-')) rest = rest[1..];
        const exponent = digits(rest);
        if (exponent == 0) return false;
        rest = rest[exponent..];
    }
    return rest.len == 0;
}

fn digits(text: []const u8) usize {
    var count: usize = 0;
    while (count < text.len and std.ascii.isDigit(text[count])) count += 1;
    return count;
}
