/** What is kept about a file between one time it is open and the next. */
import type * as P from "../generated/protocol";
import type { Path } from "./paths/path";

/** The ways to look at any document, as far as it has something for them. */
export type OwnView = "table" | "tree" | "raw" | "drawn";

/** A document as a plugin draws tables, by the plugin's id. */
export type RendererView = `renderer:${string}`;

/** The ways to look at a document. */
export type ViewName = OwnView | RendererView;

/** The view that a plugin draws. */
export function rendererView(pluginId: string): RendererView {
  return `renderer:${pluginId}`;
}

/** A place in a file that a person wants to find again. */
export interface Bookmark {
  readonly record: number;
  readonly path: Path;
  readonly label: string;
}

/** What was searched for once. */
export type SearchQuery = Readonly<
  Required<Pick<P.SearchParams, "query" | "mode" | "matchCase" | "wholeWord" | "scope">>
>;

export interface FileMemory {
  /** The view that was shown last, null for the one that suits the file. */
  readonly view: ViewName | null;
  /** In the order they were made. */
  readonly bookmarks: readonly Bookmark[];
  /** The latest first. */
  readonly searchHistory: readonly SearchQuery[];
}

/** What is known of a file that has not been open before. */
export const NOTHING_REMEMBERED: FileMemory = { view: null, bookmarks: [], searchHistory: [] };

export const MOST_BOOKMARKS = 100;
export const MOST_SEARCHES = 50;
