//! The bytes of the file: in blocks of at most 64 KiB, and as windows of UTF-8.
const std = @import("std");
const wasi = @import("sdk").wasi;
const Encoding = @import("dialect.zig").Encoding;
const transcode = @import("transcode.zig");
const utf8 = @import("sdk").utf8;

/// As much as the host gives at once.
pub const read_size = 64 * 1024;

pub const Error = wasi.Error || error{FileShrank};

/// The file that is open and how its bytes are to be understood.
pub const Input = struct {
    file: wasi.Descriptor,
    /// Size when it was opened; what is appended later is not looked at.
    size: u64,
    /// Where the text begins, behind a byte order mark.
    begin: u64 = 0,
    encoding: Encoding = .utf8,
    /// Quotes that are to be read as text, in ascending order of their offsets: they were never closed.
    literals: std.ArrayList(u64) = .empty,

    /// Where the text ends: `size` without half a unit.
    pub fn end(input: *const Input) u64 {
        return input.begin + (input.size - input.begin) / input.encoding.unit() * input.encoding.unit();
    }

    /// Fills `buffer` from byte `offset` of the file on. That it can be filled is known from the size.
    pub fn fill(input: *const Input, buffer: []u8, offset: u64) Error!void {
        if (try input.file.readAt(buffer, offset) != buffer.len) return error.FileShrank;
    }

    /// The first literal quote at or behind `offset`.
    pub fn nextLiteral(input: *const Input, offset: u64) ?u64 {
        for (input.literals.items) |at| if (at >= offset) return at;
        return null;
    }
};

/// A piece of the file in UTF-8.
pub const Window = struct {
    text: []const u8,
    /// How many bytes of the file it stands for.
    raw: u64,
    /// Its first character is a quote that was never closed, and is text.
    literal: bool,
};

/// Room for one window at a time.
pub const Windows = struct {
    raw: [read_size]u8 = undefined,
    decoded: [read_size * transcode.growth]u8 = undefined,

    /// The text from byte `offset` on, up to `limit` at most. It ends before a character that is not complete, and
    /// before a literal quote. Empty only if `offset` is `limit`.
    pub fn at(windows: *Windows, input: *const Input, offset: u64, limit: u64) Error!Window {
        var stop = @min(limit, offset + read_size);
        const literal = if (input.nextLiteral(offset)) |quote| quote == offset else false;
        if (input.nextLiteral(offset + 1)) |quote| stop = @min(stop, quote);
        const raw = windows.raw[0..@intCast(stop - offset)];
        try input.fill(raw, offset);
        const whole = raw.len - if (stop == offset + read_size) cut(input.encoding, raw) else 0;
        const text = transcode.toUtf8(input.encoding, raw[0..whole], &windows.decoded);
        return .{ .text = text, .raw = whole, .literal = literal };
    }
};

fn cut(encoding: Encoding, raw: []const u8) usize {
    return switch (encoding) {
        .utf8 => utf8.cutOff(raw),
        .utf16le, .utf16be => transcode.cutPair(encoding, raw),
        .latin1, .windows1252 => 0,
    };
}
