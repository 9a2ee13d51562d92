//! The bytes of the file around a place, as far as they may be looked at.
const std = @import("std");
const work = @import("sdk").work;
const input = @import("input.zig");

pub const Error = input.Error;

/// Room for what one reader holds of the file.
pub const Room = [input.read_size]u8;

/// A piece of the file that moves to where it is needed.
pub const Window = struct {
    source: *const input.Input,
    /// What is at or behind this is not there.
    limit: u64,
    room: *Room,
    begin: u64 = 0,
    held: []const u8 = "",

    /// The bytes from `offset` on, as many as are held; at least one, or none at the limit.
    pub fn rest(window: *Window, offset: u64) Error![]const u8 {
        if (offset >= window.limit) return "";
        if (offset < window.begin or offset >= window.begin + window.held.len) try window.move(offset);
        const bytes = window.held[@intCast(offset - window.begin)..];
        return bytes[0..@intCast(@min(bytes.len, window.limit - offset))];
    }

    /// The same, but at least `count` bytes (64 KiB at most) unless the limit is nearer.
    pub fn atLeast(window: *Window, offset: u64, count: usize) Error![]const u8 {
        const bytes = try window.rest(offset);
        if (bytes.len >= count or offset + bytes.len >= window.limit) return bytes;
        try window.move(offset);
        return window.rest(offset);
    }

    pub fn byte(window: *Window, offset: u64) Error!?u8 {
        const bytes = try window.rest(offset);
        return if (bytes.len == 0) null else bytes[0];
    }

    /// What is held afterwards does not depend on the limit, which a reader sets for each record.
    fn move(window: *Window, offset: u64) Error!void {
        work.add(2048);
        window.held = "";
        window.held = try window.source.window(window.room, offset, window.source.size);
        window.begin = offset;
    }
};
