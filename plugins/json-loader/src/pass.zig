//! The one pass over the file: chunk by chunk, with a checkpoint behind each.
const std = @import("std");
const sdk = @import("sdk");
const Input = @import("input.zig").Input;
const input_file = @import("input.zig");
const State = @import("state.zig").State;
const exact = @import("exact.zig");
const fast = @import("fast.zig");
const index_file = @import("index.zig");
const nesting = @import("nesting.zig");

pub const Error = input_file.Error || error{OutOfMemory};

/// More than this is not read in one call, to stay within the fuel a call is given.
const most_at_once = 32 * 1024 * 1024;
const chunk_size = index_file.spacing;

/// Containers up to which all levels are kept, and up to which the outer ones are: nobody's file has as many. A tenth of
/// them where a part of the file is read, whose survey has to be short.
const generous = 20_000;
const plenty = 60_000;

var buffer: [input_file.read_size]u8 = undefined;

/// Reads on by `budget` bytes, rounded up to a chunk, or to the end of the file.
pub fn advance(state: *State, input: *const Input, budget: u64) Error!void {
    const wanted = state.index.read +| @min(@max(budget, 1), most_at_once);
    return until(state, input, @min(input.size, (wanted + chunk_size - 1) / chunk_size * chunk_size));
}

/// Reads on up to byte `stop`, or so far as a call may.
pub fn until(state: *State, input: *const Input, stop: u64) Error!void {
    const index = state.index;
    if (index.read >= stop) return;
    const stream = try input.file.stream(index.read);
    defer stream.close();
    while (index.read < stop and !sdk.work.isOver()) {
        const chunk = buffer[0..@intCast(@min(stop, nextCheckpoint(index.read)) - index.read)];
        if (try stream.fill(chunk) != chunk.len) return error.FileShrank;
        const behind = index.read + chunk.len;
        if (behind < stop) stream.readAhead(@min(stop - behind, chunk_size));
        try through(state, chunk, index.read);
        index.read = behind;
        if (behind % chunk_size == 0) try checkpoint(state);
        publish(state);
    }
}

fn nextCheckpoint(position: u64) u64 {
    return (position / chunk_size + 1) * chunk_size;
}

/// All bytes of a chunk that begins at byte `at` of the file.
fn through(state: *State, chunk: []const u8, at: u64) Error!void {
    try state.nest.reserve(chunk_size + 65);
    sdk.work.add(chunk.len);
    var done: usize = 0;
    while (done < chunk.len) {
        done = switch (state.form) {
            .lines => fast.through(.lines, state, chunk, done, at),
            .concatenated => fast.through(.concatenated, state, chunk, done, at),
            .array, .document => fast.through(.single, state, chunk, done, at),
        };
        if (done == chunk.len) return;
        try exact.run(state, chunk[done..@min(chunk.len, done + 64)], at + done);
        done = @min(chunk.len, done + 64);
    }
}

/// Shows what has been counted to those who read.
fn publish(state: *State) void {
    if (state.form == .array and state.where == .behind) return;
    state.index.containers.items[0].count = state.complete();
}

/// Keeps where the pass stands, and the containers that are open.
fn checkpoint(state: *State) Error!void {
    const index = state.index;
    const nest = &state.nest;
    nest.store();
    if (state.where != .within) {
        const records = if (state.where == .before) 0 else index.records();
        return index.checkpoints.append(sdk.memory.permanent, .{ .offset = index.read, .number = records, .container = 0 });
    }
    var inner = state.record_depth;
    const kept = index.containers.items.len;
    const share: usize = if (state.part) 10 else 1;
    const cap: u32 = if (kept < generous / share) nesting.tracked else if (kept < plenty / share) 32 else 4;
    while (inner + 1 < nesting.tracked and inner < nest.depth) : (inner += 1) {
        const level = &nest.levels[inner + 1];
        if (level.id == nesting.none) {
            if (inner - state.record_depth >= cap) break;
            try keep(state, inner);
        } else index.containers.items[level.id].count = level.commas;
    }
    const level = nest.levels[inner];
    const number = if (level.commas == std.math.maxInt(u64)) 0 else level.commas;
    try index.checkpoints.append(sdk.memory.permanent, .{ .offset = level.last, .number = number, .container = level.id });
}

/// Keeps the container at the level below `outer`.
fn keep(state: *State, outer: u32) Error!void {
    const nest = &state.nest;
    const around = nest.levels[outer];
    const level = &nest.levels[outer + 1];
    const id: u32 = @intCast(state.index.containers.items.len);
    try state.index.containers.append(sdk.memory.permanent, .{
        .begin = level.begin,
        .count = level.commas,
        .kind = nest.kindAt(outer + 1),
        .id = id,
        .parent = around.id,
        .number = around.commas,
        .entry = around.last,
    });
    level.id = id;
}

/// The file has been read to its end.
pub fn finish(state: *State, size: u64) void {
    exact.finish(state, size);
}
