/** Which themes of the gallery are shown. Pure. */
import type * as P from "../../generated/protocol";
import type { ThemeFilter } from "../../shared/themeGallery";
import { contrast, parseColor } from "../theming/color";

/** Least contrast of text that counts as high (WCAG 2.2, 1.4.6). */
const HIGH_CONTRAST = 7;
/** Texts that all have to have it. */
const TEXTS = ["fg", "fg_muted", "syntax_key", "syntax_string", "syntax_number"] as const;

export function matching(themes: readonly P.ThemeInfo[], { text, kind }: ThemeFilter): readonly P.ThemeInfo[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
  return themes.filter((theme) => {
    const said = `${theme.name} ${theme.family} ${theme.pluginName}`.toLocaleLowerCase();
    return words.every((word) => said.includes(word)) && isOfKind(theme, kind);
  });
}

function isOfKind(theme: P.ThemeInfo, kind: ThemeFilter["kind"]): boolean {
  switch (kind) {
    case "all":
      return true;
    case "dark":
      return theme.dark;
    case "light":
      return !theme.dark;
    case "contrast":
      return TEXTS.every((token) => ratio(theme.colors[token], theme.colors["bg"]) >= HIGH_CONTRAST);
  }
}

/** What shines through counts as opaque. */
function ratio(one = "", other = ""): number {
  const [first, second] = [parseColor(one), parseColor(other)];
  return first === undefined || second === undefined ? 1 : contrast(first, second);
}

/** Themes by family, in their order. */
export function families(themes: readonly P.ThemeInfo[]): ReadonlyMap<string, readonly P.ThemeInfo[]> {
  const found = new Map<string, P.ThemeInfo[]>();
  for (const theme of themes) {
    found.set(theme.family, [...(found.get(theme.family) ?? []), theme]);
  }
  return found;
}
