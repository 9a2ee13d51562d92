//! What is open at a place of the file: the kind of each container, however deep, and for the outermost levels where it
//! began and which child of it is being read.
const std = @import("std");
const memory = @import("sdk").memory;
const work = @import("sdk").work;
const Kind = @import("form.zig").Kind;
const index_file = @import("index.zig");
const Index = index_file.Index;

/// Levels that are counted; deeper ones are only known by their kind.
pub const tracked = 1024;
/// Deeper than this nothing is opened any more.
pub const deepest = 10_000_000;
/// An `id` that stands for "not kept".
pub const none = std.math.maxInt(u32);

pub const Level = struct {
    begin: u64 = 0,
    /// Commas so far: the number of the child that is being read, and where it begins.
    commas: u64 = 0,
    last: u64 = 0,
    /// Its `Container`, if it is kept.
    id: u32 = none,
};

pub const Nesting = struct {
    /// Bit d - 1 is set if the container at depth d is an object.
    kinds: []u64 = &.{},
    depth: u32 = 0,
    /// By depth; the first is the file. Those of the innermost are `commas` and `last` below.
    levels: []Level,
    commas: u64 = 0,
    last: u64 = 0,
    /// Containers of a kind that are known not to be open: saves looking for them over and over.
    no_object: bool = false,
    no_array: bool = false,

    pub fn init(begin: u64) error{OutOfMemory}!Nesting {
        const levels = try memory.permanent.alloc(Level, tracked);
        for (levels) |*level| level.* = .{};
        levels[0].begin = begin;
        return .{ .levels = levels, .last = begin };
    }

    pub fn deinit(self: *Nesting) void {
        memory.permanent.free(self.levels);
        memory.permanent.free(self.kinds);
    }

    /// Room for `more` further levels, so that opening them cannot fail.
    pub fn reserve(self: *Nesting, more: u32) error{OutOfMemory}!void {
        const words = (self.depth + more) / 64 + 1;
        if (words <= self.kinds.len) return;
        const old = self.kinds.len;
        self.kinds = try memory.permanent.realloc(self.kinds, @max(words, old * 2));
        @memset(self.kinds[old..], 0);
    }

    /// Kind of the innermost container; there has to be one.
    pub fn kind(self: *const Nesting) Kind {
        return self.kindAt(self.depth);
    }

    pub fn kindAt(self: *const Nesting, depth: u32) Kind {
        const at = depth - 1;
        return if (self.kinds[at / 64] >> @intCast(at % 64) & 1 != 0) .object else .array;
    }

    /// Opens a container whose bracket is at `begin`.
    pub fn open(self: *Nesting, of: Kind, begin: u64) void {
        self.enter(self.depth, self.commas, self.last, of, begin);
        self.depth += 1;
        self.commas = 0;
        self.last = begin +% 1;
        if (of == .object) self.no_object = false else self.no_array = false;
    }

    /// Closes the innermost container, which ends at `end` and has so many children.
    pub fn close(self: *Nesting, index: *Index, end: u64, count: u64) void {
        self.leave(index, self.depth, end, count);
        self.depth -= 1;
        const around = self.outer(self.depth, end);
        self.commas = around.commas;
        self.last = around.last;
    }

    /// Notes that a container begins in the one at `depth`, of which this is known.
    pub inline fn enter(self: *Nesting, depth: u32, commas: u64, last: u64, of: Kind, begin: u64) void {
        const bit = @as(u64, 1) << @intCast(depth % 64);
        const word = &self.kinds[depth / 64];
        word.* = if (of == .object) word.* | bit else word.* & ~bit;
        if (depth +% 1 >= tracked) return self.put(depth, commas, last);
        const pair = self.levels[depth..][0..2];
        pair[0].commas = commas;
        pair[0].last = last;
        pair[1].begin = begin;
        pair[1].id = none;
    }

    /// Notes that the container at `depth` ends.
    pub inline fn leave(self: *Nesting, index: *Index, depth: u32, end: u64, count: u64) void {
        if (depth >= tracked) return;
        const id = self.levels[depth].id;
        if (id == none) return;
        const container = &index.containers.items[id];
        container.end = end;
        container.count = count;
    }

    /// What is known of the container at `depth` when one inside of it has ended at `end`.
    pub inline fn outer(self: *const Nesting, depth: u32, end: u64) Level {
        return if (depth < tracked) self.levels[depth] else .{ .last = end };
    }

    /// Puts what is known of the innermost container where that of the others is.
    pub fn store(self: *Nesting) void {
        self.put(self.depth, self.commas, self.last);
    }

    fn put(self: *Nesting, depth: u32, commas: u64, last: u64) void {
        if (depth >= tracked) return;
        self.levels[depth].commas = commas;
        self.levels[depth].last = last;
    }

    /// Depth of the innermost container of a kind that lies deeper than `above`.
    pub fn find(self: *Nesting, of: Kind, above: u32) ?u32 {
        if (if (of == .object) self.no_object else self.no_array) return null;
        var words: u32 = self.depth / 64 + 1;
        work.add(2 * words);
        while (words > 0) {
            words -= 1;
            var bits = if (of == .object) self.kinds[words] else ~self.kinds[words];
            if (words == self.depth / 64) bits &= (@as(u64, 1) << @intCast(self.depth % 64)) - 1;
            if (bits == 0) continue;
            const found = words * 64 + 64 - @clz(bits);
            if (found > above) return found;
            break;
        }
        if (of == .object) self.no_object = true else self.no_array = true;
        return null;
    }
};
