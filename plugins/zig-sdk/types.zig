//! What kind of values a column holds, guessed from a sample of its cells.
const std = @import("std");

pub const Type = enum { text, integer, float, boolean, date, time, timestamp, uuid, json };

/// The kind of one cell, spaces around it not counted.
pub fn typeOf(cell: []const u8) Type {
    const text = std.mem.trim(u8, cell, " ");
    if (text.len == 0) return .text;
    if (isInteger(text)) return .integer;
    if (isFloat(text)) return .float;
    if (isBoolean(text)) return .boolean;
    if (isUuid(text)) return .uuid;
    if (isJson(text)) return .json;
    if (dateLength(text)) |length| {
        if (length == text.len) return .date;
        if ((text[length] == 'T' or text[length] == ' ') and isTime(text[length + 1 ..], true)) return .timestamp;
        return .text;
    }
    return if (isTime(text, false)) .time else .text;
}

/// Whether a text is a number and nothing else: `7`, `-1.5`, `.5e3`, but not `007`, which is a code.
pub fn isNumber(text: []const u8) bool {
    return isInteger(text) or isFloat(text);
}

/// The kind that covers both.
fn join(a: Type, b: Type) Type {
    if (a == b) return a;
    if (isOneOf(a, b, .integer, .float)) return .float;
    if (isOneOf(a, b, .date, .timestamp)) return .timestamp;
    return .text;
}

fn isOneOf(a: Type, b: Type, x: Type, y: Type) bool {
    return (a == x and b == y) or (a == y and b == x);
}

fn digits(text: []const u8) usize {
    var count: usize = 0;
    while (count < text.len and std.ascii.isDigit(text[count])) count += 1;
    return count;
}

fn unsigned(text: []const u8) []const u8 {
    return if (text.len > 0 and (text[0] == '-' or text[0] == '+')) text[1..] else text;
}

/// Digits with a sign at most; no leading zeros, which are part of a code rather than of a number.
fn isInteger(text: []const u8) bool {
    const plain = unsigned(text);
    if (plain.len == 0 or plain.len > 38 or digits(plain) != plain.len) return false;
    return plain.len == 1 or plain[0] != '0';
}

fn isFloat(text: []const u8) bool {
    var rest = unsigned(text);
    const whole = digits(rest);
    if (whole > 1 and rest[0] == '0') return false;
    rest = rest[whole..];
    var fraction: usize = 0;
    const point = rest.len > 0 and rest[0] == '.';
    if (point) {
        fraction = digits(rest[1..]);
        rest = rest[1 + fraction ..];
    }
    if (whole + fraction == 0 or whole + fraction > 400) return false;
    if (rest.len == 0) return point;
    if (rest[0] != 'e' and rest[0] != 'E') return false;
    const exponent = unsigned(rest[1..]);
    return exponent.len > 0 and exponent.len <= 4 and digits(exponent) == exponent.len;
}

fn isBoolean(text: []const u8) bool {
    for ([_][]const u8{ "true", "false", "yes", "no" }) |word| if (std.ascii.eqlIgnoreCase(word, text)) return true;
    return false;
}

fn isUuid(text: []const u8) bool {
    if (text.len != 36) return false;
    for (text, 0..) |c, i| {
        const hyphen = i == 8 or i == 13 or i == 18 or i == 23;
        if (hyphen != (c == '-') or (!hyphen and !std.ascii.isHex(c))) return false;
    }
    return true;
}

/// An object or an array; long ones are judged by their ends.
fn isJson(text: []const u8) bool {
    const close: u8 = switch (text[0]) {
        '{' => '}',
        '[' => ']',
        else => return false,
    };
    if (text.len < 2 or text[text.len - 1] != close) return false;
    if (text.len > 4096) return true;
    var room: [8192]u8 = undefined;
    var fixed: std.heap.FixedBufferAllocator = .init(&room);
    return std.json.validate(fixed.allocator(), text) catch false;
}

fn number(text: []const u8) u32 {
    return std.fmt.parseInt(u32, text, 10) catch std.math.maxInt(u32);
}

