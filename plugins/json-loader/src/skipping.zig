//! Finding where strings, comments, objects and arrays end, 64 bytes a step.
const std = @import("std");
const sdk = @import("sdk");
const blocks = sdk.blocks;
const work = sdk.work;
const Window = @import("window.zig").Window;
const Error = @import("window.zig").Error;

/// Where something ends; not closed: where the text ends before it does.
pub const End = struct { offset: u64, closed: bool, children: u64 = 0 };

/// The end of the string whose text begins at `from`, behind its quote; it ends with its line at the latest. Not closed,
/// too, if the call has done enough before the end is found.
pub fn string(window: *Window, from: u64) Error!End {
    var state: State = .{};
    var at = from;
    while (true) {
        const bytes = try window.atLeast(at, blocks.size);
        if (bytes.len == 0) return .{ .offset = window.limit, .closed = false };
        var done: usize = 0;
        while (done + blocks.size <= bytes.len or (done == 0)) {
            const part = bytes[done..@min(bytes.len, done + blocks.size)];
            if (stringEnd(&state, part)) |i| {
                work.add((done + i) / 5);
                const newline = part[i] == '\n';
                return .{ .offset = at + done + i + @intFromBool(!newline), .closed = !newline };
            }
            done += part.len;
        }
        at += done;
        work.add(done / 5);
        if (work.isOver()) return .{ .offset = window.limit, .closed = false };
    }
}

/// The quote or newline in a block that ends a string.
inline fn stringEnd(state: *State, part: []const u8) ?usize {
    var padded: [blocks.size]u8 = @splat(' ');
    if (part.len < blocks.size) @memcpy(padded[0..part.len], part);
    const bytes = blocks.load(if (part.len < blocks.size) &padded else part[0..blocks.size]);
    const inside = escaped(state, blocks.equal(bytes, @splat('\\')));
    const ends = (blocks.equal(bytes, @splat('"')) & ~inside) | blocks.equal(bytes, @splat('\n'));
    return if (ends == 0) null else @ctz(ends);
}

/// Behind the comment that begins at `from` with a slash, before its newline if it is one for a line; null if it is none.
pub fn comment(window: *Window, from: u64) Error!?u64 {
    const begin = try window.atLeast(from, 2);
    if (begin.len < 2) return null;
    if (begin[1] == '/') return try behind(window, from + 2, "\n");
    if (begin[1] == '*') return try behind(window, from + 2, "*/");
    return null;
}

fn behind(window: *Window, from: u64, ending: []const u8) Error!u64 {
    var at = from;
    while (true) {
        const bytes = try window.atLeast(at, ending.len);
        if (bytes.len < ending.len) return window.limit;
        const found = std.mem.find(u8, bytes, ending);
        work.add((found orelse bytes.len) / 4);
        if (found) |i| return at + i + if (ending.len == 1) 0 else ending.len;
        at += bytes.len + 1 - ending.len;
    }
}

/// What is carried from one block to the next.
const State = struct {
    /// The next byte belongs to an escape.
    escape: u64 = 0,
    /// All ones inside a string.
    string: u64 = 0,
    depth: u64 = 1,
    commas: u64 = 0,
    /// Whether the last slot of the container holds anything.
    filled: bool = false,
};

/// The end of the object or array whose bracket stands at `begin`, and how many children it has.
pub fn container(window: *Window, begin: u64, comments: bool) Error!End {
    var state: State = .{};
    var at = begin + 1;
    while (true) {
        const bytes = try window.atLeast(at, blocks.size);
        if (bytes.len == 0 or work.isOver()) return .{ .offset = window.limit, .closed = false };
        const part = bytes[0..@min(bytes.len, blocks.size)];
        const marks = mark(&state, part, comments);
        work.add(30);
        if (walk(&state, marks)) |last| {
            const children = state.commas + @intFromBool(state.filled);
            return .{ .offset = at + last + 1, .closed = true, .children = children };
        }
        if (marks.slash) |slash| {
            const behind_it = try comment(window, at + slash);
            if (behind_it == null and state.depth == 1) state.filled = true;
            at = behind_it orelse at + slash + 1;
        } else at += part.len;
    }
}

/// The brackets and commas of a block, outside of strings; whatever else stands there but white space.
const Marks = struct { opens: u64, closes: u64, commas: u64, content: u64, slash: ?u32 = null };

fn mark(state: *State, part: []const u8, comments: bool) Marks {
    var padded: [blocks.size]u8 = @splat(' ');
    if (part.len < blocks.size) @memcpy(padded[0..part.len], part);
    const whole = if (part.len < blocks.size) &padded else part[0..blocks.size];
    const bytes = blocks.load(whole);
    const quotes = blocks.equal(bytes, @splat('"')) & ~escaped(state, blocks.equal(bytes, @splat('\\')));
    const inside = blocks.parity(quotes) ^ state.string;
    const lower: blocks.Vector = @splat(0x20); // makes [ and ] the same as { and }
    const brackets: blocks.Block = .{ bytes[0] | lower, bytes[1] | lower, bytes[2] | lower, bytes[3] | lower };
    var marks: Marks = .{
        .opens = blocks.equal(brackets, @splat('{')) & ~inside,
        .closes = blocks.equal(brackets, @splat('}')) & ~inside,
        .commas = blocks.equal(bytes, @splat(',')) & ~inside,
        .content = ~blocks.anyOf(bytes, " \n\r\t"),
    };
    marks.content &= ~(marks.opens | marks.closes | marks.commas);
    state.string = if (inside >> 63 != 0) ~@as(u64, 0) else 0;
    const slashes = if (comments) blocks.equal(bytes, @splat('/')) & ~inside else 0;
    if (slashes == 0) return marks;
    marks.slash = @ctz(slashes);
    const before = blocks.below(marks.slash.?);
    state.string = 0;
    state.escape = 0;
    return .{
        .opens = marks.opens & before,
        .closes = marks.closes & before,
        .commas = marks.commas & before,
        .content = marks.content & before,
        .slash = marks.slash,
    };
}

/// The bytes of a block that belong to an escape, the backslash that begins it not counted.
inline fn escaped(state: *State, backslashes: u64) u64 {
    if (backslashes == 0) {
        defer state.escape = 0;
        return state.escape;
    }
    const odd: u64 = 0xAAAA_AAAA_AAAA_AAAA;
    const begins = backslashes & ~state.escape;
    const ends = ((begins << 1 | odd) -% begins) ^ odd;
    const found = ends ^ (backslashes | state.escape);
    state.escape = (ends & backslashes) >> 63;
    return found;
}

/// Follows the marks of a block; where the container ends in it, if it does.
fn walk(state: *State, marks: Marks) ?u32 {
    if (state.depth > @as(u64, @popCount(marks.closes)) + 1) {
        state.depth = state.depth + @popCount(marks.opens) - @popCount(marks.closes);
        return null;
    }
    var events = marks.opens | marks.closes | marks.commas;
    var walked: u64 = 0;
    while (events != 0) {
        const at: u32 = @ctz(events);
        const bit = events & (~events +% 1);
        events ^= bit;
        if (state.depth == 1 and marks.content & (bit - 1) & ~walked != 0) state.filled = true;
        walked = bit | (bit - 1);
        if (marks.opens & bit != 0) {
            if (state.depth == 1) state.filled = true;
            state.depth += 1;
        } else if (marks.closes & bit != 0) {
            state.depth -= 1;
            if (state.depth == 0) return at;
        } else if (state.depth == 1) {
            state.commas += 1;
            state.filled = false;
        }
    }
    if (state.depth == 1 and marks.content & ~walked != 0) state.filled = true;
    return null;
}
