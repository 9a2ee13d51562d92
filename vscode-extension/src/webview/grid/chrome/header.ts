/** The line above data that is shown among other things: what it is, how to look at it, and what can be done with it. */
import { html, nothing, render } from "lit";
import type { GridStrings } from "../../../shared/gridStrings";
import type { BarHooks, BarState, DocumentBar } from "./documentBar";
import { paneButtons, viewsAndCounts } from "./documentBar";
import { iconButton } from "./iconButton";

export interface HeaderHooks extends BarHooks {
  copyAll(): void;
  exportAll(): void;
  openInEditor(): void;
}

export class Header implements DocumentBar {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #hooks: HeaderHooks;
  #caption: string;
  #state: BarState | undefined;

  constructor(strings: GridStrings, caption: string, hooks: HeaderHooks) {
    this.#strings = strings;
    this.#caption = caption;
    this.#hooks = hooks;
    this.element = document.createElement("div");
    this.element.className = "footer header";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", strings.dataTools);
  }

  setCaption(caption: string): void {
    if (caption !== this.#caption) {
      this.#caption = caption;
      this.#draw();
    }
  }

  show(state: BarState): void {
    this.#state = state;
    this.#draw();
  }

  #draw(): void {
    const strings = this.#strings;
    const state = this.#state;
    if (!state) {
      return;
    }
    const hooks = this.#hooks;
    render(
      html`${this.#caption === "" ? nothing : html`<span class="header-caption" title=${this.#caption}>${this.#caption}</span>`}
        ${viewsAndCounts(strings, state, hooks)}<span class="spring"></span>${paneButtons(strings, state, hooks)}
        <span class="header-line" aria-hidden="true"></span>
        ${iconButton({ icon: "copy", label: strings.copyAll, run: () => hooks.copyAll() })}
        ${iconButton({ icon: "export", label: strings.exportAll, run: () => hooks.exportAll() })}
        ${iconButton({ icon: "go-to-file", label: strings.openInEditor, run: () => hooks.openInEditor() })}`,
      this.element,
    );
  }
}
