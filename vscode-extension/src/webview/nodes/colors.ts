/** Colours that nodes ask for: names stand for colours of the editor's theme, which `styles/colors.css` chooses. */
import { inkOn, parseColor } from "../theming/color";
import type { Styles } from "./styled";

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

/** The colour of an area as a style sheet takes it; undefined for what is none, which overrides nothing. */
export function fillColor(name: string | undefined): string | undefined {
  if (name === undefined) {
    return undefined;
  }
  if (Object.hasOwn(TOKENS, name)) {
    return `var(--n-${TOKENS[name] ?? "fg"})`;
  }
  return isHex(name) ? name : undefined;
}

/** The same of a text: a plugin's own colour is made lighter or darker, so that it can be read in every theme. */
export function textColor(name: string | undefined): string | undefined {
  const color = fillColor(name);
  return color?.startsWith("#") ? `oklch(from ${color} clamp(var(--n-darkest), l, var(--n-lightest)) c h)` : color;
}

/** Properties of what `styles` tint: filled, or with text of the colour upon a wash of it. */
export function tint(name: string | undefined): Styles {
  return { "--n-tint": fillColor(name), "--n-tint-text": textColor(name), "--n-ink": inkUpon(name) };
}

/** The colour of a text upon a filled area of the colour `name`. */
function inkUpon(name: string | undefined): string | undefined {
  if (name === undefined || !isHex(name)) {
    // The theme's own colours are made to be read on the editor's background, so it can be read on them.
    return fillColor(name) === undefined ? undefined : "var(--vscode-editor-background)";
  }
  const fill = parseColor(name);
  return fill === undefined || inkOn(fill)[0] === 0 ? "black" : "white";
}

function isHex(name: string): boolean {
  return /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/i.test(name);
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
