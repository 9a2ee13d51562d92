/** The pane that searches the whole document: the field, how far the search is, and the list of what was found. */
import type { TemplateResult } from "lit";
import { html, nothing, render } from "lit";
import type { SearchQuery } from "../../../shared/fileMemory";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { iconButton } from "../chrome/iconButton";
import type { Pane } from "../panes/paneArea";
import { number } from "../view/frame";
import { pathText } from "./hitText";
import { ResultList } from "./resultList";
import type { SearchController } from "./searchController";
import { SearchForm } from "./searchForm";
import { SearchHistory } from "./searchHistory";
import type { PlacedHit, SearchState } from "./searchState";
import { countText, currentText, progressText } from "./searchStatus";

export interface SearchPaneHooks {
  /** The query or what the head of the pane shows has changed. */
  changed(): void;
  announce(text: string): void;
  /** The searches to remember of this file. */
  remember(history: readonly SearchQuery[]): void;
  /** Whether only records with hits are shown, and the way to change it. */
  readonly onlyMatching: boolean;
  setOnlyMatching(only: boolean): void;
  /** The view is to have the focus. */
  focusView(): void;
  /** Exports the records in which something is found. */
  exportResult(): void;
}

/** What a hidden tab remembers of the pane. */
export interface SearchPaneState {
  readonly query: SearchQuery;
  readonly onlyMatching: boolean;
}

export class SearchPane implements Pane {
  readonly tab = "search";
  readonly label: string;
  readonly body: HTMLElement;
  readonly form: SearchForm;
  readonly #strings: GridStrings;
  readonly #search: SearchController;
  readonly #hooks: SearchPaneHooks;
  readonly #history = new SearchHistory();
  readonly #status: HTMLElement;
  readonly #list: ResultList;
  #spoken = "";

