//! What every plugin exports: who it is, a beginning at which nothing happens, an end at which it may let go of something,
//! and a page of settings.
const wit = @import("wit.zig");

pub const Capability = enum {
    file_loader,
    file_viewer,
    data_source,
    exporter,
    search_provider,
    new_ui_component,
    data_producer,
    renderer,
    cli,
};

/// What `plugin-meta.get-info` answers; the same as the manifest says.
pub const Info = struct {
    id: []const u8,
    name: []const u8,
    version: []const u8,
    description: []const u8,
    capabilities: []const Capability,
    author: ?[]const u8 = null,
    homepage: ?[]const u8 = null,
    icon: ?[]const u8 = null,
};

/// The one error type of all interfaces.
pub const Failure = struct { code: u32, message: []const u8 };

/// A page as the host draws it.
pub const Page = struct { node_json: []const u8, height_hint: u32 = 0 };

/// What an export answers that may fail.
pub fn Outcome(comptime T: type) type {
    return wit.Result(T, Failure);
}

/// A page of settings without anything on it.
pub const no_settings = "{\"type\":\"column\",\"children\":[]}";

/// Exports `plugin-meta`, `plugin-lifecycle` and `plugin-settings`; `page` is the node that settings are drawn from.
pub fn exportCommon(comptime info: Info, comptime page: []const u8) void {
    exportClosing(info, page, nothing);
}

/// The same for a plugin that holds something: `closing` lets go of it.
pub fn exportClosing(comptime info: Info, comptime page: []const u8, comptime closing: fn () void) void {
    exportWithoutSettings(info, closing);
    const settings = struct {
        pub fn renderSettings() Outcome(Page) {
            return .{ .ok = .{ .node_json = page } };
        }
    };
    wit.exportInterface("thoth:plugin/plugin-settings@0.1.0", settings);
}

/// Exports `plugin-meta` and `plugin-lifecycle`, for plugins of commands alone.
pub fn exportWithoutSettings(comptime info: Info, comptime closing: fn () void) void {
    const meta = struct {
        pub fn getInfo() Info {
            return info;
        }
    };
    const lifecycle = struct {
        pub fn onLoad(_: []const u8) void {}

        pub fn onClose() void {
            closing();
        }

        pub fn onSettingChange(_: []const u8) void {}
    };
    wit.exportInterface("thoth:plugin/plugin-meta@0.1.0", meta);
    wit.exportInterface("thoth:plugin/plugin-lifecycle@0.1.0", lifecycle);
}

/// For plugins that hold nothing.
pub fn nothing() void {}
