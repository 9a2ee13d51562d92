/** The pane that shows the whole of one cell. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { Messenger } from "../../messenger";
import { iconButton } from "../chrome/iconButton";
import type { CellKind } from "../data/cellText";
import { number } from "../view/frame";
import type { ReadCell } from "./cellReader";
import { CellReader, prettyJson } from "./cellReader";
import type { Pane } from "./paneArea";

export interface ShownCell {
  /** Tells it from every other of the same generation. */
  readonly id: string;
  readonly generation: number;
  readonly title: string;
  readonly kind: CellKind;
  /** The whole text where it is known already. */
  readonly text: string | null;
  /** Reads the text from a byte on. */
  readonly read: ReadCell;
}

export interface CellPaneHooks {
  changed(): void;
  copied(): void;
  failed(error: Error): void;
}

/** JSON longer than this is not laid out: it would block the window for seconds. */
const PRETTY_LIMIT = 4_000_000;

export class CellPane implements Pane {
  readonly tab = "cell";
  readonly label: string;
  readonly count = null;
  readonly body: HTMLElement;
  wrap = true;
  pretty = false;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #hooks: CellPaneHooks;
  #cell: ShownCell | null = null;
  #reader: CellReader | null = null;
  #error: Error | null = null;
  #laidOut: string | null = null;

  constructor(strings: GridStrings, messenger: Messenger, hooks: CellPaneHooks) {
    this.label = strings.cell;
    this.#strings = strings;
    this.#messenger = messenger;
    this.#hooks = hooks;
    this.body = document.createElement("div");
    this.body.className = "cell-text";
    this.body.tabIndex = 0;
    // A text to be read through, which screen readers do with their own keys.
    this.body.setAttribute("role", "document");
    this.body.addEventListener("scroll", () => this.#onScroll());
  }

  /** Shows another cell, or none. */
  show(cell: ShownCell | null): void {
    if (isSame(cell, this.#cell)) {
      return;
    }
    this.#cell = cell;
    this.#error = null;
    this.#laidOut = null;
    this.body.replaceChildren();
    this.body.scrollTop = 0;
    this.#reader = cell && cell.kind !== "missing" && cell.kind !== "empty" ? this.#readerOf(cell) : null;
    if (this.#reader) {
      void this.#more(this.#reader);
    } else {
      this.#note(cell ? (cell.kind === "missing" ? this.#strings.cellMissing : this.#strings.cellEmpty) : this.#strings.noCell);
    }
    this.body.setAttribute("aria-label", this.title || this.#strings.cell);
    this.#hooks.changed();
  }

  get title(): string {
    return this.#cell?.title ?? "";
  }

  /** The buttons and the size, for the head of the pane. */
  tools(): TemplateResult {
    const strings = this.#strings;
    const reader = this.#reader;
    return html`<span class="pane-size">${reader && reader.size > 0 ? sizeText(strings, reader) : nothing}</span>
      ${this.#laidOut === null
        ? nothing
        : iconButton({ icon: "json", label: strings.prettyJson, pressed: this.pretty, run: () => this.#togglePretty() })}
      ${iconButton({ icon: "word-wrap", label: strings.wrapLines, pressed: this.wrap, run: () => this.#toggleWrap() })}
      ${iconButton({ icon: "copy", label: strings.copyText, disabled: !reader, run: () => void this.#copy() })}`;
  }

  focus(): void {
    this.body.focus();
  }

  draw(): void {
    this.#onScroll();
  }

  #readerOf({ text, read }: ShownCell): CellReader {
    if (text === null) {
      return new CellReader(read);
    }
    return new CellReader(() => Promise.resolve({ text, sizeBytes: new TextEncoder().encode(text).length, next: null }));
  }

  async #more(reader: CellReader): Promise<void> {
    try {
      const text = await reader.readMore();
      if (reader !== this.#reader) {
        return;
      }
      this.#append(text, reader);
    } catch (error) {
      if (reader === this.#reader) {
        this.#error = error instanceof Error ? error : new Error(String(error));
        this.#note(format(this.#strings.cellFailed, this.#error.message));
      }
    }
    this.#hooks.changed();
    this.#onScroll();
  }

  #append(text: string, reader: CellReader): void {
    if (reader.isComplete && reader.size <= PRETTY_LIMIT) {
      this.#laidOut = prettyJson(reader.parts.join(""));
    }
    if (this.pretty && this.#laidOut !== null) {
      this.#draw();
      return;
    }
    this.body.append(part(text));
    this.body.classList.toggle("nowrap", !this.wrap);
  }

  /** Draws all that has been read anew. */
  #draw(): void {
    const reader = this.#reader;
    const texts = this.pretty && this.#laidOut !== null ? [this.#laidOut] : (reader?.parts ?? []);
    this.body.replaceChildren(...texts.map(part));
    this.body.classList.toggle("nowrap", !this.wrap);
  }

  #note(text: string): void {
    const note = document.createElement("p");
    note.className = "pane-note";
    note.textContent = text;
    this.body.append(note);
  }

  #onScroll(): void {
    const { body } = this;
    const isNearEnd = body.scrollHeight - body.scrollTop - body.clientHeight < body.clientHeight;
    if (this.#reader && !this.#reader.isComplete && !this.#error && isNearEnd && body.clientHeight > 0) {
      void this.#more(this.#reader);
    }
  }

  #togglePretty(): void {
    this.pretty = !this.pretty;
    this.#draw();
    this.#hooks.changed();
  }

  #toggleWrap(): void {
    this.wrap = !this.wrap;
    this.body.classList.toggle("nowrap", !this.wrap);
    this.#hooks.changed();
  }

  async #copy(): Promise<void> {
    const reader = this.#reader;
    if (!reader) {
      return;
    }
    try {
      const text = await reader.readAll();
      if (reader === this.#reader) {
        this.#draw();
      }
      await this.#messenger.request("copyText", { text: this.pretty && this.#laidOut !== null ? this.#laidOut : text });
      this.#hooks.copied();
    } catch (error) {
      this.#hooks.failed(error instanceof Error ? error : new Error(String(error)));
    }
    this.#hooks.changed();
  }
}

function part(text: string): HTMLElement {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}

function isSame(one: ShownCell | null, other: ShownCell | null): boolean {
  return (
    one?.id === other?.id &&
    one?.generation === other?.generation &&
    one?.kind === other?.kind
  );
}

function sizeText(strings: GridStrings, reader: CellReader): string {
  const size = reader.size === 1 ? strings.oneByte : format(strings.bytes, number(reader.size));
  return reader.isComplete ? size : format(strings.cellPartial, number(reader.position), size);
}
