//! A part of a file of lines, read by itself: what was found in it as text, and taking that over.
//!
//! Every newline ends a record whatever stands before it, so a part can be read from any line on. Numbers of records and
//! lines in a survey count from its first line; positions are those of the file.
const std = @import("std");
const sdk = @import("sdk");
const Document = @import("document.zig").Document;
const index_file = @import("index.zig");
const Index = index_file.Index;
const Input = @import("input.zig").Input;
const pass = @import("pass.zig");
const problem_list = @import("problems.zig");
const State = @import("state.zig").State;

pub const Error = pass.Error || sdk.json.Error || error{ BadSurvey, TooMuchToSurvey };

/// The most one call reads.
pub const most = 64 * 1024 * 1024;
/// The most that is looked at for the end of a line.
const longest_line = 16 * 1024 * 1024;
const room = 1024 * 1024 - 64;

/// The first line of a survey: what the host asked for, where the first line in there begins and the last one ends, and
/// how many records, newlines and problems there are. Without any line `first` is `stop`.
const Head = struct {
    begin: u64,
    end: u64,
    first: u64,
    stop: u64,
    records: u64,
    lines: u64,
    problems: u64,
};

/// Reads the lines that begin at or behind byte `begin` and before `end`.
pub fn take(document: *const Document, begin: u64, end: u64) Error![]const u8 {
    const input = &document.input;
    if (document.form != .lines or begin > end or end > input.size or begin < input.begin or end - begin > most)
        return error.BadSurvey;
    var text: sdk.json.Text = .{ .buffer = try sdk.memory.arena().alloc(u8, room) };
    const first = try lineFrom(input, begin);
    var head: Head = .{ .begin = begin, .end = end, .first = first, .stop = first, .records = 0, .lines = 0, .problems = 0 };
    if (first >= end) {
        try writeNumbers(&text, 'h', head);
        return text.written();
    }
    head.stop = try lineFrom(input, end);
    var index: Index = .{};
    defer index.deinit();
    try index.start(first);
    var problems: problem_list.Problems = .{};
    defer problems.deinit();
    var state: State = try .init(.lines, document.dialect, .{}, &index, &problems, first);
    defer state.deinit();
    state.part = true;
    try pass.until(&state, input, head.stop);
    if (index.read != head.stop) return error.TooMuchToSurvey;
    if (head.stop == input.size) pass.finish(&state, input.size);
    head.records = state.complete();
    head.lines = state.lines;
    head.problems = problems.total;
    try writeNumbers(&text, 'h', head);
    for (index.checkpoints.items) |item| try writeNumbers(&text, 'k', item);
    for (index.containers.items[1..]) |item| try writeNumbers(&text, 'c', .{
        item.begin,  item.end orelse head.stop, item.count, @as(u64, @backingInt(item.kind)),
        item.parent, item.number,               item.entry,
    });
    for (problems.kept.items) |item| try writeNumbers(&text, 'p', .{
        @as(u64, @backingInt(item.kind)), item.record, item.line, item.offset, @as(u64, item.detail),
    });
    return text.written();
}

/// Where the first line begins that begins at or behind byte `from`: at most the end of the file.
fn lineFrom(input: *const Input, from: u64) Error!u64 {
    if (from <= input.begin) return input.begin;
    const buffer = try sdk.memory.arena().alloc(u8, 64 * 1024);
    var at = from - 1;
    while (at < input.size) {
        if (at > from + longest_line) return error.TooMuchToSurvey;
        const part = try input.window(buffer, at, input.size);
        if (std.mem.indexOfScalar(u8, part, '\n')) |newline| return at + newline + 1;
        at += part.len;
    }
    return input.size;
}

/// A line of text: a letter and the values of all fields.
fn writeNumbers(text: *sdk.json.Text, letter: u8, values: anytype) sdk.json.Error!void {
    try text.byte(letter);
    inline for (@typeInfo(@TypeOf(values)).@"struct".field_names) |name| {
        try text.byte(' ');
        try text.number(@field(values, name));
    }
    try text.byte('\n');
}

/// A survey that has been read and makes sense by itself.
const Survey = struct {
    head: Head,
    checkpoints: []const [3]u64,
    containers: []const [7]u64,
    problems: []const [5]u64,
};

/// Takes over a survey that begins where the document has come to. An error changes nothing.
pub fn accept(document: *Document, text: []const u8) Error!void {
    const survey = try read(text);
    const head = survey.head;
    const index = &document.index;
    if (document.form != .lines or document.finished or head.begin != document.bytesDone()) return error.BadSurvey;
    try check(document, survey);
    if (head.first != head.stop) {
        if (head.first -| index.read > longest_line) return error.TooMuchToSurvey;
        try reserve(index, survey);
        while (index.read < head.first and !sdk.work.isOver())
            try pass.until(&document.state, &document.input, head.first);
        if (index.read != head.first) return error.TooMuchToSurvey;
        append(document, survey);
    }
    document.claimed = head.end;
    document.surveyed = true;
    try document.finishAtEnd();
}

