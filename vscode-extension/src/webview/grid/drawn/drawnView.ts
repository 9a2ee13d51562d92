/** Records drawn by their plugin, as one of the ways to look at a document. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { GridCommand } from "../../../shared/messages";
import type { Path } from "../../../shared/paths/path";
import type { Messenger } from "../../messenger";
import type { GridDocument } from "../app/gridDocument";
import type { DocumentView, Opening, Place } from "../app/views";
import { isObject } from "../../nodes/fields";
import type { PageCache } from "../data/pageCache";
import { DrawnList } from "./drawnList";
import type { DrawnRecord } from "./drawnRecords";
import { drawnRecords, RENDER_PAGE } from "./drawnRecords";

export interface DrawnHooks {
  /** Another record is selected. */
  selectionChanged(): void;
  /** The view is at another place. */
  moved(): void;
  failed(error: unknown): void;
  copied(): void;
  /** Carries out a command on the record that is selected. */
  command(command: GridCommand): boolean;
  /** Closes what is open beside the records; false when nothing is. */
  escape(): boolean;
}

/** How far an arrow key goes in a record that is higher than the window. */
const KEY_STEP = 66;
/** Where arrows have a meaning of their own. */
const OWN_KEYS = "input, select, textarea, summary, [role=tree], [role=tablist], [role=separator], .n-scroll, .n-table, .n-code";

export class DrawnView implements DocumentView {
  readonly name = "drawn";
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #hooks: DrawnHooks;
  readonly #cache: PageCache<DrawnRecord>;
  readonly #list: DrawnList;
  #generation = -1;

  constructor(strings: GridStrings, messenger: Messenger, hooks: DrawnHooks) {
    this.#strings = strings;
    this.#hooks = hooks;
    this.#cache = drawnRecords(messenger, () => this.#list.invalidate(), (error) => hooks.failed(error));
    const tell = (work: Promise<unknown>, done: () => void) => void work.then(done, (error: unknown) => hooks.failed(error));
    this.#list = new DrawnList(
      {
        strings,
        openLink: (url) => tell(messenger.request("openLink", { url }), () => undefined),
        copy: (text) => tell(messenger.request("copyText", { text }), () => hooks.copied()),
        scrolled: () => hooks.moved(),
      },
      this.#cache,
    );
    this.element = this.#list.element;
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("click", (event) => this.#onClick(event));
  }

  suits({ info }: GridDocument): boolean {
    return info.display === "custom";
  }

