/** What renderers of nodes have at hand: where they are in the tree, what may still be drawn, and whom to tell. */
import type { nothing, TemplateResult } from "lit";
import type { DirectiveResult } from "lit/directive.js";
import { repeat } from "lit/directives/repeat.js";
import type { GridStrings } from "../../shared/gridStrings";
import { Draft } from "./draft";
import { isObject } from "./fields";
import { Place, type TreeMemory } from "./memory";
import { stable } from "./stable";
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
  /** The node is drawn in this element now; called again when the node says something else. */
  attach(place: HTMLElement, node: Node<"data-view">): void;
  /** The element is no longer on the page. */
  detach(place: HTMLElement): void;
}

/** A picture that can be drawn, at an address of the page's own. */
export interface PictureThere {
  readonly state: "there";
  readonly url: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** A picture as far as it is there. */
export type Picture = PictureThere | { readonly state: "loading" } | { readonly state: "failed"; readonly message: string };

/** Has the pictures that nodes show, by the handles of their bodies. */
export interface Pictures {
  /** As it is now; what is shown at `place` is drawn again once that is another. */
  show(handle: string, place: { spoil(): void }): Picture;
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
  /** How many of its changes its plugin has never got, as far as trees have come since. */
  readonly losses?: (widgetId: string) => number;
  /** Shows the data of nodes `data-view`; where there is none, they say that a panel would. */
  readonly dataViews?: DataViews;
  /** Has the pictures of nodes `picture`; where there is none, they say that a panel would. */
  readonly pictures?: Pictures;
  readonly openLink: (url: string) => void;
  readonly copy: (text: string) => void;
  /** Draws the tree again, after a widget's own state has changed. */
  readonly changed: () => void;
}

/** Nodes without an id whose label says which they are. */
const FOLDING: ReadonlySet<string> = new Set(["group", "collapsible"]);

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

/** Something a widget keeps, with the value it has now. What is kept can be written as JSON. */
export interface Kept<T> {
  readonly value: T;
  /** Keeps another value; the tree is drawn again unless `silent`. */
  set(value: T, silent?: boolean): void;
}

export type Drawn = TemplateResult | DirectiveResult | string | typeof nothing;
/** Draws one node at its place. */
type Draw = (value: unknown, context: NodeContext) => Drawn;

/** The surroundings of one node. */
export class NodeContext {
  readonly surface: Surface;
  readonly depth: number;
  readonly place: Place;
  readonly memory: TreeMemory;
  #budget: Budget;
  readonly #draw: Draw;
  /** What was drawn below before, and is taken over where it is still the same. */
  #before: ReadonlyMap<string, Place>;

  constructor(surface: Surface, draw: Draw, memory: TreeMemory, budget: Budget, place = memory.root, depth = 0) {
    this.surface = surface;
    this.memory = memory;
    this.place = place;
    this.depth = depth;
    this.#draw = draw;
    this.#budget = budget;
    this.#before = place.children;
    place.children = new Map();
  }

  get strings(): GridStrings {
    return this.surface.strings;
  }

  /** Whether somebody listens to events. */
  get isLive(): boolean {
    return this.surface.emit !== undefined;
  }

  /** Draws a node below this one; `step` tells it from its siblings. What is as it was is not drawn again. */
  draw(value: unknown, step: string | number = 0): Drawn {
    return this.#drawAt(this.#placeOf(String(step)), value);
  }

