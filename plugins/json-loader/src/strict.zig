//! Whether a text that is held as a whole is JSON by the strict rules: one value, with nothing but white space around it.
const std = @import("std");
const sdk = @import("sdk");
const values = @import("values.zig");
const Word = @import("words.zig").Word;

/// Escapes of half a surrogate pair are JSON. Any depth is.
pub fn isJson(text: []const u8) error{OutOfMemory}!bool {
    sdk.work.add(text.len * 2);
    if (sdk.utf8.validity(text) != .valid) return false;
    var check: Check = .{ .text = text, .open = .init(sdk.memory.arena()) };
    defer check.open.deinit();
    return check.run();
}

const Next = enum { value, value_or_end, key, key_or_end, colon, after };

const Check = struct {
    text: []const u8,
    at: usize = 0,
    /// What is open: 1 for an object.
    open: std.BitStack,

    fn run(self: *Check) error{OutOfMemory}!bool {
        var next: Next = .value;
        while (true) {
            while (self.at < self.text.len and values.isSpace(self.text[self.at])) self.at += 1;
            if (self.at == self.text.len) return next == .after and self.open.bit_len == 0;
            next = try self.token(next) orelse return false;
        }
    }

    /// What has to follow the token that comes next; null if it is not one of those demanded.
    fn token(self: *Check, demanded: Next) error{OutOfMemory}!?Next {
        const byte = self.text[self.at];
        const value = demanded == .value or demanded == .value_or_end;
        const key = demanded == .key or demanded == .key_or_end;
        switch (byte) {
            '"' => {
                if (!(value or key) or !self.string()) return null;
                return if (key) .colon else .after;
            },
            '{', '[' => {
                if (!value) return null;
                try self.open.push(@intFromBool(byte == '{'));
                self.at += 1;
                return if (byte == '{') .key_or_end else .value_or_end;
            },
            '}', ']' => {
                const empty: Next = if (byte == '}') .key_or_end else .value_or_end;
                if (self.open.bit_len == 0 or (demanded != .after and demanded != empty)) return null;
                if (self.open.pop() != @intFromBool(byte == '}')) return null;
                self.at += 1;
                return .after;
            },
            ',', ':' => {
                if (demanded != (if (byte == ',') Next.after else .colon) or self.open.bit_len == 0) return null;
                self.at += 1;
                return if (byte == ',' and self.open.peek() == 1) .key else .value;
            },
            else => return if (value and self.word()) .after else null,
        }
    }

    /// Moves behind the string.
    fn string(self: *Check) bool {
        var at = self.at + 1;
        while (at < self.text.len) : (at += 1) switch (self.text[at]) {
            0...0x1F => return false,
            '"' => {
                self.at = at + 1;
                return true;
            },
            '\\' => at += escape(self.text[at + 1 ..]) orelse return false,
            else => {},
        };
        return false;
    }

    /// Moves behind the number or literal.
    fn word(self: *Check) bool {
        var state: Word = .first(self.text[self.at]);
        self.at += 1;
        while (self.at < self.text.len and state != .bad) : (self.at += 1) switch (self.text[self.at]) {
            ' ', '\t', '\r', '\n', ',', ':', '"', '{', '}', '[', ']' => break,
            else => |byte| state = state.next(byte),
        };
        return state.isWhole();
    }
};

/// How many bytes of an escape stand behind its backslash; null if it is none.
fn escape(behind: []const u8) ?usize {
    if (behind.len == 0) return null;
    switch (behind[0]) {
        '"', '\\', '/', 'b', 'f', 'n', 'r', 't' => return 1,
        'u' => {},
        else => return null,
    }
    if (behind.len < 5) return null;
    for (behind[1..5]) |digit| if (!std.ascii.isHex(digit)) return null;
    return 5;
}
