/** What the extension host and the gallery of themes say to each other. */
import type * as P from "../generated/protocol";

export type ThemeFilterKind = "all" | "dark" | "light" | "contrast";

/** Which themes are shown, kept for a window that is opened again. */
export interface ThemeFilter {
  readonly text: string;
  readonly kind: ThemeFilterKind;
}

export const NO_THEME_FILTER: ThemeFilter = { text: "", kind: "all" };

export interface ThemesShown extends P.ThemeList {
  /** The id of the theme that is set; empty for the editor's own colours. */
  readonly chosen: string;
}

export type ThemeAction = "apply" | "export";

/** Requests of the page: `[params, result]`. */
export interface FromThemeGallery {
  ready: [void, { readonly strings: Readonly<Record<string, string>>; readonly filter: ThemeFilter }];
  themes: [void, ThemesShown];
  /** Sets a theme; empty for the editor's own colours. */
  choose: [{ readonly themeId: string }, void];
  act: [{ readonly name: ThemeAction; readonly themeId: string }, void];
}

/** Events the page is sent. */
export interface ToThemeGallery {
  /** There are others, or another one is set: ask for them. */
  changed: null;
}

/** Every sentence of the page, in English; the host translates the values. */
export const GALLERY_STRINGS = {
  galleryTitle: "Themes",
  galleryFilter: "Filter by name",
  galleryKind: "Which themes are shown",
  galleryAll: "All",
  galleryDark: "Dark",
  galleryLight: "Light",
  galleryContrast: "High Contrast",
  galleryOwn: "The Editor's Own Colors",
  galleryOwnDetail: "Thoth's views look like the rest of the editor",
  galleryShown: "Shown now",
  galleryUse: "Use for Thoth's views",
  galleryApply: "Apply to Editor",
  galleryExport: "Export as VS Code Extension",
  galleryNone: "No theme matches.",
  galleryFailed: "Cannot be shown",
  galleryFollows: "follows the editor",
  galleryCount: "{0} themes",
} as const;

export type GalleryStrings = { readonly [K in keyof typeof GALLERY_STRINGS]: string };

/** The sentences, translated where there is a translation. */
export function galleryStrings(translated: Readonly<Record<string, string>>): GalleryStrings {
  return { ...GALLERY_STRINGS, ...translated };
}
