//! Finding text: a filter over the bytes of the file says which records to look at, their cells are compared exactly.
const json = @import("sdk").json;
const input = @import("input.zig");
const index = @import("index.zig");
const pattern_file = @import("sdk").pattern;
const transcode = @import("transcode.zig");
const work = @import("sdk").work;
const Reader = @import("reader.zig").Reader;
const Matcher = @import("sdk").matching.Matcher;
const Candidates = @import("candidates.zig").Candidates;
pub const Place = @import("candidates.zig").Place;
const MatchSink = @import("matching.zig").MatchSink;
const most_matches = @import("matching.zig").most_matches;

var raw_buffer: [input.read_size]u8 = undefined;
var narrow_buffer: [input.read_size / 2]u8 = undefined;

pub const Error = input.Error || json.Error;

/// Searches from record `from` (the header counts) on and writes the answer of `paged-loader.find`.
pub fn find(place: Place, matcher: Matcher, from: u64, max_bytes: u64, out: *json.Text) Error!void {
    try out.raw("{\"matches\":[");
    var search: Search = .{
        .place = place,
        .next = from,
        .reader_at = null,
        .sink = .{ .matcher = matcher, .out = out, .header = place.header },
        .filter = matcher.pattern.filter(.{
            .doubled = place.scanner.dialect.quote,
            .ascii_only = place.source.encoding != .utf8,
        }),
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
