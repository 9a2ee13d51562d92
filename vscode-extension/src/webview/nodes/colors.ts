/** Colours that nodes ask for: names stand for colours of the editor's theme, which `styles/colors.css` chooses. */

const TOKENS: Readonly<Record<string, string>> = {
  fg: "fg",
  muted: "muted",
  "fg-muted": "muted",
  gray: "muted",
  subtle: "subtle",
  "fg-subtle": "subtle",
  faint: "faint",
  "fg-faint": "faint",
  accent: "accent",
  blue: "accent",
  secondary: "secondary",
  purple: "secondary",
  success: "success",
  green: "success",
  warning: "warning",
  orange: "warning",
  error: "error",
  red: "error",
  info: "info",
  cyan: "info",
  string: "string",
  number: "number",
  bool: "bool",
  boolean: "bool",
  key: "key",
};

/** The names and what they stand for, for the documentation and the gallery. */
export const COLOR_NAMES: readonly string[] = Object.keys(TOKENS);

/** A colour as a style sheet takes it; undefined for what is none, which overrides nothing. */
export function cssColor(name: string | undefined): string | undefined {
  if (name === undefined) {
    return undefined;
  }
  if (Object.hasOwn(TOKENS, name)) {
    return `var(--n-${TOKENS[name] ?? "fg"})`;
  }
  return isHex(name) ? name : undefined;
}

/** The colour of a text upon a filled area of the colour `name`. */
export function inkOn(name: string | undefined): string | undefined {
  if (name === undefined || !isHex(name)) {
    // The theme's own colours are made to be read on the editor's background, so it can be read on them.
    return cssColor(name) === undefined ? undefined : "var(--vscode-editor-background)";
  }
  return luminance(name) > 0.179 ? "black" : "white";
}

function isHex(name: string): boolean {
  return /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/i.test(name);
}

/** Relative luminance as WCAG defines it. */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

const OLD: Readonly<Record<string, string>> = {
  base: "bg",
  mantle: "bg-panel",
  crust: "bg-sunken",
  surface0: "surface",
  surface1: "surface-raised",
  surface2: "surface-active",
  overlay1: "surface-active",
};

/** The class of an area with a background by name. */
export function backgroundClass(name: string): string {
  return `n-fill-${Object.hasOwn(OLD, name) ? (OLD[name] ?? "none") : name}`;
}
