//! `tree-loader.locate`: from a byte of the file to the value that stands there.
const sdk = @import("sdk");
const answers = @import("answers.zig");
const walking = @import("walk.zig");
const Document = @import("document.zig").Document;

/// `tree-loader.locate`.
pub fn locate(document: *Document, offset: u64) answers.Error![]const u8 {
    if (offset >= document.index.limit()) return "null";
    var walk: walking.Walk = .init(document, answers.room());
    if (!try walk.seat(offset)) return "null";
    while (try walk.next()) |token| {
        if (token.at.begin > offset) return between(&walk, token);
        switch (token.what) {
            .open => {
                if (token.at.begin == offset) return answer(&walk, token.around, token.position, .value);
                _ = try walk.passes(token, offset);
            },
            .name => if (token.at.end > offset) return answer(&walk, token.around, token.position, .key),
            .value, .close => if (token.at.end > offset) return answer(&walk, token.around, token.position, .value),
        }
        if (sdk.work.isOver()) return error.TooFar;
    }
    return "null";
}

/// The innermost object or array around a place just before a token.
fn between(walk: *walking.Walk, token: walking.Token) answers.Error![]const u8 {
    if (token.what == .close) return answer(walk, token.around, token.position, .value);
    return if (token.around == 0) "null" else answer(walk, token.around, null, .value);
}

const Part = enum { key, value };

fn answer(walk: *walking.Walk, around: usize, position: ?u64, part: Part) answers.Error![]const u8 {
    var out = try answers.begin();
    try out.raw("{\"record\":");
    try out.number((walk.record orelse return "null").number);
    try out.raw(",\"path\":");
    try walk.writePath(around, position, &out);
    try out.raw(",\"part\":\"");
    try out.raw(@tagName(part));
    try out.raw("\"}");
    return out.written();
}