/// Whether all numbers lie within the file and within each other, and the first line is one.
fn check(document: *const Document, survey: Survey) Error!void {
    const head = survey.head;
    const size = document.input.size;
    if (head.end > size or head.end < head.begin or head.stop > size or head.stop < head.first) return error.BadSurvey;
    if (head.first == head.stop) {
        if (survey.checkpoints.len + survey.containers.len + survey.problems.len > 0) return error.BadSurvey;
        return;
    }
    if (head.first < @max(document.index.read, head.begin) or head.stop < head.end) return error.BadSurvey;
    if (!try isLine(&document.input, head.first) or !try isLine(&document.input, head.stop)) return error.BadSurvey;
    if (survey.checkpoints.len != head.stop / index_file.spacing - head.first / index_file.spacing) return error.BadSurvey;
    for (survey.checkpoints) |item| {
        if (item[0] < head.first or item[0] > head.stop or item[2] > survey.containers.len) return error.BadSurvey;
    }
    for (survey.containers, 1..) |item, id| {
        const inside = item[0] >= head.first and item[1] <= head.stop and item[0] < item[1] and item[6] <= item[0];
        if (!inside or item[3] > 1 or item[4] >= id) return error.BadSurvey;
    }
    for (survey.problems) |item| {
        if (item[0] >= std.enums.values(problem_list.Kind).len or item[4] > 255) return error.BadSurvey;
    }
}

/// Whether a line begins at a byte, or the file ends there.
fn isLine(input: *const Input, at: u64) Error!bool {
    if (at == input.begin or at == input.size) return true;
    var before: [1]u8 = undefined;
    try input.fill(&before, at - 1);
    return before[0] == '\n';
}

fn reserve(index: *Index, survey: Survey) error{OutOfMemory}!void {
    const more = 8; // those of the rest of a line that is finished first
    const checkpoints = survey.checkpoints.len + longest_line / index_file.spacing + more;
    try index.checkpoints.ensureUnusedCapacity(sdk.memory.permanent, checkpoints);
    try index.containers.ensureUnusedCapacity(sdk.memory.permanent, survey.containers.len);
}

fn append(document: *Document, survey: Survey) void {
    const index = &document.index;
    const state = &document.state;
    const head = survey.head;
    const base: u64 = index.containers.items.len - 1;
    const records = state.nest.commas;
    for (survey.checkpoints) |item| index.checkpoints.appendAssumeCapacity(.{
        .offset = item[0],
        .number = item[1] +% if (item[2] == 0) records else 0,
        .container = @intCast(if (item[2] == 0) 0 else item[2] + base),
    });
    for (survey.containers, 1..) |item, id| index.containers.appendAssumeCapacity(.{
        .begin = item[0],
        .end = item[1],
        .count = item[2],
        .kind = if (item[3] == @backingInt(@import("form.zig").Kind.object)) .object else .array,
        .id = @intCast(id + base),
        .parent = @intCast(if (item[4] == 0) 0 else item[4] + base),
        .number = item[5] +% if (item[4] == 0) records else 0,
        .entry = item[6],
    });
    const known = document.problems.total;
    for (survey.problems) |item| document.problems.add(.{
        .kind = @fromBackingInt(@intCast(item[0])),
        .record = item[1] +% records,
        .line = item[2] +% state.lines,
        .offset = item[3],
        .detail = @intCast(item[4]),
    });
    document.problems.total = known +| head.problems;
    state.nest.commas +%= head.records;
    state.nest.last = head.stop;
    state.lines +%= head.lines;
    index.read = head.stop;
    index.containers.items[0].count = state.nest.commas;
}

fn read(text: []const u8) Error!Survey {
    const arena = sdk.memory.arena();
    var checkpoints: std.ArrayList([3]u64) = .empty;
    var containers: std.ArrayList([7]u64) = .empty;
    var problems: std.ArrayList([5]u64) = .empty;
    var lines = std.mem.splitScalar(u8, text, '\n');
    const first = try numbersOf(7, 'h', lines.first());
    while (lines.next()) |line| {
        if (line.len == 0) break;
        switch (line[0]) {
            'k' => try checkpoints.append(arena, try numbersOf(3, 'k', line)),
            'c' => try containers.append(arena, try numbersOf(7, 'c', line)),
            'p' => try problems.append(arena, try numbersOf(5, 'p', line)),
            else => return error.BadSurvey,
        }
    }
    if (lines.next() != null) return error.BadSurvey;
    var head: Head = undefined;
    inline for (@typeInfo(Head).@"struct".field_names, 0..) |name, i| @field(head, name) = first[i];
    return .{ .head = head, .checkpoints = checkpoints.items, .containers = containers.items, .problems = problems.items };
}

fn numbersOf(comptime count: usize, letter: u8, line: []const u8) Error![count]u64 {
    var parts = std.mem.splitScalar(u8, line, ' ');
    if (!std.mem.eql(u8, parts.first(), &.{letter})) return error.BadSurvey;
    var numbers: [count]u64 = undefined;
    for (&numbers) |*number| number.* = std.fmt.parseInt(u64, parts.next() orelse "", 10) catch return error.BadSurvey;
    return if (parts.next() == null) numbers else error.BadSurvey;
}
