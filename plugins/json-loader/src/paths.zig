//! From a path to the value it leads to.
const std = @import("std");
const sdk = @import("sdk");
const work = sdk.work;
const records = @import("records.zig");
const strings = @import("strings.zig");
const values = @import("values.zig");

pub const Error = records.Error || error{ OutOfMemory, BadPath, NoSuchValue };

/// One step of a path: a member by its name, or a child by its position.
pub const Step = union(enum) { name: []const u8, position: u64 };

/// A step that was taken: the position of the child, and its name.
pub const Taken = struct { position: u64, key: ?values.Span };

/// A value that has been found, and the place among its siblings.
pub const Found = struct {
    head: values.Head,
    /// Its siblings, standing before it, and the bracket they are in; null for a record.
    among: ?Among = null,

    pub const Among = struct { frame: values.Frame, begin: u64 };
};

/// Reads a path: a JSON array of strings and whole numbers.
pub fn parse(arena: std.mem.Allocator, text: []const u8) error{ OutOfMemory, BadPath }![]const Step {
    var scanner: std.json.Scanner = .initCompleteInput(arena, text);
    if (!is(scanner.next() catch return error.BadPath, .array_begin)) return error.BadPath;
    var steps: std.ArrayList(Step) = .empty;
    while (true) {
        const token = scanner.nextAllocMax(arena, .alloc_if_needed, text.len + 1) catch |err|
            return if (err == error.OutOfMemory) error.OutOfMemory else error.BadPath;
        const step: Step = switch (token) {
            .array_end => break,
            .string, .allocated_string => |name| .{ .name = name },
            .number, .allocated_number => |digits| .{
                .position = std.fmt.parseInt(u64, digits, 10) catch return error.BadPath,
            },
            else => return error.BadPath,
        };
        try steps.append(arena, step);
    }
    if (!is(scanner.next() catch return error.BadPath, .end_of_document)) return error.BadPath;
    return steps.items;
}

fn is(token: std.json.Token, wanted: std.meta.Tag(std.json.Token)) bool {
    return token == wanted;
}

/// Follows a path from a record; writes down the steps where there is room for them.
pub fn follow(reader: *values.Reader, record: records.Record, steps: []const Step, taken: ?[]Taken) Error!Found {
    var found: Found = .{ .head = .{
        .position = record.number,
        .key = null,
        .slot = record.begin,
        .begin = record.begin,
        .shape = record.shape,
    } };
    for (steps, 0..) |step, i| {
        if (!found.head.isContainer()) return error.NoSuchValue;
        const begin = found.head.begin;
        const object = found.head.shape == .object;
        var frame = if (step == .position)
            try reader.childrenNear(begin, object, step.position)
        else
            reader.childrenOf(begin, object);
        found.head = switch (step) {
            .position => |n| try child(reader, &frame, n),
            .name => |name| try member(reader, &frame, name),
        };
        found.among = .{ .frame = frame, .begin = begin };
        if (taken) |list| list[i] = .{ .position = found.head.position, .key = found.head.key };
    }
    return found;
}

fn child(reader: *values.Reader, frame: *values.Frame, n: u64) Error!values.Head {
    while (true) {
        const head = try reader.head(frame) orelse return error.NoSuchValue;
        if (head.position == n) return head;
        _ = try reader.finish(frame, head);
        if (work.isOver()) return error.TooFar;
    }
}

fn member(reader: *values.Reader, frame: *values.Frame, name: []const u8) Error!values.Head {
    if (!frame.object) return error.NoSuchValue;
    while (true) {
        const head = try reader.head(frame) orelse return error.NoSuchValue;
        if (head.key) |key| if (try strings.says(&reader.window, insideOf(key), name)) return head;
        _ = try reader.finish(frame, head);
        if (work.isOver()) return error.TooFar;
    }
}

/// A name without its quotes.
pub fn insideOf(key: values.Span) values.Span {
    return .{ .begin = key.begin + 1, .end = key.end - 1 };
}
