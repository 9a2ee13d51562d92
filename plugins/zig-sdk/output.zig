//! Bytes on their way out: a buffer that grows, and is kept from one call to the next.
const std = @import("std");
const decimal = @import("decimal.zig");
const memory = @import("memory.zig");

pub const Error = error{OutOfMemory};

/// More of the buffer than this is given back after a call.
const kept = 8 << 20;

pub const Output = struct {
    buffer: []u8 = &.{},
    len: usize = 0,

    /// What has been written since `clear`.
    pub fn written(out: *const Output) []const u8 {
        return out.buffer[0..out.len];
    }

    /// Begins anew; what was written before may be overwritten from here on.
    pub fn clear(out: *Output) void {
        out.len = 0;
        if (out.buffer.len <= kept) return;
        memory.permanent.free(out.buffer);
        out.buffer = &.{};
    }

    /// Makes sure that `count` more bytes fit.
    pub inline fn reserve(out: *Output, count: usize) Error!void {
        if (out.buffer.len - out.len < count) try out.grow(count);
    }

    fn grow(out: *Output, count: usize) Error!void {
        const wanted = @max(out.len + count, out.buffer.len * 2, 64 << 10);
        const larger = memory.permanent.alloc(u8, wanted) catch return error.OutOfMemory;
        @memcpy(larger[0..out.len], out.buffer[0..out.len]);
        if (out.buffer.len > 0) memory.permanent.free(out.buffer);
        out.buffer = larger;
    }

    pub inline fn byte(out: *Output, value: u8) Error!void {
        try out.reserve(1);
        out.buffer[out.len] = value;
        out.len += 1;
    }

    pub fn raw(out: *Output, bytes: []const u8) Error!void {
        try out.reserve(bytes.len);
        @memcpy(out.buffer[out.len..][0..bytes.len], bytes);
        out.len += bytes.len;
    }

    /// The same byte `count` times.
    pub fn repeat(out: *Output, value: u8, count: usize) Error!void {
        try out.reserve(count);
        @memset(out.buffer[out.len..][0..count], value);
        out.len += count;
    }

    /// A whole number in decimal.
    pub fn number(out: *Output, value: u64) Error!void {
        var digits: decimal.Digits = undefined;
        try out.raw(decimal.written(value, &digits));
    }
};

/// Text up to the first byte that is one of `stops`, copied to the end of `out`; returns how many bytes that were.
/// Whoever calls takes the copy back by setting `out.len` if it was not wanted.
pub inline fn copyUntil(out: *Output, text: []const u8, comptime count: usize, stops: [count]u8) Error!usize {
    const Block = @Vector(16, u8);
    var at: usize = 0;
    while (at + 16 <= text.len) {
        try out.reserve(16);
        const block: Block = text[at..][0..16].*;
        out.buffer[out.len..][0..16].* = block;
        var odd = block == @as(Block, @splat(stops[0]));
        inline for (1..count) |i| odd |= block == @as(Block, @splat(stops[i]));
        const mask: u16 = @bitCast(odd);
        if (mask != 0) {
            out.len += @ctz(mask);
            return at + @ctz(mask);
        }
        out.len += 16;
        at += 16;
    }
    while (at < text.len) : (at += 1) {
        inline for (stops) |stop| if (text[at] == stop) return at;
        try out.byte(text[at]);
    }
    return at;
}
