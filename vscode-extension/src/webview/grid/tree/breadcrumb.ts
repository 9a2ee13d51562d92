/** The path above the tree: its parts lead to what they name, and it can be typed. */
import { html, nothing, render } from "lit";
import type { TemplateResult } from "lit";
import type { VscodeTextfield } from "@vscode-elements/elements";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { toJsonPath } from "../../../shared/paths/jsonPath";
import type { PathError, TypedStep } from "../../../shared/paths/parse";
import { parsePath } from "../../../shared/paths/parse";
import type { Path } from "../../../shared/paths/path";
import { iconButton } from "../chrome/iconButton";
import { oneLine } from "../data/cellText";
import { number } from "../view/frame";

/** What is selected. */
export interface ShownPath {
  readonly record: number;
  /** By names where it goes through objects. */
  readonly path: Path;
  /** Whether there are other records. */
  readonly hasRecords: boolean;
}

export interface BreadcrumbHooks {
  /** A part was chosen: the value the first `length` steps lead to. */
  goUp(length: number): void;
  /** A path was typed; rejects with a sentence where it leads nowhere. */
  goTo(record: number, steps: readonly TypedStep[]): Promise<void>;
  copyPath(): void;
  /** The field was closed: the focus goes back to the tree. */
  closed(): void;
}

/** Parts shown of a path; of longer ones the first and the last. */
const MOST_PARTS = 12;

export class Breadcrumb {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #hooks: BreadcrumbHooks;
  #shown: ShownPath | null = null;
  #isEditing = false;
  #problem = "";

  constructor(strings: GridStrings, hooks: BreadcrumbHooks) {
    this.#strings = strings;
    this.#hooks = hooks;
    this.element = document.createElement("div");
    this.element.className = "breadcrumb";
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
  }

  show(shown: ShownPath | null): void {
    this.#shown = shown;
    if (!this.#isEditing) {
      this.#draw();
    }
  }

  /** Turns the path into a field to type in. */
  async edit(): Promise<void> {
    this.#isEditing = true;
    this.#problem = "";
    this.#draw();
    const field = this.element.querySelector("vscode-textfield");
    await field?.updateComplete;
    if (field) {
      field.value = this.#text;
      await field.updateComplete;
      field.focus();
      field.wrappedElement.select();
    }
  }

  get #text(): string {
    const shown = this.#shown;
    const path = toJsonPath(shown?.path ?? []);
    return shown?.hasRecords ? `#${shown.record + 1} ${path}` : path;
  }

  #draw(): void {
    render(this.#isEditing ? this.#field() : this.#parts(), this.element);
  }

  #field(): TemplateResult {
    const strings = this.#strings;
    return html`<vscode-textfield
        class="path-field"
        .label=${strings.pathField}
        placeholder=${strings.pathPlaceholder}
        ?invalid=${this.#problem !== ""}
        @input=${() => this.#complain("")}
        @focusout=${(event: FocusEvent) => this.#leave(event)}
      ></vscode-textfield>
      ${this.#problem === "" ? nothing : html`<span class="path-problem" role="alert">${this.#problem}</span>`}`;
  }

  #parts(): TemplateResult {
    const strings = this.#strings;
    const shown = this.#shown;
    if (!shown) {
      return html`<span class="path-hint">${strings.pathNothing}</span>${this.#editButton()}`;
    }
    const root = shown.hasRecords ? format(strings.problemRow, number(shown.record + 1)) : "$";
    const parts = [root, ...shown.path.map((step) => (typeof step === "number" ? String(step) : oneLine(step) || strings.unnamedKey))];
    const first = Math.max(1, parts.length - MOST_PARTS);
    return html`<nav class="path-parts" aria-label=${strings.pathField} @dblclick=${() => void this.edit()}>
        ${parts.map((part, length) => {
          if (length > 0 && length < first) {
            return length === 1 ? html`${separator()}<span class="path-gap">…</span>` : nothing;
          }
          return html`${length === 0 ? nothing : separator()}${this.#part(part, length, length === parts.length - 1)}`;
        })}
      </nav>
      ${this.#editButton()}
      ${iconButton({ icon: "copy", label: strings.copyPathJsonPath, run: () => this.#hooks.copyPath() })}`;
  }

  #editButton(): TemplateResult {
    return iconButton({ icon: "edit", label: this.#strings.editPath, run: () => void this.edit() });
  }

  #part(text: string, length: number, isLast: boolean): TemplateResult {
    return html`<button
      type="button"
      class="path-part"
      data-length=${length}
      aria-current=${isLast ? "location" : nothing}
      @click=${() => this.#hooks.goUp(length)}
      >${text.length > 40 ? `${text.slice(0, 39)}…` : text}</button
    >`;
  }

  #onKey(event: KeyboardEvent): void {
    if (!this.#isEditing || (event.key !== "Enter" && event.key !== "Escape")) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      this.#close();
      this.#hooks.closed();
    } else {
      void this.#go();
    }
  }

  async #go(): Promise<void> {
    const typed = this.element.querySelector<VscodeTextfield>("vscode-textfield")?.value.trim() ?? "";
    const { record, path } = /^#(?<record>\d+)\s*(?<path>.*)$/su.exec(typed)?.groups ?? { path: typed };
    const parsed = parsePath(path ?? "");
    if ("error" in parsed) {
      this.#complain(sentence(this.#strings, parsed, typed.length - (path ?? "").length));
      return;
    }
    try {
      await this.#hooks.goTo(record === undefined ? (this.#shown?.record ?? 0) : Number(record) - 1, parsed.steps);
      this.#close();
      this.#hooks.closed();
    } catch (error) {
      this.#complain(error instanceof Error ? error.message : String(error));
    }
  }

  /** What was typed is left where it is while there is something wrong with it. */
  #leave(event: FocusEvent): void {
    if (this.#isEditing && this.#problem === "" && !(event.relatedTarget instanceof Node && this.element.contains(event.relatedTarget))) {
      this.#close();
    }
  }

  #complain(problem: string): void {
    if (problem !== this.#problem) {
      this.#problem = problem;
      this.#draw();
    }
  }

  #close(): void {
    this.#isEditing = false;
    this.#problem = "";
    this.#draw();
  }
}

function separator(): TemplateResult {
  return html`<span class="codicon codicon-chevron-right path-separator" aria-hidden="true"></span>`;
}

/** What is wrong with a path, for people; `before` characters were typed in front of it. */
export function sentence(strings: GridStrings, { error, at, sign }: PathError, before: number): string {
  const names = {
    start: strings.pathStart,
    name: strings.pathName,
    bracket: strings.pathBracket,
    open: strings.pathOpen,
    quote: strings.pathQuote,
    escape: strings.pathEscape,
    tilde: strings.pathTilde,
    tooLarge: strings.pathTooLarge,
    many: strings.pathMany,
    sign: strings.pathSign,
  };
  return format(names[error], at + before + 1, sign);
}
