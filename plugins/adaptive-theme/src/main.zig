//! A colour theme made of one colour: what a person sets, what the editor is like, and what time it is.
const std = @import("std");
const sdk = @import("sdk");
const color = @import("color.zig");
const palettes = @import("palette.zig");

const memory = sdk.memory;
const Outcome = sdk.plugin.Outcome;

/// A panic is a trap; keeps WASI's standard streams out of the module.
pub const panic = std.debug.no_panic;

const info: sdk.plugin.Info = .{
    .id = "com.thoth.adaptive-theme",
    .name = "Adaptive Theme",
    .version = "0.1.0",
    .description = "Makes a whole color theme of one color, dark or light as the editor is, and always readable",
    .capabilities = &.{},
    .author = "The Thoth authors",
};

const usual = color.parse("#3b82f6").?;
const morning = 7 * 60;
const evening = 19 * 60;
const day = 24 * 60;

var wishes: palettes.Wishes = .{ .accent = usual };
var evenings = false;

const meta = struct {
    pub fn getInfo() sdk.plugin.Info {
        return info;
    }
};

const lifecycle = struct {
    pub fn onLoad(setting: []const u8) void {
        take(setting);
    }
    pub fn onClose() void {}
    pub fn onSettingChange(setting: []const u8) void {
        take(setting);
    }
};

const settings = struct {
    pub fn renderSettings() Outcome(sdk.plugin.Page) {
        return .{ .ok = .{ .node_json = sdk.plugin.no_settings } };
    }
};

const Surroundings = struct { kind: palettes.Kind, unix_seconds: u64, utc_offset_minutes: i32 };
const Provided = struct { name: []const u8, tokens_json: []const u8 };
const Themes = struct { []const Provided, u32 };

const provider = struct {
    pub fn themes(around: Surroundings) Outcome(Themes) {
        return .{ .ok = made(around) catch return .{ .err = .{ .code = 5, .message = "the plugin is out of memory" } } };
    }
};

fn made(around: Surroundings) error{ OutOfMemory, Full }!Themes {
    const minute = minuteOfDay(around);
    const late = minute >= evening or minute < morning;
    var asked = wishes;
    asked.evening = evenings and late;
    const palette = palettes.palette(around.kind, asked);
    var text: sdk.json.Text = .{ .buffer = try memory.arena().alloc(u8, 2048) };
    const dark = around.kind == .dark or around.kind == .high_contrast_dark;
    try text.raw(if (dark) "{\"name\":\"Adaptive\",\"dark_mode\":true" else "{\"name\":\"Adaptive\",\"dark_mode\":false");
    for (std.enums.values(palettes.Token)) |token| {
        try text.raw(",\"");
        try text.raw(@tagName(token));
        try text.raw("\":\"#");
        const rgb = palette.get(token);
        inline for (.{ rgb.r, rgb.g, rgb.b }) |part| try hex(&text, @intFromFloat(@round(part * 255)));
        if (token == .sidebar_hover) try text.raw("2e");
        try text.raw("\"");
    }
    try text.raw("}");
    const provided = try memory.arena().alloc(Provided, 1);
    provided[0] = .{ .name = "Adaptive", .tokens_json = text.written() };
    return .{ provided, if (evenings) 60 * untilNext(minute) else 0 };
}

/// Minutes until the next change from day to evening, or back.
fn untilNext(minute: u32) u32 {
    if (minute < morning) return morning - minute;
    if (minute < evening) return evening - minute;
    return day - minute + morning;
}

fn minuteOfDay(around: Surroundings) u32 {
    const minutes = @as(i64, @intCast(@min(around.unix_seconds, 1 << 40) / 60)) + around.utc_offset_minutes;
    return @intCast(@mod(minutes, day));
}

fn hex(text: *sdk.json.Text, value: u8) error{Full}!void {
    const digits = "0123456789abcdef";
    try text.byte(digits[value >> 4]);
    try text.byte(digits[value & 15]);
}

/// Takes what is set over; what is none is as if it were not set.
fn take(setting: []const u8) void {
    wishes = .{ .accent = usual };
    evenings = false;
    const Pair = struct { key: []const u8, value: []const u8 };
    const pairs = std.json.parseFromSliceLeaky([]const Pair, memory.arena(), setting, .{ .ignore_unknown_fields = true }) catch return;
    for (pairs) |pair| {
        if (std.mem.eql(u8, pair.key, "accent")) wishes.accent = color.parse(pair.value) orelse usual;
        if (std.mem.eql(u8, pair.key, "evenings")) evenings = std.mem.eql(u8, pair.value, "true");
        if (std.mem.eql(u8, pair.key, "colorfulness")) {
            const percent = std.fmt.parseFloat(f64, pair.value) catch 100;
            wishes.colorfulness = if (std.math.isFinite(percent)) std.math.clamp(percent, 0, 300) / 100 else 1;
        }
    }
}

comptime {
    sdk.wit.exportInterface("thoth:plugin/plugin-meta@0.1.0", meta);
    sdk.wit.exportInterface("thoth:plugin/plugin-lifecycle@0.1.0", lifecycle);
    sdk.wit.exportInterface("thoth:plugin/plugin-settings@0.1.0", settings);
    sdk.wit.exportInterface("thoth:plugin/theme-provider@0.1.0", provider);
}