  #drawAt(place: Place, value: unknown): Drawn {
    const budget = this.#budget;
    const fits = place.nodes <= budget.nodes && place.characters <= budget.characters;
    if (place.drawn !== undefined && !place.isStale && fits && this.memory.sameness.isSame(place.value, value)) {
      budget.nodes -= place.nodes;
      budget.characters -= place.characters;
      return place.drawn;
    }
    const { nodes, characters } = budget;
    // An only child has the same place whatever it is.
    place.isRevealed &&= stepOf(place.value, new Map()) === stepOf(value, new Map());
    place.value = value;
    place.isStale = false;
    const context = new NodeContext(this.surface, this.#draw, this.memory, budget, place, this.depth + 1);
    place.drawn = stable(this.#draw(value, context));
    place.nodes = nodes - budget.nodes;
    place.characters = characters - budget.characters;
    if (budget.nodes <= 0 || budget.characters <= 0) {
      place.isStale = true; // something is missing in it, which another tree may leave room for
    }
    return place.drawn;
  }

  /** Draws siblings, which are told apart by their keys, ids or labels, or by counting those of their kind. */
  drawAll(values: readonly unknown[], step = "", around: (drawn: Drawn) => Drawn = (drawn) => drawn): Drawn {
    return repeat(this.drawEach(values, step), (child) => child.step, (child) => around(child.drawn)) as Drawn;
  }

  /** The same, each by itself. */
  drawEach(values: readonly unknown[], step = ""): readonly { readonly step: string; readonly drawn: Drawn }[] {
    const { nodes } = this.#budget;
    const counts = new Map<string, number>();
    // One more than can be drawn: the one that says so.
    return values.slice(0, Math.max(0, nodes) + 1).map((value) => {
      const place = this.#placeOf(`${step}${stepOf(value, counts)}`);
      return { step: place.step, drawn: this.#drawAt(place, value) };
    });
  }

  /** Draws parts of this node at another time than the rest, such as rows that come into sight. */
  again<T>(draw: () => T): T {
    this.#budget = new Budget();
    this.#before = new Map([...this.#before, ...this.place.children]);
    this.place.children = new Map();
    const drawn = draw();
    this.#before = new Map();
    return drawn;
  }

  #placeOf(step: string): Place {
    let unique = step;
    while (this.place.children.has(unique)) {
      unique += "'";
    }
    const place = this.#before.get(unique) ?? new Place(this.place, unique);
    this.place.children.set(unique, place);
    return place;
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
      this.memory.watch(widgetId);
      this.surface.emit?.({ widgetId, kind, value });
      if (kind === "change" && this.surface.changedTo?.(widgetId) !== undefined) {
        this.surface.changed(); // it is shown as it was changed, before the plugin has dealt with it
      }
    }
  }

  /** What a widget keeps, by its id or, without one, by its place in the tree. */
  keep<T>(kind: Kind, id: string, initial: T): Kept<T> {
    const { state, changed } = this.surface;
    const key = id === "" ? `${kind}@${this.place.path}` : `${kind}#${id}`;
    return {
      get value() {
        return (state.get(key) as T | undefined) ?? initial;
      },
      set: (value, silent = false) => {
        state.set(key, value);
        if (!silent) {
          this.place.spoil();
          changed();
        }
      },
    };
  }

  /** Whether what this node hides is shown. It ends when the node goes, and is not written anywhere. */
  get revealed(): Kept<boolean> {
    const { place, surface } = this;
    return {
      value: place.isRevealed,
      set: (value) => {
        place.isRevealed = value;
        place.spoil();
        surface.changed();
      },
    };
  }

  /** What a person typed into a field, which stays while trees come and while its element is not there. */
  draft(id: string, part = ""): Draft {
    const { drafts } = this.memory;
    const key = `${id === "" ? this.place.serial : `#${id}`} ${part}`;
    const losses = (id === "" ? undefined : this.surface.losses?.(id)) ?? 0;
    const draft = drafts.get(key) ?? new Draft(losses);
    draft.lost(losses);
    drafts.set(key, draft);
    return draft;
  }

  /** The value a widget was changed to and that its plugin has not dealt with. */
  pending(id: string): string | undefined {
    return id === "" ? undefined : this.surface.changedTo?.(id);
  }

  /** An id for the page that is unlike any other of this surface. */
  domId(name: string): string {
    return `${this.surface.id}-${name}-${this.place.serial}`;
  }
}

/** What tells a node from its siblings; `counts` are those there were of each kind before it. */
function stepOf(value: unknown, counts: Map<string, number>): string {
  const { type, key, id, label } = (isObject(value) ? value : {});
  const kind = typeof type === "string" ? type : "";
  if (typeof key === "string" || typeof key === "number") {
    return `${kind}:${key}`;
  }
  if (typeof id === "string" && id !== "") {
    return `${kind}#${id}`;
  }
  if (FOLDING.has(kind) && typeof label === "string") {
    return `${kind}=${label}`;
  }
  const count = counts.get(kind) ?? 0;
  counts.set(kind, count + 1);
  return `${kind}${count}`;
}
