//! Values in the text of a file, one after another, without holding any of them.
//!
//! An object or array is a sequence of *slots* between commas. A slot that is not exactly one value (in an object: a
//! name, a colon and a value) holds a value of kind `invalid`, its text being all that stands there; the last slot does
//! not count if it is empty. So whatever the text is, it can be walked, and there are as many children as commas and one
//! more. Any closing bracket closes; what is never closed ends where the reading ends.
const std = @import("std");
const sdk = @import("sdk");
const work = sdk.work;
const Index = @import("index.zig").Index;
const skipping = @import("skipping.zig");
const scalars = @import("scalars.zig");
const window = @import("window.zig");

pub const Error = window.Error;

pub const Kind = enum { object, array, string, number, boolean, null, invalid };

/// Bytes of the file from `begin` up to `end`.
pub const Span = struct {
    begin: u64,
    end: u64,

    pub fn len(span: Span) u64 {
        return span.end - span.begin;
    }
};

pub const Value = struct {
    kind: Kind,
    at: Span,
    /// Children of an object or array; null where counting them would take too long.
    count: ?u64 = null,
    /// Whether its last quote or bracket is there.
    closed: bool = true,

    pub fn isContainer(value: *const Value) bool {
        return value.kind == .object or value.kind == .array;
    }

    /// What a string says: without its quotes.
    pub fn inside(value: *const Value) Span {
        const end = value.at.end - @intFromBool(value.closed and value.kind == .string);
        return .{ .begin = @min(value.at.begin + 1, end), .end = end };
    }
};

/// What a value looks like by its first byte.
pub const Shape = enum { object, array, string, word, none };

/// The beginning of a child: what is known before its value has been read.
pub const Head = struct {
    position: u64,
    /// Its name in quotes.
    key: ?Span,
    /// Where its slot begins, and its value.
    slot: u64,
    begin: u64,
    shape: Shape,

    pub fn isContainer(self: Head) bool {
        return self.shape == .object or self.shape == .array;
    }
};

/// A place among the children of an object or array.
pub const Frame = struct {
    /// Child `next` is looked for from here on.
    at: u64,
    next: u64 = 0,
    object: bool,
};

pub const Child = struct { position: u64, key: ?Span, value: Value };

