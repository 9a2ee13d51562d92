/** Which themes of the gallery are shown. Pure. */
import type * as P from "../../generated/protocol";
import type { ThemeFilter } from "../../shared/themeGallery";

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
      return TEXTS.every((token) => contrast(theme.colors[token] ?? "", theme.colors["bg"] ?? "") >= HIGH_CONTRAST);
  }
}

/** The contrast ratio from 1 to 21 of two colours as `#rrggbb` (WCAG 2.2); what shines through counts as opaque. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const part = (at: number): number => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

/** Themes by family, in their order. */
export function families(themes: readonly P.ThemeInfo[]): ReadonlyMap<string, readonly P.ThemeInfo[]> {
  const found = new Map<string, P.ThemeInfo[]>();
  for (const theme of themes) {
    found.set(theme.family, [...(found.get(theme.family) ?? []), theme]);
  }
  return found;
}
