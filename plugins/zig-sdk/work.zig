//! How much the running call has done. Fuel runs out without warning and ends the plugin; this lets a call that meets
//! something enormous stop in time and answer with what it has.

/// One unit is about what it takes to read one byte of plain text: some 8 instructions.
pub const limit = 128 * 1024 * 1024;

var spent: u64 = 0;

/// A call begins.
pub fn begin() void {
    spent = 0;
}

pub inline fn add(units: u64) void {
    spent +|= units;
}

/// Whether the call should come to an end.
pub fn isOver() bool {
    return spent > limit;
}

/// Whether the call should come to an end with what only helps: half of it is for what was asked.
pub fn isHalfOver() bool {
    return spent > limit / 2;
}
