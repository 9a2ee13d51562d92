//! Guessing the encoding and the delimiter from the first bytes of a file.
const std = @import("std");
const dialect = @import("dialect.zig");
const scan = @import("scan.zig");
const types = @import("sdk").types;
const cells = @import("cells.zig");
const utf8 = @import("sdk").utf8;

/// An encoding, and why a person might want another.
pub const EncodingGuess = struct { encoding: dialect.Encoding, note: ?[]const u8 = null };

/// The encoding of a file that begins with `bytes`; with `utf16` only the byte order is in question.
pub fn encodingOf(bytes: []const u8, utf16: bool) EncodingGuess {
    if (!utf16 and std.mem.startsWith(u8, bytes, dialect.Encoding.utf8.mark())) return .{ .encoding = .utf8 };
    if (std.mem.startsWith(u8, bytes, dialect.Encoding.utf16le.mark())) return .{ .encoding = .utf16le };
    if (std.mem.startsWith(u8, bytes, dialect.Encoding.utf16be.mark())) return .{ .encoding = .utf16be };
    var even: usize = 0;
    var odd: usize = 0;
    for (bytes, 0..) |byte, i| {
        if (byte != 0) continue;
        if (i % 2 == 0) even += 1 else odd += 1;
    }
    if (utf16) return .{ .encoding = if (even > odd) .utf16be else .utf16le };
    // Text of mostly Western letters in UTF-16 has a zero in nearly every other byte.
    const many = bytes.len / 5;
    if (bytes.len >= 8 and odd > many and even * 16 <= odd)
        return .{ .encoding = .utf16le, .note = "The file has no byte order mark; it looks like UTF-16 LE and is read so." };
    if (bytes.len >= 8 and even > many and odd * 16 <= even)
        return .{ .encoding = .utf16be, .note = "The file has no byte order mark; it looks like UTF-16 BE and is read so." };
    if (utf8.validity(bytes) != .invalid) return .{ .encoding = .utf8 };
    return .{
        .encoding = .windows1252,
        .note = "The file is not valid UTF-8; it is read as Windows-1252. Choose another encoding if letters look wrong.",
    };
}

pub const delimiters = ",\t;|:";

/// The delimiter of `text` (UTF-8). `file_name` can say which is the likely one.
pub fn delimiterOf(text: []const u8, quote: ?u8, file_name: []const u8) u8 {
    const likely = byName(file_name);
    var best: u8 = likely orelse ',';
    var best_score: i64 = 0;
    for (delimiters, 0..) |delimiter, order| {
        const score = scoreOf(text, .{ .delimiter = delimiter, .quote = quote }) orelse continue;
        var total = score - @as(i64, @intCast(order)) * 10;
        if (delimiter == ':') total -= 200; // times and addresses hold colons
        if (delimiter == likely) total += 400;
        if (total <= best_score) continue;
        best = delimiter;
        best_score = total;
    }
    return best;
}

fn byName(file_name: []const u8) ?u8 {
    if (std.ascii.endsWithIgnoreCase(file_name, ".tsv") or std.ascii.endsWithIgnoreCase(file_name, ".tab")) return '\t';
    return if (std.ascii.endsWithIgnoreCase(file_name, ".psv")) '|' else null;
}

/// How well the text falls into records of equally many cells, up to about 1,400; null if it has one column.
fn scoreOf(text: []const u8, with: dialect.Dialect) ?i64 {
    var cursor: cells.Cursor = .init(.init(with), .{});
    const part = text[0..@min(text.len, 128 * 1024)];
    cursor.feed(part, false);
    var counter: Counter = .{};
    var histogram: [256]u32 = @splat(0);
    var records: u32 = 0;
    while (records < 500) {
        counter.columns = 0;
        const ended = (cursor.walk(&counter) catch return null) == .record;
        if (!ended) {
            const whole = part.len == text.len or records == 0;
            if (!whole or !(cursor.finish(&counter) catch return null)) break;
        }
        if (counter.columns > 0) {
            records += 1;
            histogram[@min(counter.columns, histogram.len - 1)] += 1;
        }
        if (!ended) break;
    }
    if (records == 0) return null;
    const usual = std.mem.findMax(u32, &histogram);
    const share: i64 = @divTrunc(@as(i64, histogram[usual]) * 1000, records);
    if (usual < 2 or share < 400) return null;
    const typed: i64 = if (counter.cells == 0) 0 else @intCast(counter.typed * 300 / counter.cells);
    return share + typed + @as(i64, @intCast(@min(usual, 20)));
}

/// Counts cells, and those that are more than text.
const Counter = struct {
    columns: usize = 0,
    cells: u64 = 0,
    typed: u64 = 0,
    buffer: [40]u8 = undefined,
    len: usize = 0,

    pub fn text(counter: *Counter, bytes: []const u8) error{}!void {
        const room = counter.buffer.len - counter.len;
        const part = bytes[0..@min(room, bytes.len)];
        @memcpy(counter.buffer[counter.len..][0..part.len], part);
        counter.len += part.len;
    }

    pub fn endCell(counter: *Counter) error{}!void {
        const cell = counter.buffer[0..counter.len];
        counter.columns += 1;
        counter.cells += 1;
        const whole = counter.len < counter.buffer.len;
        if (whole and (types.typeOf(cell) != .text or isDecimalComma(cell))) counter.typed += 1;
        counter.len = 0;
    }

    /// A number such as 1,5: a sign that the comma is no delimiter.
    fn isDecimalComma(cell: []const u8) bool {
        const at = std.mem.findScalar(u8, cell, ',') orelse return false;
        if (at == 0 or at + 1 == cell.len) return false;
        for (cell, 0..) |c, i| if (i != at and !std.ascii.isDigit(c) and !(i == 0 and c == '-')) return false;
        return true;
    }
};
