//! The rules byte by byte: what the bit masks of `fast.zig` cannot say, everything that is wrong, and how to go on.
//! README.md has the rules in words.
const std = @import("std");
const sdk = @import("sdk");
const grammar = @import("grammar.zig");
const State = @import("state.zig").State;

/// About how much dearer a byte is here than in the fast pass; see `work`.
pub const dearness = 12;

/// Goes through at most 64 bytes, which begin at byte `at` of the file.
pub noinline fn run(self: *State, bytes: []const u8, at: u64) error{OutOfMemory}!void {
    sdk.work.add(dearness * bytes.len);
    try self.nest.reserve(65);
    const checked = sdk.utf8.checkPart(bytes, self.utf8);
    self.utf8 = checked.carry;
    for (bytes, 0..) |byte, i| {
        if (checked.wrong >> @intCast(i) & 1 != 0) wrongUtf8(self, bytes, i, at);
        step(self, byte, at + i);
    }
}

/// Bytes that are not UTF-8 are reported once of each string. In a word they are wrong anyway.
fn wrongUtf8(self: *State, bytes: []const u8, i: usize, at: u64) void {
    const in_string = self.lex == .string or self.lex == .escape or self.lex == .hex;
    if (!in_string or self.said_utf8) return;
    self.said_utf8 = true;
    var back: usize = 0;
    if (bytes[i] < 0x80) while (back < i and bytes[i - back] < 0xC0) : (back += 1) {};
    self.report(.invalid_utf8, at + i - back, 0);
}

fn step(self: *State, byte: u8, at: u64) void {
    switch (self.lex) {
        .between => between(self, byte, at),
        .string => inString(self, byte, at),
        .escape => escaped(self, byte, at),
        .hex => hexDigit(self, byte, at),
        .word => if (endsWord(byte)) {
            endWord(self);
            between(self, byte, at);
        } else {
            self.word = self.word.next(byte);
        },
        .slash => slash(self, byte, at),
        .line_comment => if (byte == '\n') {
            self.lex = .between;
            newline(self, at);
        },
        .block_comment, .star => if (byte == '/' and self.lex == .star) {
            self.lex = .between;
        } else {
            self.lex = if (byte == '*') .star else .block_comment;
            if (byte == '\n') newline(self, at);
        },
        .passed => if (byte == '\n') newline(self, at),
    }
}

fn between(self: *State, byte: u8, at: u64) void {
    switch (byte) {
        ' ', '\t', '\r' => {},
        '\n' => newline(self, at),
        '"' => beginString(self, at),
        '{' => grammar.openBracket(self, .object, at),
        '[' => grammar.openBracket(self, .array, at),
        '}' => grammar.closeBracket(self, .object, at),
        ']' => grammar.closeBracket(self, .array, at),
        ',' => grammar.comma(self, at),
        ':' => grammar.colon(self, at),
        '/' => {
            self.lex = .slash;
            self.token = at;
        },
        else => beginWord(self, byte, at),
    }
}

fn endsWord(byte: u8) bool {
    return switch (byte) {
        ' ', '\t', '\r', '\n', '"', '{', '[', '}', ']', ',', ':', '/' => true,
        else => false,
    };
}

fn beginString(self: *State, at: u64) void {
    self.is_key = self.expect == .key or self.expect == .key_or_end;
    self.lex = .string;
    self.token = at;
    self.said_control = false;
    self.said_utf8 = false;
    if (self.is_key) self.expect = .colon else grammar.beginScalar(self, at);
    if (self.is_key and self.where == .before and self.path.wantsName(&self.nest)) self.path.nameBegins();
}

fn endString(self: *State) void {
    self.lex = .between;
    if (self.is_key and self.where == .before and self.path.wantsName(&self.nest)) self.path.nameEnds();
}

