//! Comparing the cells of a record with a pattern, whatever their length.
const std = @import("std");
const json = @import("sdk").json;
const utf8 = @import("sdk").utf8;
const work = @import("sdk").work;
const Pattern = @import("sdk").pattern.Pattern;

/// The most cells one answer lists.
pub const most_matches = 10_000;

/// Compares the cells of one record and writes `[record,column]` for those that match.
pub const MatchSink = struct {
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

    pub fn begin(sink: *MatchSink, record: u64) void {
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
