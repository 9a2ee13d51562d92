//! What a Thoth plugin written in Zig is built on. See README.md for how to build one.
pub const wit = @import("wit.zig");
pub const memory = @import("memory.zig");
pub const wasi = @import("wasi.zig");
pub const json = @import("json.zig");
pub const utf8 = @import("utf8.zig");
pub const blocks = @import("blocks.zig");
pub const options = @import("options.zig");
pub const work = @import("work.zig");
pub const pattern = @import("pattern.zig");
pub const matching = @import("matching.zig");
pub const types = @import("types.zig");
pub const plugin = @import("plugin.zig");
pub const table = @import("table.zig");
pub const renderer = @import("renderer.zig");
pub const output = @import("output.zig");
pub const json_read = @import("json_read.zig");
pub const exporting = @import("exporting.zig");
