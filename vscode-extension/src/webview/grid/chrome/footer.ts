/** The line below the grid: how much there is, how far it has been read, and the ways to more. */
import { html, render } from "lit";
import type { GridStrings } from "../../../shared/gridStrings";
import type { BarHooks, BarState, DocumentBar } from "./documentBar";
import { paneButtons, viewsAndCounts } from "./documentBar";

export class Footer implements DocumentBar {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #hooks: BarHooks;

  constructor(strings: GridStrings, hooks: BarHooks) {
    this.#strings = strings;
    this.#hooks = hooks;
    this.element = document.createElement("div");
    this.element.className = "footer";
  }

  show(state: BarState): void {
    render(
      html`${viewsAndCounts(this.#strings, state, this.#hooks)}<span class="spring"></span>${paneButtons(this.#strings, state, this.#hooks)}`,
      this.element,
    );
  }
}
