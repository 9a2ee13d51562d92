//! What can be chosen about how a file is read, as `paged-loader.columns` describes it.
const json = @import("json.zig");

/// A value of an option, and what people call it.
pub const Choice = struct { []const u8, []const u8 };

/// Writes one option: its name, what people call it, the value in force, and the others there are.
pub fn write(
    text: *json.Text,
    key: []const u8,
    label: []const u8,
    value: []const u8,
    choices: []const Choice,
) json.Error!void {
    try text.raw("{\"key\":");
    try text.string(key);
    try text.raw(",\"label\":");
    try text.string(label);
    try text.raw(",\"value\":");
    try text.string(value);
    try text.raw(",\"choices\":[");
    for (choices, 0..) |choice, i| {
        if (i > 0) try text.byte(',');
        try text.raw("{\"value\":");
        try text.string(choice[0]);
        try text.raw(",\"label\":");
        try text.string(choice[1]);
        try text.byte('}');
    }
    try text.raw("]}");
}
