//! Values into and out of the two forms of the canonical ABI: in memory (`store`, `load`) and flat (`lower`, `lift`).
const std = @import("std");
const layout = @import("layout.zig");
const memory = @import("memory.zig");

const kindOf = layout.kindOf;
const sizeOf = layout.sizeOf;
const alignOf = layout.alignOf;
const flat = layout.flat;

fn put(comptime U: type, to: [*]u8, value: U) void {
    std.mem.writeInt(U, to[0..@sizeOf(U)], value, .little);
}

fn take(comptime U: type, from: [*]const u8) U {
    return std.mem.readInt(U, from[0..@sizeOf(U)], .little);
}

/// Address and length of a list; items that are not plain bytes are written out into the arena.
fn listOut(comptime T: type, value: T) struct { usize, usize } {
    const E = layout.Item(T);
    if (value.len == 0) return .{ comptime alignOf(E), 0 }; // even an empty list needs an aligned pointer in bounds
    if (comptime layout.isPlain(E)) return .{ @intFromPtr(value.ptr), value.len };
    const size = comptime sizeOf(E);
    const room = memory.arena().alignedAlloc(u8, .fromByteUnits(comptime alignOf(E)), value.len * size) catch @trap();
    for (value, 0..) |item, i| store(E, item, room.ptr + i * size);
    return .{ @intFromPtr(room.ptr), value.len };
}

fn listIn(comptime T: type, address: usize, len: usize) T {
    const E = layout.Item(T);
    if (len == 0) return &.{};
    if (comptime layout.isPlain(E)) return @as([*]const E, @ptrFromInt(address))[0..len];
    const items = memory.arena().alloc(E, len) catch @trap();
    for (items, 0..) |*item, i| item.* = load(E, @as([*]const u8, @ptrFromInt(address)) + i * comptime sizeOf(E));
    return items;
}

/// Writes `value` to memory at `to`.
pub fn store(comptime T: type, value: T, to: [*]u8) void {
    switch (comptime kindOf(T)) {
        .none => {},
        .int => put(layout.Bits(T), to, @bitCast(@as(layout.Wide(T), value))),
        .float, .flags => put(@Int(.unsigned, @bitSizeOf(T)), to, @bitCast(value)),
        .bool => to[0] = @intFromBool(value),
        .@"enum" => put(layout.Bits(T), to, @intCast(@backingInt(value))),
        .list => {
            const address, const len = listOut(T, value);
            put(u32, to, address);
            put(u32, to + 4, len);
        },
        .record => {
            comptime var at: usize = 0;
            inline for (comptime layout.fieldTypes(T), @typeInfo(T).@"struct".field_names) |Field, name| {
                at = comptime layout.alignUp(at, alignOf(Field));
                store(Field, @field(value, name), to + at);
                at += comptime sizeOf(Field);
            }
        },
        .option => {
            to[0] = @intFromBool(value != null);
            if (value) |some| store(@TypeOf(some), some, to + comptime layout.payloadOffset(T));
        },
        .variant => {
            put(layout.Discriminant(layout.caseTypes(T).len), to, @intCast(@backingInt(value)));
            switch (value) {
                inline else => |case| store(@TypeOf(case), case, to + comptime layout.payloadOffset(T)),
            }
        },
    }
}

/// Reads a value from memory at `from`; lists of bytes are not copied.
pub fn load(comptime T: type, from: [*]const u8) T {
    switch (comptime kindOf(T)) {
        .none => return {},
        .int => return @truncate(@as(layout.Wide(T), @bitCast(take(layout.Bits(T), from)))),
        .float, .flags => return @bitCast(take(@Int(.unsigned, @bitSizeOf(T)), from)),
        .bool => return from[0] != 0,
        .@"enum" => return @fromBackingInt(@intCast(take(layout.Bits(T), from))),
        .list => return listIn(T, take(u32, from), take(u32, from + 4)),
        .record => {
            var record: T = undefined;
            comptime var at: usize = 0;
            inline for (comptime layout.fieldTypes(T), @typeInfo(T).@"struct".field_names) |Field, name| {
                at = comptime layout.alignUp(at, alignOf(Field));
                @field(record, name) = load(Field, from + at);
                at += comptime sizeOf(Field);
            }
            return record;
        },
        .option => {
            if (from[0] == 0) return null;
            return load(@typeInfo(T).optional.child, from + comptime layout.payloadOffset(T));
        },
        .variant => {
            const which = take(layout.Discriminant(layout.caseTypes(T).len), from);
            inline for (@typeInfo(T).@"union".field_names, comptime layout.caseTypes(T), 0..) |name, Case, i| {
                if (which == i) return @unionInit(T, name, load(Case, from + comptime layout.payloadOffset(T)));
            }
            @trap();
        },
    }
}

