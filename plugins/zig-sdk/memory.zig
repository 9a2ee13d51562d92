//! Memory of a guest: one arena for each call, and buffers that the host writes into directly.
//!
//! Everything the host passes in, and everything a call returns, lives in the arena and is freed when the host has
//! taken the result (`cabi_post_…`). What must outlive a call belongs to `permanent`.
const std = @import("std");

/// For what outlives a call.
pub const permanent = std.heap.wasm_allocator;

var state: std.heap.ArenaAllocator = .init(std.heap.wasm_allocator);
var landing: ?[]u8 = null;

/// For what lives until the result of the running call has been taken.
pub fn arena() std.mem.Allocator {
    return state.allocator();
}

/// Frees what the last call allocated; keeps a little so that small calls need no growth.
pub fn reset() void {
    _ = state.reset(.{ .retain_with_limit = 256 * 1024 });
}

/// Makes the next list the host returns land in `buffer`, if it fits; without a copy and without touching the arena.
pub fn landIn(buffer: []u8) void {
    landing = buffer;
}

/// Called by the host for room for a value it passes in.
export fn cabi_realloc(old: ?[*]u8, old_len: usize, alignment: usize, new_len: usize) ?[*]u8 {
    if (landing) |buffer| {
        landing = null;
        if (old_len == 0 and new_len != 0 and new_len <= buffer.len and @intFromPtr(buffer.ptr) % alignment == 0)
            return buffer.ptr;
    }
    if (new_len == 0) return @ptrFromInt(alignment);
    const new = arena().rawAlloc(new_len, .fromByteUnits(alignment), @returnAddress()) orelse @trap();
    if (old_len > 0) @memcpy(new[0..@min(old_len, new_len)], old.?[0..@min(old_len, new_len)]);
    return new;
}