fn inString(self: *State, byte: u8, at: u64) void {
    if (byte == '"') return endString(self);
    if (byte == '\n') return breakString(self, at);
    if (self.is_key and self.where == .before and self.path.wantsName(&self.nest)) self.path.nameByte(byte);
    if (byte == '\\') {
        self.lex = .escape;
    } else if (byte < 0x20 and !self.said_control) {
        self.said_control = true;
        self.report(.control_character, at, byte);
    }
}

/// The line ends before the string does.
fn breakString(self: *State, at: u64) void {
    self.report(.unterminated_string, self.token, 0);
    endString(self);
    if (self.form == .lines) grammar.endLine(self, at, false);
    self.lines += 1;
}

fn escaped(self: *State, byte: u8, at: u64) void {
    self.lex = .string;
    switch (byte) {
        '"', '\\', '/', 'b', 'f', 'n', 'r', 't' => {},
        'u' => {
            self.lex = .hex;
            self.hex_left = 4;
        },
        '\n' => return breakString(self, at),
        else => self.report(.bad_escape, at - 1, byte),
    }
    if (self.is_key and self.where == .before and self.path.wantsName(&self.nest)) self.path.nameByte(byte);
}

fn hexDigit(self: *State, byte: u8, at: u64) void {
    if (!std.ascii.isHex(byte)) {
        self.lex = .string;
        self.report(.bad_escape, at - 2 - (4 - self.hex_left), 'u');
        return inString(self, byte, at);
    }
    if (self.is_key and self.where == .before and self.path.wantsName(&self.nest)) self.path.nameByte(byte);
    self.hex_left -= 1;
    if (self.hex_left == 0) self.lex = .string;
}

fn beginWord(self: *State, byte: u8, at: u64) void {
    self.lex = .word;
    self.token = at;
    self.word = .first(byte);
    self.word_first = byte;
    self.word_read = self.expect == .value or self.expect == .value_or_end or
        (self.expect == .after and self.form == .concatenated and self.nest.depth == 0);
    grammar.beginScalar(self, at);
}

fn endWord(self: *State) void {
    self.lex = .between;
    if (self.word.isWhole() or !self.word_read) return;
    const number = self.word_first == '-' or std.ascii.isDigit(self.word_first);
    const mark = self.word_first == 0xEF;
    self.report(if (number) .bad_number else if (mark) .byte_order_mark else .bad_literal, self.token, self.word_first);
}

fn slash(self: *State, byte: u8, at: u64) void {
    if (byte != '/' and byte != '*') {
        beginWord(self, '/', self.token);
        if (self.lex == .word) endWord(self); // a word of its own
        if (self.lex == .between) between(self, byte, at) else step(self, byte, at);
        return;
    }
    self.lex = if (byte == '/') .line_comment else .block_comment;
    if (self.dialect == .strict) self.report(.comment, self.token, byte);
}

fn newline(self: *State, at: u64) void {
    if (self.form == .lines) grammar.endLine(self, at, true);
    self.lines += 1;
}

/// The file ends. What is open is closed.
pub fn finish(self: *State, size: u64) void {
    const nest = &self.nest;
    if (self.lex == .slash) beginWord(self, '/', self.token);
    if (self.lex == .word) endWord(self);
    const open_string = self.lex == .string or self.lex == .escape or self.lex == .hex;
    const open_comment = self.lex == .block_comment or self.lex == .star;
    if (open_string or open_comment or nest.depth > 0) {
        const bracket: u8 = if (nest.depth > 0 and nest.kind() == .object) '}' else ']';
        self.report(.truncated, size, if (open_string) '"' else if (open_comment) '*' else bracket);
    }
    const blank = nest.depth == 0 and self.expect == .value and self.lex != .passed;
    while (nest.depth > 0) self.close(size);
    if (self.form == .lines and !blank) nest.commas += 1;
    self.lex = .between;
    const all = &self.index.containers.items[0];
    if (self.form != .array) {
        all.end = size;
        all.count = self.complete();
    }
}
