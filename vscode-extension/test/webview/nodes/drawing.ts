/** Draws nodes in a test and records what they tell. */
import { NODE_STRINGS } from "../../../src/shared/nodeStrings";
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import type { NodeEvent, Surface } from "../../../src/webview/nodes/context";
import { Budget, LIMITS, WidgetState } from "../../../src/webview/nodes/context";
import { drawInto } from "../../../src/webview/nodes/render";

export const WORDS = NODE_STRINGS;

/** A drawn tree; `live` trees have somebody who listens. */
export class Drawing {
  readonly element = document.createElement("div");
  readonly events: NodeEvent[] = [];
  readonly opened: string[] = [];
  readonly copied: string[] = [];
  readonly state: WidgetState;
  /** Changes that the plugin has not dealt with, by widget. */
  readonly pending = new Map<string, string>();
  readonly #surface: Surface;
  readonly #nodes: number;
  #node: unknown;

  /** `nodes` that may be drawn; a document made for tests is slow with many. */
  constructor(node: unknown, live = false, nodes: number = LIMITS.nodes, kept: Readonly<Record<string, unknown>> = {}) {
    this.#nodes = nodes;
    this.state = new WidgetState(kept);
    document.body.replaceChildren(this.element);
    this.#surface = {
      id: "test",
      strings: GRID_STRINGS,
      state: this.state,
      changedTo: (id) => this.pending.get(id),
      openLink: (url) => this.opened.push(url),
      copy: (text) => this.copied.push(text),
      changed: () => this.draw(),
      ...(live ? { emit: (event: NodeEvent) => this.events.push(event) } : {}),
    };
    this.#node = node;
    this.draw();
  }

  draw(node: unknown = this.#node): void {
    this.#node = node;
    drawInto(this.element, node, this.#surface, new Budget(this.#nodes));
  }

  get text(): string {
    return this.element.textContent.replaceAll(/\s+/g, " ").trim();
  }

  find(selector: string): HTMLElement {
    const found = this.element.querySelector<HTMLElement>(selector);
    if (!found) {
      throw new Error(`there is no ${selector} in ${this.element.innerHTML.slice(0, 2000)}`);
    }
    return found;
  }

  all(selector: string): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>(selector)];
  }

  click(selector: string): void {
    this.find(selector).click();
  }

  /** Types into a field, as the browser tells it. */
  type(selector: string, value: string): void {
    const field = this.find(selector) as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  key(selector: string, key: string, more: KeyboardEventInit = {}): void {
    this.find(selector).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  }

  get placeholders(): string[] {
    return this.all(".n-placeholder").map((element) => element.textContent.trim());
  }
}
