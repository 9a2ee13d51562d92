/** The area below or beside the grid with its tabs, and the bar that resizes it. */
import type { TemplateResult } from "lit";
import { html, nothing, render } from "lit";
import type { GridStrings } from "../../../shared/gridStrings";
import { iconButton } from "../chrome/iconButton";
import { uniqueId } from "../view/uniqueId";

export type PaneTab = "cell" | "problems" | "search";
export type PaneSide = "bottom" | "right";

/** What one tab shows. */
export interface Pane {
  readonly tab: PaneTab;
  /** Of the tab. */
  readonly label: string;
  readonly body: HTMLElement;
  /** Beside the tabs while it is shown. */
  readonly title: string;
  /** In a badge on the tab, null for none. */
  readonly count: number | null;
  tools(): TemplateResult | typeof nothing;
  focus(): void;
  /** It is shown, or has another size. */
  draw(): void;
}

export interface PaneState {
  readonly tab: PaneTab | null;
  readonly side: PaneSide;
  /** Pixels of height at the bottom, of width at the right. */
  readonly height: number;
  readonly width: number;
}

export interface PaneHooks {
  /** Opened, closed, moved or resized. */
  changed(): void;
  /** Closed by the person: the focus goes back to the grid. */
  closed(): void;
}

const MIN_SIZE = 80;
/** What the grid keeps. */
const MIN_REST = 120;
const KEY_STEP = 20;

export class PaneArea {
  readonly element: HTMLElement;
  readonly splitter: HTMLElement;
  readonly #strings: GridStrings;
  readonly #panes: readonly Pane[];
  readonly #hooks: PaneHooks;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  readonly #id = uniqueId("pane");
  #state: PaneState = { tab: null, side: "bottom", height: 220, width: 360 };