pub const Reader = struct {
    window: window.Window,
    index: *const Index,
    /// Whether comments are white space.
    comments: bool,

    /// Behind white space, and comments where they are allowed.
    pub fn space(self: *Reader, from: u64) Error!u64 {
        var at = from;
        while (true) {
            const bytes = try self.window.rest(at);
            if (bytes.len == 0) return at;
            const i = leading(bytes);
            at += i;
            work.add(i / 4);
            if (i == bytes.len) continue;
            if (bytes[i] != '/' or !self.comments) return at;
            at = try skipping.comment(&self.window, at) orelse return at;
        }
    }

    pub fn shapeAt(self: *Reader, at: u64) Error!Shape {
        return switch (try self.window.byte(at) orelse return .none) {
            '{' => .object,
            '[' => .array,
            '"' => .string,
            ',', ':', '}', ']' => .none,
            else => .word,
        };
    }

    /// The value that begins at `at`.
    pub fn value(self: *Reader, at: u64) Error!Value {
        return self.shaped(at, try self.shapeAt(at));
    }

    fn shaped(self: *Reader, at: u64, shape: Shape) Error!Value {
        return switch (shape) {
            .object, .array => self.container(at, if (shape == .object) .object else .array),
            .string => self.string(at),
            .word => scalars.read(&self.window, at, self.comments),
            .none => .{ .kind = .invalid, .at = .{ .begin = at, .end = at } },
        };
    }

    pub fn string(self: *Reader, at: u64) Error!Value {
        const end = try skipping.string(&self.window, at + 1);
        const kind: Kind = if (end.closed) .string else .invalid;
        return .{ .kind = kind, .at = .{ .begin = at, .end = end.offset }, .closed = end.closed };
    }

    fn container(self: *Reader, at: u64, kind: Kind) Error!Value {
        if (self.index.container(at)) |known| {
            const end = known.end orelse return self.open(at, kind);
            if (end <= self.window.limit)
                return .{ .kind = kind, .at = .{ .begin = at, .end = end }, .count = known.count };
        }
        const end = try skipping.container(&self.window, at, self.comments);
        return .{
            .kind = kind,
            .at = .{ .begin = at, .end = end.offset },
            .count = if (end.closed) end.children else null,
            .closed = end.closed,
        };
    }

    /// A container that has not been read to its end.
    fn open(self: *Reader, at: u64, kind: Kind) Value {
        return .{ .kind = kind, .at = .{ .begin = at, .end = self.window.limit }, .closed = false };
    }

    /// The children of the container whose bracket stands at `begin`.
    pub fn childrenOf(_: *Reader, begin: u64, object: bool) Frame {
        return .{ .at = begin + 1, .object = object };
    }

    /// The children from about child `n` on: from the nearest place known.
    pub fn childrenNear(self: *Reader, begin: u64, object: bool, n: u64) Error!Frame {
        var frame = self.childrenOf(begin, object);
        if (n < walked_anyway) return frame;
        const known = self.index.container(begin) orelse return frame;
        const seek = self.index.seekChild(known, n);
        if (seek.number > n or seek.number == 0) return frame;
        frame.at = seek.offset;
        frame.next = seek.number;
        return frame;
    }

    /// So many children are walked rather than looked up.
    const walked_anyway = 32;

    /// The beginning of the next child; null at the end. The frame stays before it.
    pub fn head(self: *Reader, frame: *Frame) Error!?Head {
        work.add(100);
        const slot = try self.space(frame.at);
        frame.at = slot;
        const first = try self.window.byte(slot) orelse return null;
        if (first == '}' or first == ']') return null;
        var found: Head = .{ .position = frame.next, .key = null, .slot = slot, .begin = slot, .shape = .none };
        if (!frame.object) {
            found.shape = try self.shapeAt(slot);
            return found;
        }
        if (first != '"') return found;
        const name = try self.string(slot);
        if (!name.closed) return found;
        found.key = name.at;
        found.begin = try self.space(name.at.end);
        if (try self.window.byte(found.begin) != ':') return found;
        found.begin = try self.space(found.begin + 1);
        found.shape = try self.shapeAt(found.begin);
        return found;
    }

    /// Reads the child that `head` found the beginning of, and moves the frame behind it.
    pub fn finish(self: *Reader, frame: *Frame, found: Head) Error!Child {
        var read = try self.shaped(found.begin, found.shape);
        if (found.shape == .none) read.at = .{ .begin = found.begin, .end = found.begin };
        if (try self.leave(frame, read.at.end)) |end|
            read = .{ .kind = .invalid, .at = .{ .begin = found.begin, .end = end } };
        return .{ .position = found.position, .key = found.key, .value = read };
    }

    /// Moves the frame behind the child whose value ends at `end`. If more stands in its slot, where that ends.
    pub fn leave(self: *Reader, frame: *Frame, end: u64) Error!?u64 {
        frame.next += 1;
        frame.at = try self.space(end);
        switch (try self.window.byte(frame.at) orelse return null) {
            ',' => frame.at += 1,
            '}', ']' => {},
            else => {
                const slot = try self.slotEnd(frame.at);
                frame.at = try self.space(slot);
                if (try self.window.byte(frame.at) == ',') frame.at += 1;
                return slot;
            },
        }
        return null;
    }

    /// Where the text of a malformed slot ends: before a comma or a closing bracket.
    fn slotEnd(self: *Reader, from: u64) Error!u64 {
        var at = from;
        var end = from;
        while (!work.isOver()) {
            at = switch (try self.window.byte(at) orelse return end) {
                ',', '}', ']' => return end,
                ':' => at + 1,
                else => (try self.value(at)).at.end,
            };
            end = at;
            at = try self.space(at);
        }
        return end;
    }

    /// The next child, read.
    pub fn next(self: *Reader, frame: *Frame) Error!?Child {
        return try self.finish(frame, try self.head(frame) orelse return null);
    }
};

/// How much white space there is at the beginning.
fn leading(bytes: []const u8) usize {
    const Vector = sdk.blocks.Vector;
    var i: usize = 0;
    while (i < bytes.len and isSpace(bytes[i])) {
        i += 1;
        if (i < 8) continue;
        while (i + 16 <= bytes.len) : (i += 16) {
            const lanes: Vector = bytes[i..][0..16].*;
            const white = (lanes == @as(Vector, @splat(' '))) | (lanes == @as(Vector, @splat('\n'))) |
                (lanes == @as(Vector, @splat('\r'))) | (lanes == @as(Vector, @splat('\t')));
            if (!@reduce(.And, white)) break;
        }
    }
    return i;
}

pub fn isSpace(byte: u8) bool {
    return byte == ' ' or byte == '\n' or byte == '\r' or byte == '\t';
}
