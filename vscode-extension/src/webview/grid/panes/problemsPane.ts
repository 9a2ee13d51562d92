/** The pane that lists malformed records; only the visible lines exist. */
import { nothing } from "lit";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { span } from "../chrome/span";
import type { ProblemList } from "../data/problemList";
import { KEPT } from "../data/problemList";
import { number } from "../view/frame";
import { uniqueId } from "../view/uniqueId";
import type { Pane } from "./paneArea";

export interface ProblemsHooks {
  goTo(record: number): void;
}

const LINE_HEIGHT = 22;

export class ProblemsPane implements Pane {
  readonly tab = "problems";
  readonly label: string;
  readonly title = "";
  readonly body: HTMLElement;
  readonly #strings: GridStrings;
  readonly #problems: ProblemList;
  readonly #hooks: ProblemsHooks;
  readonly #list: HTMLElement;
  readonly #note: HTMLElement;
  readonly #id = uniqueId("problem");
  #active = 0;

  constructor(strings: GridStrings, problems: ProblemList, hooks: ProblemsHooks) {
    this.label = strings.problems;
    this.#strings = strings;
    this.#problems = problems;
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
    return this.#problems.total > 0 ? this.#problems.total : null;
  }

  tools(): typeof nothing {
    return nothing;
  }

  focus(): void {
    this.body.focus();
  }

  /** Begins at the first again: another generation is shown. */
  reset(): void {
    this.#active = 0;
    this.#problems.reset();
  }

  draw(): void {
    if (this.body.clientHeight === 0) {
      return;
    }
    const { listed } = this.#problems;
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
    this.#problems.want(first, last - 1);
  }

  #noteText(): string {
    const strings = this.#strings;
    const { total, isComplete, error } = this.#problems;
    if (error) {
      return format(strings.problemsFailed, error.message);
    }
    if (total === 0) {
      return isComplete ? strings.noProblems : strings.noProblemsYet;
    }
    return total > KEPT ? format(strings.problemsCapped, number(KEPT), number(total)) : "";
  }

  #line(index: number): HTMLElement {
    const strings = this.#strings;
    const problem = this.#problems.at(index);
    const line = document.createElement("div");
    line.className = `problem${index === this.#active ? " active" : ""}`;
    line.id = `${this.#id}-${index}`;
    line.dataset["problem"] = String(index);
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", String(index === this.#active));
    line.setAttribute("aria-posinset", String(index + 1));
    line.setAttribute("aria-setsize", String(this.#problems.listed));
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
    if (this.#problems.at(this.#active)) {
      this.body.setAttribute("aria-activedescendant", `${this.#id}-${this.#active}`);
    } else {
      this.body.removeAttribute("aria-activedescendant");
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
      End: this.#problems.listed - 1,
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
    this.#active = Math.max(0, Math.min(index, this.#problems.listed - 1));
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
    const problem = this.#problems.at(this.#active);
    if (problem) {
      this.#hooks.goTo(problem.record);
    }
  }
}