  open(document: GridDocument, { kept }: Opening): void {
    this.#generation = document.generation;
    this.#cache.reset(document.generation, RENDER_PAGE);
    this.#list.reset();
    this.element.setAttribute("aria-label", format(this.#strings.drawnLabel, document.fileName));
    this.progressed(document);
    if (isObject(kept) && typeof kept["position"] === "number") {
      this.#list.scroll.goTo(kept["position"]);
      this.#list.selected = typeof kept["selected"] === "number" ? kept["selected"] : null;
    }
    if (this.#list.selected !== null && this.#list.selected >= document.rows) {
      this.#list.selected = null;
    }
  }

  progressed(document: GridDocument): void {
    if (document.generation === this.#generation && this.suits(document)) {
      this.#cache.setKnown(document.knownRows);
      this.#cache.setServed(document.freshness === "current");
      this.#list.scroll.setCount(document.rows);
      this.#list.invalidate();
    }
  }

  shown(): void {
    this.#list.draw();
    this.#hooks.selectionChanged();
  }

  hidden(): void {
    // A list without a size draws nothing.
  }

  focus(): void {
    const { selected } = this.#list;
    const element = selected === null ? null : this.#list.elementOf(selected);
    (element ?? this.element).focus({ preventScroll: true });
  }

  reveal(record: number, _path: Path, focus: boolean): void {
    this.#select(record, "center", focus);
  }

  get place(): Place | null {
    const { selected } = this.#list;
    return selected === null ? null : { record: selected, path: [] };
  }

  command(command: GridCommand): boolean {
    const { count } = this.#list.scroll;
    switch (command.name) {
      case "goToStart":
      case "goToEnd":
        this.#select(command.name === "goToStart" ? 0 : count - 1, "nearest", true);
        return true;
      case "goToRow":
        this.#select(command.row, "center", true);
        return true;
      default:
        return this.#hooks.command(command);
    }
  }

  paneChanged(): void {
    this.#hooks.selectionChanged();
  }

  themeChanged(): void {
    this.#list.scroll.forgetHeights();
    this.#list.invalidate();
  }

  keep(): unknown {
    return { position: this.#list.scroll.position, selected: this.#list.selected };
  }

  #select(record: number, align: "nearest" | "center", focus: boolean): void {
    const { scroll } = this.#list;
    if (scroll.count === 0) {
      return;
    }
    const inside = Math.max(0, Math.min(scroll.count - 1, record));
    const before = this.#list.selected;
    this.#list.selected = inside;
    scroll.reveal(inside, align);
    this.#list.draw();
    // Once more: now its height is known, if it has been loaded.
    scroll.reveal(inside, "nearest");
    this.#list.draw();
    if (focus || this.element.contains(document.activeElement)) {
      this.focus();
    }
    if (before !== inside) {
      this.#hooks.selectionChanged();
    }
    this.#hooks.moved();
  }

  #onClick(event: MouseEvent): void {
    const article = event.target instanceof Element ? event.target.closest<HTMLElement>(".drawn-record") : null;
    const record = Number(article?.dataset["record"] ?? -1);
    if (record >= 0 && record !== this.#list.selected && document.getSelection()?.type !== "Range") {
      this.#list.selected = record;
      this.#list.invalidate();
      this.#hooks.selectionChanged();
    }
  }

  #onKey(event: KeyboardEvent): void {
    const isOther = event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented;
    const isOwn = event.target instanceof Element && event.target.closest(OWN_KEYS) !== null;
    if (isOther || isOwn || this.#list.scroll.count === 0 || (event.ctrlKey && !/^(Home|End)$/.test(event.key))) {
      return;
    }
    if (this.#go(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #go(key: string): boolean {
    const { scroll, selected } = this.#list;
    switch (key) {
      case "ArrowDown":
      case "ArrowUp":
        this.#step(key === "ArrowDown" ? 1 : -1);
        return true;
      case "PageDown":
      case "PageUp": {
        const by = key === "PageDown" ? 1 : -1;
        const before = scroll.position;
        scroll.moveBy(by * Math.max(KEY_STEP, scroll.viewport - KEY_STEP));
        this.#list.draw();
        const { first, last } = scroll.window;
        const isStuck = before === scroll.position;
        this.#select(by > 0 ? (isStuck ? last : Math.min(last, first + 1)) : first, "nearest", true);
        return true;
      }
      case "Home":
      case "End":
        this.#select(key === "Home" ? 0 : scroll.count - 1, "nearest", true);
        return true;
      case "Escape":
        if (this.#isInside(selected)) {
          this.focus();
          return true;
        }
        return this.#hooks.escape();
      default:
        return false;
    }
  }

  /** Whether the focus is on something within the record that is selected. */
  #isInside(selected: number | null): boolean {
    const element = selected === null ? null : this.#list.elementOf(selected);
    return element !== null && element !== document.activeElement && element.contains(document.activeElement);
  }

  /** To the next record, or on through one that is higher than the window. */
  #step(by: 1 | -1): void {
    const { scroll, selected } = this.#list;
    if (selected === null) {
      this.#select(scroll.window.first, "nearest", true);
      return;
    }
    const top = scroll.topOf(selected);
    const rest = top === null ? 0 : by > 0 ? top + scroll.heightOf(selected) - scroll.viewport : -top;
    if (rest > 1 && scroll.heightOf(selected) > scroll.viewport) {
      scroll.moveBy(by * Math.min(KEY_STEP, rest));
      this.#list.draw();
      this.#hooks.moved();
    } else {
      this.#select(selected + by, "nearest", true);
    }
  }
}
