//! The table that exporters and renderers are given: `{"columns":["…",…],"rows":[["…",…],…]}`, every cell a string.
const std = @import("std");
const memory = @import("memory.zig");

pub const Table = struct {
    columns: []const []const u8,
    rows: []const []const []const u8,

    /// The cell of a row, empty where the row ends before.
    pub fn cell(row: []const []const u8, column: usize) []const u8 {
        return if (column < row.len) row[column] else "";
    }
};

pub const Error = error{ NotATable, OutOfMemory };

/// The table in a text of JSON, in the arena of the call.
pub fn read(text: []const u8) Error!Table {
    return std.json.parseFromSliceLeaky(Table, memory.arena(), text, .{ .ignore_unknown_fields = true }) catch |err|
        switch (err) {
            error.OutOfMemory => error.OutOfMemory,
            else => error.NotATable,
        };
}
