//! What the calls that read values answer.
const sdk = @import("sdk");
const Document = @import("document.zig").Document;
const tree = @import("tree.zig");

pub const Error = @import("answers.zig").Error;

pub const roots = tree.roots;
pub const children = tree.children;
pub const value = tree.value;
pub const text = @import("text.zig").text;
pub const locate = @import("locate.zig").locate;
pub const search = @import("search.zig").search;
pub const columns = @import("columns.zig").answer;
pub const columnNames = @import("columns.zig").names;
pub const page = @import("page.zig").page;
pub const node = @import("page.zig").node;
pub const find = @import("find.zig").find;
pub const objects = @import("objects.zig").objects;
pub const rawBytes = @import("objects.zig").rawBytes;
