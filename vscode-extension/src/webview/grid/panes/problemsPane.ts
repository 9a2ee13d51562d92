/** The pane that lists malformed records; only the visible lines exist. */
import { nothing } from "lit";
import type * as P from "../../../generated/protocol";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { Messenger } from "../../messenger";
import { span } from "../chrome/span";
import { number } from "../view/frame";
import type { Pane } from "./paneArea";

export interface ProblemsHooks {
  generation(): number;
  goTo(record: number): void;
}

const LINE_HEIGHT = 22;
const PAGE = 200;
/** The server keeps no more than these, however many there are. */
const KEPT = 10_000;

export class ProblemsPane implements Pane {
  readonly tab = "problems";
  readonly label: string;
  readonly title = "";
  readonly body: HTMLElement;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #hooks: ProblemsHooks;
  readonly #list: HTMLElement;
  readonly #note: HTMLElement;
  readonly #problems = new Map<number, P.Problem>();
  readonly #asked = new Set<number>();
  #total = 0;
  #complete = false;
  #active = 0;
  #epoch = 0;

  constructor(strings: GridStrings, messenger: Messenger, hooks: ProblemsHooks) {
    this.label = strings.problems;
    this.#strings = strings;
    this.#messenger = messenger;
    this.#hooks = hooks;
    this.body = document.createElement("div");
    this.body.className = "problems";
    this.body.tabIndex = 0;
    this.body.setAttribute("role", "listbox");
    this.body.setAttribute("aria-label", strings.problems);
    this.#list = document.createElement("div");
    this.#list.className = "problems-list";
    this.#list.setAttribute("role", "presentation");
    this.#note = document.createElement("p");
    this.#note.className = "pane-note";
    this.body.append(this.#list, this.#note);
    this.body.addEventListener("scroll", () => this.draw());
    this.body.addEventListener("keydown", (event) => this.#onKey(event));
    this.body.addEventListener("click", (event) => this.#onClick(event));
  }

  get count(): number | null {
    return this.#total > 0 ? this.#total : null;
  }

  tools(): typeof nothing {
    return nothing;
  }

  focus(): void {
    this.body.focus();
  }

  /** Forgets all: another generation is shown. */
  reset(): void {
    this.#epoch++;
    this.#problems.clear();
    this.#asked.clear();
    this.#total = 0;
    this.#active = 0;
    this.draw();
  }

  /** Takes how many have been found, and whether that is all. */
  setTotal(total: number, complete: boolean): void {
    if (total !== this.#total) {
      // The last page was cut short where the list ended then.
      this.#asked.delete(Math.floor(Math.max(0, this.#total - 1) / PAGE));
    }
    this.#total = total;
    this.#complete = complete;
    this.draw();
  }

  draw(): void {
    if (this.body.clientHeight === 0) {
      return;
    }
    const listed = this.#listed;
    this.#list.style.height = `${listed * LINE_HEIGHT}px`;
    const first = Math.max(0, Math.floor(this.body.scrollTop / LINE_HEIGHT) - 2);
    const last = Math.min(listed, first + Math.ceil(this.body.clientHeight / LINE_HEIGHT) + 4);
    const lines: HTMLElement[] = [];
    for (let index = first; index < last; index++) {
      lines.push(this.#line(index));
    }
    this.#list.replaceChildren(...lines);
    this.#note.textContent = this.#noteText();
    this.#note.hidden = this.#note.textContent === "";
    this.#point();
    for (let page = Math.floor(first / PAGE); page * PAGE < last; page++) {
      void this.#fetch(page);
    }
  }

  get #listed(): number {
    return Math.min(this.#total, KEPT);
  }

  #noteText(): string {
    const strings = this.#strings;
    if (this.#total === 0) {
      return this.#complete ? strings.noProblems : strings.noProblemsYet;
    }
    return this.#total > KEPT ? format(strings.problemsCapped, number(KEPT), number(this.#total)) : "";
  }

  #line(index: number): HTMLElement {
    const strings = this.#strings;
    const problem = this.#problems.get(index);
    const line = document.createElement("div");
    line.className = `problem${index === this.#active ? " active" : ""}`;
    line.id = `problem-${index}`;
    line.dataset["problem"] = String(index);
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", String(index === this.#active));
    line.setAttribute("aria-posinset", String(index + 1));
    line.setAttribute("aria-setsize", String(this.#listed));
    line.style.transform = `translateY(${index * LINE_HEIGHT}px)`;
    if (problem) {
      const row = number(problem.record + 1);
      line.title = format(strings.problemHint, row, number(problem.line + 1), number(problem.offset), problem.message);
      line.append(
        span("codicon codicon-warning"),
        span("problem-message", problem.message),
        span("problem-kind", problem.kind),
        span("problem-row", format(strings.problemRow, row)),
      );
    } else {
      line.append(span("placeholder"));
    }
    return line;
  }

  #point(): void {
    if (this.#problems.has(this.#active)) {
      this.body.setAttribute("aria-activedescendant", `problem-${this.#active}`);
    } else {
      this.body.removeAttribute("aria-activedescendant");
    }
  }

  async #fetch(page: number): Promise<void> {
    if (this.#asked.has(page)) {
      return;
    }
    this.#asked.add(page);
    const epoch = this.#epoch;
    try {
      const params = { generation: this.#hooks.generation(), start: page * PAGE, count: PAGE };
      const result = await this.#messenger.request("problems", params);
      if (epoch !== this.#epoch) {
        return;
      }
      result.problems.forEach((problem, index) => this.#problems.set(page * PAGE + index, problem));
      this.setTotal(result.total, result.complete);
    } catch (error) {
      if (epoch === this.#epoch) {
        this.#note.hidden = false;
        this.#note.textContent = format(this.#strings.problemsFailed, error instanceof Error ? error.message : String(error));
      }
    }
  }

  #onClick(event: MouseEvent): void {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>(".problem") : null;
    if (line?.dataset["problem"] !== undefined) {
      this.#activate(Number(line.dataset["problem"]));
      this.#jump();
    }
  }

  #onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.body.clientHeight / LINE_HEIGHT) - 1);
    const to: Record<string, number> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: this.#listed - 1,
    };
    const next = to[event.key];
    if (next !== undefined) {
      this.#activate(next);
    } else if (event.key === "Enter" || event.key === " ") {
      this.#jump();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #activate(index: number): void {
    this.#active = Math.max(0, Math.min(index, this.#listed - 1));
    const top = this.#active * LINE_HEIGHT;
    const { body } = this;
    if (top < body.scrollTop) {
      body.scrollTop = top;
    } else if (top + LINE_HEIGHT > body.scrollTop + body.clientHeight) {
      body.scrollTop = top + LINE_HEIGHT - body.clientHeight;
    }
    this.draw();
  }

  #jump(): void {
    const problem = this.#problems.get(this.#active);
    if (problem) {
      this.#hooks.goTo(problem.record);
    }
  }
}
