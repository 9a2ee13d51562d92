//! What to show of a value in a line: at most 120 characters.
const std = @import("std");
const sdk = @import("sdk");
const strings = @import("strings.zig");
const values = @import("values.zig");
const work = sdk.work;

/// Characters of a preview, and of one value or name in the preview of an object or array.
pub const most = 120;
const most_inner = 40;
/// Room kept for `, …}`.
const ending = 4;

/// A text that is being written, and how many characters it has.
pub const Preview = struct {
    bytes: [most * 4 + 16]u8 = undefined,
    len: usize = 0,
    chars: usize = 0,

    pub fn text(self: *const Preview) []const u8 {
        return self.bytes[0..self.len];
    }

    fn add(self: *Preview, part: []const u8) void {
        const fits = part[0..@min(part.len, self.bytes.len - self.len)];
        @memcpy(self.bytes[self.len..][0..fits.len], fits);
        self.len += fits.len;
        for (fits) |byte| self.chars += @intFromBool(byte & 0xC0 != 0x80);
    }

    /// Back to where it was.
    fn shorten(self: *Preview, len: usize, chars: usize) void {
        self.len = len;
        self.chars = chars;
    }

    /// The beginning of a text, cut to so many characters.
    fn cut(self: *Preview, decoder: *strings.Decoder, limit: usize) values.Error!void {
        var room: [64]u8 = undefined;
        const begin = self.chars;
        var before_last: [2]usize = .{ self.len, self.chars };
        while (true) {
            const part = try decoder.next(&room);
            if (part.len == 0) return;
            var at: usize = 0;
            while (at < part.len) {
                const length = std.unicode.utf8ByteSequenceLength(part[at]) catch 1;
                if (self.chars - begin == limit) {
                    self.shorten(before_last[0], before_last[1]);
                    self.add("…");
                    return;
                }
                before_last = .{ self.len, self.chars };
                self.add(part[at..][0..@min(length, part.len - at)]);
                at += length;
            }
        }
    }
};

/// What to show of a value.
pub fn of(reader: *values.Reader, value: values.Value) values.Error!Preview {
    var preview: Preview = .{};
    switch (value.kind) {
        .object, .array => try container(reader, value, &preview),
        .string => {
            var decoder: strings.Decoder = .init(&reader.window, value.inside());
            try preview.cut(&decoder, most);
        },
        else => {
            var decoder: strings.Decoder = .plain(&reader.window, value.at);
            try preview.cut(&decoder, most);
        },
    }
    return preview;
}

/// `{id: 1, name: "x", …}`: as many children as there is room for.
fn container(reader: *values.Reader, value: values.Value, preview: *Preview) values.Error!void {
    const object = value.kind == .object;
    preview.add(if (object) "{" else "[");
    var frame = reader.childrenOf(value.at.begin, object);
    while (try reader.head(&frame)) |head| {
        const len, const chars = .{ preview.len, preview.chars };
        if (head.position > 0) preview.add(", ");
        if (head.key) |key| {
            try name(reader, key, preview);
            preview.add(": ");
        }
        const begun = preview.chars;
        if (head.isContainer()) preview.add(if (head.shape == .object) "{…}" else "[…]");
        const child = try reader.finish(&frame, head);
        if (!child.value.isContainer() or child.value.count == 0) {
            if (begun != preview.chars) preview.shorten(preview.len - "{…}".len, begun);
            try inner(reader, child.value, preview);
        }
        if (preview.chars > most - ending or work.isOver()) {
            preview.shorten(len, chars);
            preview.add(if (head.position > 0) ", …" else "…");
            break;
        }
    }
    preview.add(if (object) "}" else "]");
}

/// A value inside an object or array, nothing of what is in it.
fn inner(reader: *values.Reader, value: values.Value, preview: *Preview) values.Error!void {
    switch (value.kind) {
        .object => preview.add("{}"),
        .array => preview.add("[]"),
        else => { // strings as they stand in the file: with quotes and escapes
            var decoder: strings.Decoder = .plain(&reader.window, value.at);
            try preview.cut(&decoder, most_inner);
        },
    }
}

/// A name, without quotes where it needs none.
fn name(reader: *values.Reader, key: values.Span, preview: *Preview) values.Error!void {
    const len, const chars = .{ preview.len, preview.chars };
    var bare: strings.Decoder = .plain(&reader.window, .{ .begin = key.begin + 1, .end = key.end - 1 });
    try preview.cut(&bare, most_inner);
    if (key.len() > 2 and isPlain(preview.bytes[len..preview.len])) return;
    preview.shorten(len, chars);
    var quoted: strings.Decoder = .plain(&reader.window, key);
    try preview.cut(&quoted, most_inner);
}

fn isPlain(text: []const u8) bool {
    for (text) |c| if (c < 0x80 and !std.ascii.isAlphanumeric(c) and c != '_' and c != '$' and c != '-') return false;
    return true;
}
