//! How a delimited text is written: its separator, its quote, its encoding.
const std = @import("std");

/// The characters that structure the text. All are single ASCII characters.
pub const Dialect = struct {
    delimiter: u8,
    /// Null: nothing is quoted, every quote is text.
    quote: ?u8,
};

/// The encodings read here. Any other is turned into UTF-8 by the host beforehand.
pub const Encoding = enum {
    utf8,
    utf16le,
    utf16be,
    latin1,
    windows1252,

    /// The name the manifest and the options use.
    pub fn name(encoding: Encoding) []const u8 {
        return switch (encoding) {
            .utf8 => "utf-8",
            .utf16le => "utf-16le",
            .utf16be => "utf-16be",
            .latin1 => "iso-8859-1",
            .windows1252 => "windows-1252",
        };
    }

    pub fn label(encoding: Encoding) []const u8 {
        return switch (encoding) {
            .utf8 => "UTF-8",
            .utf16le => "UTF-16 LE",
            .utf16be => "UTF-16 BE",
            .latin1 => "Latin-1 (ISO 8859-1)",
            .windows1252 => "Windows-1252",
        };
    }

    /// Bytes of one code unit.
    pub fn unit(encoding: Encoding) u2 {
        return if (encoding == .utf16le or encoding == .utf16be) 2 else 1;
    }

    /// The bytes a file in this encoding may begin with to say so.
    pub fn mark(encoding: Encoding) []const u8 {
        return switch (encoding) {
            .utf8 => "\xEF\xBB\xBF",
            .utf16le => "\xFF\xFE",
            .utf16be => "\xFE\xFF",
            .latin1, .windows1252 => "",
        };
    }

    /// The encoding of that name; case, hyphens and underscores do not matter. `utf-16` is neither of the two: its
    /// byte order is read from the file.
    pub fn named(text: []const u8) ?Encoding {
        var plain: [16]u8 = undefined;
        var len: usize = 0;
        for (text) |c| {
            if (c == '-' or c == '_' or c == ' ') continue;
            if (len == plain.len) return null;
            plain[len] = std.ascii.toLower(c);
            len += 1;
        }
        const names = [_]struct { []const u8, Encoding }{
            .{ "utf8", .utf8 },               .{ "utf8sig", .utf8 },
            .{ "ascii", .utf8 },              .{ "usascii", .utf8 },
            .{ "utf16le", .utf16le },         .{ "utf16be", .utf16be },
            .{ "iso88591", .latin1 },         .{ "latin1", .latin1 },
            .{ "windows1252", .windows1252 }, .{ "cp1252", .windows1252 },
        };
        for (names) |pair| if (std.mem.eql(u8, pair[0], plain[0..len])) return pair[1];
        return null;
    }
};
