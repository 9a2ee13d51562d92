/** Messages above the grid: each is there once, by key, until it is taken away or dismissed. */
import { html, nothing, render } from "lit";
import type { GridStrings } from "../../../shared/gridStrings";
import { iconButton } from "./iconButton";

export type BannerKey = "change" | "server" | "failed" | "copy" | `note-${number}`;

export interface Banner {
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
  readonly busy?: boolean;
  readonly actions?: readonly { readonly title: string; readonly run: () => void }[];
  readonly dismissible?: boolean;
}

export class Banners {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #announce: (text: string) => void;
  readonly #banners = new Map<BannerKey, Banner>();

  constructor(strings: GridStrings, announce: (text: string) => void) {
    this.#strings = strings;
    this.#announce = announce;
    this.element = document.createElement("div");
    this.element.className = "banners";
  }

  /** Shows a message, in place of another of the same key, and speaks it. */
  show(key: BannerKey, banner: Banner): void {
    if (this.#banners.get(key)?.text !== banner.text) {
      this.#announce(banner.text);
    }
    this.#banners.set(key, banner);
    this.#render();
  }

  hide(key: BannerKey): void {
    if (this.#banners.delete(key)) {
      this.#render();
    }
  }

  /** Takes away all whose key begins with `prefix`. */
  hideAll(prefix: string): void {
    for (const key of [...this.#banners.keys()]) {
      if (key.startsWith(prefix)) {
        this.#banners.delete(key);
      }
    }
    this.#render();
  }

  #render(): void {
    render([...this.#banners].map(([key, banner]) => this.#row(key, banner)), this.element);
  }

  #row(key: BannerKey, banner: Banner) {
    const icon = banner.busy ? "loading codicon-modifier-spin" : banner.severity;
    return html`<div class="banner ${banner.severity}" data-banner=${key}>
      <span class="codicon codicon-${icon}" aria-hidden="true"></span>
      <span class="banner-text">${banner.text}</span>
      ${banner.actions?.map(
        (action) => html`<vscode-button secondary @click=${action.run}>${action.title}</vscode-button>`,
      )}
      ${banner.dismissible
        ? iconButton({ icon: "close", label: this.#strings.dismiss, run: () => this.hide(key) })
        : nothing}
    </div>`;
  }
}
