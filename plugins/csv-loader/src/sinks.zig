//! What becomes of cells: JSON for a page, for one record as an object, for a part of one cell.
const std = @import("std");
const json = @import("sdk").json;
const utf8 = @import("sdk").utf8;

/// Cells whose text is longer than this are cut in a page.
const cell_limit = 1024;

/// A record as a JSON array of cells: strings, or `{"text","bytes"}` where the text is cut.
pub const PageSink = struct {
    out: *json.Text,
    /// Length at which cells of a record that nearly fills the page alone are cut.
    tight_from: usize,
    cells: u64 = 0,
    open: bool = false,
    /// Where the open cell begins in the output, its length so far, and whether it has been cut.
    mark: usize = 0,
    size: u64 = 0,
    cut: bool = false,

    pub fn begin(sink: *PageSink) json.Error!void {
        sink.cells = 0;
        sink.open = false;
        try sink.out.byte('[');
    }

    pub fn text(sink: *PageSink, bytes: []const u8) json.Error!void {
        if (!sink.open) try sink.openCell();
        if (sink.size == 0 and sink.mark <= sink.tight_from and sink.out.short(bytes)) {
            sink.size = bytes.len;
            return;
        }
        const length = utf8.decodedLength(bytes);
        defer sink.size += length;
        if (sink.cut) return;
        const limit: u64 = if (sink.mark > sink.tight_from) 32 else cell_limit;
        if (sink.size + length <= limit) return sink.out.escaped(bytes);
        sink.cut = true;
        try sink.out.escaped(bytes[0..utf8.prefix(bytes, limit -| sink.size)]);
    }

    pub fn endCell(sink: *PageSink) json.Error!void {
        if (!sink.open) try sink.openCell();
        sink.open = false;
        sink.cells += 1;
        try sink.out.byte('"');
        if (!sink.cut) return;
        const opening = "{\"text\":";
        const cell = sink.out.written()[sink.mark..];
        try sink.out.raw(opening); // makes room
        std.mem.copyBackwards(u8, sink.out.buffer[sink.mark + opening.len ..][0..cell.len], cell);
        @memcpy(sink.out.buffer[sink.mark..][0..opening.len], opening);
        try sink.out.raw(",\"bytes\":");
        try sink.out.number(sink.size);
        try sink.out.byte('}');
    }

    fn openCell(sink: *PageSink) json.Error!void {
        if (sink.cells > 0) try sink.out.byte(',');
        sink.mark = sink.out.len;
        sink.open = true;
        sink.cut = false;
        sink.size = 0;
        try sink.out.byte('"');
    }
};

/// A record as a JSON object; `names` are the keys as JSON strings, cells beyond them get made-up keys.
pub const ObjectSink = struct {
    out: *json.Text,
    names: []const []const u8,
    cells: usize = 0,
    open: bool = false,

    pub fn text(sink: *ObjectSink, bytes: []const u8) json.Error!void {
        if (!sink.open) try sink.openCell();
        try sink.out.escaped(bytes);
    }

    pub fn endCell(sink: *ObjectSink) json.Error!void {
        if (!sink.open) try sink.openCell();
        sink.open = false;
        sink.cells += 1;
        try sink.out.byte('"');
    }

    fn openCell(sink: *ObjectSink) json.Error!void {
        sink.open = true;
        if (sink.cells > 0) try sink.out.byte(',');
        if (sink.cells < sink.names.len) try sink.out.raw(sink.names[sink.cells]) else {
            try sink.out.raw("\"Column ");
            try sink.out.number(sink.cells + 1);
            try sink.out.byte('"');
        }
        try sink.out.raw(":\"");
    }
};

/// A part of one cell: the whole characters of bytes `start` to `start + count` of its text in UTF-8.
pub const PartSink = struct {
    out: *json.Text,
    column: u64,
    start: u64,
    count: u64,
    cell: u64 = 0,
    /// Length of the text so far.
    size: u64 = 0,
    /// Byte of the text behind the last one written; and whether a character did not fit.
    next: u64 = 0,
    full: bool = false,

    pub fn found(sink: *const PartSink) bool {
        return sink.cell > sink.column;
    }

    pub fn text(sink: *PartSink, bytes: []const u8) json.Error!void {
        if (sink.cell != sink.column) return;
        const length = utf8.decodedLength(bytes);
        defer sink.size += length;
        if (sink.full or sink.size + length <= sink.start) return;
        const from = if (sink.start > sink.size) roundUp(bytes, sink.start - sink.size) else 0;
        const begin = sink.size + utf8.decodedLength(bytes[0..from]);
        const stop = sink.start +| sink.count;
        var fits = utf8.prefix(bytes[from..], stop -| begin);
        if (fits == 0 and sink.next == 0 and from < bytes.len) fits = utf8.charAt(bytes[from..]).raw; // always get on
        const part = bytes[from..][0..fits];
        if (fits < bytes.len - from) sink.full = true;
        if (!jsonFits(sink.out, part)) {
            sink.full = true;
            sink.next = @max(sink.next, begin);
            return;
        }
        try sink.out.escaped(part);
        sink.next = begin + utf8.decodedLength(part);
    }

    pub fn endCell(sink: *PartSink) json.Error!void {
        sink.cell += 1;
    }

    /// How many bytes of `bytes` make the first whole characters of at least `length` decoded bytes.
    fn roundUp(bytes: []const u8, length: u64) usize {
        const at = utf8.prefix(bytes, length);
        if (utf8.decodedLength(bytes[0..at]) == length) return at;
        return at + utf8.charAt(bytes[at..]).raw;
    }

    fn jsonFits(out: *const json.Text, part: []const u8) bool {
        return part.len *| 6 < out.buffer.len - out.len;
    }
};

/// The first characters of every cell from `start` on, at most `count` of them, as the children of a record.
pub const ChildrenSink = struct {
    out: *json.Text,
    start: u64,
    count: u64,
    cell: u64 = 0,
    shown: u64 = 0,
    open: bool = false,
    room: u64 = 0,

    const preview = 120;

    pub fn text(sink: *ChildrenSink, bytes: []const u8) json.Error!void {
        if (!sink.wanted()) return;
        if (!sink.open) try sink.openCell();
        const part = bytes[0..utf8.prefix(bytes, sink.room)];
        try sink.out.escaped(part);
        sink.room -= @min(sink.room, if (part.len < bytes.len) sink.room else utf8.decodedLength(part));
    }

    pub fn endCell(sink: *ChildrenSink) json.Error!void {
        if (sink.wanted()) {
            if (!sink.open) try sink.openCell();
            try sink.out.raw("\",\"count\":null}");
            sink.shown += 1;
        }
        sink.open = false;
        sink.cell += 1;
    }

    fn wanted(sink: *const ChildrenSink) bool {
        return sink.cell >= sink.start and sink.shown < sink.count;
    }

    fn openCell(sink: *ChildrenSink) json.Error!void {
        sink.open = true;
        sink.room = preview;
        if (sink.shown > 0) try sink.out.byte(',');
        try sink.out.raw("{\"key\":");
        try sink.out.number(sink.cell);
        try sink.out.raw(",\"kind\":\"text\",\"preview\":\"");
    }
};
