//! Other encodings into UTF-8, and into the one byte per unit that the scanner wants.
const std = @import("std");
const Encoding = @import("dialect.zig").Encoding;
const json = @import("sdk").json;

/// The most bytes of UTF-8 that one byte of an encoded file can become.
pub const growth = 3;

/// What the bytes 0x80 to 0x9F are in Windows-1252; the five that are not assigned stand for themselves.
const windows = [32]u16{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
    0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0x009D, 0x017E, 0x0178,
};

/// Writes `raw` to `out` in UTF-8 and returns the part written. `out` has room for `growth` bytes a byte. A pair of
/// surrogates must not be cut at the end (see `cutPair`).
pub fn toUtf8(encoding: Encoding, raw: []const u8, out: []u8) []const u8 {
    return switch (encoding) {
        .utf8 => raw,
        .latin1, .windows1252 => fromBytes(encoding == .windows1252, raw, out),
        .utf16le => fromUnits(.little, raw, out),
        .utf16be => fromUnits(.big, raw, out),
    };
}

fn fromBytes(western: bool, raw: []const u8, out: []u8) []const u8 {
    var len: usize = 0;
    for (raw) |byte| {
        const char: u16 = if (western and byte >= 0x80 and byte < 0xA0) windows[byte - 0x80] else byte;
        len += put(char, out[len..]);
    }
    return out[0..len];
}

fn fromUnits(comptime order: std.builtin.Endian, raw: []const u8, out: []u8) []const u8 {
    var len: usize = 0;
    var at: usize = 0;
    while (at + 2 <= raw.len) : (at += 2) {
        const unit = std.mem.readInt(u16, raw[at..][0..2], order);
        var char: u21 = unit;
        if (unit & 0xF800 == 0xD800) {
            char = 0xFFFD;
            if (unit < 0xDC00 and at + 4 <= raw.len) {
                const low = std.mem.readInt(u16, raw[at + 2 ..][0..2], order);
                if (low & 0xFC00 == 0xDC00) {
                    char = 0x10000 + (@as(u21, unit & 0x3FF) << 10) + (low & 0x3FF);
                    at += 2;
                }
            }
        }
        len += put(char, out[len..]);
    }
    return out[0..len];
}

fn put(char: u21, out: []u8) usize {
    if (char < 0x80) {
        out[0] = @intCast(char);
        return 1;
    }
    if (char < 0x800) {
        out[0] = @intCast(0xC0 | (char >> 6));
        out[1] = @intCast(0x80 | (char & 0x3F));
        return 2;
    }
    if (char < 0x10000) {
        out[0] = @intCast(0xE0 | (char >> 12));
        out[1] = @intCast(0x80 | ((char >> 6) & 0x3F));
        out[2] = @intCast(0x80 | (char & 0x3F));
        return 3;
    }
    out[0] = @intCast(0xF0 | (char >> 18));
    out[1] = @intCast(0x80 | ((char >> 12) & 0x3F));
    out[2] = @intCast(0x80 | ((char >> 6) & 0x3F));
    out[3] = @intCast(0x80 | (char & 0x3F));
    return 4;
}

/// How many bytes at the end of UTF-16 text begin a surrogate pair that goes on behind them: 0 or 2.
pub fn cutPair(encoding: Encoding, raw: []const u8) usize {
    if (raw.len < 2) return 0;
    const high = raw[if (encoding == .utf16be) raw.len - 2 else raw.len - 1];
    return if (high & 0xFC == 0xD8) 2 else 0;
}

/// One byte for each unit of UTF-16 text: ASCII as it is, anything else as 0xFF.
pub fn narrow(encoding: Encoding, raw: []const u8, out: []u8) []const u8 {
    const count = raw.len / 2;
    if (encoding == .utf16be) narrowAs(.big, raw, out[0..count]) else narrowAs(.little, raw, out[0..count]);
    return out[0..count];
}

fn narrowAs(comptime order: std.builtin.Endian, raw: []const u8, out: []u8) void {
    const Units = @Vector(16, u16);
    var at: usize = 0;
    while (at + 16 <= out.len) : (at += 16) {
        var units: Units = @bitCast(raw[2 * at ..][0..32].*);
        if (order == .big) units = @byteSwap(units);
        out[at..][0..16].* = @as(@Vector(16, u8), @truncate(@min(units, @as(Units, @splat(0xFF)))));
    }
    while (at < out.len) : (at += 1)
        out[at] = @intCast(@min(std.mem.readInt(u16, raw[2 * at ..][0..2], order), 0xFF));
}

/// Where a surrogate stands without its other half, one bit a unit; and whether the last unit is the first half of one.
pub const Surrogates = struct { wrong: u64, open: bool };

/// Checks at most 64 units; `before` says whether the unit ahead of them was the first half of a pair.
pub fn loneSurrogates(encoding: Encoding, raw: []const u8, before: bool) Surrogates {
    var found: Surrogates = .{ .wrong = 0, .open = before };
    var i: usize = 0;
    while (2 * i + 2 <= raw.len and i < 64) : (i += 1) {
        const high = raw[2 * i + @intFromBool(encoding == .utf16le)];
        const second = high & 0xFC == 0xDC;
        if (second != found.open) found.wrong |= @as(u64, 1) << @intCast(i);
        found.open = high & 0xFC == 0xD8;
    }
    return found;
}
