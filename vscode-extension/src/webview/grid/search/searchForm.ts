/** The field of the search pane with its options. */
import type { TemplateResult } from "lit";
import { html, nothing, render } from "lit";
import type { VscodeTextfield } from "@vscode-elements/elements";
import type { SearchQuery } from "../../../shared/fileMemory";
import type { GridStrings } from "../../../shared/gridStrings";
import { iconButton } from "../chrome/iconButton";
import type { SearchMode } from "./queryInput";
import { QueryInput } from "./queryInput";
import type { SearchHistory } from "./searchHistory";

export interface SearchFormHooks {
  /** Another query is wanted. */
  search(query: SearchQuery): void;
  /** Enter was pressed on a query that has been searched for already. */
  step(by: 1 | -1): void;
  /** Enter was pressed: this is worth keeping. */
  keep(query: SearchQuery): void;
  /** To the results. */
  leave(): void;
}

/** How long typing has to rest before the file is searched. */
const TYPING_MS = 300;
const SCOPES = ["both", "keys", "values"] as const;
const ALT_KEYS: Readonly<Record<string, "matchCase" | "wholeWord" | SearchMode>> = {
  KeyC: "matchCase",
  KeyW: "wholeWord",
  KeyR: "regex",
  KeyJ: "jsonpath",
};

export class SearchForm {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #history: SearchHistory;
  readonly #hooks: SearchFormHooks;
  readonly #input = new QueryInput();
  #timer = 0;

  constructor(strings: GridStrings, history: SearchHistory, hooks: SearchFormHooks) {
    this.#strings = strings;
    this.#history = history;
    this.#hooks = hooks;
    this.element = document.createElement("div");
    this.element.className = "search-form";
    this.element.setAttribute("role", "search");
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
  }

  get query(): SearchQuery {
    return this.#input.query;
  }

  /** Puts a query into the field without searching. */
  set(query: SearchQuery): void {
    this.#input.set(query);
    this.draw();
  }

  async focus(): Promise<void> {
    const field = this.element.querySelector("vscode-textfield");
    await field?.updateComplete;
    field?.focus();
    field?.wrappedElement.select();
  }

  /** Searches for what is in the field, if it is not the same as before. */
  submit(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#hooks.search(this.query);
    this.draw();
  }

  draw(): void {
    render(this.#content(), this.element);
  }

  #content(): TemplateResult {
    const strings = this.#strings;
    const { mode, query, scope } = this.query;
    const isPath = mode === "jsonpath";
    this.element.dataset["mode"] = mode;
    return html`<div class="search-line">
        <vscode-textfield
          .label=${strings.search}
          placeholder=${isPath ? strings.searchPathHint : mode === "regex" ? strings.searchRegexHint : strings.searchHint}
          .value=${query}
          @input=${(event: Event) => this.#typed(event)}
        >
          <span slot="content-after" class="find-options">
            ${iconButton({ icon: "case-sensitive", label: strings.findMatchCase, ...this.#option("matchCase") })}
            ${iconButton({ icon: "whole-word", label: strings.searchWholeWord, ...this.#option("wholeWord") })}
            ${iconButton({ icon: "regex", label: strings.searchRegex, ...this.#mode("regex") })}
            ${iconButton({ icon: "json", label: strings.searchJsonPath, ...this.#mode("jsonpath") })}
          </span>
        </vscode-textfield>
        <select
          class="search-scope"
          aria-label=${strings.searchScope}
          title=${strings.searchScope}
          ?disabled=${isPath}
          @change=${(event: Event) => this.#scoped(event)}
        >
          ${SCOPES.map((name) => html`<option value=${name} .selected=${name === scope}>${this.#scopeName(name)}</option>`)}
        </select>
      </div>
      ${this.#input.isGuessed
        ? html`<div class="search-hint" role="status">
            ${strings.searchAsPath}
            <button type="button" class="link" @click=${() => this.#choose("text")}>${strings.searchAsText}</button>
          </div>`
        : nothing}`;
  }

  #option(name: "matchCase" | "wholeWord") {
    const { mode, [name]: pressed } = this.query;
    return { pressed, disabled: mode === "jsonpath", run: () => this.#toggle(name) };
  }

  #mode(mode: SearchMode) {
    const pressed = this.query.mode === mode;
    return { pressed, run: () => this.#choose(pressed ? "text" : mode) };
  }

  #scopeName(scope: SearchQuery["scope"]): string {
    const { searchBoth, searchKeys, searchValues } = this.#strings;
    return scope === "both" ? searchBoth : scope === "keys" ? searchKeys : searchValues;
  }

  #toggle(name: "matchCase" | "wholeWord"): void {
    if (this.query.mode !== "jsonpath") {
      this.#input.change({ [name]: !this.query[name] });
      this.submit();
    }
  }

  #choose(mode: SearchMode): void {
    this.#input.choose(mode);
    this.submit();
  }

  #scoped(event: Event): void {
    const { value } = event.currentTarget as HTMLSelectElement;
    this.#input.change({ scope: SCOPES.find((scope) => scope === value) ?? "both" });
    this.submit();
  }

  #typed(event: Event): void {
    this.#input.type((event.currentTarget as VscodeTextfield).value);
    this.#history.edited();
    this.draw();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.submit(), TYPING_MS);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing || !this.#handles(event)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #handles(event: KeyboardEvent): boolean {
    const command = event.ctrlKey || event.metaKey;
    const option = event.altKey && !command ? ALT_KEYS[event.code] : undefined;
    if (option === "matchCase" || option === "wholeWord") {
      this.#toggle(option);
      return true;
    }
    if (option !== undefined) {
      this.#choose(this.query.mode === option ? "text" : option);
      return true;
    }
    const target = event.composedPath()[0];
    if (event.altKey || target instanceof HTMLButtonElement || target instanceof HTMLSelectElement) {
      return false;
    }
    return this.#handlesInField(event, command);
  }

  #handlesInField({ key, shiftKey }: KeyboardEvent, command: boolean): boolean {
    if (key === "Enter") {
      this.#enter(shiftKey ? -1 : 1);
      return true;
    }
    if (key === "ArrowDown" && command) {
      this.#hooks.leave();
      return true;
    }
    if ((key === "ArrowUp" || key === "ArrowDown") && !command && !shiftKey) {
      const query = key === "ArrowUp" ? this.#history.older(this.query) : this.#history.newer();
      if (query) {
        this.#input.set(query);
        this.submit();
      }
      return true;
    }
    return false;
  }

  #enter(by: 1 | -1): void {
    this.#hooks.keep(this.query);
    if (this.#timer === 0) {
      this.#hooks.step(by);
    } else {
      this.submit();
    }
  }
}
