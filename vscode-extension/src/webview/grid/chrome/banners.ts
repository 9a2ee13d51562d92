/** Messages above the grid: each is there once, by key, until it is taken away or dismissed. */
import { html, nothing, render } from "lit";
import type { GridStrings } from "../../../shared/gridStrings";
import { iconButton } from "./iconButton";

export type BannerKey = "change" | "server" | "failed" | "copy" | "view" | "filter" | "tree" | `note-${number}`;

export interface Banner {
  readonly severity: "info" | "warning" | "error";
  readonly text: string;
  readonly busy?: boolean;
  readonly actions?: readonly { readonly title: string; readonly run: () => void }[];
  readonly dismissible?: boolean;
}

/** Work shorter than this is not worth a message that comes and goes. */
const BUSY_MS = 300;

export class Banners {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #announce: (text: string) => void;
  readonly #banners = new Map<BannerKey, Banner>();
  readonly #waiting = new Map<BannerKey, { readonly timer: number; banner: Banner }>();

  constructor(strings: GridStrings, announce: (text: string) => void) {
    this.#strings = strings;
    this.#announce = announce;
    this.element = document.createElement("div");
    this.element.className = "banners";
  }

  /** Shows a message, in place of another of the same key, and speaks it. What is busy is shown when it takes a while. */
  show(key: BannerKey, banner: Banner): void {
    const waiting = this.#waiting.get(key);
    if (!banner.busy || this.#banners.has(key)) {
      this.#stopWaiting(key);
      this.#put(key, banner);
    } else if (waiting) {
      waiting.banner = banner;
    } else {
      const timer = window.setTimeout(() => this.#put(key, this.#waiting.get(key)?.banner ?? banner), BUSY_MS);
      this.#waiting.set(key, { timer, banner });
    }
  }

  #put(key: BannerKey, banner: Banner): void {
    this.#waiting.delete(key);
    const before = this.#banners.get(key);
    // How far something busy has come is only said once: each step would talk over what a person is doing.
    if (before?.text !== banner.text && !(before?.busy && banner.busy)) {
      this.#announce(banner.text);
    }
    this.#banners.set(key, banner);
    this.#render();
  }

  hide(key: BannerKey): void {
    this.#stopWaiting(key);
    if (this.#banners.delete(key)) {
      this.#render();
    }
  }

  /** Takes away all whose key begins with `prefix`. */
  hideAll(prefix: string): void {
    for (const key of [...this.#banners.keys(), ...this.#waiting.keys()]) {
      if (key.startsWith(prefix)) {
        this.#stopWaiting(key);
        this.#banners.delete(key);
      }
    }
    this.#render();
  }

  #stopWaiting(key: BannerKey): void {
    window.clearTimeout(this.#waiting.get(key)?.timer);
    this.#waiting.delete(key);
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
