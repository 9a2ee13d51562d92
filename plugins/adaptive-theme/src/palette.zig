//! The 22 colours of a theme, made of one.
const std = @import("std");
const color = @import("color.zig");
const Rgb = color.Rgb;

pub const Kind = enum { dark, light, high_contrast_dark, high_contrast_light };

pub const Wishes = struct {
    accent: Rgb,
    /// 1 for as much colour in the backgrounds as is usual.
    colorfulness: f64 = 1,
    evening: bool = false,
};

pub const Token = enum {
    bg,
    bg_panel,
    bg_sunken,
    surface,
    surface_raised,
    surface_active,
    fg,
    fg_muted,
    syntax_key,
    syntax_string,
    syntax_number,
    syntax_bool,
    syntax_punctuation,
    success,
    warning,
    @"error",
    info,
    accent,
    accent_secondary,
    sidebar_hover,
    sidebar_header,
    indent_guide,
};
pub const Palette = std.EnumArray(Token, Rgb);

/// Lightness of the six grounds from `bg` to `surface_active`.
const Grounds = [6]f64;
const dark_grounds: Grounds = .{ 0.21, 0.185, 0.16, 0.28, 0.345, 0.42 };
const light_grounds: Grounds = .{ 0.985, 0.965, 0.945, 0.92, 0.87, 0.81 };
const blackest: Grounds = .{ 0, 0, 0, 0.2, 0.28, 0.36 };
const whitest: Grounds = .{ 1, 1, 1, 0.93, 0.87, 0.8 };

/// How far from the accent's hue people expect what things are: strings green, numbers orange, what failed red.
const hues = .{
    .{ Token.syntax_string, 150 },
    .{ Token.syntax_number, 55 },
    .{ Token.syntax_bool, 315 },
    .{ Token.success, 148 },
    .{ Token.warning, 85 },
    .{ Token.@"error", 25 },
    .{ Token.info, 220 },
};
/// The share of a warm hue that evenings have, and how much of the chroma is left then.
const warm_hue = 65;
const calm = 0.75;

pub fn palette(kind: Kind, wishes: Wishes) Palette {
    const dark = kind == .dark or kind == .high_contrast_dark;
    const high = kind == .high_contrast_dark or kind == .high_contrast_light;
    const ratio: f64 = if (high) 7 else 4.5;
    const accent = color.lch(wishes.accent);
    const tint = @min(0.06, 0.014 * wishes.colorfulness * @min(1, accent.c / 0.1));
    const ground_hue: f64 = if (wishes.evening) warm_hue else accent.h;
    const chroma: f64 = if (wishes.evening) 0.13 * calm else 0.13;

    var made: Palette = .initUndefined();
    const grounds: Grounds = switch (kind) {
        .dark => dark_grounds,
        .light => light_grounds,
        .high_contrast_dark => blackest,
        .high_contrast_light => whitest,
    };
    inline for (.{ .bg, .bg_panel, .bg_sunken, .surface, .surface_raised, .surface_active }, 0..) |token, i| {
        made.set(token, (color.Lch{ .l = grounds[i], .c = tint, .h = ground_hue }).rgb());
    }
    // What text stands on: its colours are judged on all of it, for a row may be hovered or chosen.
    const behind: [5]Rgb = .{ made.get(.bg), made.get(.bg_panel), made.get(.bg_sunken), made.get(.surface), made.get(.surface_raised) };
    const near = behind[0..3];

    const text: color.Lch = .{ .l = if (dark) 0.93 else 0.27, .c = @min(tint, 0.02), .h = ground_hue };
    made.set(.fg, color.readable(text, &behind, ratio + 2, dark));
    made.set(.fg_muted, color.readable(text.with(if (dark) 0.7 else 0.52), near, ratio, dark));
    made.set(.syntax_punctuation, color.readable(text.with(if (dark) 0.74 else 0.48), near, ratio, dark));
    made.set(.sidebar_header, color.readable(text.with(if (dark) 0.76 else 0.45), near, ratio, dark));
    made.set(.indent_guide, made.get(.surface_raised));

    const lightness: f64 = if (dark) 0.76 else 0.5;
    inline for (hues) |pair| {
        made.set(pair[0], color.readable(.{ .l = lightness, .c = chroma, .h = pair[1] }, &behind, ratio, dark));
    }
    const strong: color.Lch = .{ .l = accent.l, .c = if (wishes.evening) accent.c * calm else accent.c, .h = accent.h };
    made.set(.syntax_key, color.readable(strong.with(lightness), &behind, ratio, dark));
    // What is filled with it has to stand out from the ground (WCAG 2.2, 1.4.11).
    made.set(.accent, color.readable(strong, near, if (high) 4.5 else 3, dark));
    made.set(.accent_secondary, color.readable(.{ .l = accent.l, .c = strong.c, .h = @mod(accent.h + 25, 360) }, near, if (high) 4.5 else 3, dark));
    made.set(.sidebar_hover, made.get(.accent));
    return made;
}
