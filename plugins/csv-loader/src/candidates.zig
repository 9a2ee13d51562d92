//! Which records may hold a match: a filter over the bytes of the file, without taking cells apart.
const std = @import("std");
const scan = @import("scan.zig");
const input = @import("input.zig");
const index = @import("index.zig");
const sdk = @import("sdk");
const blocks = sdk.blocks;
const pattern_file = sdk.pattern;

/// What a search needs to know about the file.
pub const Place = struct {
    source: *const input.Input,
    scanner: scan.Scanner,
    known: *const index.Index,
    /// Records that may be looked at, the header included, and the byte up to which the file has been read.
    records: u64,
    limit: u64,
    /// Records before the data.
    header: u64,
};

/// Walks the units of some chunks and names the records that may hold a match, in order, each once. A chunk without a
/// hit of the filter is passed over: only where there is one is it worked out which record it stands in.
pub const Candidates = struct {
    place: Place,
    filter: pattern_file.Filter,
    units: []const u8,
    /// The chunk that comes next, and the unit it begins at.
    chunk: usize,
    begin: usize = 0,
    /// The chunk being walked.
    current: []const u8 = "",
    state: scan.State = .{},
    /// Records that ended before the block being walked, and those of a chunk that has to be looked at as a whole.
    ends: u64 = 0,
    until: u64 = 0,
    /// The block that comes next, and how many with a hit are left.
    block: usize = 0,
    left: usize = 0,
    /// What is left of the block being walked.
    hits: u64 = 0,
    block_ends: u64 = 0,
    named: ?u64 = null,
    /// Whether the last unit matches the stages up to this one. At the beginning that is not known, so it may.
    carried: [pattern_file.Filter.most_stages]bool = @splat(true),
    after_quote: bool = true,

    const per_chunk = index.chunk_size / scan.block_size;
    var marks: [per_chunk]u64 = undefined;

    pub fn next(self: *Candidates) ?u64 {
        while (true) {
            if (self.ends < self.until) {
                self.ends += 1;
                return self.ends - 1;
            }
            while (self.hits != 0) {
                const bit = @ctz(self.hits);
                const record = self.ends + @popCount(self.block_ends & scan.below(bit));
                const end = self.block_ends & ~scan.below(bit);
                self.hits = if (end == 0) 0 else self.hits & ~scan.below(@as(u32, @ctz(end)) + 1);
                if (self.named == record) continue;
                self.named = record;
                return record;
            }
            self.ends += @popCount(self.block_ends);
            self.block_ends = 0;
            if (self.left > 0) self.nextBlock() else if (!self.nextChunk()) return null;
        }
    }

    fn nextBlock(self: *Candidates) void {
        const at = self.block * scan.block_size;
        const part = self.current[at..@min(self.current.len, at + scan.block_size)];
        const step = self.place.scanner.next(part, self.state);
        self.state = step.state;
        self.block_ends = step.marks.ends;
        self.hits = marks[self.block];
        if (self.hits != 0) self.left -= 1;
        self.block += 1;
    }

    fn nextChunk(self: *Candidates) bool {
        if (self.begin >= self.units.len) return false;
        const unit: usize = self.place.source.encoding.unit();
        const entry = self.place.known.get(self.chunk);
        self.current = self.units[self.begin..@min(self.units.len, self.begin + index.chunk_size / unit)];
        self.state = entry.state();
        self.ends = entry.ends;
        self.until = entry.ends;
        self.block = 0;
        self.left = 0;
        var at: usize = 0;
        while (at < self.current.len) : (at += scan.block_size) {
            const part = self.current[at..@min(self.current.len, at + scan.block_size)];
            const found = self.filterBlock(part);
            marks[at / scan.block_size] = found;
            self.left += @intFromBool(found != 0);
        }
        const offset = self.place.source.begin + @as(u64, self.chunk) * index.chunk_size;
        if (self.place.source.nextLiteral(offset)) |literal| if (literal < offset + index.chunk_size) {
            // Blocks are cut at literal quotes: rare enough to look at every record of such a chunk.
            const last = self.chunk + 1 >= self.place.known.count;
            self.until = if (last) self.place.records else self.place.known.get(self.chunk + 1).ends + 1;
            self.left = 0;
        };
        self.begin += self.current.len;
        self.chunk += 1;
        return true;
    }

    /// One bit for each unit that ends a match of the filter.
    fn filterBlock(self: *Candidates, part: []const u8) u64 {
        if (part.len < scan.block_size) {
            var padded: [scan.block_size]u8 = @splat(0);
            @memcpy(padded[0..part.len], part);
            return self.filterWhole(&padded) & scan.below(@intCast(part.len));
        }
        return self.filterWhole(part[0..scan.block_size]);
    }

    inline fn filterWhole(self: *Candidates, bytes: *const [scan.block_size]u8) u64 {
        const block = scan.load(bytes);
        var hits = blocks.anyOf(block, self.filter.stages[0].all());
        var quoted: u64 = 0;
        for (1..self.filter.count) |stage| {
            const before = (hits << 1) | @intFromBool(self.carried[stage]);
            self.carried[stage] = hits >> 63 != 0;
            if (before == 0) {
                for (stage + 1..self.filter.count) |later| {
                    if (self.carried[later]) break;
                } else {
                    hits = 0;
                    break;
                }
            }
            quoted |= before & scan.equal(block, self.place.scanner.quote) & self.place.scanner.quoting;
            hits = before & blocks.anyOf(block, self.filter.stages[stage].all());
        }
        if (quoted == 0 and !self.after_quote) return hits;
        return hits | self.behindQuote(block, quoted);
    }

    /// A closing quote is taken off between two characters of a cell that goes on behind it: such places count as hits.
    noinline fn behindQuote(self: *Candidates, block: blocks.Block, quoted: u64) u64 {
        const scanner = self.place.scanner;
        const behind = (quoted << 1) | @intFromBool(self.after_quote);
        self.after_quote = quoted >> 63 != 0;
        const ends_cell = scan.equal(block, scanner.quote) | scan.equal(block, scanner.delimiter) |
            scan.equal(block, @splat('\n')) | scan.equal(block, @splat('\r'));
        return behind & ~ends_cell;
    }
};
