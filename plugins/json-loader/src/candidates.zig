//! Where in the file a text may stand that is looked for: a filter over raw bytes, 64 a step.
//!
//! A text stands in the file as it is, but for characters that are written as escapes. So a place may hold it where the
//! bytes of the filter follow each other, and where an escape stands for a character that has such a byte.
const std = @import("std");
const sdk = @import("sdk");
const blocks = sdk.blocks;
const work = sdk.work;
const input = @import("input.zig");
const strings = @import("strings.zig");
const Filter = sdk.pattern.Filter;

pub const Error = input.Error;

var buffer: [input.read_size]u8 = undefined;

/// The longest escape, which may reach into the next piece of the file.
const longest_escape = 12;

/// Characters that never stand in a string as they are.
const escaped = escaped: {
    var bytes: [34]u8 = undefined;
    for (bytes[0..32], 0..) |*byte, i| byte.* = i;
    bytes[32..].* = "\"\\".*;
    break :escaped bytes;
};

pub const Candidates = struct {
    source: *const input.Input,
    filters: []Running,
    /// Letters behind a backslash that stand for a byte of a filter.
    letters: [256]bool = @splat(false),
    /// The same of `\u` and characters below U+0080, and of all others.
    low: [128]bool = @splat(false),
    high: bool = false,
    /// Nothing at or behind this is looked at. Moved to the front when the call has done enough.
    stop: u64,
    /// Where it began.
    first: u64,
    /// The bytes held, and where in the file they begin.
    held: []const u8 = "",
    begin: u64,
    /// The block that comes next, and the places in the one before that are left.
    block: usize = 0,
    hits: u64 = 0,

    const Running = struct {
        filter: Filter,
        /// Whether the last byte of the block before matches the stages up to this one.
        carried: [Filter.most_stages]bool = @splat(false),
    };

    /// Looks from byte `from` on; null if some pattern cannot be filtered.
    pub fn init(
        arena: std.mem.Allocator,
        source: *const input.Input,
        patterns: []const sdk.pattern.Pattern,
        from: u64,
        stop: u64,
    ) error{OutOfMemory}!?Candidates {
        const filters = try arena.alloc(Running, patterns.len);
        var self: Candidates = .{ .source = source, .filters = filters, .stop = stop, .first = from, .begin = from };
        for (filters, patterns) |*running, *pattern| {
            running.* = .{ .filter = pattern.filter(.{ .otherwise = &escaped }) orelse return null };
            for (running.filter.stages[0..running.filter.count]) |*stage| {
                for (stage.all()) |byte| self.consider(byte);
            }
        }
        return self;
    }

    fn consider(self: *Candidates, byte: u8) void {
        self.letters['u'] = true;
        if (byte >= 0x80) self.high = true else self.low[byte] = true;
        for (0..256) |letter| {
            const escape = strings.escapeAt(&.{ '\\', @intCast(letter) }, null);
            if (escape.raw == 2 and escape.bytes[0] == byte) self.letters[letter] = true;
        }
    }

    /// The next place at or behind `least`; null if there is none before the end.
    pub fn next(self: *Candidates, least: u64) Error!?u64 {
        while (true) {
            while (self.hits != 0) {
                const place = self.begin + self.block - blocks.size + @ctz(self.hits);
                self.hits &= self.hits - 1;
                if (place >= least) return if (place < self.stop) place else null;
            }
            if (self.block >= self.held.len) {
                self.begin += self.held.len;
                self.block = 0;
                if (work.isHalfOver() and self.held.len > 0) self.stop = @min(self.stop, self.begin);
                if (self.begin >= self.stop) return null;
                self.held = try self.source.window(&buffer, self.begin, self.source.size);
                if (self.held.len == 0) return null;
                work.add(self.held.len / 3);
            }
            self.hits = self.look();
            self.block += blocks.size;
        }
    }

    fn look(self: *Candidates) u64 {
        const rest = self.held[self.block..];
        if (rest.len >= blocks.size) return self.lookAt(rest[0..blocks.size]);
        var padded: [blocks.size]u8 = @splat(0);
        @memcpy(padded[0..rest.len], rest);
        return self.lookAt(&padded) & blocks.below(@intCast(rest.len));
    }

    inline fn lookAt(self: *Candidates, bytes: *const [blocks.size]u8) u64 {
        const block = blocks.load(bytes);
        var found: u64 = 0;
        for (self.filters) |*running| found |= follow(running, block);
        const backslashes = blocks.equal(block, @splat('\\'));
        return if (backslashes == 0) found else found | self.escapes(backslashes);
    }

    /// One bit for each byte that ends a match of the filter.
    inline fn follow(running: *Running, block: blocks.Block) u64 {
        var hits = blocks.anyOf(block, running.filter.stages[0].all());
        for (1..running.filter.count) |stage| {
            const before = (hits << 1) | @intFromBool(running.carried[stage]);
            running.carried[stage] = hits >> 63 != 0;
            if (before == 0) {
                for (stage + 1..running.filter.count) |later| {
                    if (running.carried[later]) break;
                } else return 0;
            }
            hits = before & blocks.anyOf(block, running.filter.stages[stage].all());
        }
        return hits;
    }

    /// The backslashes that begin an escape of a character that counts. Every other backslash of a row of them belongs to
    /// the escape before it; that is not told apart, which costs a comparison and misses nothing.
    fn escapes(self: *const Candidates, backslashes: u64) u64 {
        var left = backslashes;
        var found: u64 = 0;
        while (left != 0) : (left &= left - 1) {
            const bit: usize = @ctz(left);
            const bytes = self.held[@min(self.held.len, self.block + bit)..];
            work.add(4);
            if (self.counts(bytes)) found |= left & (~left +% 1);
        }
        return found;
    }

    /// Whether `bytes` begin with an escape that counts, or do not hold the whole of it.
    inline fn counts(self: *const Candidates, bytes: []const u8) bool {
        if (bytes.len < longest_escape) return true;
        if (!self.letters[bytes[1]]) return false;
        if (bytes[1] != 'u') return true;
        if (bytes[2] != '0' or bytes[3] != '0' or bytes[4] >= '8') return self.high;
        return self.low[std.fmt.parseInt(u7, bytes[4..6], 16) catch return true];
    }
};
