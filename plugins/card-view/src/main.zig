//! The plugin's exports.
const std = @import("std");
const sdk = @import("sdk");
const cards = @import("cards.zig");

/// A panic is a trap; keeps WASI's standard streams out of the module.
pub const panic = std.debug.no_panic;

fn sentence(err: cards.Error) sdk.plugin.Failure {
    return switch (err) {
        error.OutOfMemory => .{ .code = 5, .message = "the cards do not fit into the memory of the plugin" },
        error.Full => .{ .code = 6, .message = "not even one card fits into the answer" },
    };
}

comptime {
    sdk.renderer.exportRenderer(.{
        .id = "com.thoth.card-view",
        .name = "Cards",
        .version = "0.1.0",
        .description = "Shows each record as a card: the first column is its title, the others are below",
        .capabilities = &.{.renderer},
        .author = "The Thoth authors",
    }, "Cards", cards.draw, sentence);
}
