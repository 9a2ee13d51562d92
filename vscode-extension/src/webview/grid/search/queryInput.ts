/** What is in the search field: the text, and how it is meant. */
import type { SearchQuery } from "../../../shared/fileMemory";

export type SearchMode = SearchQuery["mode"];

const EMPTY: SearchQuery = { query: "", mode: "text", matchCase: false, wholeWord: false, scope: "both" };

/** The beginning of a JSONPath, which hardly anybody looks for as a text. */
const JSON_PATH = /^\$\s*[.[]/;

export class QueryInput {
  #query = EMPTY;
  /** Whether the text was taken for a JSONPath by itself, or a person did not want it to be. */
  #guess: "none" | "taken" | "declined" = "none";

  get query(): SearchQuery {
    return this.#query;
  }

  /** Whether what is typed was taken for a JSONPath without being told so. */
  get isGuessed(): boolean {
    return this.#guess === "taken";
  }

  /** Takes an earlier query as it was. */
  set(query: SearchQuery): void {
    this.#query = query;
    this.#guess = query.mode !== "jsonpath" && JSON_PATH.test(query.query) ? "declined" : "none";
  }

  /** Takes what was typed; what begins like a JSONPath becomes one, and becomes a text again when it does not any more. */
  type(text: string): void {
    const { mode } = this.#query;
    const looksLikeOne = JSON_PATH.test(text);
    if (text === "") {
      this.#query = { ...this.#query, mode: this.#guess === "taken" ? "text" : mode };
      this.#guess = "none";
    } else if (looksLikeOne && mode === "text" && this.#guess === "none") {
      this.#guess = "taken";
      this.#query = { ...this.#query, mode: "jsonpath" };
    } else if (!looksLikeOne && this.#guess === "taken") {
      this.#guess = "none";
      this.#query = { ...this.#query, mode: "text" };
    }
    this.#query = { ...this.#query, query: text };
  }

  /** Takes the mode a person chose. */
  choose(mode: SearchMode): void {
    this.set({ ...this.#query, mode });
  }

  /** Changes one of the ways to search. */
  change(change: Partial<Pick<SearchQuery, "matchCase" | "wholeWord" | "scope">>): void {
    this.#query = { ...this.#query, ...change };
  }
}
