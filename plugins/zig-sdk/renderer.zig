//! A plugin that shows tables in another way: `data-renderer` from a name and a function.
const wit = @import("wit.zig");
const plugin = @import("plugin.zig");
const table = @import("table.zig");

/// Exports everything a renderer has to. `draw` is given a table and returns a node as JSON text, in the arena of the
/// call; an error of its own becomes a sentence by `sentence`.
pub fn exportRenderer(
    comptime info: plugin.Info,
    comptime shown_as: []const u8,
    comptime draw: anytype,
    comptime sentence: anytype,
) void {
    const renderer = struct {
        pub fn name() []const u8 {
            return shown_as;
        }

        pub fn render(records_json: []const u8) plugin.Outcome([]const u8) {
            const records = table.read(records_json) catch |err| return .{ .err = switch (err) {
                error.NotATable => .{ .code = 3, .message = "the records are not a table of columns and rows of texts" },
                error.OutOfMemory => .{ .code = 5, .message = "the records do not fit into the memory of the plugin" },
            } };
            return .{ .ok = draw(records) catch |err| return .{ .err = sentence(err) } };
        }
    };
    plugin.exportCommon(info, plugin.no_settings);
    wit.exportInterface("thoth:plugin/data-renderer@0.1.0", renderer);
}
