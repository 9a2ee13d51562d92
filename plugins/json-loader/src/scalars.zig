//! Numbers, `true`, `false`, `null`, and what stands in their place.
const values = @import("values.zig");
const window = @import("window.zig");
const work = @import("sdk").work;
const Word = @import("words.zig").Word;

/// The value that begins at `begin` with a byte that begins nothing else. Whatever its length, a piece at a time.
pub fn read(from: *window.Window, begin: u64, comments: bool) window.Error!values.Value {
    var at = begin;
    var word: Word = .bad;
    reading: while (true) {
        const bytes = try from.rest(at);
        if (bytes.len == 0) break;
        for (bytes, 0..) |byte, i| {
            if (ends(byte) or (comments and byte == '/' and at + i > begin)) {
                at += i;
                break :reading;
            }
            word = if (at + i == begin) .first(byte) else word.next(byte);
        }
        at += bytes.len;
    }
    work.add((at - begin) / 4);
    return .{ .kind = kindOf(word), .at = .{ .begin = begin, .end = at } };
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
