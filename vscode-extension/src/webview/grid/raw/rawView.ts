/** The file's text, as one of the ways to look at a document. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { GridCommand } from "../../../shared/messages";
import type { Path } from "../../../shared/paths/path";
import type { Messenger } from "../../messenger";
import { HostError } from "../../messenger";
import { isObject } from "../../nodes/fields";
import { languageOf } from "../../nodes/highlight";
import type { GridDocument } from "../app/gridDocument";
import type { DocumentView, Opening, Place } from "../app/views";
import { number } from "../view/frame";
import { readMetrics } from "../view/metrics";
import { byteAt } from "./caret";
import { RawText } from "./rawText";

export interface RawHooks {
  /** Another value is selected. */
  selectionChanged(): void;
  /** The view is at another place. */
  moved(): void;
  /** Something could not be shown: a sentence for people, or null when it can again. */
  problem(text: string | null): void;
  failed(error: unknown): void;
  /** Carries out a command on the value that is selected. */
  command(command: GridCommand): boolean;
}

export class RawView implements DocumentView {
  readonly name = "raw";
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #hooks: RawHooks;
  readonly #text: RawText;
  #generation = -1;
  #place: Place | null = null;
  /** Where to begin when the view is shown. */
  #start = 0;
  #reveals = 0;

  constructor(strings: GridStrings, messenger: Messenger, hooks: RawHooks) {
    this.#strings = strings;
    this.#messenger = messenger;
    this.#hooks = hooks;
    this.#text = new RawText(
      async (offset, before, after) => {
        const text = await messenger.request("fileText", { generation: this.#generation, offset, before, after });
        hooks.problem(null);
        return text;
      },
      { strings, moved: () => hooks.moved(), failed: (error) => this.#failed(error) },
    );
    this.element = this.#text.element;
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("click", (event) => void this.#onClick(event));
    this.themeChanged();
  }

  suits({ info }: GridDocument): boolean {
    return info.hasText;
  }

  open(document: GridDocument, { kept }: Opening): void {
    const isOpen = this.#generation >= 0;
    this.#generation = document.generation;
    this.#start = isOpen ? this.#text.topByte : 0;
    if (isObject(kept) && typeof kept["byte"] === "number") {
      this.#start = kept["byte"];
    }
    this.#place = null;
    this.#text.mark = null;
    this.#text.language = document.info.nested ? languageOf("jsonc") : null;
    this.#text.reset();
    this.#text.scroller.setAttribute("aria-label", format(this.#strings.rawLabel, document.fileName));
    if (!this.element.hidden) {
      this.#text.jump(this.#start, "top");
    }
  }

  progressed(): void {
    // The text can be read from the beginning on.
  }

  shown(): void {
    if (this.#text.lines.all.length === 0) {
      this.#text.jump(this.#start, "top");
    } else {
      this.#text.draw();
    }
    this.#hooks.selectionChanged();
  }

  hidden(): void {
    this.#start = this.#text.topByte;
  }

  focus(): void {
    this.#text.scroller.focus({ preventScroll: true });
  }

  reveal(record: number, path: Path, focus: boolean): void {
    this.#place = { record, path };
    if (focus) {
      this.focus();
    }
    void this.#reveal(record, path);
    this.#hooks.selectionChanged();
  }

  get place(): Place | null {
    return this.#place;
  }

  command(command: GridCommand): boolean {
    switch (command.name) {
      case "goToStart":
        this.#text.jump(0, "top");
        return true;
      case "goToEnd":
        this.#text.jump(this.#text.lines.size, "end");
        return true;
      case "goToRow":
        this.reveal(command.row, [], true);
        return true;
      case "goToByte":
        this.#text.mark = { from: command.byte, to: command.byte + 1 };
        this.#text.jump(command.byte, "center");
        this.focus();
        return true;
      default:
        return this.#hooks.command(command);
    }
  }

  paneChanged(): void {
    this.#hooks.selectionChanged();
  }

  themeChanged(): void {
    this.#text.setRowHeight(readMetrics(document.documentElement, true).rowHeight);
  }

  keep(): unknown {
    return { byte: this.element.hidden ? this.#start : this.#text.topByte };
  }

  async #reveal(record: number, path: Path): Promise<void> {
    const reveal = ++this.#reveals;
    try {
      const { value } = await this.#messenger.request("value", { generation: this.#generation, record, path });
      if (reveal !== this.#reveals) {
        return;
      }
      if (!value.at) {
        this.#hooks.problem(format(this.#strings.rawUnknownPlace, number(record + 1)));
        return;
      }
      const [from, to] = value.at;
      this.#text.mark = { from, to };
      this.#text.jump(from, "center");
    } catch (error) {
      if (reveal === this.#reveals) {
        this.#failed(error);
      }
    }
  }

  #failed(error: unknown): void {
    if (error instanceof HostError) {
      this.#hooks.failed(error);
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.#hooks.problem(format(this.#strings.rawFailed, message));
  }

  /** Selects the value that was clicked at, where the plugin knows it. */
  async #onClick(event: MouseEvent): Promise<void> {
    const byte = byteAt(event);
    if (byte === null || document.getSelection()?.type === "Range") {
      return;
    }
    const reveal = ++this.#reveals;
    try {
      const { record, path } = await this.#messenger.request("locate", { generation: this.#generation, offset: byte });
      if (record !== null && reveal === this.#reveals) {
        this.#place = { record, path };
        this.#hooks.selectionChanged();
      }
    } catch {
      // A plugin that does not know where its values are: the text can be read all the same.
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey || event.shiftKey) {
      return;
    }
    const text = this.#text;
    const page = text.rowsPerPage * text.rowHeight;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => text.moveBy(text.rowHeight),
      ArrowUp: () => text.moveBy(-text.rowHeight),
      PageDown: () => text.moveBy(page),
      PageUp: () => text.moveBy(-page),
      " ": () => text.moveBy(page),
      Home: () => (event.ctrlKey ? text.jump(0, "top") : text.scroller.scrollTo({ left: 0 })),
      End: () => (event.ctrlKey ? text.jump(text.lines.size, "end") : text.scroller.scrollTo({ left: text.scroller.scrollWidth })),
    };
    const move = moves[event.key];
    if (move && (!event.ctrlKey || event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      event.stopPropagation();
      move();
    }
  }
}
