//! What to look for: a text, each position of which accepts one or more strings.
const std = @import("std");
const json = @import("sdk").json;
const utf8 = @import("utf8.zig");

/// Bytes that may stand at one place; at most four, more are not worth a comparison each.
pub const ByteSet = struct {
    bytes: [4]u8 = @splat(0),
    len: usize = 0,

    fn add(set: *ByteSet, byte: u8) bool {
        for (set.bytes[0..set.len]) |have| if (have == byte) return true;
        if (set.len == set.bytes.len) return false;
        set.bytes[set.len] = byte;
        set.len += 1;
        return true;
    }
};

/// What can be looked for in the bytes of the file without taking them apart: `first`, and right behind it `second`.
pub const Filter = struct { first: ByteSet, second: ?ByteSet };

pub const Pattern = struct {
    /// For each position the strings accepted there; none is empty.
    positions: []const []const []const u8,
    whole_cell: bool,
    /// Length of the longest text that matches.
    longest: usize,

    pub const Error = error{ OutOfMemory, BadQuery };

    /// Reads a query as `paged-loader.find` describes it.
    pub fn parse(arena: std.mem.Allocator, text: []const u8) Error!Pattern {
        const value = std.json.parseFromSliceLeaky(std.json.Value, arena, text, .{}) catch |err| switch (err) {
            error.OutOfMemory => return error.OutOfMemory,
            else => return error.BadQuery,
        };
        if (value != .object) return error.BadQuery;
        const needle = value.object.get("text") orelse return error.BadQuery;
        if (needle != .string) return error.BadQuery;
        const whole = value.object.get("wholeCell") orelse std.json.Value{ .bool = false };
        if (whole != .bool) return error.BadQuery;
        const fold = value.object.get("fold") orelse .null;
        const positions = switch (fold) {
            .null => try exactly(arena, needle.string),
            .array => |list| try folded(arena, list.items),
            else => return error.BadQuery,
        };
        if (positions.len == 0 and !whole.bool) return error.BadQuery;
        var longest: usize = 0;
        for (positions) |alternatives| {
            var most: usize = 0;
            for (alternatives) |alternative| most = @max(most, alternative.len);
            longest += most;
        }
        return .{ .positions = positions, .whole_cell = whole.bool, .longest = longest };
    }

    fn exactly(arena: std.mem.Allocator, needle: []const u8) Error![]const []const []const u8 {
        var positions: std.ArrayList([]const []const u8) = .empty;
        var at: usize = 0;
        while (at < needle.len) {
            const char = utf8.charAt(needle[at..]);
            const only = try arena.alloc([]const u8, 1);
            only[0] = needle[at..][0..char.raw];
            try positions.append(arena, only);
            at += char.raw;
        }
        return positions.items;
    }

    fn folded(arena: std.mem.Allocator, items: []const std.json.Value) Error![]const []const []const u8 {
        const positions = try arena.alloc([]const []const u8, items.len);
        for (positions, items) |*position, item| {
            if (item != .array or item.array.items.len == 0) return error.BadQuery;
            const alternatives = try arena.alloc([]const u8, item.array.items.len);
            for (alternatives, item.array.items) |*alternative, one| {
                if (one != .string or one.string.len == 0) return error.BadQuery;
                alternative.* = one.string;
            }
            position.* = alternatives;
        }
        return positions;
    }

    /// The best filter for files whose bytes are ASCII (`ascii_only`) or UTF-8; null if every cell has to be looked at.
    pub fn filter(pattern: *const Pattern, quote: ?u8, ascii_only: bool) ?Filter {
        var single: ?Filter = null;
        for (pattern.positions, 0..) |alternatives, i| {
            const last = edge(alternatives, .last, ascii_only) orelse continue;
            if (single == null) single = .{ .first = last, .second = null };
            if (i + 1 == pattern.positions.len or has(last, quote)) continue;
            var next = edge(pattern.positions[i + 1], .first, ascii_only) orelse continue;
            if (has(next, quote)) continue;
            // A closing quote is taken off between two characters of a cell that goes on behind it.
            if (quote) |byte| if (!next.add(byte)) continue;
            return .{ .first = last, .second = next };
        }
        return single;
    }

    /// Whether the text at the beginning of `bytes` matches. Returns the length of the longest match.
    pub fn matchAt(pattern: *const Pattern, bytes: []const u8) ?usize {
        var places: [16]usize = undefined;
        var count: usize = 1;
        places[0] = 0;
        for (pattern.positions) |alternatives| {
            var after: [16]usize = undefined;
            var found: usize = 0;
            for (places[0..count]) |place| for (alternatives) |alternative| {
                if (!std.mem.startsWith(u8, bytes[place..], alternative)) continue;
                const next = place + alternative.len;
                const known = std.mem.findScalar(usize, after[0..found], next) != null;
                if (known or found == after.len) continue;
                after[found] = next;
                found += 1;
            };
            if (found == 0) return null;
            places = after;
            count = found;
        }
        return std.mem.max(usize, places[0..count]);
    }

    /// Whether the whole of `bytes` matches.
    pub fn matchesWhole(pattern: *const Pattern, bytes: []const u8) bool {
        const length = pattern.matchAt(bytes) orelse return false;
        return length == bytes.len;
    }

    /// Whether a match begins anywhere in `bytes`.
    pub fn matchesWithin(pattern: *const Pattern, bytes: []const u8) bool {
        const firsts = edge(pattern.positions[0], .first, false);
        var at: usize = 0;
        while (at < bytes.len) : (at += 1) {
            if (firsts) |set| {
                if (set.len == 1) {
                    at += std.mem.findScalar(u8, bytes[at..], set.bytes[0]) orelse return false;
                } else if (!has(set, bytes[at])) continue;
            }
            if (pattern.matchAt(bytes[at..]) != null) return true;
        }
        return false;
    }
};

const Edge = enum { first, last };

/// The bytes that the strings of a position begin or end with. A last byte only counts if nothing else of the string
/// has to be known to find it, which holds for every string: it is there, whatever comes before.
fn edge(alternatives: []const []const u8, comptime which: Edge, ascii_only: bool) ?ByteSet {
    var set: ByteSet = .{};
    for (alternatives) |alternative| {
        const byte = if (which == .first) alternative[0] else alternative[alternative.len - 1];
        if (ascii_only and byte >= 0x80) return null;
        if (std.mem.startsWith(u8, alternative, json.replacement)) return null; // stands for bytes of any kind
        if (!set.add(byte)) return null;
    }
    return set;
}

fn has(set: ByteSet, byte: ?u8) bool {
    for (set.bytes[0..set.len]) |have| if (have == byte) return true;
    return false;
}
