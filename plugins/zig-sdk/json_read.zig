//! JSON text read in order, value by value, without making anything of it.
const std = @import("std");
const output = @import("output.zig");

pub const Error = error{BadJson};

pub const Kind = enum { string, number, boolean, null, nested };

/// One value as it stands in the text.
pub const Value = struct {
    kind: Kind,
    /// Of a string what is between its quotes; of any other value all of it.
    raw: []const u8,
    /// Whether a string holds escape sequences.
    escaped: bool = false,
};

/// Goes through a text from its beginning. Strings and numbers are told apart and delimited, and brackets counted;
/// what is inside of numbers, words and nested values is not judged.
pub const Cursor = struct {
    text: []const u8,
    at: usize = 0,

    pub inline fn skipBlanks(cursor: *Cursor) void {
        while (cursor.at < cursor.text.len) : (cursor.at += 1) {
            switch (cursor.text[cursor.at]) {
                ' ', '\t', '\n', '\r' => {},
                else => return,
            }
        }
    }

    /// The next byte that is no blank; 0 at the end.
    pub inline fn peek(cursor: *Cursor) u8 {
        cursor.skipBlanks();
        return if (cursor.at < cursor.text.len) cursor.text[cursor.at] else 0;
    }

    /// Steps over `byte` if it comes next.
    pub inline fn take(cursor: *Cursor, byte: u8) bool {
        if (cursor.peek() != byte) return false;
        cursor.at += 1;
        return true;
    }

    pub inline fn expect(cursor: *Cursor, byte: u8) Error!void {
        if (!cursor.take(byte)) return error.BadJson;
    }

    /// Nothing but blanks may follow.
    pub fn end(cursor: *Cursor) Error!void {
        cursor.skipBlanks();
        if (cursor.at != cursor.text.len) return error.BadJson;
    }

    /// Behind the opening bracket or an item of an array: whether another item follows.
    pub inline fn more(cursor: *Cursor, first: bool) Error!bool {
        if (cursor.take(']')) return false;
        if (!first) try cursor.expect(',');
        return true;
    }

    pub fn value(cursor: *Cursor) Error!Value {
        switch (cursor.peek()) {
            '"' => return cursor.string(),
            '{', '[' => {
                const begin = cursor.at;
                try cursor.skipNested();
                return .{ .kind = .nested, .raw = cursor.text[begin..cursor.at] };
            },
            '-', '0'...'9' => return .{ .kind = .number, .raw = cursor.word() },
            else => {
                const raw = cursor.word();
                if (std.mem.eql(u8, raw, "null")) return .{ .kind = .null, .raw = raw };
                if (std.mem.eql(u8, raw, "true") or std.mem.eql(u8, raw, "false")) return .{ .kind = .boolean, .raw = raw };
                return error.BadJson;
            },
        }
    }

    pub fn string(cursor: *Cursor) Error!Value {
        try cursor.expect('"');
        const begin = cursor.at;
        var escaped = false;
        while (true) {
            cursor.at += plain(cursor.text[cursor.at..]);
            if (cursor.at >= cursor.text.len) return error.BadJson;
            if (cursor.text[cursor.at] == '"') break;
            escaped = true;
            cursor.at += 2;
            if (cursor.at > cursor.text.len) return error.BadJson;
        }
        cursor.at += 1;
        return .{ .kind = .string, .raw = cursor.text[begin .. cursor.at - 1], .escaped = escaped };
    }

    fn word(cursor: *Cursor) []const u8 {
        const begin = cursor.at;
        while (cursor.at < cursor.text.len) : (cursor.at += 1) {
            switch (cursor.text[cursor.at]) {
                ' ', '\t', '\n', '\r', ',', ':', ']', '}', '[', '{', '"' => break,
                else => {},
            }
        }
        return cursor.text[begin..cursor.at];
    }

    fn skipNested(cursor: *Cursor) Error!void {
        var depth: usize = 0;
        while (cursor.at < cursor.text.len) {
            switch (cursor.text[cursor.at]) {
                '"' => {
                    _ = try cursor.string();
                    continue;
                },
                '{', '[' => depth += 1,
                '}', ']' => depth -= 1,
                else => {},
            }
            cursor.at += 1;
            if (depth == 0) return;
        }
        return error.BadJson;
    }
};

/// How many bytes there are before the first quote or backslash.
fn plain(text: []const u8) usize {
    const Block = @Vector(16, u8);
    var at: usize = 0;
    while (at + 16 <= text.len) : (at += 16) {
        const block: Block = text[at..][0..16].*;
        const mask: u16 = @bitCast((block == @as(Block, @splat('"'))) | (block == @as(Block, @splat('\\'))));
        if (mask != 0) return at + @ctz(mask);
    }
    while (at < text.len and text[at] != '"' and text[at] != '\\') at += 1;
    return at;
}

/// Writes what a string says; an escaped half of a surrogate pair without the other becomes U+FFFD.
pub fn decode(raw: []const u8, out: *output.Output) (Error || output.Error)!void {
    var at: usize = 0;
    while (at < raw.len) {
        at += try output.copyUntil(out, raw[at..], 1, .{'\\'});
        if (at == raw.len) return;
        if (at + 1 >= raw.len) return error.BadJson;
        at += 2;
        switch (raw[at - 1]) {
            '"', '\\', '/' => |c| try out.byte(c),
            'b' => try out.byte(8),
            'f' => try out.byte(12),
            'n' => try out.byte('\n'),
            'r' => try out.byte('\r'),
            't' => try out.byte('\t'),
            'u' => {
                const point, const len = try codePoint(raw[at..]);
                at += len;
                var bytes: [4]u8 = undefined;
                const count = std.unicode.utf8Encode(point, &bytes) catch return error.BadJson;
                try out.raw(bytes[0..count]);
            },
            else => return error.BadJson,
        }
    }
}

/// The code point of the digits behind `\u`, with the second half of a pair where there is one, and their length.
fn codePoint(text: []const u8) Error!struct { u21, usize } {
    const first = try unit(text);
    if (first < 0xd800 or first > 0xdfff) return .{ first, 4 };
    if (first < 0xdc00 and text.len >= 10 and text[4] == '\\' and text[5] == 'u') {
        const second = try unit(text[6..]);
        if (second >= 0xdc00 and second <= 0xdfff)
            return .{ 0x10000 + ((@as(u21, first) - 0xd800) << 10) + (second - 0xdc00), 10 };
    }
    return .{ 0xfffd, 4 };
}

fn unit(text: []const u8) Error!u16 {
    if (text.len < 4) return error.BadJson;
    for (text[0..4]) |c| if (!std.ascii.isHex(c)) return error.BadJson;
    return std.fmt.parseInt(u16, text[0..4], 16) catch error.BadJson;
}
