//! Where a malformed record ends: by the rules of the pass over the file, which know how to go on behind what is wrong.
const std = @import("std");
const sdk = @import("sdk");
const Document = @import("document.zig").Document;
const Index = @import("index.zig").Index;
const problem_list = @import("problems.zig");
const State = @import("state.zig").State;
const exact = @import("exact.zig");
const window = @import("window.zig");

pub const Error = window.Error || error{OutOfMemory};

/// Whether anything is wrong with a record, as far as that has been kept.
pub fn isMalformed(document: *const Document, record: u64) bool {
    const kept = document.problems.kept.items;
    const at = std.sort.lowerBound(problem_list.Problem, kept, record, isBefore);
    if (at < kept.len) return kept[at].record == record;
    return kept.len == problem_list.most_kept;
}

fn isBefore(record: u64, problem: problem_list.Problem) std.math.Order {
    return std.math.order(record, problem.record);
}

/// Where the text of the record whose slot begins at `begin` ends, or null if that is not found in this call.
pub fn boundary(document: *const Document, from: *window.Window, begin: u64) Error!?u64 {
    var index: Index = .{};
    defer index.deinit();
    try index.start(begin);
    var problems: problem_list.Problems = .{};
    defer problems.deinit();
    var state: State = try .init(document.form, document.dialect, .{}, &index, &problems, begin);
    defer state.deinit();
    if (document.form == .array) try exact.run(&state, "[", begin);
    var at = begin;
    while (true) {
        const bytes = try from.rest(at);
        if (bytes.len == 0) return at;
        for (0..bytes.len) |i| {
            if (sdk.work.isOver()) return null;
            sdk.work.add(24);
            try exact.run(&state, bytes[i..][0..1], at + i);
            if (nextBegins(&state)) |next| return next;
            if (state.where == .behind) return at + i;
        }
        at += bytes.len;
    }
}

/// Where the slot of the next record begins, if it has been reached: right behind a comma, or at its first byte.
fn nextBegins(state: *State) ?u64 {
    state.nest.store();
    const level = state.nest.levels[state.record_depth];
    return switch (level.commas) {
        1 => level.last,
        2 => level.last - 1, // a slash that begins no comment is a record, which is known only when the next begins
        else => null,
    };
}
