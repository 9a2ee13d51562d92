/** The list of results: records with their hits below them, as a tree of which only the visible lines exist. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { span } from "../chrome/span";
import { number } from "../view/frame";
import { uniqueId } from "../view/uniqueId";
import { hitIcon, pathText, previewRuns } from "./hitText";
import type { ResultLine } from "./resultLines";
import { ResultLines } from "./resultLines";
import type { HitGroup, SearchState } from "./searchState";

export interface ResultListHooks {
  /** A person wants to see a hit; with `focus` the view is to have the focus afterwards. */
  reveal(hit: number, focus: boolean): void;
  /** Records were folded or unfolded. */
  folded(): void;
}

export const LINE_HEIGHT = 22;
/** Lines drawn beyond the visible ones. */
const MARGIN = 4;

export class ResultList {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #hooks: ResultListHooks;
  readonly #lines = new ResultLines();
  readonly #track: HTMLElement;
  readonly #id = uniqueId("result");
  #state: SearchState | null = null;
  #active = 0;

  constructor(strings: GridStrings, hooks: ResultListHooks) {
    this.#strings = strings;
    this.#hooks = hooks;
    this.element = document.createElement("div");
    this.element.className = "results";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "tree");
    this.element.setAttribute("aria-label", strings.searchResults);
    this.#track = document.createElement("div");
    this.#track.className = "results-track";
    this.#track.setAttribute("role", "presentation");
    this.element.append(this.#track);
    this.element.addEventListener("scroll", () => this.draw());
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("click", (event) => this.#onClick(event));
    this.element.addEventListener("dblclick", () => this.#open(true));
  }

  /** Shows another search, or none. */
  reset(state: SearchState | null): void {
    this.#state = state;
    this.#lines.reset(state);
    this.#active = 0;
    this.element.scrollTop = 0;
    this.draw();
  }

  /** Unfolds the record of the current hit and scrolls to it. */
  showCurrent(): void {
    const state = this.#state;
    const current = state?.hit(state.current);
    if (!state || !current) {
      return;
    }
    this.#lines.fold(current.group, false);
    const within = state.current - (state.groups[current.group]?.first ?? 0);
    this.#activate(this.#lines.lineOfGroup(current.group) + 1 + within);
  }

  get isAllFolded(): boolean {
    return this.#lines.isAllFolded;
  }

  foldAll(folded: boolean): void {
    const group = this.#lines.at(this.#active)?.group ?? 0;
    this.#lines.foldAll(folded);
    this.#activate(this.#lines.lineOfGroup(group));
    this.#hooks.folded();
  }

  draw(): void {
    if (this.element.clientHeight === 0) {
      return;
    }
    const { count } = this.#lines;
    this.#active = Math.max(0, Math.min(this.#active, count - 1));
    this.#track.style.height = `${count * LINE_HEIGHT}px`;
    const first = Math.max(0, Math.floor(this.element.scrollTop / LINE_HEIGHT) - MARGIN);
    const last = Math.min(count, first + Math.ceil(this.element.clientHeight / LINE_HEIGHT) + 2 * MARGIN);
    const lines: HTMLElement[] = [];
    for (let line = first; line < last; line++) {
      const element = this.#line(line);
      if (element) {
        lines.push(element);
      }
    }
    this.#track.replaceChildren(...lines);
    if (this.#active >= first && this.#active < last) {
      this.element.setAttribute("aria-activedescendant", `${this.#id}-${this.#active}`);
    } else {
      this.element.removeAttribute("aria-activedescendant");
    }
  }

  #line(index: number): HTMLElement | null {
    const line = this.#lines.at(index);
    const group = line && this.#state?.groups[line.group];
    if (!group) {
      return null;
    }
    const element = document.createElement("div");
    element.id = `${this.#id}-${index}`;
    element.dataset["line"] = String(index);
    element.setAttribute("role", "treeitem");
    element.setAttribute("aria-selected", String(index === this.#active));
    element.style.transform = `translateY(${index * LINE_HEIGHT}px)`;
    if (line.kind === "record") {
      this.#fillRecord(element, line.group, group);
    } else {
      this.#fillHit(element, line.hit, group);
    }
    element.classList.toggle("active", index === this.#active);
    return element;
  }

  #fillRecord(element: HTMLElement, at: number, { record, hits }: HitGroup): void {
    const folded = this.#lines.isFolded(at);
    const name = format(this.#strings.searchRecord, number(record + 1));
    element.className = "result record";
    element.dataset["record"] = String(record);
    element.setAttribute("aria-level", "1");
    element.setAttribute("aria-posinset", String(at + 1));
    element.setAttribute("aria-setsize", this.#state?.isRunning ? "-1" : String(this.#state?.groups.length ?? 0));
    element.setAttribute("aria-expanded", String(!folded));
    element.setAttribute("aria-label", `${name}, ${hitsText(this.#strings, hits.length)}`);
    const badge = span("result-count", number(hits.length));
    element.append(icon(folded ? "chevron-right" : "chevron-down"), span("result-record", name), badge);
  }

  #fillHit(element: HTMLElement, at: number, { hits, first }: HitGroup): void {
    const hit = hits[at];
    if (!hit) {
      return;
    }
    const isCurrent = first + at === this.#state?.current;
    const path = pathText(hit.keys) || this.#strings.searchWholeRecord;
    element.className = `result hit${isCurrent ? " current" : ""}`;
    element.dataset["hit"] = String(first + at);
    element.setAttribute("aria-level", "2");
    element.setAttribute("aria-posinset", String(at + 1));
    element.setAttribute("aria-setsize", String(hits.length));
    const preview = span("result-preview");
    for (const run of previewRuns(hit)) {
      const part = document.createElement(run.kind === "found" ? "mark" : "span");
      part.className = run.kind;
      part.textContent = run.text;
      preview.append(part);
    }
    const label = hit.part === "key" ? this.#strings.searchKeyLabel : this.#strings.searchHitLabel;
    element.setAttribute("aria-label", format(label, path, preview.textContent));
    element.title = `${path}\n${hit.preview}`;
    const where = span("result-path", path);
    element.append(icon(hitIcon(hit)), where, preview);
  }

  #onClick(event: MouseEvent): void {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>(".result") : null;
    const index = Number(element?.dataset["line"] ?? -1);
    const line = this.#lines.at(index);
    if (!line) {
      return;
    }
    this.#activate(index);
    if (line.kind === "record") {
      this.#fold(line.group, !this.#lines.isFolded(line.group));
    } else {
      this.#open(false);
    }
  }

  #onKey(event: KeyboardEvent): void {
    const isOurs = !event.ctrlKey && !event.metaKey && !event.altKey && (this.#moves(event.key) || this.#acts(event.key));
    if (isOurs) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #moves(key: string): boolean {
    const page = Math.max(1, Math.floor(this.element.clientHeight / LINE_HEIGHT) - 1);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: this.#lines.count - 1,
    };
    const next = to[key];
    if (next === undefined) {
      return false;
    }
    this.#activate(next);
    return true;
  }

  #acts(key: string): boolean {
    const line = this.#lines.at(this.#active);
    if (!line) {
      return false;
    }
    switch (key) {
      case "ArrowRight":
        this.#unfoldOrEnter(line);
        return true;
      case "ArrowLeft":
        if (line.kind === "record") {
          this.#fold(line.group, true);
        } else {
          this.#activate(this.#lines.lineOfGroup(line.group));
        }
        return true;
      case "*":
        this.foldAll(false);
        return true;
      case "Enter":
      case " ":
        this.#open(key === "Enter");
        return true;
      default:
        return false;
    }
  }

  #unfoldOrEnter(line: ResultLine): void {
    if (line.kind === "record" && !this.#lines.isFolded(line.group)) {
      this.#activate(this.#active + 1);
    } else if (line.kind === "record") {
      this.#fold(line.group, false);
    }
  }

