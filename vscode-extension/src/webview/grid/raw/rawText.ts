/** The file's text on the screen: the lines in view, and a scrollbar over all of its bytes. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { Language } from "../../nodes/highlight";
import { number } from "../view/frame";
import { ProportionalBar } from "../view/proportionalBar";
import type { ReadText } from "./fileLines";
import { FileLines } from "./fileLines";
import type { ByteRange } from "./rawRow";
import { RawRow } from "./rawRow";

/** Lines read ahead, beyond those in view. */
const AHEAD = 200;
export interface RawTextHooks {
  readonly strings: GridStrings;
  moved(): void;
  failed(error: unknown): void;
}

/** A byte to be shown, and where. */
interface Wanted {
  readonly byte: number;
  readonly align: "top" | "center" | "end";
}

export class RawText {
  readonly element: HTMLElement;
  /** What scrolls and has the focus. */
  readonly scroller: HTMLElement;
  readonly lines: FileLines;
  /** What is highlighted. */
  mark: ByteRange | null = null;
  language: Language | null = null;
  readonly #hooks: RawTextHooks;
  readonly #track: HTMLElement;
  readonly #pane: HTMLElement;
  readonly #place: HTMLElement;
  readonly #bar: ProportionalBar;
  readonly #rows = new Map<number, RawRow>();
  #rowHeight = 20;
  /** The line at the upper edge, by its position among those that are here, and how many of its pixels are hidden. */
  #index = 0;
  #offset = 0;
  #frame = 0;
  #isExtending = false;
  #wanted: Wanted | null = null;
  #isJumping = false;

  constructor(read: ReadText, hooks: RawTextHooks) {
    this.#hooks = hooks;
    this.lines = new FileLines(read);
    this.element = division("raw");
    this.scroller = division("raw-scroller");
    this.scroller.tabIndex = 0;
    this.scroller.setAttribute("role", "document");
    this.#track = division("raw-track");
    this.#pane = division("raw-pane");
    this.#place = division("raw-place");
    this.#place.setAttribute("aria-hidden", "true");
    this.#track.append(this.#pane);
    this.scroller.append(this.#track);
    this.element.append(this.scroller, this.#place);
    this.#bar = new ProportionalBar(this.scroller, this.#track, {
      moveBy: (pixels) => this.moveBy(pixels),
      goTo: (byte) => this.jump(byte, "top"),
      goToEnd: () => this.jump(this.lines.size, "end"),
    });
    new ResizeObserver(() => this.draw()).observe(this.scroller);
  }

  /** The byte that the line at the upper edge begins at. */
  get topByte(): number {
    return this.lines.all[this.#index]?.at ?? 0;
  }

  get rowsPerPage(): number {
    return Math.max(1, Math.floor(this.scroller.clientHeight / this.#rowHeight) - 1);
  }

  get rowHeight(): number {
    return this.#rowHeight;
  }

  setRowHeight(height: number): void {
    this.#rowHeight = height;
    this.element.style.setProperty("--raw-row-height", `${height}px`);
    this.invalidate();
  }

  reset(): void {
    this.lines.reset();
    this.#index = 0;
    this.#offset = 0;
    this.#isJumping = false;
    this.#isExtending = false;
    this.#track.style.minWidth = "";
  }

  /** Shows a byte at the upper edge, in the middle or at the end, reading what is there first. */
  jump(byte: number, align: "top" | "center" | "end"): void {
    this.#wanted = { byte, align };
    if (this.lines.contains(byte) && !this.#isJumping) {
      this.#arrive();
    } else {
      void this.#read();
    }
  }

  moveBy(pixels: number): void {
    this.#wanted = null;
    const top = this.#index * this.#rowHeight + this.#offset + pixels;
    this.#index = Math.floor(top / this.#rowHeight);
    this.#offset = top - this.#index * this.#rowHeight;
    this.draw();
    this.#hooks.moved();
  }

  invalidate(): void {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.draw();
      });
    }
  }