/// Writes `value` as core values to `out[at..]`, a tuple.
pub fn lower(comptime T: type, value: T, out: anytype, comptime at: usize) void {
    switch (comptime kindOf(T)) {
        .none => {},
        .int => out[at] = lowerInt(T, value),
        .float => out[at] = value,
        .bool => out[at] = @intFromBool(value),
        .@"enum" => out[at] = @backingInt(value),
        .flags => out[at] = @as(@Int(.unsigned, @bitSizeOf(T)), @bitCast(value)),
        .list => {
            const address, const len = listOut(T, value);
            out[at] = address;
            out[at + 1] = len;
        },
        .record => {
            comptime var next = at;
            inline for (comptime layout.fieldTypes(T), @typeInfo(T).@"struct".field_names) |Field, name| {
                lower(Field, @field(value, name), out, next);
                next += comptime flat(Field).len;
            }
        },
        .option => {
            inline for (1..comptime flat(T).len) |i| out[at + i] = 0;
            out[at] = @intFromBool(value != null);
            if (value) |some| lowerCase(@TypeOf(some), some, out, at + 1);
        },
        .variant => {
            inline for (1..comptime flat(T).len) |i| out[at + i] = 0;
            out[at] = @backingInt(value);
            switch (value) {
                inline else => |case| lowerCase(@TypeOf(case), case, out, at + 1),
            }
        },
    }
}

/// Reads a value from the core values `in[at..]`, a tuple.
pub fn lift(comptime T: type, in: anytype, comptime at: usize) T {
    switch (comptime kindOf(T)) {
        .none => return {},
        .int => return liftInt(T, in[at]),
        .float => return in[at],
        .bool => return in[at] != 0,
        .@"enum" => return @fromBackingInt(@intCast(in[at])),
        .flags => return @bitCast(@as(@Int(.unsigned, @bitSizeOf(T)), @truncate(in[at]))),
        .list => return listIn(T, in[at], in[at + 1]),
        .record => {
            var record: T = undefined;
            comptime var next = at;
            inline for (comptime layout.fieldTypes(T), @typeInfo(T).@"struct".field_names) |Field, name| {
                @field(record, name) = lift(Field, in, next);
                next += comptime flat(Field).len;
            }
            return record;
        },
        .option => return if (in[at] == 0) null else liftCase(@typeInfo(T).optional.child, in, at + 1),
        .variant => {
            inline for (@typeInfo(T).@"union".field_names, comptime layout.caseTypes(T), 0..) |name, Case, i| {
                if (in[at] == i) return @unionInit(T, name, liftCase(Case, in, at + 1));
            }
            @trap();
        },
    }
}

fn lowerInt(comptime T: type, value: T) if (@bitSizeOf(T) > 32) u64 else u32 {
    if (@bitSizeOf(T) > 32) return @bitCast(value);
    return if (@typeInfo(T).int.signedness == .signed) @bitCast(@as(i32, value)) else value;
}

fn liftInt(comptime T: type, value: anytype) T {
    if (@bitSizeOf(T) > 32) return @bitCast(value);
    return @truncate(if (@typeInfo(T).int.signedness == .signed) @as(i32, @bitCast(value)) else value);
}

fn lowerCase(comptime Case: type, value: Case, out: anytype, comptime at: usize) void {
    var own: layout.Flat(Case) = undefined;
    lower(Case, value, &own, 0);
    inline for (0..comptime flat(Case).len) |i| out[at + i] = convert(@TypeOf(out[at + i]), own[i]);
}

fn liftCase(comptime Case: type, in: anytype, comptime at: usize) Case {
    var own: layout.Flat(Case) = undefined;
    inline for (0..comptime flat(Case).len) |i| own[i] = convert(@TypeOf(own[i]), in[at + i]);
    return lift(Case, &own, 0);
}

/// Between a case's own core type and the one its variant joined it to.
fn convert(comptime To: type, value: anytype) To {
    const From = @TypeOf(value);
    if (From == To) return value;
    if (To == u32) return if (From == f32) @bitCast(value) else @truncate(value);
    if (To == u64) return if (From == f64) @bitCast(value) else if (From == f32) @as(u32, @bitCast(value)) else value;
    if (To == f32) return @bitCast(if (From == u64) @as(u32, @truncate(value)) else value);
    return @bitCast(value);
}
