//! What the calls that read values answer.
const sdk = @import("sdk");
const json = sdk.json;
const Document = @import("document.zig").Document;
const options = @import("options.zig");

pub const Error = @import("document.zig").Error || json.Error ||
    error{ BadQuery, BadPath, NoSuchRecord, NoSuchValue, NoChildren, TooLong };

/// `paged-loader.columns`.
pub fn columns(document: *Document) Error![]const u8 {
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

pub fn columnNames(_: *Document) Error![]const []const u8 {
    return &.{};
}

pub fn page(_: *Document, _: u64, _: u64) Error![]const u8 {
    return error.NoSuchRecord;
}

pub fn node(_: *Document, _: u64, _: []const u8, _: u64, _: u64) Error![]const u8 {
    return error.NoSuchRecord;
}

pub fn find(_: *Document, _: []const u8, _: u64, _: u64) Error![]const u8 {
    return error.BadQuery;
}

pub fn roots(_: *Document, _: u64, _: u64) Error![]const u8 {
    return error.NoSuchRecord;
}

pub fn children(_: *Document, _: u64, _: []const u8, _: u64, _: u64) Error![]const u8 {
    return error.NoChildren;
}

pub fn value(_: *Document, _: u64, _: []const u8) Error![]const u8 {
    return error.NoSuchValue;
}

pub fn text(_: *Document, _: u64, _: []const u8, _: bool, _: u64, _: u64) Error![]const u8 {
    return error.TooLong;
}

pub fn locate(_: *Document, _: u64) Error![]const u8 {
    return "null";
}

pub fn search(_: *Document, _: []const u8, _: u64, _: u64) Error![]const u8 {
    return error.BadQuery;
}

pub fn objects(_: *Document, _: u64, _: u64) Error![]const []const u8 {
    return error.NoSuchRecord;
}

pub fn rawBytes(_: *Document, _: u64) Error![]const u8 {
    return error.NoSuchRecord;
}
