//! Colours by lightness, chroma and hue (OKLCH), in which equal steps look equal; and what can be read on what.
const std = @import("std");

pub const Rgb = struct {
    r: f64,
    g: f64,
    b: f64,

    /// Relative luminance (WCAG 2.2).
    pub fn luminance(color: Rgb) f64 {
        return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
    }

    /// As it is written, so that what is judged is what is seen.
    pub fn rounded(color: Rgb) Rgb {
        return .{ .r = round(color.r), .g = round(color.g), .b = round(color.b) };
    }
};

pub const Lch = struct {
    l: f64,
    c: f64,
    /// Degrees.
    h: f64,

    pub fn with(color: Lch, lightness: f64) Lch {
        return .{ .l = lightness, .c = color.c, .h = color.h };
    }

    /// The colour on a screen; where that cannot show so much chroma, with as much as it can.
    pub fn rgb(color: Lch) Rgb {
        var low: f64 = 0;
        var high = color.c;
        if (inside(made(color))) |all| return all.rounded();
        for (0..24) |_| {
            const middle = (low + high) / 2;
            if (inside(made(.{ .l = color.l, .c = middle, .h = color.h })) != null) low = middle else high = middle;
        }
        return clamped(made(.{ .l = color.l, .c = low, .h = color.h })).rounded();
    }
};

/// The contrast ratio from 1 to 21 (WCAG 2.2).
pub fn contrast(one: Rgb, other: Rgb) f64 {
    const a = one.luminance();
    const b = other.luminance();
    return (@max(a, b) + 0.05) / (@min(a, b) + 0.05);
}

/// The colour, or one of its hue as much lighter or darker as it takes to have `ratio` on all of `grounds`.
pub fn readable(color: Lch, grounds: []const Rgb, ratio: f64, lighter: bool) Rgb {
    var l = color.l;
    while (true) {
        const candidate = color.with(l).rgb();
        for (grounds) |ground| {
            if (contrast(candidate, ground) < ratio) break;
        } else return candidate;
        l += if (lighter) 0.01 else -0.01;
        if (l >= 1) return .{ .r = 1, .g = 1, .b = 1 };
        if (l <= 0) return .{ .r = 0, .g = 0, .b = 0 };
    }
}

/// `#rrggbb`, or null where it is something else.
pub fn parse(text: []const u8) ?Rgb {
    if (text.len != 7 or text[0] != '#') return null;
    var parts: [3]f64 = undefined;
    for (&parts, 0..) |*part, i| {
        const value = std.fmt.parseInt(u8, text[1 + 2 * i ..][0..2], 16) catch return null;
        part.* = @as(f64, @floatFromInt(value)) / 255;
    }
    return .{ .r = parts[0], .g = parts[1], .b = parts[2] };
}

pub fn lch(color: Rgb) Lch {
    const r = linear(color.r);
    const g = linear(color.g);
    const b = linear(color.b);
    const l = std.math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const m = std.math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const s = std.math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    const lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    const across = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    const along = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    const hue = std.math.atan2(along, across) * 180 / std.math.pi;
    return .{ .l = lightness, .c = @sqrt(across * across + along * along), .h = if (hue < 0) hue + 360 else hue };
}

fn made(color: Lch) Rgb {
    const angle = color.h * std.math.pi / 180;
    const across = color.c * @cos(angle);
    const along = color.c * @sin(angle);
    const l = cube(color.l + 0.3963377774 * across + 0.2158037573 * along);
    const m = cube(color.l - 0.1055613458 * across - 0.0638541728 * along);
    const s = cube(color.l - 0.0894841775 * across - 1.2914855480 * along);
    return .{
        .r = curved(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        .g = curved(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        .b = curved(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s),
    };
}

fn inside(color: Rgb) ?Rgb {
    const margin = 0.0005;
    inline for (.{ color.r, color.g, color.b }) |part| if (part < -margin or part > 1 + margin) return null;
    return clamped(color);
}

fn clamped(color: Rgb) Rgb {
    return .{ .r = std.math.clamp(color.r, 0, 1), .g = std.math.clamp(color.g, 0, 1), .b = std.math.clamp(color.b, 0, 1) };
}

fn cube(x: f64) f64 {
    return x * x * x;
}

fn round(part: f64) f64 {
    return @round(part * 255) / 255;
}

fn linear(part: f64) f64 {
    return if (part <= 0.04045) part / 12.92 else std.math.pow(f64, (part + 0.055) / 1.055, 2.4);
}

fn curved(part: f64) f64 {
    return if (part <= 0.0031308) part * 12.92 else 1.055 * std.math.pow(f64, part, 1.0 / 2.4) - 0.055;
}
