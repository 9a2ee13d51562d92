//! What strings say: escapes decoded a piece at a time, whatever their length.
//!
//! What comes out is UTF-8: bytes that are not become U+FFFD. An escape of a surrogate without its other half stays as
//! it is written, so that nothing of the file is lost; escapes that are none stay, too.
const std = @import("std");
const sdk = @import("sdk");
const utf8 = sdk.utf8;
const work = sdk.work;
const Window = @import("window.zig").Window;
const Error = @import("window.zig").Error;
const Span = @import("values.zig").Span;

/// The longest escape there is: two halves of a character.
const longest = 12;
/// The least room `next` can do something with.
pub const least_room = 16;

pub const Decoder = struct {
    window: *Window,
    at: u64,
    end: u64,
    /// Whether escapes are decoded; if not, the text is taken as it is.
    escapes: bool = true,
    /// What half a surrogate pair becomes: U+FFFD, or null for what is written.
    lone: ?[]const u8 = null,

    pub fn init(window: *Window, inside: Span) Decoder {
        return .{ .window = window, .at = inside.begin, .end = inside.end };
    }

    /// The text of a span as it stands in the file, but for bytes that are not UTF-8.
    pub fn plain(window: *Window, span: Span) Decoder {
        return .{ .window = window, .at = span.begin, .end = span.end, .escapes = false };
    }

    /// The next whole characters, as many as fit in `room`; empty at the end.
    pub fn next(self: *Decoder, room: []u8) Error![]const u8 {
        var len: usize = 0;
        while (self.at < self.end and room.len - len >= least_room) {
            const held = try self.window.atLeast(self.at, longest);
            const bytes = held[0..@intCast(@min(held.len, self.end - self.at))];
            if (bytes.len == 0) {
                self.at = self.end;
                break;
            }
            if (self.escapes and bytes[0] == '\\') {
                var raw: usize = 0;
                while (raw < bytes.len and bytes[raw] == '\\' and room.len - len >= least_room) {
                    if (raw > 0 and bytes.len - raw < longest) break; // the rest of it may not be held
                    const escape = escapeAt(bytes[raw..], self.lone);
                    room[len..][0..longest].* = escape.bytes; // more than needed, but of a length that is known
                    len += escape.len;
                    raw += escape.raw;
                    work.add(12);
                }
                self.at += raw;
                continue;
            }
            const fits = bytes[0..@min(bytes.len, room.len - len)];
            const backslash = if (self.escapes) std.mem.findScalar(u8, fits, '\\') else null;
            const stretch = fits[0 .. backslash orelse fits.len];
            const copied = copy(stretch, room[len..], self.at + stretch.len == self.end or backslash != null);
            len += copied.out;
            self.at += copied.raw;
        }
        return room[0..len];
    }

    /// Length of what is left, decoded; null when that takes too long.
    pub fn measure(self: *Decoder) Error!?u64 {
        var room: [4096]u8 = undefined;
        var total: u64 = 0;
        while (true) {
            if (work.isOver()) return null;
            const part = try self.next(&room);
            if (part.len == 0) return total;
            total += part.len;
        }
    }
};

const Copied = struct { raw: usize, out: usize };

/// Copies the whole characters that fit. What ends in the middle of a character is wrong if it is `last`: else the rest
/// comes with the next bytes.
fn copy(bytes: []const u8, room: []u8, last: bool) Copied {
    const part = bytes[0..@min(bytes.len, room.len)];
    work.add(part.len / 2 + 8);
    const verdict: utf8.Validity = if (utf8.isAscii(part)) .valid else utf8.validity(part);
    if (verdict == .invalid) return replacing(part, room, last and part.len == bytes.len);
    const whole = part.len - if (verdict == .cut_off) utf8.cutOff(part) else 0;
    if (whole > 0) {
        @memcpy(room[0..whole], part[0..whole]);
        return .{ .raw = whole, .out = whole };
    }
    const replaced = sdk.json.replacement; // more than a character was to be had, if there had been more
    @memcpy(room[0..replaced.len], replaced);
    return .{ .raw = part.len, .out = replaced.len };
}