  constructor(strings: GridStrings, search: SearchController, hooks: SearchPaneHooks) {
    this.label = strings.search;
    this.#strings = strings;
    this.#search = search;
    this.#hooks = hooks;
    this.form = new SearchForm(strings, this.#history, {
      search: (query) => this.#searchFor(query),
      step: (by) => this.step(by),
      keep: (query) => this.#keep(query),
      leave: () => this.#list.element.focus(),
    });
    this.#list = new ResultList(strings, {
      reveal: (hit, focus) => this.#reveal(hit, focus),
      folded: () => hooks.changed(),
    });
    this.#status = document.createElement("div");
    this.#status.className = "search-status";
    this.body = document.createElement("div");
    this.body.className = "search-pane";
    this.body.append(this.form.element, this.#status, this.#list.element);
    this.body.addEventListener("keydown", (event) => this.#onKey(event));
    this.form.draw();
    this.#drawStatus();
  }

  get count(): number | null {
    const count = this.#search.state?.count ?? 0;
    return count > 0 ? count : null;
  }

  get title(): string {
    return currentText(this.#strings, this.#search.state);
  }

  tools(): TemplateResult {
    const strings = this.#strings;
    const hasHits = this.count !== null;
    const folded = this.#list.isAllFolded;
    const only = this.#hooks.onlyMatching;
    return html`${iconButton({ icon: "arrow-up", label: strings.searchPrevious, disabled: !hasHits, run: () => this.step(-1) })}
      ${iconButton({ icon: "arrow-down", label: strings.searchNext, disabled: !hasHits, run: () => this.step(1) })}
      ${iconButton({
        icon: "filter",
        label: strings.searchOnly,
        pressed: only,
        disabled: !only && !this.#search.state,
        run: () => this.#hooks.setOnlyMatching(!only),
      })}
      ${iconButton({
        icon: folded ? "expand-all" : "collapse-all",
        label: folded ? strings.searchUnfold : strings.searchFold,
        disabled: !hasHits,
        run: () => this.#list.foldAll(!folded),
      })}
      ${iconButton({ icon: "export", label: strings.exportSearch, disabled: !hasHits, run: () => this.#hooks.exportResult() })}
      ${iconButton({ icon: "clear-all", label: strings.searchClear, disabled: !this.#search.state, run: () => this.#clear() })}`;
  }

  focus(): void {
    void this.form.focus();
  }

  draw(): void {
    this.#list.draw();
  }

  /** Takes what is remembered of the file. */
  remembered(history: readonly SearchQuery[]): void {
    this.#history.restore(history);
  }

  get state(): SearchPaneState | null {
    const { query } = this.form;
    return query.query === "" ? null : { query, onlyMatching: this.#hooks.onlyMatching };
  }

  /** Brings back an earlier search. */
  restore({ query, onlyMatching }: SearchPaneState): void {
    this.form.set(query);
    this.#search.search(query);
    this.#hooks.setOnlyMatching(onlyMatching);
  }

  /** Searches again, for instance after the file was read anew. */
  searchAgain(): void {
    if (this.#search.state) {
      this.#search.search(this.#search.state.query);
    }
  }

  /** The next or previous hit; searches first where that has not been done. */
  step(by: 1 | -1): void {
    const { state } = this.#search;
    if (state?.query === this.form.query) {
      this.#search.step(by);
      this.#list.showCurrent();
    } else if (this.form.query.query !== "") {
      this.form.submit();
    } else {
      this.focus();
    }
  }

  /** Another search began, or there is none. */
  replaced(): void {
    this.#spoken = "";
    this.#list.reset(this.#search.state);
  }

  /** Draws the state of the search. */
  update(): void {
    this.#drawStatus();
    this.#list.draw();
    this.#speak();
  }

  /** Says where a hit is that is shown now. */
  announceHit({ record, hit }: PlacedHit): void {
    const { state } = this.#search;
    if (state) {
      const path = pathText(hit.keys) || this.#strings.searchWholeRecord;
      const place = format(this.#strings.searchRecord, number(record + 1));
      this.#hooks.announce(`${currentText(this.#strings, state)}: ${place}, ${path}, ${hit.preview}`);
    }
  }

  #searchFor(query: SearchQuery): void {
    if (this.#search.state?.query !== query) {
      this.#search.search(query);
    }
    this.#hooks.changed();
  }

  #keep(query: SearchQuery): void {
    if (this.#history.add(query)) {
      this.#hooks.remember(this.#history.entries);
    }
  }

  #reveal(hit: number, focus: boolean): void {
    this.#keep(this.form.query);
    this.#search.goTo(hit);
    if (focus) {
      this.#hooks.focusView();
    }
  }

  #clear(): void {
    this.#hooks.setOnlyMatching(false);
    this.form.set({ ...this.form.query, query: "" });
    this.#search.clear();
    this.focus();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.#search.state?.isRunning) {
      event.preventDefault();
      event.stopPropagation();
      this.#search.cancel();
    }
  }

  #drawStatus(): void {
    const { state } = this.#search;
    this.#status.dataset["status"] = state?.status.kind ?? "";
    this.#list.element.hidden = !state || state.count === 0;
    render(this.#statusContent(state), this.#status);
  }

  #statusContent(state: SearchState | null): TemplateResult {
    const strings = this.#strings;
    if (!state) {
      return html`<span class="search-empty">${strings.searchEmpty}</span>`;
    }
    const { kind } = state.status;
    return html`<div class="search-counts" ?hidden=${kind === "failed" && state.count === 0}>
        <span class="search-count ${kind === "done" && state.count === 0 ? "none" : ""}">${countText(strings, state)}</span>
        <span class="search-progress">${progressText(strings, state)}</span>
        ${kind === "searching"
          ? iconButton({ icon: "debug-stop", label: strings.searchStop, run: () => this.#search.cancel() })
          : nothing}
        ${kind === "limit" || kind === "cancelled"
          ? html`<button type="button" class="link" @click=${() => this.#search.continue()}>${strings.searchOn}</button>`
          : nothing}
      </div>
      ${kind === "searching"
        ? html`<vscode-progress-bar indeterminate aria-label=${strings.findSearching}></vscode-progress-bar>`
        : nothing}
      ${state.status.kind === "failed" ? note("error", state.status.message) : nothing}
      ${state.notes.map((text) => note("info", text))}`;
  }

  /** Speaks how a search ended; counts while it runs would only be noise. */
  #speak(): void {
    const { state } = this.#search;
    if (!state || state.isRunning) {
      return;
    }
    const failed = state.status.kind === "failed" ? format(this.#strings.findFailed, state.status.message) : "";
    const parts = [countText(this.#strings, state), progressText(this.#strings, state), failed, ...state.notes];
    const text = parts.filter((part) => part !== "").join(" ");
    if (text !== this.#spoken) {
      this.#spoken = text;
      this.#hooks.announce(text);
    }
  }
}

function note(severity: "error" | "info", text: string): TemplateResult {
  return html`<p class="search-note ${severity}">
    <span class="codicon codicon-${severity}" aria-hidden="true"></span><span>${text}</span>
  </p>`;
}
