//! Finding text: a filter over the bytes of the file says which records to look at, their cells are compared exactly.
const std = @import("std");
const json = @import("sdk").json;
const scan = @import("scan.zig");
const input = @import("input.zig");
const index = @import("index.zig");
const pattern_file = @import("pattern.zig");
const transcode = @import("transcode.zig");
const utf8 = @import("utf8.zig");
const work = @import("work.zig");
const Reader = @import("reader.zig").Reader;
const Pattern = pattern_file.Pattern;

const most_matches = 10_000;

var raw_buffer: [input.read_size]u8 = undefined;
var narrow_buffer: [input.read_size / 2]u8 = undefined;

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

pub const Error = input.Error || json.Error;

/// Searches from record `from` (the header counts) on and writes the answer of `paged-loader.find`.
pub fn find(place: Place, pattern: *const Pattern, room: []u8, from: u64, max_bytes: u64, out: *json.Text) Error!void {
    try out.raw("{\"matches\":[");
    var search: Search = .{
        .place = place,
        .next = from,
        .reader_at = null,
        .sink = .{ .pattern = pattern, .room = room, .out = out, .header = place.header },
        .filter = pattern.filter(place.scanner.dialect.quote, place.source.encoding != .utf8),
    };
    var chunk = if (place.known.count == 0) 0 else place.known.chunkOf(from);
    while (search.next < place.records) {
        const stop = @min(chunk + input.read_size / index.chunk_size, place.known.count);
        const ended = if (stop == place.known.count) place.records else place.known.get(stop).ends;
        const end_record = @min(ended, place.records);
        try search.through(chunk, stop, end_record);
        chunk = stop;
        if (search.full or chunk >= place.known.count) break;
        // A search that stops within a record begins it again: it stops only once it has got beyond where it began.
        if (search.bytes >= max_bytes and search.next > from) break;
        if (work.isOver()) {
            if (search.next == from) try search.lookInto(from);
            break;
        }
    }
    const next = @min(search.next, place.records);
    try out.raw("],\"next\":");
    try out.number(next -| place.header);
    try out.raw(",\"bytes\":");
    try out.number(search.bytes);
    try out.raw(",\"done\":");
    try out.boolean(next >= place.records);
    try out.byte('}');
}

const Search = struct {
    place: Place,
    /// Records before this one need no more looking at.
    next: u64,
    bytes: u64 = 0,
    full: bool = false,
    filter: ?pattern_file.Filter,
    /// The first record with a candidate that has not been compared, as its record may go on in the next chunks.
    pending: ?u64 = null,
    reader: Reader = undefined,
    /// The record `reader` stands before.
    reader_at: ?u64,
    sink: MatchSink,

    /// Goes through the chunks from `first` up to `stop`; compares the candidates among records below `end_record`.
    fn through(self: *Search, first: usize, stop: usize, end_record: u64) Error!void {
        const begin = self.place.source.begin + @as(u64, first) * index.chunk_size;
        const end = @min(self.place.limit, self.place.source.begin + @as(u64, stop) * index.chunk_size);
        self.bytes += end - begin;
        work.add((end - begin) / 2);
        if (self.filter) |filter| {
            const raw = raw_buffer[0..@intCast(end - begin)];
            try self.place.source.fill(raw, begin);
            const encoding = self.place.source.encoding;
            const units = if (encoding.unit() == 2) transcode.narrow(encoding, raw, &narrow_buffer) else raw;
            var walk: Candidates = .{ .place = self.place, .filter = filter, .units = units, .chunk = first };
            if (self.pending) |record| {
                if (record >= end_record) return;
                self.pending = null;
                if (!try self.compare(record)) return;
            }
            while (walk.next()) |record| {
                if (record < self.next) continue;
                if (record >= end_record) {
                    self.pending = record;
                    break;
                }
                if (!try self.compare(record)) return;
            }
        } else {
            var record = self.next;
            while (record < end_record) : (record += 1) if (!try self.compare(record)) return;
        }
        self.next = @max(self.next, end_record);
    }

    /// Looks into a record that does not end within what one call can read, as far as that goes, and leaves it behind.
    fn lookInto(self: *Search, record: u64) Error!void {
        work.begin();
        self.reader_at = null;
        if (self.filter == null or self.pending != null) _ = try self.compare(record);
        self.next = record + 1;
    }

    /// Compares the cells of one record; false when no more matches can be listed.
    fn compare(self: *Search, record: u64) Error!bool {
        const near = if (self.reader_at) |at| at <= record and record - at < 64 else false;
        if (!near) {
            self.reader = try .init(self.place.source, self.place.scanner, self.place.known, record, self.place.limit);
            self.reader_at = record;
        }
        var nothing: @import("cells.zig").Nothing = .{};
        while (self.reader_at.? < record) : (self.reader_at = self.reader_at.? + 1) {
            if (try self.reader.record(&nothing) == .record) continue;
            self.full = true; // more than this call can do: the next one begins here
            self.next = record;
            return false;
        }
        const before = self.sink.matches;
        const mark = self.sink.out.len;
        self.sink.begin(record);
        const outcome = try self.reader.record(&self.sink);
        self.reader_at = if (outcome == .record) record + 1 else null;
        if (self.sink.matches > most_matches and before > 0) {
            self.sink.out.len = mark;
            self.sink.matches = before;
            self.next = record;
            self.full = true;
            return false;
        }
        self.next = record + 1;
        self.full = self.sink.matches >= most_matches or work.isOver();
        return !self.full;
    }
};

