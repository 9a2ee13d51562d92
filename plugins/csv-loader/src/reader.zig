//! Reads records of the open file, from any record on.
const std = @import("std");
const scan = @import("scan.zig");
const Cursor = @import("cells.zig").Cursor;
const input = @import("input.zig");
const index = @import("index.zig");
const work = @import("sdk").work;

var windows: input.Windows = .{};

/// How reading a record went.
pub const Outcome = enum {
    /// The record was handed on whole.
    record,
    /// It is more than one call can read; its beginning was handed on, and this reader is at its end.
    cut,
    /// There was none.
    end,
};

/// A pass over the records. One exists at a time: they share their memory.
pub const Reader = struct {
    source: *const input.Input,
    cursor: Cursor,
    /// Byte of the file the next window begins at, and where the file has not been indexed further.
    next: u64,
    limit: u64,

    /// Stands before record `first` (the header counts) of a file indexed up to byte `limit`.
    pub fn init(
        source: *const input.Input,
        scanner: scan.Scanner,
        known: *const index.Index,
        first: u64,
        limit: u64,
    ) input.Error!Reader {
        const chunk = if (known.count == 0) 0 else known.chunkOf(first);
        const none: index.Entry = .{ .place = .start, .after_cr = false, .ends = 0 };
        const entry = if (known.count == 0) none else known.get(chunk);
        var reader: Reader = .{
            .source = source,
            .cursor = .init(scanner, entry.state()),
            .next = source.begin + @as(u64, chunk) * index.chunk_size,
            .limit = limit,
        };
        var left = first - @min(first, entry.ends);
        while (left > 0) {
            left = reader.cursor.skip(left);
            if (left > 0 and !try reader.refill()) break;
        }
        return reader;
    }

    /// Hands the cells of the next record to `sink`.
    pub fn record(self: *Reader, sink: anytype) !Outcome {
        while (true) {
            if (try self.cursor.walk(sink) == .record) return .record;
            if (work.isOver()) return if (try self.cursor.finish(sink)) .cut else .end;
            if (!try self.refill()) return if (try self.cursor.finish(sink)) .record else .end;
        }
    }

    fn refill(self: *Reader) input.Error!bool {
        if (self.next >= self.limit) return false;
        const window = try windows.at(self.source, self.next, self.limit);
        if (window.raw == 0) return false;
        self.next += window.raw;
        work.add(window.raw);
        self.cursor.feed(window.text, window.literal);
        return true;
    }
};

/// Bytes of the file that one record takes, without its newline.
pub const Extent = struct { begin: u64, end: u64 };

/// Finds where record `record` stands in the file; `limit` is its end if no newline ends it.
pub fn extent(
    source: *const input.Input,
    scanner: scan.Scanner,
    known: *const index.Index,
    record: u64,
    limit: u64,
) input.Error!Extent {
    const begin = if (record == 0) source.begin else (try newlineOf(source, scanner, known, record - 1, limit)).behind;
    const newline = try newlineOf(source, scanner, known, record, limit);
    return .{ .begin = @min(begin, newline.at), .end = newline.at };
}

/// The newline that ends record `record`: where it stands and where the next record begins.
fn newlineOf(
    source: *const input.Input,
    scanner: scan.Scanner,
    known: *const index.Index,
    record: u64,
    limit: u64,
) input.Error!struct { at: u64, behind: u64 } {
    const Raw = struct {
        var buffer: [index.chunk_size + 2]u8 = undefined;
        var narrow: [index.chunk_size / 2 + 1]u8 = undefined;
    };
    if (known.count == 0) return .{ .at = limit, .behind = limit };
    const chunk = known.chunkOf(record + 1);
    const entry = known.get(chunk);
    const unit: u64 = source.encoding.unit();
    const begin = source.begin + @as(u64, chunk) * index.chunk_size;
    // One unit more than the chunk, to see whether an LF follows its last CR.
    const raw = Raw.buffer[0..@intCast(@min(index.chunk_size + unit, limit - begin))];
    try source.fill(raw, begin);
    const units = if (unit == 2) @import("transcode.zig").narrow(source.encoding, raw, &Raw.narrow) else raw;
    var state = entry.state();
    var left = record + 1 -| entry.ends;
    var at: usize = 0;
    while (at < units.len) {
        const offset = begin + at * unit;
        var part = units[at..@min(units.len, at + scan.block_size)];
        if (source.nextLiteral(offset)) |literal| {
            if (literal == offset) {
                state = .{ .place = .field };
                at += 1;
                continue;
            }
            part = part[0..@intCast(@min(part.len, (literal - offset) / unit))];
        }
        const step = scanner.next(part, state);
        const marks = step.marks;
        state = step.state;
        const here = @popCount(marks.ends);
        if (here >= left) {
            var ends = marks.ends;
            for (1..@intCast(left)) |_| ends &= ends - 1;
            const newline = at + @ctz(ends);
            const pair = units[newline] == '\r' and newline + 1 < units.len and units[newline + 1] == '\n';
            return .{ .at = begin + newline * unit, .behind = begin + (newline + 1 + @intFromBool(pair)) * unit };
        }
        left -= here;
        at += part.len;
    }
    return .{ .at = limit, .behind = limit };
}