  #fold(group: number, folded: boolean): void {
    this.#lines.fold(group, folded);
    this.draw();
    this.#hooks.folded();
  }

  /** Shows the hit of the active line; of a record the first. */
  #open(focus: boolean): void {
    const line = this.#lines.at(this.#active);
    const group = line && this.#state?.groups[line.group];
    if (group) {
      this.#hooks.reveal(group.first + (line.kind === "hit" ? line.hit : 0), focus);
    }
  }

  #activate(index: number): void {
    this.#active = Math.max(0, Math.min(index, this.#lines.count - 1));
    const top = this.#active * LINE_HEIGHT;
    const { element } = this;
    // The list is as long as the lines there are, also before it is drawn again.
    this.#track.style.height = `${this.#lines.count * LINE_HEIGHT}px`;
    if (top < element.scrollTop) {
      element.scrollTop = top;
    } else if (top + LINE_HEIGHT > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + LINE_HEIGHT - element.clientHeight;
    }
    this.draw();
  }
}

/** "1 hit", "2,000 hits". */
export function hitsText(strings: GridStrings, hits: number): string {
  return hits === 1 ? strings.searchOneHit : format(strings.searchHits, number(hits));
}

function icon(name: string): HTMLElement {
  const element = span(`codicon codicon-${name}`);
  element.setAttribute("aria-hidden", "true");
  return element;
}
