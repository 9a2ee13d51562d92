//! Numbers, `true`, `false`, `null`, and what stands in their place.
const values = @import("values.zig");
const window = @import("window.zig");
const blocks = @import("sdk").blocks;
const work = @import("sdk").work;
const Word = @import("words.zig").Word;

/// The value that begins at `begin` with a byte that begins nothing else. Whatever its length, a piece at a time.
pub fn read(from: *window.Window, begin: u64, comments: bool) window.Error!values.Value {
    var at = begin;
    var word: Word = .bad;
    reading: while (true) {
        const bytes = try from.rest(at);
        if (bytes.len == 0) break;
        var i: usize = 0;
        while (i < bytes.len) : (i += 1) {
            const byte = bytes[i];
            if (ends(byte) or (comments and byte == '/' and at + i > begin)) {
                at += i;
                break :reading;
            }
            word = if (at + i == begin) .first(byte) else word.next(byte);
            if (i & 31 == 31 and (word == .integer or word == .fraction or word == .power)) i += digits(bytes[i + 1 ..]);
        }
        at += bytes.len;
        if (work.isOver()) break;
    }
    work.add((at - begin) / 4 + 4);
    return .{ .kind = kindOf(word), .at = .{ .begin = begin, .end = at } };
}

/// How many digits there are at the beginning, a part of 16 not counted.
fn digits(bytes: []const u8) usize {
    var i: usize = 0;
    while (i + 16 <= bytes.len) : (i += 16) {
        const lanes: blocks.Vector = bytes[i..][0..16].*;
        const are = (lanes >= @as(blocks.Vector, @splat('0'))) & (lanes <= @as(blocks.Vector, @splat('9')));
        if (!@reduce(.And, are)) break;
    }
    return i;
}

fn kindOf(word: Word) values.Kind {
    return switch (word) {
        .zero, .integer, .fraction, .power => .number,
        .true, .false => .boolean,
        .null => .null,
        else => .invalid,
    };
}

fn ends(byte: u8) bool {
    return switch (byte) {
        ' ', '\n', '\r', '\t', ',', ':', '{', '}', '[', ']', '"' => true,
        else => false,
    };
}