  /** `panes` in the order of their tabs. */
  constructor(strings: GridStrings, panes: readonly [Pane, ...Pane[]], hooks: PaneHooks) {
    this.#strings = strings;
    this.#panes = panes;
    this.#hooks = hooks;
    this.element = document.createElement("section");
    this.element.className = "pane-area";
    this.#head = document.createElement("div");
    this.#head.className = "pane-head";
    this.#body = document.createElement("div");
    this.#body.className = "pane-body";
    this.#body.id = `${this.#id}-body`;
    this.#body.setAttribute("role", "tabpanel");
    this.element.append(this.#head, this.#body);
    this.splitter = document.createElement("div");
    this.splitter.className = "splitter";
    this.splitter.tabIndex = 0;
    this.splitter.setAttribute("role", "separator");
    this.splitter.setAttribute("aria-label", strings.resizePane);
    this.splitter.addEventListener("pointerdown", (event) => this.#drag(event));
    this.splitter.addEventListener("keydown", (event) => this.#onSplitterKey(event));
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.#apply();
  }

  get state(): PaneState {
    return this.#state;
  }

  /** Brings back an earlier state; what is not there stays. */
  restore(state: Partial<PaneState>): void {
    this.#set(state);
  }

  open(tab: PaneTab, focus: boolean): void {
    this.#set({ tab });
    if (focus) {
      this.#shown?.focus();
    }
  }

  close(): void {
    if (this.#state.tab !== null) {
      this.#set({ tab: null });
      this.#hooks.closed();
    }
  }

  toggle(tab: PaneTab): void {
    if (this.#state.tab === tab) {
      this.close();
    } else {
      this.open(tab, true);
    }
  }

  /** Draws the head anew. */
  draw(): void {
    const { side } = this.#state;
    const strings = this.#strings;
    const shown = this.#shown;
    if (!shown) {
      return;
    }
    render(
      html`<div role="tablist" class="pane-tabs" @keydown=${(event: KeyboardEvent) => this.#onTabKey(event)}>
          ${this.#panes.map((pane) => this.#tab(pane))}
        </div>
        <span class="pane-title">${shown.title}</span>
        ${shown.tools()}
        ${iconButton(
          side === "bottom"
            ? { icon: "layout-sidebar-right", label: strings.paneRight, run: () => this.#set({ side: "right" }) }
            : { icon: "layout-panel", label: strings.paneBottom, run: () => this.#set({ side: "bottom" }) },
        )}
        ${iconButton({ icon: "close", label: strings.close, run: () => this.close() })}`,
      this.#head,
    );
  }

  get #shown(): Pane | undefined {
    return this.#panes.find(({ tab }) => tab === this.#state.tab);
  }

  #tab({ tab, label, count }: Pane) {
    const isSelected = this.#state.tab === tab;
    return html`<button
      type="button"
      role="tab"
      class="pane-tab"
      id=${`${this.#id}-${tab}`}
      data-tab=${tab}
      aria-selected=${isSelected}
      aria-controls=${this.#body.id}
      tabindex=${isSelected ? 0 : -1}
      @click=${() => this.open(tab, false)}
    >
      ${label}${count === null ? nothing : html` <vscode-badge variant="counter">${count > 9999 ? "9999+" : count}</vscode-badge>`}
    </button>`;
  }

  #onTabKey(event: KeyboardEvent): void {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      event.stopPropagation();
      const at = this.#panes.findIndex(({ tab }) => tab === this.#state.tab);
      const to = (at + (event.key === "ArrowRight" ? 1 : -1) + this.#panes.length) % this.#panes.length;
      const tab = this.#panes[to]?.tab ?? "cell";
      this.open(tab, false);
      this.#head.querySelector<HTMLElement>(`[data-tab=${tab}]`)?.focus();
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  #set(change: Partial<PaneState>): void {
    this.#state = { ...this.#state, ...change };
    this.#apply();
    this.#hooks.changed();
  }

  #apply(): void {
    const { tab, side, height, width } = this.#state;
    this.element.hidden = tab === null;
    this.splitter.hidden = tab === null;
    this.element.dataset["side"] = side;
    this.element.style.flexBasis = `${side === "bottom" ? height : width}px`;
    this.splitter.setAttribute("aria-orientation", side === "bottom" ? "horizontal" : "vertical");
    this.splitter.setAttribute("aria-valuenow", String(side === "bottom" ? height : width));
    this.splitter.setAttribute("aria-valuemin", String(MIN_SIZE));
    this.splitter.setAttribute("aria-valuemax", String(Math.max(MIN_SIZE, this.#room - MIN_REST)));
    this.#body.setAttribute("aria-labelledby", `${this.#id}-${tab ?? "cell"}`);
    const shown = this.#shown;
    if (shown && this.#body.firstChild !== shown.body) {
      this.#body.replaceChildren(shown.body);
    }
    this.draw();
    shown?.draw();
  }

  #resize(size: number): void {
    const fitted = Math.round(Math.max(MIN_SIZE, Math.min(size, this.#room - MIN_REST)));
    this.#set(this.#state.side === "bottom" ? { height: fitted } : { width: fitted });
  }

  /** Pixels there are for the pane and the grid together. */
  get #room(): number {
    const parent = this.element.parentElement;
    return parent ? (this.#state.side === "bottom" ? parent.clientHeight : parent.clientWidth) : 800;
  }

  get #size(): number {
    return this.#state.side === "bottom" ? this.#state.height : this.#state.width;
  }

  #drag(event: PointerEvent): void {
    const isBottom = this.#state.side === "bottom";
    const from = isBottom ? event.clientY : event.clientX;
    const size = this.#size;
    const stop = new AbortController();
    this.splitter.setPointerCapture(event.pointerId);
    this.splitter.addEventListener(
      "pointermove",
      (moved) => this.#resize(size + from - (isBottom ? moved.clientY : moved.clientX)),
      { signal: stop.signal },
    );
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      this.splitter.addEventListener(end, () => stop.abort(), { signal: stop.signal });
    }
  }

  #onSplitterKey(event: KeyboardEvent): void {
    const grow = this.#state.side === "bottom" ? "ArrowUp" : "ArrowLeft";
    const shrink = this.#state.side === "bottom" ? "ArrowDown" : "ArrowRight";
    if (event.key === grow || event.key === shrink) {
      event.preventDefault();
      event.stopPropagation();
      this.#resize(this.#size + (event.key === grow ? KEY_STEP : -KEY_STEP));
    }
  }
}
