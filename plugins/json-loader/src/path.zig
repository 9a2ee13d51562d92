//! The way to the record array, followed while the file is read.
const std = @import("std");
const Kind = @import("form.zig").Kind;
const Nesting = @import("nesting.zig").Nesting;

/// Steps of a JSON Pointer are never longer than this; a longer one leads nowhere.
const longest = 1024;

pub const Path = struct {
    /// What is left of the pointer when the containers on the way so far have been entered.
    steps: []const []const u8 = &.{},
    /// Containers on the way that are open.
    entered: u32 = 0,
    /// The name being read, as it stands in the file, and whether the last one is the one looked for.
    name: [longest]u8 = undefined,
    name_len: usize = 0,
    matches: bool = false,

    /// The steps of a JSON Pointer, unescaped.
    pub fn parse(arena: std.mem.Allocator, pointer: []const u8) error{OutOfMemory}!Path {
        if (pointer.len == 0) return .{};
        var steps: std.ArrayList([]const u8) = .empty;
        var parts = std.mem.splitScalar(u8, pointer[1..], '/');
        while (parts.next()) |part| {
            const slashes = try std.mem.replaceOwned(u8, arena, part, "~1", "/");
            try steps.append(arena, try std.mem.replaceOwned(u8, arena, slashes, "~0", "~"));
        }
        return .{ .steps = steps.items };
    }

    /// Whether names are to be collected at the place that has been reached.
    pub fn wantsName(self: *const Path, nest: *const Nesting) bool {
        return self.entered == nest.depth and self.entered > 0 and self.entered <= self.steps.len;
    }

    pub fn nameBegins(self: *Path) void {
        self.name_len = 0;
        self.matches = false;
    }

    pub fn nameByte(self: *Path, byte: u8) void {
        if (self.name_len < longest) self.name[self.name_len] = byte;
        self.name_len +|= 1;
    }

    pub fn nameEnds(self: *Path) void {
        if (self.name_len > longest) return;
        const raw = self.name[0..self.name_len];
        const step = self.steps[self.entered - 1];
        if (std.mem.indexOfScalar(u8, raw, '\\') == null) {
            self.matches = std.mem.eql(u8, raw, step);
            return;
        }
        var room: [8 * longest]u8 = undefined;
        var fixed: std.heap.FixedBufferAllocator = .init(&room);
        const quoted = std.mem.concat(fixed.allocator(), u8, &.{ "\"", raw, "\"" }) catch return;
        const text = std.json.parseFromSliceLeaky([]const u8, fixed.allocator(), quoted, .{}) catch return;
        self.matches = std.mem.eql(u8, text, step);
    }

    /// A container has been opened: whether it is the record array.
    pub fn opens(self: *Path, kind: Kind, nest: *const Nesting) bool {
        if (self.entered + 1 != nest.depth) return false;
        if (self.entered > 0 and !self.leadsOn(nest)) return false;
        self.entered = nest.depth;
        self.matches = false;
        return self.entered == self.steps.len + 1 and kind == .array;
    }

    fn leadsOn(self: *const Path, nest: *const Nesting) bool {
        if (self.entered > self.steps.len) return false;
        if (nest.kindAt(self.entered) == .object) return self.matches;
        const number = std.fmt.parseInt(u64, self.steps[self.entered - 1], 10) catch return false;
        return number == nest.levels[@min(self.entered, nest.levels.len - 1)].commas;
    }

    pub fn closed(self: *Path, nest: *const Nesting) void {
        self.entered = @min(self.entered, nest.depth);
        self.matches = false;
    }
};
