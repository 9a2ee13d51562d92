//! Comparing the cells of a record with a pattern.
const sdk = @import("sdk");
const json = sdk.json;
const Matcher = sdk.matching.Matcher;

/// The most cells one answer lists.
pub const most_matches = 10_000;

/// Compares the cells of one record and writes `[record,column]` for those that match.
pub const MatchSink = struct {
    matcher: Matcher,
    out: *json.Text,
    header: u64,
    matches: usize = 0,
    record: u64 = 0,
    column: u64 = 0,

    pub fn begin(sink: *MatchSink, record: u64) void {
        sink.record = record;
        sink.column = 0;
        sink.matcher.begin();
    }

    pub fn text(sink: *MatchSink, bytes: []const u8) json.Error!void {
        sink.matcher.text(bytes);
    }

    pub fn endCell(sink: *MatchSink) json.Error!void {
        if (sink.matcher.end() and sink.matches < 2 * most_matches) {
            if (sink.matches > 0) try sink.out.byte(',');
            sink.matches += 1;
            try sink.out.byte('[');
            try sink.out.number(sink.record -| sink.header);
            try sink.out.byte(',');
            try sink.out.number(sink.column);
            try sink.out.byte(']');
        }
        sink.column += 1;
        sink.matcher.begin();
    }
};
