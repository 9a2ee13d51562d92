/** What was drawn of a tree, place by place, so that only what has changed is drawn again. */
import type { Drawn } from "./context";
import type { Draft } from "./draft";
import { Sameness } from "./sameness";

let places = 0;

/** A node's place in its tree. It stays the same from draw to draw, also when siblings come and go. */
export class Place {
  readonly parent: Place | null;
  readonly step: string;
  /** Unlike that of any other place of the page. */
  readonly serial = ++places;
  children = new Map<string, Place>();
  value: unknown;
  drawn: Drawn | undefined;
  /** What drawing it has taken of the limits. */
  nodes = 0;
  characters = 0;
  /** Something in it is to be drawn although its node says the same. */
  isStale = false;
  /** What is hidden in it is shown. Kept nowhere else: it ends with the place. */
  isRevealed = false;

  constructor(parent: Place | null, step: string) {
    this.parent = parent;
    this.step = step;
  }

  get path(): string {
    return this.parent === null ? "" : `${this.parent.path}/${this.step}`;
  }

  /** Has this place, and with it those around it, drawn again the next time. */
  spoil(): void {
    this.isStale = true;
    this.parent?.spoil();
  }
}

/** So many ids are known at most before a tree is drawn wholly anew: those of nodes that are gone are among them. */
const MOST_IDS = 50_000;

/** What is remembered of one tree on the page. */
export class TreeMemory {
  root = new Place(null, "");
  sameness = new Sameness();
  /** Where widgets are that have told something: what they show can change without a tree. */
  readonly told = new Map<string, Place>();
  /** Texts of fields, by field. */
  readonly drafts = new Map<string, Draft>();
  readonly #at = new Map<string, Place>();

  /** Begins another draw; what a person has changed since is drawn again. */
  begin(): void {
    this.sameness = new Sameness();
    if (this.drafts.size > MOST_IDS) {
      this.drafts.clear();
    }
    if (this.#at.size > MOST_IDS) {
      this.forget();
    }
    for (const place of this.told.values()) {
      place.spoil();
    }
  }

  /** Ends it; `isPending` says of a widget whether what it told has not been dealt with yet. */
  end(isPending: (id: string) => boolean): void {
    for (const id of [...this.told.keys()].filter((id) => !isPending(id))) {
      this.told.delete(id);
    }
  }

  /** The widget of that id is drawn at this place. */
  register(id: string, place: Place): void {
    this.#at.set(id, place);
    if (this.told.has(id)) {
      this.told.set(id, place);
    }
  }

  /** The widget of that id has told something. */
  watch(id: string): void {
    const place = this.#at.get(id);
    if (place !== undefined) {
      this.told.set(id, place);
    }
  }

  forget(): void {
    this.root = new Place(null, "");
    this.#at.clear();
  }
}