/// Walks the units of some chunks and names the records that may hold a match, in order, each once. A chunk without a
/// hit of the filter is passed over: only where there is one is it worked out which record it stands in.
const Candidates = struct {
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

    fn next(self: *Candidates) ?u64 {
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
        var hits = anyOf(block, &self.filter.stages[0]);
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
            hits = before & anyOf(block, &self.filter.stages[stage]);
        }
        if (quoted == 0 and !self.after_quote) return hits;
        return hits | self.behindQuote(block, quoted);
    }

    /// A closing quote is taken off between two characters of a cell that goes on behind it: such places count as hits.
    noinline fn behindQuote(self: *Candidates, block: scan.Block, quoted: u64) u64 {
        const scanner = self.place.scanner;
        const behind = (quoted << 1) | @intFromBool(self.after_quote);
        self.after_quote = quoted >> 63 != 0;
        const ends_cell = scan.equal(block, scanner.quote) | scan.equal(block, scanner.delimiter) |
            scan.equal(block, @splat('\n')) | scan.equal(block, @splat('\r'));
        return behind & ~ends_cell;
    }
};

inline fn anyOf(block: scan.Block, set: *const pattern_file.ByteSet) u64 {
    var all: u64 = 0;
    for (set.bytes[0..set.len]) |byte| all |= scan.equal(block, @splat(byte));
    return all;
}

/// Compares the cells of one record and writes `[record,column]` for those that match.
const MatchSink = struct {
    pattern: *const Pattern,
    /// Where the text of a cell is gathered: more than twice the longest match.
    room: []u8,
    out: *json.Text,
    header: u64,
    matches: usize = 0,
    record: u64 = 0,
    column: u64 = 0,
    len: usize = 0,
    matched: bool = false,
    /// Set when the beginning of a long cell has been let go: then it cannot match as a whole.
    passed: bool = false,

    fn begin(sink: *MatchSink, record: u64) void {
        sink.record = record;
        sink.column = 0;
        sink.len = 0;
        sink.matched = false;
        sink.passed = false;
    }

    pub fn text(sink: *MatchSink, bytes: []const u8) json.Error!void {
        if (sink.matched or (sink.pattern.whole_cell and sink.passed)) return;
        const valid = utf8.validity(bytes) == .valid;
        work.add(bytes.len * @as(u64, if (valid) 6 else 24));
        var rest = bytes;
        while (rest.len > 0 and !sink.matched) {
            const free = sink.room[sink.len..];
            var fits = if (valid) @min(rest.len, free.len) else utf8.prefix(rest, free.len);
            if (valid and fits < rest.len) fits -= utf8.cutOff(rest[0..fits]);
            if (fits == 0) {
                sink.letGo();
                if (sink.pattern.whole_cell) return;
                continue;
            }
            if (valid) @memcpy(free[0..fits], rest[0..fits]);
            sink.len += if (valid) fits else utf8.replaceInvalid(rest[0..fits], free).len;
            rest = rest[fits..];
        }
    }

    /// Makes room: looks at what has been gathered and keeps only what a match could begin in.
    fn letGo(sink: *MatchSink) void {
        sink.passed = true;
        if (sink.pattern.whole_cell) return;
        sink.matched = sink.pattern.matchesWithin(sink.room[0..sink.len]);
        const keep = @min(sink.len, sink.pattern.longest);
        std.mem.copyForwards(u8, sink.room[0..keep], sink.room[sink.len - keep .. sink.len]);
        sink.len = keep;
    }

    pub fn endCell(sink: *MatchSink) json.Error!void {
        const gathered = sink.room[0..sink.len];
        const matches = if (sink.pattern.whole_cell)
            !sink.passed and sink.pattern.matchesWhole(gathered)
        else
            sink.matched or sink.pattern.matchesWithin(gathered);
        if (matches and sink.matches < 2 * most_matches) {
            if (sink.matches > 0) try sink.out.byte(',');
            sink.matches += 1;
            try sink.out.byte('[');
            try sink.out.number(sink.record -| sink.header);
            try sink.out.byte(',');
            try sink.out.number(sink.column);
            try sink.out.byte(']');
        }
        sink.column += 1;
        sink.len = 0;
        sink.matched = false;
        sink.passed = false;
    }
};
