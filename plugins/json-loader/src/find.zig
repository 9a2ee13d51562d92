const answers = @import("answers.zig");
pub fn find(_: *@import("document.zig").Document, _: []const u8, _: u64, _: u64) answers.Error![]const u8 {
    return error.BadQuery;
}
