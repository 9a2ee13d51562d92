//! The first records of a file, as far as they tell how the rest looks.
const std = @import("std");
const scan = @import("scan.zig");
const cells = @import("cells.zig");
const types = @import("sdk").types;

const most_records = 1000;
const most_columns = 20_000;
/// A longer cell is judged by its beginning.
const most_gathered = 64 * 1024;

/// What the sample says.
pub const Findings = struct {
    /// Cells of the first record that is not blank, as many as are looked at; and how many it has.
    first: []const []const u8,
    first_count: u64,
    /// Blank records before it.
    blank: u64,
    /// One for each column, from the records behind the first.
    guesses: []types.Guess,
    /// Number of cells that most records have; 0 if there is no record.
    usual: u64,
    /// Records looked at that are not blank.
    records: usize,
};

/// Reads the records of `text`, which is UTF-8 and the whole file if `complete`; cut off records count only if there is
/// no other.
pub fn look(
    arena: std.mem.Allocator,
    scanner: scan.Scanner,
    text: []const u8,
    complete: bool,
) error{OutOfMemory}!Findings {
    var cursor: cells.Cursor = .init(scanner, .{});
    cursor.feed(text, false);
    var sink: Sink = .{ .arena = arena, .buffer = try arena.alloc(u8, most_gathered) };
    var counts: std.AutoArrayHashMapUnmanaged(u64, u32) = .empty;
    var blank: u64 = 0;
    var first_count: u64 = 0;
    var records: usize = 0;
    while (records < most_records) {
        sink.column = 0;
        const ended = try cursor.walk(&sink) == .record;
        if (!ended and (complete or records == 0)) _ = try cursor.finish(&sink);
        if (!ended and !complete and records > 0) break;
        if (sink.column > 0) {
            if (records == 0) first_count = sink.column;
            records += 1;
            const entry = try counts.getOrPutValue(arena, sink.column, 0);
            entry.value_ptr.* += 1;
            sink.is_first = false;
        } else if (ended and records == 0) blank += 1;
        if (!ended) break;
    }
    var usual: u64 = 0;
    var most: u32 = 0;
    for (counts.keys(), counts.values()) |columns, count| {
        if (count < most or (count == most and columns < usual)) continue;
        usual = columns;
        most = count;
    }
    return .{
        .first = sink.first.items,
        .first_count = first_count,
        .blank = blank,
        .guesses = sink.guesses.items,
        .usual = usual,
        .records = records,
    };
}

const Sink = struct {
    arena: std.mem.Allocator,
    buffer: []u8,
    len: usize = 0,
    column: usize = 0,
    is_first: bool = true,
    first: std.ArrayList([]const u8) = .empty,
    guesses: std.ArrayList(types.Guess) = .empty,

    pub fn text(sink: *Sink, bytes: []const u8) error{OutOfMemory}!void {
        const part = bytes[0..@min(bytes.len, sink.buffer.len - sink.len)];
        @memcpy(sink.buffer[sink.len..][0..part.len], part);
        sink.len += part.len;
    }

    pub fn endCell(sink: *Sink) error{OutOfMemory}!void {
        const cell = sink.buffer[0..sink.len];
        defer sink.column += 1;
        defer sink.len = 0;
        if (sink.column >= most_columns) return;
        if (sink.is_first) {
            try sink.first.append(sink.arena, try sink.arena.dupe(u8, cell));
            return;
        }
        if (sink.column >= sink.guesses.items.len) try sink.guesses.append(sink.arena, .{});
        sink.guesses.items[sink.column].add(cell);
    }
};

/// Whether the first record names the columns rather than being data.
pub fn hasHeader(findings: *const Findings) bool {
    var votes: i32 = 0;
    var typed: usize = 0;
    for (findings.first, 0..) |cell, column| {
        for (findings.first[0..@min(column, 200)]) |other| {
            if (cell.len > 0 and std.mem.eql(u8, cell, other)) {
                votes -= 1;
                break;
            }
        }
        if (cell.len == 0) {
            if (column > 0) votes -= 1;
            continue;
        }
        const kind = types.typeOf(cell);
        if (kind != .text) typed += 1;
        if (column >= findings.guesses.len) continue;
        const rest = findings.guesses[column].type orelse continue;
        if (rest == .text) continue;
        const numeric = kind == .integer or kind == .float;
        const numbers = numeric and (rest == .integer or rest == .float);
        const fits = kind == rest or numbers or (kind == .date and rest == .timestamp);
        if (!fits) {
            votes += if (kind == .text) 2 else 1;
        } else if (kind != .integer or !isSeries(findings.first, column)) votes -= 2;
    }
    if (votes != 0) return votes > 0;
    const named = findings.first.len;
    return named > 0 and typed < named;
}

/// Whether a number of the first record is one of a run such as 1990, 1991, 1992: columns can be named so.
fn isSeries(first: []const []const u8, column: usize) bool {
    const own = std.fmt.parseInt(i64, first[column], 10) catch return false;
    if (own < 1000) return false;
    for (first[column -| 1..@min(first.len, column + 2)]) |neighbour| {
        const other = std.fmt.parseInt(i64, neighbour, 10) catch continue;
        if (other - own <= 10 and own - other <= 10 and other != own) return true;
    }
    return false;
}
