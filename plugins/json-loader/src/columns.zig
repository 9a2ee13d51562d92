const sdk = @import("sdk");
const json = sdk.json;
const options = @import("options.zig");
const Document = @import("document.zig").Document;
const Error = @import("answers.zig").Error;
/// `paged-loader.columns`.
pub fn answer(document: *Document) Error![]const u8 {
    var out: json.Text = .{ .buffer = try sdk.memory.arena().alloc(u8, 64 * 1024) };
    try out.raw("{\"columns\":[],\"options\":");
    try options.write(&out, document.form, document.records, document.dialect);
    try out.raw(",\"notes\":[");
    for (document.notes.items, 0..) |note, i| {
        if (i > 0) try out.byte(',');
        try out.string(note);
    }
    try out.raw("]}");
    return out.written();
}


pub fn names(_: *Document) Error![]const []const u8 {
    return &.{};
}
