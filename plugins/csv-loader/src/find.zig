//! Finding text: a filter over the bytes of the file says which records to look at, their cells are compared exactly.
const std = @import("std");
const json = @import("sdk").json;
const scan = @import("scan.zig");
const input = @import("input.zig");
const index = @import("index.zig");
const pattern_file = @import("pattern.zig");
const transcode = @import("transcode.zig");
const utf8 = @import("utf8.zig");
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
        if (self.filter) |filter| {
            const raw = raw_buffer[0..@intCast(end - begin)];
            try self.place.source.fill(raw, begin);
            var walk: Candidates = .init(self.place, first, begin);
            var units: []const u8 = raw;
            const encoding = self.place.source.encoding;
            if (encoding.unit() == 2) units = transcode.narrow(encoding, raw, &narrow_buffer);
            if (self.pending) |record| {
                if (record >= end_record) return;
                self.pending = null;
                if (!try self.compare(record)) return;
            }
            while (walk.next(filter, units)) |record| {
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

    /// Compares the cells of one record; false when no more matches can be listed.
    fn compare(self: *Search, record: u64) Error!bool {
        const near = if (self.reader_at) |at| at <= record and record - at < 64 else false;
        if (!near) {
            self.reader = try .init(self.place.source, self.place.scanner, self.place.known, record, self.place.limit);
            self.reader_at = record;
        }
        var nothing: @import("cells.zig").Nothing = .{};
        while (self.reader_at.? < record) : (self.reader_at = self.reader_at.? + 1) {
            if (try self.reader.record(&nothing) != .record) break;
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
        self.full = self.sink.matches >= most_matches;
        return !self.full;
    }
};

/// Walks the units of some chunks and names the records that may hold a match, in order, each once.
const Candidates = struct {
    place: Place,
    state: scan.State,
    /// Records that ended before `at`, and the file's byte of unit 0.
    ends: u64,
    base: u64,
    at: usize = 0,
    /// Whether the last unit of the block before may begin a match.
    carried: bool = false,
    /// What is left of the block before `at`.
    hits: u64 = 0,
    block_ends: u64 = 0,
    named: ?u64 = null,

    fn init(place: Place, chunk: usize, base: u64) Candidates {
        const entry = place.known.get(chunk);
        // A match may straddle the beginning: then its second unit is the first one here.
        return .{ .place = place, .state = entry.state(), .ends = entry.ends, .base = base, .carried = true };
    }

    fn next(self: *Candidates, filter: pattern_file.Filter, units: []const u8) ?u64 {
        while (true) {
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
            if (self.at >= units.len) return null;
            self.block(filter, units);
        }
    }

    fn block(self: *Candidates, filter: pattern_file.Filter, units: []const u8) void {
        const unit: u64 = self.place.source.encoding.unit();
        var part = units[self.at..@min(units.len, self.at + scan.block_size)];
        const offset = self.base + self.at * unit;
        if (self.place.source.nextLiteral(offset)) |literal| {
            if (literal == offset) {
                self.state = .{ .place = .field };
                self.hits = 1;
                self.carried = true;
                self.at += 1;
                return;
            }
            part = part[0..@intCast(@min(part.len, (literal - offset) / unit))];
        }
        self.hits = self.filterBlock(filter, part);
        const step = self.place.scanner.next(part, self.state);
        self.block_ends = step.marks.ends;
        self.state = step.state;
        self.at += part.len;
    }

    fn filterBlock(self: *Candidates, filter: pattern_file.Filter, part: []const u8) u64 {
        var padded: [scan.block_size]u8 = @splat(0);
        if (part.len < scan.block_size) @memcpy(padded[0..part.len], part);
        const whole = scan.load(if (part.len < scan.block_size) &padded else part[0..scan.block_size]);
        const used = scan.below(@intCast(part.len));
        const firsts = anyOf(whole, filter.first) & used;
        const second = filter.second orelse return firsts;
        const hits = ((firsts << 1) | @intFromBool(self.carried)) & anyOf(whole, second) & used;
        self.carried = firsts >> @intCast(part.len - 1) != 0;
        return hits;
    }
};

inline fn anyOf(block: scan.Block, set: pattern_file.ByteSet) u64 {
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
        var rest = bytes;
        while (rest.len > 0 and !sink.matched) {
            if (sink.pattern.whole_cell and sink.passed) return;
            const char_room = sink.room.len - sink.len;
            const fits = if (rest.len <= char_room / 3) rest.len else utf8.prefix(rest, char_room);
            if (fits == 0) {
                sink.letGo();
                continue;
            }
            sink.append(rest[0..fits]);
            rest = rest[fits..];
        }
    }

    fn append(sink: *MatchSink, bytes: []const u8) void {
        if (utf8.validity(bytes) == .valid) {
            @memcpy(sink.room[sink.len..][0..bytes.len], bytes);
            sink.len += bytes.len;
            return;
        }
        sink.len += utf8.replaceInvalid(bytes, sink.room[sink.len..]).len;
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