  draw(): void {
    const viewport = this.scroller.clientHeight;
    if (viewport === 0) {
      return;
    }
    this.#clamp(viewport);
    this.#drawRows(viewport);
    const { lines } = this;
    this.#pane.style.height = `${viewport}px`;
    const pixelsPerByte = this.#rowHeight / lines.bytesPerLine;
    this.#bar.resize(lines.size, pixelsPerByte, viewport);
    const line = lines.all[this.#index];
    const share = this.#offset / this.#rowHeight;
    const isAtEnd = lines.isAtEnd && this.#index * this.#rowHeight + this.#offset >= lines.all.length * this.#rowHeight - viewport - 1;
    this.#bar.show(line ? line.at + share * line.bytes : 0, isAtEnd && lines.size * pixelsPerByte > viewport);
    this.#showPlace(isAtEnd);
    if (!this.#isJumping) {
      void this.#extend(viewport);
    }
  }

  #clamp(viewport: number): void {
    const most = Math.max(0, this.lines.all.length * this.#rowHeight - viewport);
    const top = this.#index * this.#rowHeight + this.#offset;
    const inside = Math.max(0, Math.min(top, most));
    this.#index = Math.floor(inside / this.#rowHeight);
    this.#offset = inside - this.#index * this.#rowHeight;
  }

  #drawRows(viewport: number): void {
    this.element.style.setProperty("--raw-digits", `${number(this.lines.size).length + 1}ch`);
    const count = Math.ceil((viewport + this.#offset) / this.#rowHeight);
    const shown = this.lines.all.slice(this.#index, this.#index + count);
    const here = new Set(shown.map(({ at }) => at));
    for (const [at, row] of this.#rows) {
      if (!here.has(at)) {
        row.element.remove();
        this.#rows.delete(at);
      }
    }
    let widest = 0;
    shown.forEach((line, index) => {
      const row = this.#rows.get(line.at) ?? this.#add(new RawRow(line));
      row.show(line, this.mark, this.language, this.#hooks.strings);
      row.element.style.transform = `translateY(${index * this.#rowHeight - this.#offset}px)`;
      widest = Math.max(widest, row.text.offsetLeft + row.text.scrollWidth);
    });
    if (widest > (parseFloat(this.#track.style.minWidth) || this.scroller.clientWidth)) {
      this.#track.style.minWidth = `${widest + 40}px`;
    }
  }

  /** In the order of the text, for selecting and copying. */
  #add(row: RawRow): RawRow {
    this.#rows.set(row.at, row);
    const next = [...this.#rows.values()].filter(({ at }) => at > row.at).sort((one, other) => one.at - other.at)[0];
    this.#pane.insertBefore(row.element, next?.element ?? null);
    return row;
  }

  #showPlace(isAtEnd: boolean): void {
    const { size } = this.lines;
    const percent = size === 0 ? 0 : isAtEnd ? 100 : Math.floor((100 * this.topByte) / size);
    this.#place.textContent = size === 0 ? "" : format(this.#hooks.strings.rawPlace, percent, number(this.topByte), number(size));
  }

  /** Reads on where the lines that are here come to an end soon. */
  async #extend(viewport: number): Promise<void> {
    const { lines } = this;
    const count = Math.ceil(viewport / this.#rowHeight);
    const isLow = !lines.isAtEnd && this.#index + count + AHEAD > lines.all.length;
    const isHigh = !lines.isAtStart && this.#index < AHEAD;
    if (this.#isExtending || lines.all.length === 0 || !(isLow || isHigh)) {
      return;
    }
    this.#isExtending = true;
    const before = lines.all.length;
    try {
      this.#index += isLow ? -(await lines.extendDown()) : await lines.extendUp();
    } catch (error) {
      this.#hooks.failed(error);
      return; // tried again by a reload or a jump
    }
    this.#isExtending = false;
    if (lines.all.length !== before) {
      this.invalidate();
    }
  }

  /** Reads around the byte that is wanted last. */
  async #read(): Promise<void> {
    if (this.#isJumping) {
      return; // it looks again when it has arrived
    }
    this.#isJumping = true;
    this.scroller.setAttribute("aria-busy", "true");
    try {
      // Once for what is wanted, and again only when a person has jumped on meanwhile.
      let read: Wanted | null = null;
      while (this.#wanted && this.#wanted !== read) {
        read = this.#wanted;
        if (!this.lines.contains(read.byte) && !(await this.lines.around(read.byte))) {
          return;
        }
      }
      this.#isExtending = false;
      this.#arrive();
    } catch (error) {
      this.#hooks.failed(error);
    } finally {
      this.#isJumping = false;
      this.scroller.removeAttribute("aria-busy");
      this.invalidate();
    }
  }

  #arrive(): void {
    const wanted = this.#wanted;
    if (!wanted) {
      return;
    }
    this.#wanted = null;
    const rows = this.scroller.clientHeight / this.#rowHeight;
    const above = wanted.align === "top" ? 0 : wanted.align === "center" ? Math.floor(rows / 3) : Math.ceil(rows);
    const index = this.lines.indexOf(wanted.byte);
    this.#index = wanted.align === "end" ? this.lines.all.length : Math.max(0, index - above);
    this.#offset = 0;
    this.invalidate();
    this.#hooks.moved();
  }
}

function division(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  return element;
}
