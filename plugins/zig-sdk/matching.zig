//! Comparing a text with a pattern while it comes in pieces, whatever its length.
const std = @import("std");
const utf8 = @import("utf8.zig");
const work = @import("work.zig");
const Pattern = @import("pattern.zig").Pattern;

/// Takes one text after another, each in pieces of whole characters, and says whether the pattern is in it.
pub const Matcher = struct {
    pattern: *const Pattern,
    /// Where the text is gathered: more than twice the longest match.
    room: []u8,
    len: usize = 0,
    matched: bool = false,
    /// Set when the beginning of a long text has been let go: then it cannot match as a whole.
    passed: bool = false,

    pub const least_room = 64 * 1024;

    pub fn init(arena: std.mem.Allocator, pattern: *const Pattern) error{OutOfMemory}!Matcher {
        return .{ .pattern = pattern, .room = try arena.alloc(u8, least_room + 2 * pattern.longest) };
    }

    /// A new text begins.
    pub fn begin(matcher: *Matcher) void {
        matcher.len = 0;
        matcher.matched = false;
        matcher.passed = false;
    }

    /// The next piece of the text; bytes that are not UTF-8 count as U+FFFD.
    pub fn text(matcher: *Matcher, bytes: []const u8) void {
        if (matcher.isDecided()) return;
        const valid = utf8.validity(bytes) == .valid;
        const dear: u64 = if (matcher.pattern.exact != null) 3 else 6;
        work.add(bytes.len * (if (valid) dear else 24));
        var rest = bytes;
        while (rest.len > 0 and !matcher.matched) {
            const free = matcher.room[matcher.len..];
            var fits = if (valid) @min(rest.len, free.len) else utf8.prefix(rest, free.len);
            if (valid and fits < rest.len) fits -= utf8.cutOff(rest[0..fits]);
            if (fits == 0) {
                matcher.letGo();
                if (matcher.pattern.whole_cell) return;
                continue;
            }
            if (valid) @memcpy(free[0..fits], rest[0..fits]);
            matcher.len += if (valid) fits else utf8.replaceInvalid(rest[0..fits], free).len;
            rest = rest[fits..];
        }
    }

    /// Whether what is still to come of the text makes no difference.
    pub fn isDecided(matcher: *const Matcher) bool {
        return matcher.matched or (matcher.pattern.whole_cell and matcher.passed);
    }

    /// Makes room: looks at what has been gathered and keeps only what a match could begin in.
    fn letGo(matcher: *Matcher) void {
        matcher.passed = true;
        if (matcher.pattern.whole_cell) return;
        matcher.matched = matcher.pattern.matchesWithin(matcher.room[0..matcher.len]);
        const keep = @min(matcher.len, matcher.pattern.longest);
        std.mem.copyForwards(u8, matcher.room[0..keep], matcher.room[matcher.len - keep .. matcher.len]);
        matcher.len = keep;
    }

    /// The text is complete: whether it matches.
    pub fn end(matcher: *const Matcher) bool {
        const gathered = matcher.room[0..matcher.len];
        if (matcher.pattern.whole_cell) return !matcher.passed and matcher.pattern.matchesWhole(gathered);
        return matcher.matched or matcher.pattern.matchesWithin(gathered);
    }
};
