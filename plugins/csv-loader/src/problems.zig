//! What is odd about a file: malformed records, kept as numbers and put into words when asked for.
const std = @import("std");
const sdk = @import("sdk");

pub const Kind = enum {
    ragged_short,
    ragged_long,
    invalid_encoding,
    unclosed_quote,

    fn word(kind: Kind) []const u8 {
        return switch (kind) {
            .ragged_short => "ragged-short",
            .ragged_long => "ragged-long",
            .invalid_encoding => "invalid-encoding",
            .unclosed_quote => "unclosed-quote",
        };
    }
};

pub const Problem = struct {
    kind: Kind,
    /// Record of the file, the header included.
    record: u64,
    line: u64,
    offset: u64,
    /// Number of cells, where the kind is about that.
    cells: u64 = 0,
};

const most_kept = 10_000;

/// A point of the list to come back to.
pub const Mark = struct { kept: usize = 0, total: u64 = 0 };

pub const Problems = struct {
    kept: std.ArrayList(Problem) = .empty,
    total: u64 = 0,

    pub noinline fn add(problems: *Problems, problem: Problem) void {
        problems.total += 1;
        if (problems.isFull()) return;
        // Those of one block come in two goes: first of the encoding, then of the records.
        var at = problems.kept.items.len;
        while (at > 0 and problems.kept.items[at - 1].record > problem.record) at -= 1;
        problems.kept.insert(sdk.memory.permanent, at, problem) catch return; // out of memory: counted, not kept
    }

    /// Whether further problems are only counted.
    pub fn isFull(problems: *const Problems) bool {
        return problems.kept.items.len == most_kept;
    }

    pub fn mark(problems: *const Problems) Mark {
        return .{ .kept = problems.kept.items.len, .total = problems.total };
    }

    pub fn rewind(problems: *Problems, to: Mark) void {
        problems.kept.shrinkRetainingCapacity(@min(to.kept, problems.kept.items.len));
        problems.total = to.total;
    }
};

/// What the words of a message depend on.
pub const Wording = struct {
    /// Records that come before the first of the data: the header.
    header: u64,
    has_header: bool,
    columns: u64,
    encoding: []const u8,
    unclosed_limit_mib: u64,
};

/// `{"total":n,"problems":[…]}` with the items `start` to `start + count`, as far as they fit.
pub fn write(
    problems: *const Problems,
    text: *sdk.json.Text,
    start: u64,
    count: u64,
    wording: Wording,
) sdk.json.Error!void {
    try text.raw("{\"total\":");
    try text.number(problems.total);
    try text.raw(",\"problems\":[");
    const items = problems.kept.items;
    const first: usize = @intCast(@min(start, items.len));
    const end: usize = @intCast(@min(first +| count, items.len));
    for (items[first..end], 0..) |problem, i| {
        if (i > 0) try text.byte(',');
        try writeOne(problem, text, wording);
    }
    try text.raw("]}");
}

fn writeOne(problem: Problem, text: *sdk.json.Text, wording: Wording) sdk.json.Error!void {
    try text.raw("{\"record\":");
    try text.number(problem.record -| wording.header);
    try text.raw(",\"line\":");
    try text.number(problem.line);
    try text.raw(",\"offset\":");
    try text.number(problem.offset);
    try text.raw(",\"kind\":\"");
    try text.raw(problem.kind.word());
    try text.raw("\",\"message\":\"");
    switch (problem.kind) {
        .ragged_short, .ragged_long => {
            if (problem.cells == 0) try text.raw("a blank line") else {
                try text.number(problem.cells);
                try text.raw(if (problem.cells == 1) " cell" else " cells");
            }
            try text.raw(if (wording.has_header) ", the header has " else ", most records have ");
            try text.number(wording.columns);
        },
        .invalid_encoding => {
            if (problem.record < wording.header) try text.raw("in the header: ");
            try text.raw("bytes that are not valid ");
            try text.raw(wording.encoding);
        },
        .unclosed_quote => if (problem.cells == 0)
            try text.raw("a quote is opened and not closed before the end of the file")
        else {
            try text.raw("a quote is opened and not closed within ");
            try text.number(wording.unclosed_limit_mib);
            try text.raw(" MiB; it is read as text");
        },
    }
    try text.raw("\"}");
}
