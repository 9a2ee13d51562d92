const answers = @import("answers.zig");
const Document = @import("document.zig").Document;
pub fn page(_: *Document, _: u64, _: u64) answers.Error![]const u8 {
    return error.NoSuchRecord;
}
pub fn node(_: *Document, _: u64, _: []const u8, _: u64, _: u64) answers.Error![]const u8 {
    return error.NoSuchRecord;
}
