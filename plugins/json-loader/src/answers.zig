//! Where answers are written, and what may keep a call from giving one.
const sdk = @import("sdk");
const json = sdk.json;
const window = @import("window.zig");

/// The most one call returns.
const most = 8 * 1024 * 1024 - 64;

pub const Error = @import("document.zig").Error || @import("paths.zig").Error || json.Error ||
    error{ BadQuery, NoChildren, TooLong, TooDeep, TooMuchToDecode };

var output: ?[*]u8 = null;
var held: window.Room = undefined;

/// A text to write into; the one before is gone.
pub fn begin() error{OutOfMemory}!json.Text {
    const bytes = output orelse sdk.memory.permanent.rawAlloc(most, .@"1", @returnAddress()) orelse
        return error.OutOfMemory;
    output = bytes;
    return .{ .buffer = bytes[0..most] };
}

/// Room for what the one reader of a call holds of the file.
pub fn room() *window.Room {
    return &held;
}
