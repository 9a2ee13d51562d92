//! The rules byte by byte: what the bit masks of `fast.zig` cannot say, everything that is wrong, and how to go on.
//! README.md has the rules in words.
const std = @import("std");
const sdk = @import("sdk");
const form = @import("form.zig");
const State = @import("state.zig").State;
const Problem = @import("problems.zig").Kind;
const Word = @import("words.zig").Word;

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
        '{' => openBracket(self, .object, at),
        '[' => openBracket(self, .array, at),
        '}' => closeBracket(self, .object, at),
        ']' => closeBracket(self, .array, at),
        ',' => comma(self, at),
        ':' => colon(self, at),
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

/// A value begins that is no container: whether it is read as one.
fn beginScalar(self: *State, at: u64) void {
    switch (self.expect) {
        .value, .value_or_end => {
            if (self.nest.depth == 0) beginTop(self, at);
            self.expect = .after;
        },
        .after => misplaced(self, at),
        .colon => wrong(self, .missing_colon, at, 0),
        .key, .key_or_end => wrong(self, .missing_name, at, 0),
        .skip => {},
    }
}

/// A value of the outermost level begins.
fn beginTop(self: *State, at: u64) void {
    if (self.form != .concatenated) return;
    self.nest.commas +%= 1;
    self.nest.last = at;
}

/// A value begins right behind another.
fn misplaced(self: *State, at: u64) void {
    if (self.nest.depth > 0) return wrong(self, .missing_comma, at, 0);
    if (self.form == .concatenated) return beginTop(self, at);
    passOver(self, at);
}

/// Reads nothing of what follows the only value of the line or file.
fn passOver(self: *State, at: u64) void {
    self.report(.trailing_text, at, 0);
    self.lex = .passed;
}

/// The child does not parse.
fn wrong(self: *State, kind: Problem, at: u64, byte: u8) void {
    if (self.expect == .skip) return;
    self.report(kind, at, byte);
    self.expect = .skip;
}

fn beginString(self: *State, at: u64) void {
    self.is_key = self.expect == .key or self.expect == .key_or_end;
    self.lex = .string;
    self.token = at;
    self.said_control = false;
    self.said_utf8 = false;
    if (self.is_key) self.expect = .colon else beginScalar(self, at);
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
    if (self.form == .lines) endLine(self, at, false);
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
    beginScalar(self, at);
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
    if (self.form == .lines) endLine(self, at, true);
    self.lines += 1;
}

/// The end of a line is the end of a record, whatever state it is in; `say` it if that is not the end of a value.
fn endLine(self: *State, at: u64, say: bool) void {
    const nest = &self.nest;
    const broken = nest.depth > 0 or self.lex == .block_comment or self.lex == .star;
    if (broken and say) self.report(.broken_line, at, 0);
    const blank = nest.depth == 0 and self.expect == .value and self.lex != .passed;
    while (nest.depth > 0) self.close(at);
    self.beyond = 0;
    self.lex = .between;
    self.expect = .value;
    if (!blank) nest.commas += 1;
    nest.last = at + 1;
}

fn openBracket(self: *State, kind: form.Kind, at: u64) void {
    switch (self.expect) {
        .value, .value_or_end => if (self.nest.depth == 0) beginTop(self, at),
        .after => {
            misplaced(self, at);
            if (self.lex == .passed) return;
        },
        .colon => wrong(self, .missing_colon, at, 0),
        .key, .key_or_end => {
            if (kind == .object and closeToArray(self, at)) return self.open(.object, at);
            wrong(self, .missing_name, at, 0);
        },
        .skip => {},
    }
    self.open(kind, at);
}

/// A `{` stands where a name has to: closes what has been left open around it, if an array is around that.
fn closeToArray(self: *State, at: u64) bool {
    const nest = &self.nest;
    const bottom = self.guard();
    const inner = nest.find(.array, bottom) orelse bottom;
    if (inner == 0) return false;
    self.report(.missing_bracket, at, '}');
    while (nest.depth > inner) self.close(at);
    nest.commas += 1;
    nest.last = at;
    return true;
}

fn closeBracket(self: *State, kind: form.Kind, at: u64) void {
    const nest = &self.nest;
    if (self.beyond > 0) {
        self.beyond -= 1;
        return;
    }
    const bracket: u8 = if (kind == .object) '}' else ']';
    if (nest.depth == 0) return strayBracket(self, bracket, at);
    if (nest.kind() == kind) {
        checkEnd(self, bracket, at);
        return self.close(at + 1);
    }
    const outer = nest.find(kind, self.guard()) orelse return wrong(self, .mismatched_bracket, at, bracket);
    self.report(.missing_bracket, at, if (kind == .object) ']' else '}');
    while (nest.depth > outer) self.close(at);
    self.close(at + 1);
}

/// Whether what is in a container may end where its bracket stands.
fn checkEnd(self: *State, bracket: u8, at: u64) void {
    switch (self.expect) {
        .value_or_end, .key_or_end, .after, .skip => {},
        .colon => self.report(.missing_colon, at, bracket),
        .key => if (self.dialect == .strict) self.report(.trailing_comma, at, bracket),
        .value => if (bracket == '}')
            self.report(.missing_value, at, bracket)
        else if (self.dialect == .strict)
            self.report(.trailing_comma, at, bracket),
    }
}

/// A closing bracket, colon or comma outside of everything.
fn strayBracket(self: *State, byte: u8, at: u64) void {
    if (self.expect == .after and self.form != .concatenated) return passOver(self, at);
    self.report(.unexpected, at, byte);
    if (self.form == .lines) self.lex = .passed;
}

fn comma(self: *State, at: u64) void {
    const nest = &self.nest;
    if (nest.depth == 0) return strayBracket(self, ',', at);
    if (self.beyond > 0) return;
    switch (self.expect) {
        .after, .skip => {},
        .colon => self.report(.missing_colon, at, ','),
        .value, .value_or_end, .key, .key_or_end => self.report(.missing_value, at, ','),
    }
    nest.commas += 1;
    nest.last = at + 1;
    self.expect = if (nest.kind() == .object) .key else .value;
}

fn colon(self: *State, at: u64) void {
    if (self.nest.depth == 0) return strayBracket(self, ':', at);
    if (self.expect == .colon) self.expect = .value else wrong(self, .unexpected, at, ':');
}

/// The file ends. What is open is closed.
pub fn finish(self: *State, size: u64) void {
    const nest = &self.nest;
    if (self.lex == .slash) beginWord(self, '/', self.token);
    if (self.lex == .word) endWord(self);
    const open_string = self.lex == .string or self.lex == .escape or self.lex == .hex;
    const open_comment = self.lex == .block_comment or self.lex == .star;
    if (open_string or open_comment or nest.depth > 0)
        self.report(.truncated, size, if (open_string) '"' else if (open_comment) '*' else if (nest.kind() == .object) '}' else ']');
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
