/** Children of expanded values in windows of equal size: fetched when they are to be seen, kept while used. */
import type * as P from "../../../generated/protocol";
import type { TreeNode, TreeRow } from "./treeModel";

/** What is known of one child. */
export type ChildState =
  | { readonly kind: "ready"; readonly value: P.Summary }
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly error: Error; readonly first: number };

export type LoadChildren = (node: TreeNode, start: number, count: number) => Promise<P.ChildrenResult>;

export interface ChildHooks {
  /** How many children can be asked for by now, one more where nobody knows how many there are. */
  known(node: TreeNode): number;
  /** A window has come or has failed. */
  changed(): void;
  /** How many children there are: all, or (with `isAll` false) at least. */
  counted(node: TreeNode, count: number, isAll: boolean): void;
  failed(node: TreeNode, error: Error): void;
}

interface Window {
  readonly children: readonly P.Summary[];
  readonly error: Error | null;
  readonly weight: number;
  /** Children known when it was asked for: one cut short is asked for again once there are more. */
  readonly asOf: number;
  /** How often the file had been read to its end when it was asked for, if it holds values that had not been read to their end then. */
  readonly unfinishedAt: number | null;
}

export const WINDOW = 100;
const MOST_WINDOWS = 600;
const MOST_WEIGHT = 64_000_000;
const MOST_IN_FLIGHT = 4;
const LOADING: ChildState = { kind: "loading" };

export class ChildCache {
  readonly #load: LoadChildren;
  readonly #hooks: ChildHooks;
  /** In order of use, the least recent first. */
  readonly #windows = new Map<string, Window>();
  readonly #inFlight = new Map<string, Promise<void>>();
  #wanted: readonly { readonly node: TreeNode; readonly page: number }[] = [];
  #epoch = 0;
  #isReading = false;
  /** How often the file has been read to its end. */
  #readings = 0;
  #weight = 0;
  #served = true;

  constructor(load: LoadChildren, hooks: ChildHooks) {
    this.#load = load;
    this.#hooks = hooks;
  }

  /** Forgets everything; answers under way are dropped when they come. */
  reset(): void {
    this.#epoch++;
    this.#windows.clear();
    this.#wanted = [];
    this.#weight = 0;
    this.#served = true;
  }

  /** Says whether the host answers; while not, nothing is asked for. */
  setServed(served: boolean): void {
    this.#served = served;
    this.#pump();
  }

  /** Says whether the file is still being read; once not, values that went on behind what had been read are asked for again. */
  setReading(isReading: boolean): void {
    if (this.#isReading && !isReading) {
      this.#readings++;
      this.#pump();
    }
    this.#isReading = isReading;
  }

  child({ node, index }: TreeRow): ChildState {
    const page = Math.floor(index / WINDOW);
    const window = this.#windows.get(keyOf(node, page));
    const value = window?.children[index - page * WINDOW];
    if (value) {
      return { kind: "ready", value };
    }
    return window?.error ? { kind: "failed", error: window.error, first: page * WINDOW } : LOADING;
  }

  /** Asks for the windows that hold `rows`, in their order, and for nothing that was wanted before. */
  want(rows: Iterable<TreeRow>): void {
    const wanted = new Map<string, { readonly node: TreeNode; readonly page: number }>();
    for (const { node, index } of rows) {
      const page = Math.floor(index / WINDOW);
      const key = keyOf(node, page);
      wanted.set(key, { node, page });
      const window = this.#windows.get(key);
      if (window) {
        this.#windows.delete(key);
        this.#windows.set(key, window);
      }
    }
    this.#wanted = [...wanted.values()];
    this.#pump();
  }

  /** The window that holds a row, whatever is wanted else; rejects when it cannot be read. */
  async read({ node, index }: TreeRow): Promise<readonly P.Summary[]> {
    const page = Math.floor(index / WINDOW);
    const key = keyOf(node, page);
    if (this.#isMissing(node, page)) {
      await this.#request(key, node, page);
    }
    const window = this.#windows.get(key);
    if (window?.error) {
      throw window.error;
    }
    return window?.children ?? [];
  }

