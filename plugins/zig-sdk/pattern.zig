//! What to look for: a text, each position of which accepts one or more strings.
const std = @import("std");
const json = @import("json.zig");
const utf8 = @import("utf8.zig");

/// Bytes that may stand at one place; at most four, more are not worth a comparison each.
pub const ByteSet = struct {
    bytes: [4]u8 = @splat(0),
    len: usize = 0,

    pub fn all(set: *const ByteSet) []const u8 {
        return set.bytes[0..set.len];
    }

    fn add(set: *ByteSet, byte: u8) bool {
        for (set.bytes[0..set.len]) |have| if (have == byte) return true;
        if (set.len == set.bytes.len) return false;
        set.bytes[set.len] = byte;
        set.len += 1;
        return true;
    }
};

/// What can be looked for in the bytes of the file without taking them apart: these bytes, one right behind the other.
pub const Filter = struct {
    stages: [most_stages]ByteSet = undefined,
    count: usize = 0,

    pub const most_stages = 8;
};

pub const Pattern = struct {
    /// For each position the strings accepted there; none is empty.
    positions: []const []const []const u8,
    whole_cell: bool,
    /// The text, where nothing else matches.
    exact: ?[]const u8,
    /// The bytes a match can begin with.
    begins: [256]bool,
    /// Length of the longest text that matches.
    longest: usize,

    pub const Error = error{ OutOfMemory, BadQuery };

    /// Reads a query as `paged-loader.find` describes it.
    pub fn parse(arena: std.mem.Allocator, text: []const u8) Error!Pattern {
        return of(arena, std.json.parseFromSliceLeaky(std.json.Value, arena, text, .{}) catch |err| switch (err) {
            error.OutOfMemory => return error.OutOfMemory,
            else => return error.BadQuery,
        });
    }

    /// The same of a query that has been parsed.
    pub fn of(arena: std.mem.Allocator, value: std.json.Value) Error!Pattern {
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
        var begins: [256]bool = @splat(false);
        if (positions.len > 0) for (positions[0]) |alternative| {
            begins[alternative[0]] = true;
        };
        const exact = if (fold == .null) needle.string else null;
        return .{ .positions = positions, .whole_cell = whole.bool, .exact = exact, .begins = begins, .longest = longest };
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

    /// How the bytes of a text stand in a file.
    pub const Writing = struct {
        /// A byte that stands there twice: it has no neighbours one could rely on.
        doubled: ?u8 = null,
        /// Bytes that stand there as something else.
        otherwise: []const u8 = "",
        /// Whether only ASCII stands there as it is.
        ascii_only: bool = false,
    };

    /// The longest filter there is for such files; null if every text has to be looked at.
    pub fn filter(pattern: *const Pattern, writing: Writing) ?Filter {
        var best: Filter = .{};
        for (pattern.positions, 0..) |alternatives, i| {
            const last = edge(alternatives, .last, writing.ascii_only) orelse continue;
            if (hasAny(last, writing.otherwise)) continue;
            var run: Filter = .{};
            run.stages[0] = last;
            run.count = 1;
            if (!has(last, writing.doubled)) for (pattern.positions[i + 1 ..]) |behind| {
                if (run.count == Filter.most_stages) break;
                const set = edge(behind, .first, writing.ascii_only) orelse break;
                if (has(set, writing.doubled) or hasAny(set, writing.otherwise)) break;
                run.stages[run.count] = set;
                run.count += 1;
                if (!areSingleBytes(behind)) break;
            };
            if (run.count > best.count) best = run;
        }
        return if (best.count == 0) null else best;
    }

    /// Length of the match at the beginning of `bytes`, the longest if there are several.
    pub fn matchAt(pattern: *const Pattern, bytes: []const u8) ?usize {
        var place: usize = 0;
        for (pattern.positions) |alternatives| {
            var next: ?usize = null;
            for (alternatives) |alternative| {
                if (!startsWith(bytes[place..], alternative)) continue;
                if (next != null and next != place + alternative.len) return pattern.matchAmbiguous(bytes);
                next = place + alternative.len;
            }
            place = next orelse return null;
        }
        return place;
    }

    /// The same where alternatives of different lengths match at one position: all ways are followed.
    noinline fn matchAmbiguous(pattern: *const Pattern, bytes: []const u8) ?usize {
        var places: [16]usize = undefined;
        var count: usize = 1;
        places[0] = 0;
        for (pattern.positions) |alternatives| {
            var after: [16]usize = undefined;
            var found: usize = 0;
            for (places[0..count]) |place| for (alternatives) |alternative| {
                if (!startsWith(bytes[place..], alternative)) continue;
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
        return pattern.firstWithin(bytes) != null;
    }

    /// Where the first match in `bytes` begins.
    pub fn firstWithin(pattern: *const Pattern, bytes: []const u8) ?usize {
        if (pattern.exact) |needle| return std.mem.find(u8, bytes, needle);
        for (0..bytes.len) |at| {
            if (pattern.begins[bytes[at]] and pattern.matchAt(bytes[at..]) != null) return at;
        }
        return null;
    }
};

inline fn startsWith(bytes: []const u8, beginning: []const u8) bool {
    if (bytes.len < beginning.len) return false;
    for (beginning, bytes[0..beginning.len]) |a, b| if (a != b) return false;
    return true;
}

fn areSingleBytes(alternatives: []const []const u8) bool {
    for (alternatives) |alternative| if (alternative.len != 1) return false;
    return true;
}

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

fn hasAny(set: ByteSet, bytes: []const u8) bool {
    for (bytes) |byte| if (has(set, byte)) return true;
    return false;
}
