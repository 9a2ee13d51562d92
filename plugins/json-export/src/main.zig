//! The exports of the plugin: what it says about itself, and the format.
const std = @import("std");
const sdk = @import("sdk");
const Format = @import("format.zig").Format;

/// A panic is a trap; keeps WASI's standard streams out of the module.
pub const panic = std.debug.no_panic;

comptime {
    sdk.exporting.exportFormat(.{
        .id = "com.thoth.json-export",
        .name = "JSON Export",
        .version = "0.1.0",
        .description = "Writes records as a JSON array or as lines of JSON",
        .capabilities = &.{.exporter},
        .author = "The Thoth authors",
    }, Format);
}
