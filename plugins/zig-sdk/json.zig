//! JSON text, written into a buffer of fixed size.
const std = @import("std");
const decimal = @import("decimal.zig");

pub const Error = error{Full};

/// Text being written. Every write either fits or fails with `Full` and may then have written a part: a caller that
/// wants to go on remembers `len` beforehand and puts it back.
pub const Text = struct {
    buffer: []u8,
    len: usize = 0,

    pub fn written(text: *const Text) []const u8 {
        return text.buffer[0..text.len];
    }

    /// Bytes as they are.
    pub fn raw(text: *Text, bytes: []const u8) Error!void {
        if (bytes.len > text.buffer.len - text.len) return error.Full;
        @memcpy(text.buffer[text.len..][0..bytes.len], bytes);
        text.len += bytes.len;
    }

    /// A few bytes: `raw` would call for a copy of any length, which takes longer than the bytes are worth.
    fn fixed(text: *Text, comptime len: usize, bytes: [len]u8) Error!void {
        if (len > text.buffer.len - text.len) return error.Full;
        text.buffer[text.len..][0..len].* = bytes;
        text.len += len;
    }

    pub fn byte(text: *Text, value: u8) Error!void {
        if (text.len == text.buffer.len) return error.Full;
        text.buffer[text.len] = value;
        text.len += 1;
    }

    /// A whole number in decimal.
    pub fn number(text: *Text, value: u64) Error!void {
        var digits: decimal.Digits = undefined;
        try text.raw(decimal.written(value, &digits));
    }

    pub fn boolean(text: *Text, value: bool) Error!void {
        try text.raw(if (value) "true" else "false");
    }

    /// A string in quotes; bytes that are not UTF-8 become U+FFFD.
    pub fn string(text: *Text, bytes: []const u8) Error!void {
        try text.byte('"');
        try text.escaped(bytes);
        try text.byte('"');
    }

    /// A part of a string: `bytes` escaped, without the quotes around it.
    pub fn escaped(text: *Text, bytes: []const u8) Error!void {
        var at: usize = 0;
        while (at < bytes.len) {
            const plain = plainPrefix(bytes[at..]);
            if (plain > 0) try text.raw(bytes[at..][0..plain]);
            at += plain;
            if (at == bytes.len) return;
            if (bytes[at] < 0x80) {
                try text.special(bytes[at]);
                at += 1;
            } else {
                const sequence = sequenceAt(bytes[at..]);
                try text.raw(if (sequence.valid) bytes[at..][0..sequence.len] else replacement);
                at += sequence.len;
            }
        }
    }

    /// Writes `bytes` as `escaped` does if they are short and nothing in them is to be escaped or checked, which is what
    /// most cells of tables are like; else false, with nothing written. They are copied while they are looked at.
    pub inline fn short(text: *Text, bytes: []const u8) bool {
        if (bytes.len > longest_plain or bytes.len > text.buffer.len - text.len) return false;
        if (!copyPlain(bytes, text.buffer[text.len..].ptr)) return false;
        text.len += bytes.len;
        return true;
    }

    /// The escape sequence of a quote, a backslash or a control character; any other byte as it is.
    fn special(text: *Text, value: u8) Error!void {
        switch (value) {
            '"' => try text.fixed(2, "\\\"".*),
            '\\' => try text.fixed(2, "\\\\".*),
            '\n' => try text.fixed(2, "\\n".*),
            '\r' => try text.fixed(2, "\\r".*),
            '\t' => try text.fixed(2, "\\t".*),
            0...8, 0x0b, 0x0c, 0x0e...0x1f => {
                const hex = "0123456789abcdef";
                try text.fixed(6, .{ '\\', 'u', '0', '0', hex[value >> 4], hex[value & 15] });
            },
            else => try text.byte(value),
        }
    }
};

/// U+FFFD in UTF-8.
pub const replacement = "\u{FFFD}";

const longest_plain = 64;

/// Copies at most 64 bytes in few steps, the last of which overlaps the one before; whether all are plain.
inline fn copyPlain(bytes: []const u8, to: [*]u8) bool {
    if (bytes.len >= 16) {
        var at: usize = 0;
        var good = true;
        while (at + 16 < bytes.len) : (at += 16) good = copyStep(16, bytes[at..][0..16], to + at) and good;
        return copyStep(16, bytes[bytes.len - 16 ..][0..16], to + bytes.len - 16) and good;
    }
    if (bytes.len >= 8) return copyTwice(8, bytes, to);
    if (bytes.len >= 4) return copyTwice(4, bytes, to);
    for (bytes, to) |value, *room| {
        if (value < 0x20 or value >= 0x80 or value == '"' or value == '\\') return false;
        room.* = value;
    }
    return true;
}

inline fn copyTwice(comptime size: usize, bytes: []const u8, to: [*]u8) bool {
    const first = copyStep(size, bytes[0..size], to);
    return copyStep(size, bytes[bytes.len - size ..][0..size], to + bytes.len - size) and first;
}

inline fn copyStep(comptime size: usize, from: *const [size]u8, to: [*]u8) bool {
    const Step = @Vector(size, u8);
    const step: Step = from.*;
    to[0..size].* = step;
    const odd = (step < @as(Step, @splat(0x20))) | (step >= @as(Step, @splat(0x80))) |
        (step == @as(Step, @splat('"'))) | (step == @as(Step, @splat('\\')));
    return !@reduce(.Or, odd);
}

/// How many bytes at the beginning need neither escaping nor checking.
fn plainPrefix(bytes: []const u8) usize {
    const Block = @Vector(16, u8);
    var at: usize = 0;
    while (at + 16 <= bytes.len) : (at += 16) {
        const block: Block = bytes[at..][0..16].*;
        const odd = (block < @as(Block, @splat(0x20))) | (block >= @as(Block, @splat(0x80))) |
            (block == @as(Block, @splat('"'))) | (block == @as(Block, @splat('\\')));
        const mask: u16 = @bitCast(odd);
        if (mask != 0) return at + @ctz(mask);
    }
    while (at < bytes.len) : (at += 1) {
        const value = bytes[at];
        if (value < 0x20 or value >= 0x80 or value == '"' or value == '\\') break;
    }
    return at;
}

/// What stands at the beginning of `bytes`, which begin with a byte of 0x80 or more.
pub const Sequence = struct {
    /// Length of the sequence, or of the longest beginning of one if it is not valid: what U+FFFD replaces once.
    len: usize,
    valid: bool,
    /// Whether only the bytes that would follow are missing.
    cut: bool = false,
};

/// Reads one UTF-8 sequence that does not begin with ASCII; refuses overlong forms and surrogates.
pub fn sequenceAt(bytes: []const u8) Sequence {
    const first = bytes[0];
    const want: usize = switch (first) {
        0xc2...0xdf => 2,
        0xe0...0xef => 3,
        0xf0...0xf4 => 4,
        else => return .{ .len = 1, .valid = false },
    };
    const low: u8 = switch (first) {
        0xe0 => 0xa0,
        0xf0 => 0x90,
        else => 0x80,
    };
    const high: u8 = switch (first) {
        0xed => 0x9f,
        0xf4 => 0x8f,
        else => 0xbf,
    };
    for (1..want) |i| {
        if (i == bytes.len) return .{ .len = i, .valid = false, .cut = true };
        const least: u8 = if (i == 1) low else 0x80;
        const most: u8 = if (i == 1) high else 0xbf;
        if (bytes[i] < least or bytes[i] > most) return .{ .len = i, .valid = false };
    }
    return .{ .len = want, .valid = true };
}
