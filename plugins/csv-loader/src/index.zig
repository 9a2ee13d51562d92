//! Where records are: one entry for each 16 KiB of the file, whatever the size of the records.
//!
//! An entry says how many records ended before its chunk and in which state the chunk begins. The beginning of a record
//! is found by binary search and by scanning one chunk. See docs/decisions/0001 for why not one entry every N records.
const std = @import("std");
const memory = @import("sdk").memory;
const scan = @import("scan.zig");

pub const chunk_size = 16 * 1024;

/// What is known at the beginning of a chunk.
pub const Entry = packed struct(u64) {
    place: scan.Place,
    after_cr: bool,
    /// Newlines before the chunk that end a record.
    ends: u61,

    pub fn state(entry: Entry) scan.State {
        return .{ .place = entry.place, .after_cr = entry.after_cr };
    }
};

/// Entries are kept in blocks of fixed size: growing copies nothing, and a block fits 64 KiB with the allocator's own.
const per_block = 8000;
const EntryBlock = [per_block]Entry;

pub const Index = struct {
    blocks: std.ArrayList(*EntryBlock) = .empty,
    count: usize = 0,

    pub fn append(index: *Index, entry: Entry) error{OutOfMemory}!void {
        if (index.count == index.blocks.items.len * per_block) {
            const block = try memory.permanent.create(EntryBlock);
            errdefer memory.permanent.destroy(block);
            try index.blocks.append(memory.permanent, block);
        }
        index.blocks.items[index.count / per_block][index.count % per_block] = entry;
        index.count += 1;
    }

    pub fn get(index: *const Index, chunk: usize) Entry {
        return index.blocks.items[chunk / per_block][chunk % per_block];
    }

    /// The memory it takes.
    pub fn bytes(index: *const Index) u64 {
        return @as(u64, index.blocks.items.len) * @sizeOf(EntryBlock);
    }

    /// Forgets all but the first `count` entries; their memory is used again.
    pub fn truncate(index: *Index, count: usize) void {
        index.count = @min(index.count, count);
    }

    /// The chunk from which on record `record` is found: the last one that begins before the newline it follows.
    pub fn chunkOf(index: *const Index, record: u64) usize {
        var low: usize = 0;
        var high: usize = index.count;
        while (low + 1 < high) {
            const middle = low + (high - low) / 2;
            if (index.get(middle).ends < record) low = middle else high = middle;
        }
        return low;
    }
};