  /** Asks again for what could not be read. */
  retry({ node, index }: TreeRow): void {
    this.#drop(keyOf(node, Math.floor(index / WINDOW)));
    this.#hooks.changed();
    this.#pump();
  }

  #isMissing(node: TreeNode, page: number): boolean {
    const window = this.#windows.get(keyOf(node, page));
    if (!window || (window.unfinishedAt ?? this.#readings) < this.#readings) {
      return true;
    }
    const expected = Math.min(WINDOW, this.#hooks.known(node) - page * WINDOW);
    return !window.error && window.children.length < expected && window.asOf < this.#hooks.known(node);
  }

  #pump(): void {
    if (!this.#served) {
      return;
    }
    for (const { node, page } of this.#wanted) {
      if (this.#inFlight.size >= MOST_IN_FLIGHT) {
        return;
      }
      const key = keyOf(node, page);
      if (this.#isMissing(node, page) && !this.#inFlight.has(this.#flight(key))) {
        void this.#request(key, node, page);
      }
    }
  }

  #flight(key: string): string {
    return `${this.#epoch}:${key}`;
  }

  /** Asks for a window once at a time; never rejects. */
  #request(key: string, node: TreeNode, page: number): Promise<void> {
    const flight = this.#flight(key);
    let work = this.#inFlight.get(flight);
    if (!work) {
      work = this.#readWindow(key, node, page).finally(() => {
        this.#inFlight.delete(flight);
        this.#pump();
        this.#hooks.changed();
      });
      this.#inFlight.set(flight, work);
    }
    return work;
  }

  async #readWindow(key: string, node: TreeNode, page: number): Promise<void> {
    const [epoch, asOf, readings] = [this.#epoch, this.#hooks.known(node), this.#readings];
    try {
      const { children, weight, count } = await this.#whole(node, page * WINDOW, epoch);
      if (epoch === this.#epoch) {
        this.#put(key, { children, weight, error: null, asOf, unfinishedAt: children.some(isUnfinished) ? readings : null });
        this.#tellCount(node, page * WINDOW + children.length, count, children.length < WINDOW);
      }
    } catch (problem) {
      if (epoch === this.#epoch) {
        const error = problem instanceof Error ? problem : new Error(String(problem));
        this.#put(key, { children: [], weight: 0, error, asOf, unfinishedAt: null });
        this.#hooks.failed(node, error);
      }
    }
  }

  /** The server ends an answer early that grows too long: the rest is asked for until nothing more comes. */
  async #whole(node: TreeNode, start: number, epoch: number) {
    const children: P.Summary[] = [];
    let [weight, count]: [number, number | null] = [0, null];
    while (children.length < WINDOW && epoch === this.#epoch) {
      const at = start + children.length;
      const answer = await this.#load(node, at, WINDOW - children.length);
      const more = JSON.parse(answer.children) as P.Summary[];
      children.push(...more);
      weight += answer.children.length;
      count = answer.count;
      if (more.length === 0 || (count !== null && at + more.length >= count)) {
        break;
      }
    }
    return { children, weight, count };
  }

  #tellCount(node: TreeNode, known: number, count: number | null, isEnd: boolean): void {
    if (count !== null) {
      this.#hooks.counted(node, count, true);
    } else if (isEnd || known > node.count) {
      this.#hooks.counted(node, known, isEnd);
    }
  }

  #put(key: string, window: Window): void {
    this.#drop(key);
    this.#windows.set(key, window);
    this.#weight += window.weight;
    const wanted = new Set(this.#wanted.map(({ node, page }) => keyOf(node, page)));
    for (const oldest of [...this.#windows.keys()]) {
      if (this.#windows.size <= MOST_WINDOWS && this.#weight <= MOST_WEIGHT) {
        return;
      }
      if (oldest !== key && !wanted.has(oldest)) {
        this.#drop(oldest);
      }
    }
  }

  #drop(key: string): void {
    this.#weight -= this.#windows.get(key)?.weight ?? 0;
    this.#windows.delete(key);
  }
}

function keyOf(node: TreeNode, page: number): string {
  return `${node.id}/${page}`;
}

/** Whether nobody knows how many children an object or array has. */
function isUnfinished({ kind, count }: P.Summary): boolean {
  return count === null && (kind === "object" || kind === "array");
}
