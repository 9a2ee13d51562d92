/** What the status bar says is selected, which the view that is shown tells. */
import type { Messenger } from "../../messenger";

export class ShownSelection {
  readonly #messenger: Messenger;
  /** Null before anything was told: the host may still show what a window before this one told. */
  #text: string | null = null;

  constructor(messenger: Messenger) {
    this.#messenger = messenger;
  }

  /** Tells the host once, however often it is called with the same text; empty for nothing selected. */
  show(text: string): void {
    if (text !== this.#text) {
      this.#text = text;
      void this.#messenger.request("selection", { text }).catch(() => undefined);
    }
  }
}
