//! Names and values compared with patterns, and the part of a long one around what was found.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const strings = @import("strings.zig");
const values = @import("values.zig");
const Matcher = sdk.matching.Matcher;
const Pattern = sdk.pattern.Pattern;

pub const Error = values.Error || json.Error;

/// A text up to this length is given as a whole.
const most = 4096;
/// What comes before the place that was found.
const lead = 1024;

/// A place in a text: where a match begins.
pub const Place = struct { at: u64 = 0 };

pub fn matchers(arena: std.mem.Allocator, patterns: []const Pattern) error{OutOfMemory}![]Matcher {
    const made = try arena.alloc(Matcher, patterns.len);
    for (made, patterns) |*matcher, *pattern| matcher.* = try .init(arena, pattern);
    return made;
}

fn decoderOf(reader: *values.Reader, at: values.Span, quoted: bool) strings.Decoder {
    if (!quoted) return .plain(&reader.window, at);
    return .init(&reader.window, .{ .begin = at.begin + 1, .end = @max(at.begin + 1, at.end - 1) });
}

/// What came of comparing a text with patterns.
pub const Outcome = union(enum) {
    found: Place,
    not_found,
    /// Not found in its beginning; comparing the rest takes more than a call may do.
    cut_short,
};

/// The first place where any of the patterns is found.
pub fn find(reader: *values.Reader, at: values.Span, quoted: bool, with: []Matcher) Error!Outcome {
    for (with) |*matcher| matcher.begin();
    var room: [2048]u8 = undefined;
    var decoder = decoderOf(reader, at, quoted);
    const whole = while (true) {
        const part = try decoder.next(&room);
        if (part.len == 0) break true;
        if (sdk.work.isOver()) break false;
        var decided = true;
        for (with) |*matcher| {
            matcher.text(part);
            decided = decided and matcher.isDecided();
        }
        if (decided) break true;
    } else unreachable;
    for (with) |*matcher| if (matcher.end()) {
        if (at.len() <= most) return .{ .found = .{} };
        return .{ .found = .{ .at = try placeOf(reader, at, quoted, matcher.pattern) } };
    };
    return if (whole) .not_found else .cut_short;
}

var window: [64 * 1024]u8 = undefined;

/// Where in a long text a pattern is first found.
fn placeOf(reader: *values.Reader, at: values.Span, quoted: bool, pattern: *const Pattern) Error!u64 {
    if (pattern.longest > window.len / 2) return 0;
    var decoder = decoderOf(reader, at, quoted);
    var begin: u64 = 0;
    var kept: usize = 0;
    while (true) {
        const part = try decoder.next(window[kept..]);
        const text = window[0 .. kept + part.len];
        sdk.work.add(text.len);
        if (pattern.firstWithin(text)) |found| return begin + found;
        if (part.len == 0 or sdk.work.isOver()) return 0;
        const keep = @min(text.len, pattern.longest);
        begin += text.len - keep;
        std.mem.copyForwards(u8, window[0..keep], text[text.len - keep ..]);
        kept = keep;
    }
}

/// Writes `"text":…,"from":…,"bytes":…`.
pub fn write(reader: *values.Reader, at: values.Span, quoted: bool, found: Place, out: *json.Text) Error!void {
    var decoder = decoderOf(reader, at, quoted);
    var room: [2048]u8 = undefined;
    const wanted = found.at -| lead;
    var passed: u64 = 0;
    var from: u64 = 0;
    var shown: u64 = 0;
    const short = at.len() <= most;
    try out.raw("\"text\":\"");
    while (true) {
        const part = try decoder.next(&room);
        if (part.len == 0 or sdk.work.isOver()) break;
        var begin: usize = @intCast(@min(part.len, wanted -| passed));
        while (begin < part.len and part[begin] & 0xC0 == 0x80) begin += 1;
        const left: u64 = if (short) part.len else most - @min(most, shown);
        const end = begin + sdk.utf8.prefix(part[begin..], left);
        if (shown == 0) from = passed + begin;
        try out.escaped(part[begin..end]);
        if (end < part.len and end > begin) shown = most else shown += end - begin;
        passed += part.len;
        if (!short and shown + 4 > most) break;
    }
    const rest = try decoder.measure() orelse decoder.end - decoder.at;
    try out.raw("\",\"from\":");
    try out.number(if (shown == 0) 0 else from);
    try out.raw(",\"bytes\":");
    try out.number(passed + rest);
}