/// Length of the date at the beginning: 2024-01-31, 2024/01/31, 31.01.2024, 31/01/2024 or 01/31/2024.
fn dateLength(text: []const u8) ?usize {
    const first = digits(text);
    if (first == 0 or first >= text.len) return null;
    const separator = text[first];
    if (separator != '-' and separator != '/' and separator != '.') return null;
    const second = digits(text[first + 1 ..]);
    const third_at = first + 1 + second + 1;
    if (second == 0 or second > 2 or third_at > text.len or text[third_at - 1] != separator) return null;
    const third = digits(text[third_at..]);
    const a = number(text[0..first]);
    const b = number(text[first + 1 ..][0..second]);
    const c = number(text[third_at..][0..third]);
    if (first == 4 and separator != '.' and third >= 1 and third <= 2)
        return if (b >= 1 and b <= 12 and c >= 1 and c <= 31) third_at + third else null;
    const day_and_month = a >= 1 and b >= 1 and @min(a, b) <= 12 and @max(a, b) <= 31;
    return if (first <= 2 and third == 4 and day_and_month) third_at + third else null;
}

/// 12:30, 12:30:59 or 12:30:59.123; with `zone` also Z, +01:00, +0100, +01 or UTC behind it.
fn isTime(text: []const u8, zone: bool) bool {
    var rest = text;
    var part: usize = 0;
    while (part < 3) : (part += 1) {
        const count = digits(rest);
        if (count != 2 and !(part == 0 and count == 1)) return false;
        if (number(rest[0..count]) > @as(u32, if (part == 0) 24 else if (part == 1) 59 else 60)) return false;
        rest = rest[count..];
        if (part == 2 or rest.len == 0 or rest[0] != ':') break;
        rest = rest[1..];
    }
    if (part == 0) return false;
    if (part == 2 and rest.len > 1 and (rest[0] == '.' or rest[0] == ',')) {
        const fraction = digits(rest[1..]);
        if (fraction == 0) return false;
        rest = rest[1 + fraction ..];
    }
    if (rest.len == 0) return true;
    return zone and isZone(std.mem.trimStart(u8, rest, " "));
}

fn isZone(text: []const u8) bool {
    if (std.mem.eql(u8, text, "Z") or std.mem.eql(u8, text, "z") or std.mem.eql(u8, text, "UTC")) return true;
    if (text.len < 3 or (text[0] != '+' and text[0] != '-')) return false;
    const rest = text[1..];
    if (digits(rest) == rest.len) return rest.len == 2 or rest.len == 4;
    return rest.len == 5 and rest[2] == ':' and digits(rest[0..2]) == 2 and digits(rest[3..]) == 2;
}

/// Texts that stand for "no value": in any column, and in a column whose other values are not text.
const always_null = [_][]const u8{ "\\N", "NULL", "null", "NA" };
const typed_null = [_][]const u8{ "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "None", "none", "Null", "-", "--", "?", "." };
const null_texts = always_null ++ typed_null;

fn nullOf(cell: []const u8) ?usize {
    if (cell.len == 0 or cell.len > 4) return null;
    for (null_texts, 0..) |text, i| if (std.mem.eql(u8, text, cell)) return i;
    return null;
}

/// What the cells of one column have been so far.
pub const Guess = struct {
    /// The kind that covers all values that are neither empty nor a null.
    type: ?Type = null,
    /// One bit for each of `null_texts` that occurs.
    nulls: u32 = 0,

    pub fn add(guess: *Guess, cell: []const u8) void {
        if (cell.len == 0) return;
        if (nullOf(cell)) |which| {
            guess.nulls |= @as(u32, 1) << @intCast(which);
            return;
        }
        guess.addType(typeOf(cell));
    }

    /// A value of a kind that is known.
    pub fn addType(guess: *Guess, kind: Type) void {
        guess.type = if (guess.type) |known| join(known, kind) else kind;
    }

    pub fn result(guess: *const Guess) Type {
        return guess.type orelse .text;
    }

    /// The texts that stand for "no value" in this column, at most as many as `room` has.
    pub fn nullTexts(guess: *const Guess, room: *[null_texts.len][]const u8) []const []const u8 {
        var count: usize = 0;
        for (null_texts, 0..) |text, i| {
            const occurs = guess.nulls >> @intCast(i) & 1 != 0;
            if (!occurs or (i >= always_null.len and guess.result() == .text)) continue;
            room[count] = text;
            count += 1;
        }
        return room[0..count];
    }

    pub const most_nulls = null_texts.len;
};