fn replacing(part: []const u8, room: []u8, last: bool) Copied {
    work.add(part.len);
    var done: Copied = .{ .raw = 0, .out = 0 };
    while (done.raw < part.len) {
        const sequence: sdk.json.Sequence = if (part[done.raw] < 0x80)
            .{ .len = 1, .valid = true }
        else
            sdk.json.sequenceAt(part[done.raw..]);
        if (sequence.cut and done.raw > 0 and !last) break;
        const text = if (sequence.valid) part[done.raw..][0..sequence.len] else sdk.json.replacement;
        if (text.len > room.len - done.out) break;
        @memcpy(room[done.out..][0..text.len], text);
        done.out += text.len;
        done.raw += sequence.len;
    }
    return done;
}

/// What an escape stands for, and how many bytes of the file it takes.
pub const Escape = struct {
    bytes: [longest]u8 = @splat(0),
    len: usize,
    raw: usize,

    pub fn text(escape: *const Escape) []const u8 {
        return escape.bytes[0..escape.len];
    }
};

/// Reads the escape that `bytes` begin with.
pub fn escapeAt(bytes: []const u8, lone: ?[]const u8) Escape {
    if (bytes.len < 2) return asWritten(bytes[0..1]);
    const simple: u8 = switch (bytes[1]) {
        '"', '\\', '/' => bytes[1],
        'b' => 8,
        'f' => 12,
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(bytes, lone),
        else => return asWritten(bytes[0..1]),
    };
    var found: Escape = .{ .len = 1, .raw = 2 };
    found.bytes[0] = simple;
    return found;
}

fn unicode(bytes: []const u8, lone: ?[]const u8) Escape {
    const unit = unitAt(bytes) orelse return asWritten(bytes[0..1]);
    var code: u21 = unit;
    var raw: usize = 6;
    if (unit >= 0xD800 and unit < 0xE000) {
        const second = if (unit < 0xDC00) unitAt(bytes[6..]) orelse 0 else 0;
        if (second < 0xDC00 or second >= 0xE000) {
            var half = asWritten(bytes[0..6]);
            if (lone) |replaced| {
                @memcpy(half.bytes[0..replaced.len], replaced);
                half.len = replaced.len;
            }
            return half;
        }
        code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00);
        raw = 12;
    }
    var found: Escape = .{ .len = 0, .raw = raw };
    found.len = std.unicode.utf8Encode(code, &found.bytes) catch return asWritten(bytes[0..1]);
    return found;
}

fn unitAt(bytes: []const u8) ?u16 {
    if (bytes.len < 6 or bytes[0] != '\\' or bytes[1] != 'u') return null;
    var unit: u16 = 0;
    for (bytes[2..6]) |c| {
        const digit: u16 = switch (c) {
            '0'...'9' => c - '0',
            'a'...'f' => c - 'a' + 10,
            'A'...'F' => c - 'A' + 10,
            else => return null,
        };
        unit = unit << 4 | digit;
    }
    return unit;
}

fn asWritten(bytes: []const u8) Escape {
    var found: Escape = .{ .len = bytes.len, .raw = bytes.len };
    @memcpy(found.bytes[0..bytes.len], bytes);
    return found;
}

/// Whether a string says `text`.
pub fn says(window: *Window, inside: Span, text: []const u8) Error!bool {
    if (inside.len() < text.len or inside.len() > text.len * 6) return false; // an escape is 6 times a byte at most
    work.add(64);
    var decoder: Decoder = .init(window, inside);
    var room: [256]u8 = undefined;
    var rest = text;
    while (true) {
        const part = try decoder.next(&room);
        if (part.len == 0) return rest.len == 0;
        if (!std.mem.startsWith(u8, rest, part)) return false;
        rest = rest[part.len..];
    }
}

/// A number that strings which say the same have in common, and others practically never.
pub fn fingerprint(window: *Window, inside: Span) Error!u64 {
    work.add(64);
    var decoder: Decoder = .init(window, inside);
    var hash: std.hash.Wyhash = .init(0);
    var room: [256]u8 = undefined;
    while (true) {
        const part = try decoder.next(&room);
        if (part.len == 0) return hash.final();
        hash.update(part);
    }
}
