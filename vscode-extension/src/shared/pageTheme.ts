/** How a page is painted where a theme of Thoth is chosen: what the extension host and every page agree on. */

export interface PageTheme {
  /** Variables of style sheets by name (`--vscode-…`, `--thoth-…`), and their colours. */
  readonly css: Readonly<Record<string, string>>;
  readonly dark: boolean;
}

/** The attribute of the page's root that has the theme it begins with, as JSON; absent for none. */
export const THEME_ATTRIBUTE = "data-thoth-theme";
/** The event that tells of another one: the theme, or null for the editor's own colours. */
export const THEME_EVENT = "pageTheme";
