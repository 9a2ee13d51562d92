//! A walk over names, values and brackets in file order, that knows at each of them where it is.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const work = sdk.work;
const Container = @import("index.zig").Container;
const Document = @import("document.zig").Document;
const records = @import("records.zig");
const values = @import("values.zig");
const window = @import("window.zig");

pub const Error = records.Error || error{ OutOfMemory, TooDeep };

/// More levels than this are not walked: they would not fit in memory.
const deepest = 500_000;

/// Something that was walked over.
pub const Token = struct {
    what: enum { name, value, open, close },
    at: values.Span,
    kind: values.Kind,
    /// How many objects and arrays of the record are around it, and its place in the innermost: of a name and a bracket
    /// that of the value they belong to.
    around: usize,
    position: u64,
};

pub const Walk = struct {
    cursor: records.Cursor,
    /// The record being walked.
    record: ?records.Record = null,
    /// The objects and arrays around the place; each stands before the child that is being walked.
    frames: std.ArrayList(values.Frame) = .empty,
    /// The child whose name came last.
    named: ?values.Head = null,
    /// Objects and arrays that were read to their end in vain, on the way to a place.
    attempts: usize = 0,

    pub fn init(document: *const Document, room: *window.Room) Walk {
        return .{ .cursor = .init(document, room) };
    }

    /// The next token; null where no more records have been read.
    pub fn next(self: *Walk) Error!?Token {
        const reader = &self.cursor.reader;
        if (self.named) |head| {
            self.named = null;
            return try self.begin(head);
        }
        if (self.frames.items.len == 0) return self.nextRecord();
        const frame = self.top();
        const head = try reader.head(frame) orelse return try self.close(frame.at);
        const key = head.key orelse return try self.begin(head);
        self.named = head;
        return self.token(.name, key, .string, head.position);
    }

    fn nextRecord(self: *Walk) Error!?Token {
        const record = try self.cursor.head() orelse {
            self.record = null;
            return null;
        };
        self.record = record;
        if (record.shape == .object or record.shape == .array) {
            const opened = self.token(.open, .{ .begin = record.begin, .end = record.begin + 1 }, kindOf(record.shape), 0);
            try self.push(record.begin, record.shape == .object);
            return opened;
        }
        const value = try self.cursor.finish(record);
        return self.token(.value, value.at, value.kind, 0);
    }

    fn begin(self: *Walk, head: values.Head) Error!Token {
        if (head.isContainer()) {
            const bracket: values.Span = .{ .begin = head.begin, .end = head.begin + 1 };
            const opened = self.token(.open, bracket, kindOf(head.shape), head.position);
            try self.push(head.begin, head.shape == .object);
            return opened;
        }
        const child = try self.cursor.reader.finish(self.top(), head);
        return self.token(.value, child.value.at, child.value.kind, head.position);
    }

    /// Leaves the innermost object or array, whose bracket should stand at `at`.
    fn close(self: *Walk, at: u64) Error!Token {
        const there = try self.cursor.reader.window.byte(at) != null;
        const frame = self.frames.pop().?;
        const span: values.Span = .{ .begin = at, .end = at + @intFromBool(there) };
        const position = if (self.frames.items.len == 0) 0 else self.top().next;
        try self.leave(span.end);
        return self.token(.close, span, if (frame.object) .object else .array, position);
    }

    fn leave(self: *Walk, end: u64) Error!void {
        if (self.frames.items.len == 0) return self.cursor.leave(self.record.?, end);
        _ = try self.cursor.reader.leave(self.top(), end);
    }

    fn push(self: *Walk, at: u64, object: bool) Error!void {
        if (self.frames.items.len == deepest) return error.TooDeep;
        try self.frames.append(sdk.memory.arena(), self.cursor.reader.childrenOf(at, object));
    }

    fn top(self: *Walk) *values.Frame {
        return &self.frames.items[self.frames.items.len - 1];
    }

    fn token(
        self: *const Walk,
        what: @FieldType(Token, "what"),
        at: values.Span,
        kind: values.Kind,
        position: u64,
    ) Token {
        return .{ .what = what, .at = at, .kind = kind, .around = self.frames.items.len, .position = position };
    }

    /// The kind of the value whose name came last.
    pub fn kindOfNamed(self: *Walk) Error!values.Kind {
        const head = self.named orelse return .invalid;
        if (head.isContainer()) return kindOf(head.shape);
        return (try self.cursor.reader.value(head.begin)).kind;
    }

    /// Goes on from the nearest place known before byte `offset`, which has been read. What comes next may lie some way
    /// before it. False if it lies in no record.
    pub fn seat(self: *Walk, offset: u64) Error!bool {
        self.frames.clearRetainingCapacity();
        self.named = null;
        self.record = null;
        self.attempts = 0;
        const index = &self.cursor.document.index;
        const around = index.around(offset);
        if (around.container.id == 0) return self.seatAtRecord(around.seek, offset);
        var step = around.container;
        while (true) {
            if (self.frames.items.len == deepest) return error.TooDeep;
            try self.frames.append(sdk.memory.arena(), .{ .at = step.end orelse offset, .object = step.kind == .object });
            if (step.parent == 0) break;
            const parent = index.containers.items[step.parent];
            step = parent;
        }
        try self.number(around.container);
        self.record = .{
            .number = step.number,
            .begin = step.begin,
            .shape = if (step.kind == .object) .object else .array,
        };
        try self.cursor.within(self.record.?);
        const frame = self.top();
        frame.at = around.seek.offset;
        frame.next = around.seek.number;
        return true;
    }

    /// Puts the frames, found from the inside out, in order, and says which child each is at.
    fn number(self: *Walk, innermost: Container) Error!void {
        const frames = self.frames.items;
        std.mem.reverse(values.Frame, frames);
        var step = innermost;
        var at = frames.len;
        while (at > 1) : (at -= 1) {
            frames[at - 2].next = step.number;
            step = self.cursor.document.index.containers.items[step.parent];
        }
    }

    fn seatAtRecord(self: *Walk, seek: @import("index.zig").Seek, offset: u64) Error!bool {
        self.cursor.stand(seek);
        while (true) {
            if (work.isOver()) return error.TooFar;
            const before = self.cursor.frame;
            const record = try self.cursor.head() orelse return false;
            try self.cursor.skip(record);
            if (self.cursor.frame.at <= offset) continue;
            self.cursor.frame = before;
            return true;
        }
    }

    /// Passes over the object or array that was just opened if it ends at or before `target`.
    pub fn passes(self: *Walk, opened: Token, target: u64) Error!bool {
        const end = try self.endOf(opened, target) orelse return false;
        if (end > target) return false;
        _ = self.frames.pop();
        try self.leave(end);
        return true;
    }

    fn endOf(self: *Walk, opened: Token, target: u64) Error!?u64 {
        if (self.cursor.document.index.container(opened.at.begin)) |known| return known.end;
        // Each attempt may read far beyond the target: in deep nesting it is cheaper to walk.
        if (self.attempts == 8 or target -| opened.at.begin < 256) return null;
        const value = try self.cursor.reader.value(opened.at.begin);
        if (value.at.end > target) self.attempts += 1;
        return if (value.closed) value.at.end else null;
    }

    /// Writes the positions that lead to a token, or (without one) to the innermost object or array around.
    pub fn writePath(self: *const Walk, around: usize, position: ?u64, out: *json.Text) json.Error!void {
        try out.byte('[');
        for (0..around -| 1) |i| {
            if (i > 0) try out.byte(',');
            try out.number(self.frames.items[i].next);
        }
        if (around > 0) if (position) |last| {
            if (around > 1) try out.byte(',');
            try out.number(last);
        };
        try out.byte(']');
    }
};

fn kindOf(shape: values.Shape) values.Kind {
    return if (shape == .object) .object else .array;
}
