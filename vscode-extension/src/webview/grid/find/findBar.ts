/** The find bar above the grid. */
import type { TemplateResult } from "lit";
import { html, nothing, render } from "lit";
import type { VscodeTextfield } from "@vscode-elements/elements";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { iconButton } from "../chrome/iconButton";
import { number } from "../view/frame";
import type { FindController } from "./findController";
import type { FindQuery, FindState } from "./findState";

export interface FindBarHooks {
  closed(): void;
  /** The query or the visibility changed. */
  changed(): void;
  announce(text: string): void;
}

/** How long typing has to rest before the file is searched. */
const TYPING_MS = 250;

export class FindBar {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #find: FindController;
  readonly #hooks: FindBarHooks;
  #query: FindQuery = { text: "", matchCase: false, wholeCell: false };
  #timer = 0;
  #spoken = "";

  constructor(strings: GridStrings, find: FindController, hooks: FindBarHooks) {
    this.#strings = strings;
    this.#find = find;
    this.#hooks = hooks;
    this.element = document.createElement("div");
    this.element.className = "find-bar";
    this.element.setAttribute("role", "search");
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  get query(): FindQuery {
    return this.#query;
  }

  /** Opens with the focus in the field, with `text` in it if given. */
  open(text?: string): void {
    this.element.hidden = false;
    if (text) {
      this.#query = { ...this.#query, text };
      this.#search(true);
    } else if (!this.#find.state && this.#query.text) {
      this.#search(false);
    }
    this.update();
    this.#hooks.changed();
    void this.#focusField();
  }

  /** Brings back an earlier query without taking the focus. */
  restore(query: FindQuery): void {
    this.#query = query;
    this.element.hidden = false;
    this.#search(false);
    this.update();
  }

  /** Searches again, for instance after the file was read anew. */
  searchAgain(): void {
    if (this.isOpen && this.#query.text) {
      this.#search(false);
    }
  }

  close(): void {
    if (!this.isOpen) {
      return;
    }
    this.element.hidden = true;
    this.#find.clear();
    this.#hooks.changed();
    this.#hooks.closed();
  }

  /** F3: the next or previous match, opening the bar when nothing is being searched. */
  step(by: 1 | -1): void {
    if (this.#find.state) {
      this.#find.step(by);
    } else if (this.#query.text) {
      this.element.hidden = false;
      this.#search(true);
    } else {
      this.open();
    }
  }

  /** Draws the state of the search. */
  update(): void {
    if (!this.isOpen) {
      return;
    }
    const state = this.#find.state;
    render(this.#content(state), this.element);
    this.#speak(state);
  }

  #content(state: FindState | null): TemplateResult {
    const strings = this.#strings;
    const hasMatches = (state?.count ?? 0) > 0;
    const isSearching = state?.status.kind === "searching";
    return html`<vscode-textfield
        .label=${strings.find}
        placeholder=${strings.find}
        .value=${this.#query.text}
        @input=${(event: Event) => this.#typed(event)}
      >
        <span slot="content-after" class="find-options">
          ${this.#toggle("case-sensitive", strings.findMatchCase, "matchCase")}
          ${this.#toggle("whole-word", strings.findWholeCell, "wholeCell")}
        </span>
      </vscode-textfield>
      <span class="find-count ${state && !hasMatches && !isSearching ? "none" : ""}">${countText(strings, state)}</span>
      ${iconButton({ icon: "arrow-up", label: strings.findPrevious, disabled: !hasMatches, run: () => this.#find.step(-1) })}
      ${iconButton({ icon: "arrow-down", label: strings.findNext, disabled: !hasMatches, run: () => this.#find.step(1) })}
      <span class="find-progress">${progressText(strings, state)}</span>
      ${isSearching
        ? iconButton({ icon: "debug-stop", label: strings.findCancel, run: () => this.#find.cancel() })
        : nothing}
      ${state?.status.kind === "limit" || state?.status.kind === "cancelled"
        ? html`<button type="button" class="link" @click=${() => this.#find.continue()}>${strings.findContinue}</button>`
        : nothing}
      <span class="spring"></span>
      ${iconButton({ icon: "close", label: strings.findClose, run: () => this.close() })}
      ${isSearching ? html`<vscode-progress-bar indeterminate aria-label=${strings.findSearching}></vscode-progress-bar>` : nothing}`;
  }

  #toggle(icon: string, label: string, option: "matchCase" | "wholeCell"): TemplateResult {
    return iconButton({ icon, label, pressed: this.#query[option], run: () => this.#switch(option) });
  }

  #switch(option: "matchCase" | "wholeCell"): void {
    this.#query = { ...this.#query, [option]: !this.#query[option] };
    this.#search(true);
    this.update();
  }

  #typed(event: Event): void {
    this.#query = { ...this.#query, text: (event.currentTarget as VscodeTextfield).value };
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#search(true), TYPING_MS);
  }

  #search(jump: boolean): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#find.search(this.#query, jump);
    this.#hooks.changed();
  }

  #onKey(event: KeyboardEvent): void {
    if (!this.#handles(event)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #handles(event: KeyboardEvent): boolean {
    if (event.altKey && !event.ctrlKey && !event.metaKey && (event.code === "KeyC" || event.code === "KeyW")) {
      this.#switch(event.code === "KeyC" ? "matchCase" : "wholeCell");
      return true;
    }
    const onButton = event.composedPath()[0] instanceof HTMLButtonElement;
    if (event.key === "F3" || (event.key === "Enter" && !onButton)) {
      if (this.#timer !== 0) {
        this.#search(true);
      } else {
        this.step(event.shiftKey ? -1 : 1);
      }
      return true;
    }
    if (event.key === "Escape") {
      this.close();
      return true;
    }
    return false;
  }

  async #focusField(): Promise<void> {
    const field = this.element.querySelector("vscode-textfield");
    await field?.updateComplete;
    field?.focus();
    field?.wrappedElement.select();
  }

  /** Speaks how a search ended; counts while it runs would only be noise. */
  #speak(state: FindState | null): void {
    if (!state || state.status.kind === "searching" || state.status.kind === "idle") {
      return;
    }
    const text = `${countText(this.#strings, state)} ${progressText(this.#strings, state)}`.trim();
    if (text !== this.#spoken) {
      this.#spoken = text;
      this.#hooks.announce(text);
    }
  }
}

/** "3 of 17", "3 of 17+" while there may be more, "No results". */
export function countText(strings: GridStrings, state: FindState | null): string {
  if (!state) {
    return "";
  }
  const { kind } = state.status;
  if (state.count === 0) {
    return kind === "searching" ? strings.findSearching : kind === "failed" ? "" : strings.findNone;
  }
  const count = number(state.count);
  const template = kind === "done" ? strings.findCount : strings.findCountMore;
  return format(template, state.current >= 0 ? number(state.current + 1) : "?", count);
}

/** How far a search has come, or why it ended early. */
export function progressText(strings: GridStrings, state: FindState | null): string {
  if (!state) {
    return "";
  }
  switch (state.status.kind) {
    case "searching":
      return state.scannedRows > 0 ? format(strings.findSearchedTo, number(state.scannedRows)) : "";
    case "limit":
      return format(strings.findLimit, number(state.status.nextRow));
    case "cancelled":
      return format(strings.findStopped, number(state.scannedRows));
    case "failed":
      return format(strings.findFailed, state.status.message);
    default:
      return "";
  }
}
