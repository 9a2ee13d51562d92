//! Cards, two beside each other: a title from the first column, and below it the other columns as names and values.
const std = @import("std");
const sdk = @import("sdk");
const Text = sdk.json.Text;
const Table = sdk.table.Table;

pub const Error = error{ OutOfMemory, Full };

/// Cards drawn at most, and lines in each.
pub const most_cards = 1000;
pub const most_lines = 100;
/// A longer title or value is shown by so many bytes of its beginning.
const longest_title = 200;
const longest_value = 600;
/// Bytes of the answer; what is left free is enough for every bracket that is open and for the caption.
const room = 3 << 20;
const reserve = 512;
const ellipsis = "…";

/// The node of a table. Cards that do not fit are counted in a caption below the others.
pub fn draw(table: Table) Error![]const u8 {
    var text: Text = .{ .buffer = try sdk.memory.arena().alloc(u8, room) };
    if (table.rows.len == 0) {
        try caption(&text, "body-muted", "No records to show.");
        return text.written();
    }
    try text.raw("{\"type\":\"column\",\"gap\":12,\"children\":[");
    const limit = @min(table.rows.len, most_cards);
    var shown: usize = 0;
    while (shown < limit) {
        const before = text.len;
        const beside = @min(2, limit - shown);
        pair(&text, table, shown, beside) catch {
            text.len = before;
            break;
        };
        shown += beside;
    }
    if (shown == 0) return error.Full;
    const hidden = table.rows.len - shown;
    if (hidden > 0) {
        try text.byte(',');
        var words: [64]u8 = undefined;
        const noun = if (hidden == 1) "row" else "rows";
        const said = std.fmt.bufPrint(&words, ellipsis ++ " {d} more {s} not shown.", .{ hidden, noun }) catch ellipsis;
        try caption(&text, "caption", said);
    }
    try text.raw("]}");
    return text.written();
}

/// A line of the grid; an empty column stands beside a last card that is alone, so that it is as wide as the others.
fn pair(text: *Text, table: Table, first: usize, count: usize) error{Full}!void {
    if (first > 0) try text.byte(',');
    try text.raw("{\"type\":\"row\",\"align\":\"fill\",\"gap\":12,\"children\":[");
    for (first..first + count) |number| {
        if (number > first) try text.byte(',');
        try card(text, table, table.rows[number]);
    }
    if (count == 1) try text.raw(",{\"type\":\"column\"}");
    try text.raw("]}");
    if (text.buffer.len - text.len < reserve) return error.Full;
}

fn card(text: *Text, table: Table, row: []const []const u8) error{Full}!void {
    const title = Table.cell(row, 0);
    try text.raw("{\"type\":\"card\",\"title\":");
    try shortened(text, if (title.len == 0) "-" else title, longest_title);
    if (table.columns.len > 1) {
        try text.raw(",\"body\":{\"type\":\"column\",\"gap\":4,\"children\":[");
        const last = @min(table.columns.len, most_lines + 1);
        for (1..last) |column| {
            if (column > 1) try text.byte(',');
            try line(text, table.columns[column], Table.cell(row, column));
        }
        if (last < table.columns.len) {
            var words: [64]u8 = undefined;
            const hidden = table.columns.len - last;
            const noun = if (hidden == 1) "column" else "columns";
            const said = std.fmt.bufPrint(&words, ellipsis ++ " {d} more {s}", .{ hidden, noun }) catch ellipsis;
            try text.byte(',');
            try caption(text, "caption", said);
        }
        try text.raw("]}");
    }
    try text.byte('}');
}

fn line(text: *Text, name: []const u8, value: []const u8) error{Full}!void {
    try text.raw("{\"type\":\"key-value\",\"key\":");
    try shortened(text, name, longest_title);
    try text.raw(",\"value\":{\"type\":\"text\",\"variant\":\"mono\",\"text\":");
    try shortened(text, value, longest_value);
    try text.raw("}}");
}

fn caption(text: *Text, variant: []const u8, words: []const u8) error{Full}!void {
    try text.raw("{\"type\":\"text\",\"variant\":");
    try text.string(variant);
    try text.raw(",\"text\":");
    try text.string(words);
    try text.byte('}');
}

/// A string, of which only the beginning is written where it is too long: whole characters, and a sign that it goes on.
fn shortened(text: *Text, words: []const u8, longest: usize) error{Full}!void {
    try text.byte('"');
    if (words.len <= longest) {
        try text.escaped(words);
    } else {
        try text.escaped(words[0..sdk.utf8.prefix(words, longest)]);
        try text.raw(ellipsis);
    }
    try text.byte('"');
}
