/**
 * Our tokens from the colours of the editor's own theme, by the table in `thoth_ls/themes/from_editor.py`: for pages where
 * no theme of ours is chosen. Only a page knows all colours of the editor's theme.
 */
import { DEFAULTS, DERIVED, DERIVED_FROM_EDITOR, FROM_EDITOR, LEAST_SEEN, type TokenSource } from "../../generated/themeTokens";
import { contrast, hexOf, inkOn, over, parseColor, readable, showing, type Color } from "./color";
import { evaluated } from "./expressions";

/** The value of a variable of the editor's; empty where its theme has none. */
export type ReadVariable = (name: string) => string;

const BLACK: Color = [0, 0, 0, 1];

/** Every token and what follows from them, as `--thoth-…` and its colour. `isDark` counts where the editor has no background. */
export function editorTokens(read: ReadVariable, isDark: boolean): ReadonlyMap<string, string> {
  const colors = tokens(read, isDark);
  for (const [name, expression] of Object.entries(DERIVED)) {
    const [own] = candidates(DERIVED_FROM_EDITOR[name] ?? [], read);
    colors.set(name, own ?? evaluated(expression, colors));
  }
  return new Map([...colors].map(([name, color]) => [`--thoth-${name.replaceAll("_", "-")}`, hexOf(color)]));
}

function tokens(read: ReadVariable, isDark: boolean): Map<string, Color> {
  const [given] = candidates(FROM_EDITOR["bg"]?.variables ?? [], read);
  const usual = DEFAULTS[(given === undefined ? isDark : inkOn(over(given, BLACK))[0] === 255) ? "dark" : "light"];
  const bg = over(given ?? usualColor(usual, "bg"), BLACK);
  const colors = new Map([["bg", bg]]);
  const of = (name: string): Color => colors.get(name) ?? bg;
  for (const [name, source] of Object.entries(FROM_EDITOR)) {
    if (colors.has(name)) {
      continue;
    }
    const behind = of(source.upon ?? "bg");
    const found = candidates(source.variables, read).find((color) => isSeen(color, behind, source));
    const color = found ?? (source.otherwise === undefined ? usualColor(usual, name) : evaluated(source.otherwise, colors));
    const seen = source.isWash === true ? color : over(color, bg);
    colors.set(name, source.isGround === true ? showing(seen, of("fg"), bg) : source.isText === true ? readable(seen, behind) : seen);
  }
  return colors;
}

/** What can be seen through entirely is none. */
function candidates(variables: readonly string[], read: ReadVariable): Color[] {
  const colors = variables.map((name) => parseColor(read(name).trim()));
  return colors.filter((color) => color !== undefined).filter(([, , , alpha]) => alpha > 0);
}

function isSeen(color: Color, behind: Color, { upon }: TokenSource): boolean {
  return upon === undefined || contrast(over(color, behind), behind) >= LEAST_SEEN;
}

function usualColor(usual: Readonly<Record<string, string>>, name: string): Color {
  return parseColor(usual[name] ?? "") ?? BLACK;
}
