/** The theme that all of our pages are painted in. There is one for the window, and every page follows it. */
import type * as vscode from "vscode";
import { THEME_ATTRIBUTE, THEME_EVENT, type PageTheme } from "../shared/pageTheme";

let current: PageTheme | null = null;
const pages = new Set<vscode.Webview>();

/** What pages that open now begin with. */
export function pageTheme(): PageTheme | null {
  return current;
}

/** Paints every page that is open, and those that open later; null for the editor's own colours. */
export function setPageTheme(theme: PageTheme | null): void {
  current = theme;
  for (const page of pages) {
    tell(page);
  }
}

/** The attribute for the root of a page that opens now, and has the page told of others from now on. */
export function themed(page: vscode.Webview): string {
  pages.add(page);
  return current === null ? "" : ` ${THEME_ATTRIBUTE}="${escaped(JSON.stringify(current))}"`;
}

function tell(page: vscode.Webview): void {
  try {
    // A page that is not there any more says so in one way or the other.
    page.postMessage({ event: THEME_EVENT, body: current }).then(undefined, () => pages.delete(page));
  } catch {
    pages.delete(page);
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
