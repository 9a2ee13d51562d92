/** What renderers of nodes have at hand: where they are in the tree, what may still be drawn, and whom to tell. */
import type { nothing, TemplateResult } from "lit";
import type { GridStrings } from "../../shared/gridStrings";
import type { Kind, Node } from "./schema/kinds";

/** Something a person did to a widget, as its plugin is told. */
export interface NodeEvent {
  readonly widgetId: string;
  readonly kind: string;
  readonly value: string;
}

/** What a widget remembers by itself while its plugin draws it anew: open or closed, chosen tab, place of a divider. */
export class WidgetState {
  readonly #values: Map<string, unknown>;

  constructor(values: Readonly<Record<string, unknown>> = {}) {
    this.#values = new Map(Object.entries(values));
  }

  /** All of it, to begin with at another time. */
  get values(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(this.#values);
  }

  get(key: string): unknown {
    return this.#values.get(key);
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value);
  }
}

/** Shows data sets and bodies in elements of a tree. What is shown stays while trees come and go. */
export interface DataViews {
  /** The node is drawn in this element now; called again whenever its tree is. */
  attach(place: HTMLElement, node: Node<"data-view">): void;
  /** The element is no longer on the page. */
  detach(place: HTMLElement): void;
}

/** What a tree is drawn on: the same for all of its nodes. */
export interface Surface {
  /** Unlike that of any other surface on the page. */
  readonly id: string;
  readonly strings: GridStrings;
  readonly state: WidgetState;
  /** Tells the plugin of an event; where there is none, controls show their values and cannot be changed. */
  readonly emit?: (event: NodeEvent) => void;
  /** The value that a control was changed to and that its plugin has not dealt with yet. */
  readonly changedTo?: (widgetId: string) => string | undefined;
  /** Shows the data of nodes `data-view`; where there is none, they say that a panel would. */
  readonly dataViews?: DataViews;
  readonly openLink: (url: string) => void;
  readonly copy: (text: string) => void;
  /** Draws the tree again, after a widget's own state has changed. */
  readonly changed: () => void;
}

/** How much of a tree is drawn at most; what is beyond says so. */
export const LIMITS = { depth: 200, nodes: 20_000, characters: 2_000_000, text: 100_000 } as const;

/** What is left of the limits. One for a whole tree. */
export class Budget {
  nodes: number;
  characters: number;

  constructor(nodes: number = LIMITS.nodes, characters: number = LIMITS.characters) {
    this.nodes = nodes;
    this.characters = characters;
  }

  /** Whether one more node, item or cell may be drawn. */
  takeNode(): boolean {
    return this.nodes-- > 0;
  }
}

/** Something a widget keeps, with the value it has now. */
export interface Kept<T> {
  readonly value: T;
  /** Keeps another value; the tree is drawn again unless `silent`. */
  set(value: T, silent?: boolean): void;
}

export type Drawn = TemplateResult | string | typeof nothing;
type Draw = (value: unknown, context: NodeContext) => Drawn;

/** The surroundings of one node. */
export class NodeContext {
  readonly surface: Surface;
  readonly depth: number;
  readonly #budget: Budget;
  readonly #path: string;
  readonly #draw: Draw;

  constructor(surface: Surface, draw: Draw, budget = new Budget(), path = "", depth = 0) {
    this.surface = surface;
    this.#draw = draw;
    this.#budget = budget;
    this.#path = path;
    this.depth = depth;
  }

  get strings(): GridStrings {
    return this.surface.strings;
  }

  /** Whether somebody listens to events. */
  get isLive(): boolean {
    return this.surface.emit !== undefined;
  }

  /** Draws a node below this one; `step` tells it from its siblings. */
  draw(value: unknown, step: string | number = 0): Drawn {
    return this.#draw(value, new NodeContext(this.surface, this.#draw, this.#budget, `${this.#path}/${step}`, this.depth + 1));
  }

  drawAll(values: readonly unknown[], step = ""): readonly Drawn[] {
    const { nodes } = this.#budget;
    // One more than can be drawn: the one that says so.
    return values.slice(0, Math.max(0, nodes) + 1).map((value, index) => this.draw(value, `${step}${index}`));
  }

  /** As many of `items` as may still be drawn. */
  take<T>(items: readonly T[]): readonly T[] {
    const taken = items.slice(0, Math.max(0, this.#budget.nodes));
    this.#budget.nodes -= taken.length;
    return taken;
  }

  takeNode(): boolean {
    return this.#budget.takeNode();
  }

  /** A text from the plugin, cut where it is too long to be laid out in reasonable time. */
  words(text: string, limit: number = LIMITS.text): string {
    const most = Math.max(0, Math.min(limit, this.#budget.characters));
    this.#budget.characters -= Math.min(text.length, most);
    return text.length > most ? `${text.slice(0, most)}…` : text;
  }

  /** Tells the plugin what was done to a widget. Widgets without an id tell nothing. */
  emit(widgetId: string, kind: string, value = ""): void {
    if (widgetId !== "") {
      this.surface.emit?.({ widgetId, kind, value });
    }
  }

  /** What a widget keeps, by its id or, without one, by its place in the tree. */
  keep<T>(kind: Kind, id: string, initial: T): Kept<T> {
    const { state, changed } = this.surface;
    const key = id === "" ? `${kind}@${this.#path}` : `${kind}#${id}`;
    return {
      value: (state.get(key) as T | undefined) ?? initial,
      set: (value, silent = false) => {
        state.set(key, value);
        if (!silent) {
          changed();
        }
      },
    };
  }

  /** An id for the page that is unlike any other of this surface. */
  domId(name: string): string {
    return `${this.surface.id}-${name}${this.#path}`;
  }
}
