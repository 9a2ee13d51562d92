//! Where values are: a checkpoint for each 64 KiB of the file, and the containers that reach across one.
//!
//! A checkpoint says in which container the pass stood, and where the child it was in begins. Containers that lie
//! between two checkpoints are not kept: they are found again by reading 64 KiB at most. So memory depends on the size
//! of the file alone, and not on how many values it holds. See docs/decisions for why.
const std = @import("std");
const memory = @import("sdk").memory;
const Kind = @import("form.zig").Kind;

/// Bytes of the file between two checkpoints; checkpoint i is at `(i + 1) * spacing`.
pub const spacing = 64 * 1024;

/// Child (or record) `number` begins at `offset`, or behind white space, commas and comments from there. In an object
/// that is where its name begins.
pub const Seek = struct { offset: u64, number: u64 };

/// An object or array that reaches across a checkpoint. Number 0 is what holds the records: the record array, or, for
/// the forms without one, the whole file (its kind means nothing then).
pub const Container = struct {
    /// Its bracket, and behind the one that closes it; null while it is open.
    begin: u64,
    end: ?u64 = null,
    /// Its children; while it is open those so far, not counting the one that is being read.
    count: u64 = 0,
    kind: Kind,
    id: u32,
    /// The container it is a child of (also a kept one, `id` 0 for a record), its place among its siblings, and where
    /// that child begins, as in `Seek`.
    parent: u32,
    number: u64,
    entry: u64,
};

/// The innermost container known around a place, and the nearest place in it at or before.
pub const Around = struct {
    container: Container,
    /// The record it lies in; the record of `seek` itself where `container.id` is 0.
    record: u64,
    seek: Seek,
};

/// The innermost container that was kept, and which child of it the checkpoint lies in.
pub const Checkpoint = struct { offset: u64, number: u64, container: u32 };

pub const Index = struct {
    checkpoints: std.ArrayList(Checkpoint) = .empty,
    /// By id; the first holds the records and is always there.
    containers: std.ArrayList(Container) = .empty,
    /// How far the file has been read.
    read: u64 = 0,

    /// Makes the container of the records, which begins at `begin`.
    pub fn start(index: *Index, begin: u64) error{OutOfMemory}!void {
        index.read = begin;
        const all: Container = .{ .begin = begin, .kind = .array, .id = 0, .parent = 0, .number = 0, .entry = begin };
        try index.containers.append(memory.permanent, all);
    }

    pub fn deinit(index: *Index) void {
        index.checkpoints.deinit(memory.permanent);
        index.containers.deinit(memory.permanent);
    }

    /// The memory it takes.
    pub fn bytes(index: *const Index) u64 {
        return index.checkpoints.capacity * @sizeOf(Checkpoint) + index.containers.capacity * @sizeOf(Container);
    }

    /// Records that have been read to their end; of a file that is one record, that record from the beginning.
    pub fn records(index: *const Index) u64 {
        return index.containers.items[0].count;
    }

    /// How far the file has been read: what is behind has not been looked at.
    pub fn limit(index: *const Index) u64 {
        return index.read;
    }

    /// The nearest place known at or before record `n`.
    pub fn seekRecord(index: *const Index, n: u64) Seek {
        return index.seekChild(index.containers.items[0], n);
    }

    /// The container whose bracket stands at `begin`, if it was kept.
    pub fn container(index: *const Index, begin: u64) ?Container {
        const items = index.containers.items;
        const after = std.sort.upperBound(Container, items[1..], begin, beginsAfter);
        if (after > 0 and items[after].begin == begin) return items[after];
        return null;
    }

    fn beginsAfter(begin: u64, item: Container) std.math.Order {
        return std.math.order(begin, item.begin);
    }

    /// The nearest place known at or before child `n` of a container: at most 64 KiB and one value away from it.
    pub fn seekChild(index: *const Index, of: Container, n: u64) Seek {
        return index.nearest(of, "number", n);
    }

    /// What is known around byte `offset`, which has been read.
    pub fn around(index: *const Index, offset: u64) Around {
        const before: usize = @intCast(offset / spacing); // the first checkpoint behind it
        var inner = index.containers.items[0];
        for ([2]usize{ before -% 1, before }) |at| {
            if (at >= index.checkpoints.items.len) continue;
            const found = index.enclosing(index.checkpoints.items[at].container, offset);
            if (found.id != 0 and (inner.id == 0 or found.begin > inner.begin)) inner = found;
        }
        const seek = index.nearest(inner, "offset", offset);
        var step = inner;
        while (step.id != 0 and step.parent != 0) step = index.containers.items[step.parent];
        return .{ .container = inner, .record = if (step.id == 0) seek.number else step.number, .seek = seek };
    }

    /// The last place known in a container whose `field` is not beyond `most`.
    fn nearest(index: *const Index, of: Container, comptime field: []const u8, most: u64) Seek {
        var best = index.first(of);
        var low, var high = index.within(of);
        while (low < high) {
            const middle = low + (high - low) / 2;
            const seek = index.childAt(middle, of) orelse best;
            if (@field(seek, field) <= most) {
                if (seek.number > best.number) best = seek;
                low = middle + 1;
            } else high = middle;
        }
        return best;
    }

    /// Where the first child of a container begins. Number 0 has a bracket only if the form has a record array, whose
    /// `entry` is behind it.
    fn first(_: *const Index, of: Container) Seek {
        return .{ .offset = if (of.id == 0) of.entry else of.begin + 1, .number = 0 };
    }

    /// The checkpoints that lie inside a container, as a range.
    fn within(index: *const Index, of: Container) struct { usize, usize } {
        const all = index.checkpoints.items.len;
        const low: usize = @intCast(@min(of.begin / spacing, all));
        const end = of.end orelse return .{ low, all };
        return .{ low, @intCast(@min((end -| 1) / spacing, all)) };
    }

    /// Which child of the container checkpoint `at` lies in.
    fn childAt(index: *const Index, at: usize, of: Container) ?Seek {
        const checkpoint = index.checkpoints.items[at];
        if (checkpoint.container == of.id) return .{ .offset = checkpoint.offset, .number = checkpoint.number };
        var id = checkpoint.container;
        while (id != 0) {
            const step = index.containers.items[id];
            if (step.parent == of.id) return .{ .offset = step.entry, .number = step.number };
            id = step.parent;
        }
        return null;
    }

    /// The container `id`, or the innermost around it, that `offset` lies in.
    fn enclosing(index: *const Index, id: u32, offset: u64) Container {
        var step = index.containers.items[id];
        while (step.id != 0 and (step.begin >= offset or (step.end orelse index.read) <= offset))
            step = index.containers.items[step.parent];
        return step;
    }
};
