/** Colours, and what can be read on what: what `thoth_ls/themes/colors.py` says, for pages. */

/** Red, green and blue from 0 to 255, and opacity from 0 to 1. */
export type Color = readonly [red: number, green: number, blue: number, alpha: number];

export const TEXT_RATIO = 4.5;
const BLACK: Color = [0, 0, 0, 1];
const WHITE: Color = [255, 255, 255, 1];

/** `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` and `rgba(…)`, as VS Code writes its variables; else undefined. */
export function parseColor(text: string): Color | undefined {
  const [, digits = ""] = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(text) ?? [];
  if (digits !== "") {
    const pairs = (digits.length < 6 ? digits.replaceAll(/./g, "$&$&") : digits).match(/../g) ?? [];
    const [red = 0, green = 0, blue = 0, alpha = 255] = pairs.map((pair) => Number.parseInt(pair, 16));
    return [red, green, blue, alpha / 255];
  }
  const [, inside] = /^rgba?\(([\d.,\s]+)\)$/i.exec(text) ?? [];
  const parts = inside?.split(",").map(Number) ?? [];
  if (parts.length < 3 || parts.length > 4 || parts.some(Number.isNaN)) {
    return undefined;
  }
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts;
  return [red, green, blue, alpha];
}

/** `#rrggbb`, or `#rrggbbaa` where something shines through. */
export function hexOf([red, green, blue, alpha]: Color): string {
  const pair = (value: number): string => Math.round(value).toString(16).padStart(2, "0");
  const opaque = `#${pair(red)}${pair(green)}${pair(blue)}`;
  return alpha === 1 ? opaque : `${opaque}${pair(alpha * 255)}`;
}

/** What is seen where it lies over an opaque colour. */
export function over([red, green, blue, alpha]: Color, behind: Color): Color {
  const seen = (top: number, below: number): number => Math.round(top * alpha + below * (1 - alpha));
  return [seen(red, behind[0]), seen(green, behind[1]), seen(blue, behind[2]), 1];
}

/** A colour between two, `share` of it the other's. */
export function mixed(one: Color, other: Color, share: number): Color {
  const part = (at: 0 | 1 | 2): number => Math.round(one[at] + (other[at] - one[at]) * share);
  return [part(0), part(1), part(2), one[3] + (other[3] - one[3]) * share];
}

/** Relative luminance from 0 to 1 (WCAG 2.2); opacity is left out. */
export function luminance([red, green, blue]: Color): number {
  return 0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
}

/** The contrast ratio from 1 to 21 (WCAG 2.2) of two opaque colours. */
export function contrast(one: Color, other: Color): number {
  const [first, second] = [luminance(one), luminance(other)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

/** Black or white, whichever is read better upon it. */
export function inkOn(fill: Color): Color {
  return contrast(BLACK, fill) >= contrast(WHITE, fill) ? BLACK : WHITE;
}

/** The colour, or one nearer to black or white by as little as it takes to be read upon `behind`. */
export function readable(color: Color, behind: Color): Color {
  return nearer(over(color, behind), inkOn(behind), (tried) => contrast(tried, behind) >= TEXT_RATIO);
}

/** The ground, or one nearer to another by as little as it takes for `text` to be read upon it. */
export function showing(ground: Color, text: Color, other: Color): Color {
  return nearer(ground, other, (tried) => contrast(text, tried) >= TEXT_RATIO);
}

/** The first of 256 steps from one to the other that is enough; the other where none is. */
function nearer(color: Color, towards: Color, isEnough: (tried: Color) => boolean): Color {
  if (isEnough(color)) {
    return color;
  }
  let [low, high] = [0, 256];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isEnough(mixed(color, towards, middle / 256))) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return mixed(color, towards, high / 256);
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
