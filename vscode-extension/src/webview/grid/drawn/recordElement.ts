/** One record on the screen: what its plugin drew, or why there is nothing. */
import { html, nothing, render } from "lit";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { Surface, WidgetState } from "../../nodes/context";
import { renderNode } from "../../nodes/render";
import { px } from "../../nodes/styled";
import type { RowState } from "../data/pageCache";
import { number } from "../view/frame";
import type { DrawnRecord } from "./drawnRecords";

export interface RecordHooks {
  readonly strings: GridStrings;
  readonly openLink: (url: string) => void;
  readonly copy: (text: string) => void;
  /** It may have another height. */
  readonly resized: () => void;
  readonly retry: (record: number) => void;
}

export class RecordElement {
  readonly element: HTMLElement;
  readonly record: number;
  readonly #hooks: RecordHooks;
  readonly #surface: Surface;
  readonly #body: HTMLElement;
  #drawn: RowState<DrawnRecord> | null = null;

  constructor(record: number, state: WidgetState, hooks: RecordHooks) {
    this.record = record;
    this.#hooks = hooks;
    this.element = document.createElement("article");
    this.element.className = "drawn-record";
    this.element.tabIndex = -1;
    this.element.dataset["record"] = String(record);
    this.element.setAttribute("aria-label", format(hooks.strings.drawnRecord, number(record + 1)));
    this.element.setAttribute("aria-posinset", String(record + 1));
    this.#body = document.createElement("div");
    const mark = document.createElement("span");
    mark.className = "drawn-number";
    mark.textContent = number(record + 1);
    mark.setAttribute("aria-hidden", "true");
    this.element.append(mark, this.#body);
    this.#surface = {
      id: `record-${record}`,
      strings: hooks.strings,
      state,
      openLink: hooks.openLink,
      copy: hooks.copy,
      changed: () => {
        this.#draw();
        hooks.resized();
      },
    };
  }

  /** Whether what is shown is the record, not a placeholder: its height counts. */
  get isReady(): boolean {
    return this.#drawn !== null && this.#drawn.kind !== "loading";
  }

  show(state: RowState<DrawnRecord>, isSelected: boolean, count: number): void {
    this.element.classList.toggle("selected", isSelected);
    this.element.setAttribute("aria-current", String(isSelected));
    this.element.setAttribute("aria-setsize", String(count));
    const isSame = state.kind === "ready" && this.#drawn?.kind === "ready" ? state.row === this.#drawn.row : state.kind === this.#drawn?.kind;
    if (!isSame) {
      this.#drawn = state;
      this.#draw();
    }
  }

  #draw(): void {
    const { strings } = this.#hooks;
    const state = this.#drawn;
    const isReady = state?.kind === "ready";
    this.#body.className = isReady ? "drawn-body" : "drawn-message";
    this.#body.style.minHeight = isReady && state.row.kind === "node" ? px(state.row.height) : "";
    if (state?.kind === "failed") {
      const { error } = state;
      render(
        html`${this.#box(format(strings.drawnFailed, error.message))}<button
            type="button"
            class="link"
            @click=${() => this.#hooks.retry(this.record)}
          >
            ${strings.retry}
          </button>`,
        this.#body,
      );
    } else if (state?.kind !== "ready") {
      render(html`<span class="drawn-loading" aria-hidden="true">…</span>`, this.#body);
    } else if (state.row.kind === "error") {
      render(this.#box(state.row.message), this.#body);
    } else {
      render(this.#whole(state.row.node), this.#body);
    }
  }

  /** Whatever goes wrong while a record is drawn is a matter of this record. */
  #whole(node: unknown) {
    try {
      return renderNode(node, this.#surface);
    } catch (error) {
      return this.#box(format(this.#hooks.strings.drawnFailed, String(error)));
    }
  }

  #box(text: string) {
    return html`<div class="drawn-error" role="note">
      <span class="codicon codicon-error" aria-hidden="true"></span><span>${text || nothing}</span>
    </div>`;
  }
}
