//! What a Thoth plugin written in Zig is built on. See README.md for how to build one.
pub const wit = @import("wit.zig");
pub const memory = @import("memory.zig");
pub const wasi = @import("wasi.zig");
pub const json = @import("json.zig");
