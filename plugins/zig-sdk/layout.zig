//! How a value of a WIT type is laid out: size, alignment and flattened form, from the canonical ABI.
//!
//! Zig types stand for WIT types: `[]const u8` = string or list<u8>, `[]const T` = list<T>, `?T` = option<T>,
//! struct and tuple = record and tuple, enum = enum, union(enum) = variant, `Result(T, E)` = result<T, E>,
//! packed struct of bools = flags, `u21` = char, `void` = no payload.
const std = @import("std");

/// The kinds of WIT types that are told apart.
pub const Kind = enum { none, int, float, bool, list, option, record, @"enum", flags, variant };

/// The kind of WIT type that `T` stands for.
pub fn kindOf(comptime T: type) Kind {
    return switch (@typeInfo(T)) {
        .void => .none,
        .int => .int,
        .float => .float,
        .bool => .bool,
        .pointer => .list,
        .optional => .option,
        .@"struct" => |s| if (s.layout == .@"packed") .flags else .record,
        .@"enum" => .@"enum",
        .@"union" => .variant,
        else => @compileError("no WIT type for " ++ @typeName(T)),
    };
}

/// The type of the items of list type `T`.
pub fn Item(comptime T: type) type {
    return @typeInfo(T).pointer.child;
}

/// The payload types of option or variant type `T`, `void` for a case without one.
pub fn caseTypes(comptime T: type) []const type {
    return switch (kindOf(T)) {
        .option => &.{ void, @typeInfo(T).optional.child },
        .variant => @typeInfo(T).@"union".field_types,
        else => unreachable,
    };
}

/// The field types of record or tuple type `T`.
pub fn fieldTypes(comptime T: type) []const type {
    return @typeInfo(T).@"struct".field_types;
}

/// The integer that says which of `count` cases a value is.
pub fn Discriminant(comptime count: usize) type {
    return if (count <= 256) u8 else if (count <= 65536) u16 else u32;
}

/// The integer of the width `T` has in memory, of its own signedness.
pub fn Wide(comptime T: type) type {
    return @Int(@typeInfo(T).int.signedness, alignOf(T) * 8);
}

/// The unsigned integer of the width `T` has in memory.
pub fn Bits(comptime T: type) type {
    return @Int(.unsigned, alignOf(T) * 8);
}

/// Whether a Zig slice of `T` is, byte for byte, a WIT list.
pub fn isPlain(comptime T: type) bool {
    return kindOf(T) == .int and @sizeOf(T) == sizeOf(T) and @bitSizeOf(T) == 8 * sizeOf(T);
}

pub fn alignOf(comptime T: type) usize {
    @setEvalBranchQuota(100_000);
    return comptime switch (kindOf(T)) {
        .none, .bool => 1,
        .int => std.math.ceilPowerOfTwoAssert(usize, (@bitSizeOf(T) + 7) / 8),
        .float, .flags => @sizeOf(T),
        .list => 4,
        .@"enum" => @sizeOf(Discriminant(@typeInfo(T).@"enum".field_names.len)),
        .record => blk: {
            var most: usize = 1;
            for (fieldTypes(T)) |Field| most = @max(most, alignOf(Field));
            break :blk most;
        },
        .option, .variant => blk: {
            var most: usize = @sizeOf(Discriminant(caseTypes(T).len));
            for (caseTypes(T)) |Case| most = @max(most, alignOf(Case));
            break :blk most;
        },
    };
}

pub fn sizeOf(comptime T: type) usize {
    @setEvalBranchQuota(100_000);
    return comptime switch (kindOf(T)) {
        .none => 0,
        .int, .@"enum" => alignOf(T),
        .float, .flags => @sizeOf(T),
        .bool => 1,
        .list => 8,
        .record => blk: {
            var at: usize = 0;
            for (fieldTypes(T)) |Field| at = alignUp(at, alignOf(Field)) + sizeOf(Field);
            break :blk alignUp(at, alignOf(T));
        },
        .option, .variant => blk: {
            var most: usize = 0;
            for (caseTypes(T)) |Case| most = @max(most, sizeOf(Case));
            break :blk alignUp(payloadOffset(T) + most, alignOf(T));
        },
    };
}

/// Where the payload of option or variant type `T` begins.
pub fn payloadOffset(comptime T: type) usize {
    @setEvalBranchQuota(100_000);
    return comptime blk: {
        var most: usize = 1;
        for (caseTypes(T)) |Case| most = @max(most, alignOf(Case));
        break :blk alignUp(@sizeOf(Discriminant(caseTypes(T).len)), most);
    };
}

pub fn alignUp(at: usize, alignment: usize) usize {
    return (at + alignment - 1) & ~(alignment - 1);
}

/// The core types (`u32`, `u64`, `f32`, `f64`) a value of `T` is passed as.
pub fn flat(comptime T: type) []const type {
    @setEvalBranchQuota(100_000);
    return comptime switch (kindOf(T)) {
        .none => &.{},
        .int => if (@bitSizeOf(T) > 32) &.{u64} else &.{u32},
        .float => &.{T},
        .bool, .@"enum", .flags => &.{u32},
        .list => &.{ u32, u32 },
        .record => blk: {
            var all: []const type = &.{};
            for (fieldTypes(T)) |Field| all = all ++ flat(Field);
            break :blk all;
        },
        .option, .variant => blk: {
            var all: []const type = &.{};
            for (caseTypes(T)) |Case| all = overlay(all, flat(Case));
            break :blk &[_]type{u32} ++ all;
        },
    };
}

/// The tuple of the core types of `T`.
pub fn Flat(comptime T: type) type {
    return @Tuple(flat(T));
}

fn overlay(comptime a: []const type, comptime b: []const type) []const type {
    var all: []const type = &.{};
    for (0..@max(a.len, b.len)) |i|
        all = all ++ &[_]type{if (i >= a.len) b[i] else if (i >= b.len) a[i] else join(a[i], b[i])};
    return all;
}

fn join(comptime A: type, comptime B: type) type {
    if (A == B) return A;
    if ((A == u32 and B == f32) or (A == f32 and B == u32)) return u32;
    return u64;
}
