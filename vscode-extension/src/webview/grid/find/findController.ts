/** Runs searches: one at a time, streamed, cancelled when another begins. */
import type * as P from "../../../generated/protocol";
import type { Messenger } from "../../messenger";
import { HostError } from "../../messenger";
import type { Point } from "../view/selection";
import type { FindQuery } from "./findState";
import { FindState } from "./findState";

export interface FindHooks {
  generation(): number;
  /** The cell searching begins from. */
  origin(): Point | null;
  /** Shows a match. */
  goTo(point: Point): void;
  /** Something to be seen has changed. */
  changed(): void;
}

/** Matches asked for at once. */
const LIMIT = 10_000;

export class FindController {
  readonly #messenger: Messenger;
  readonly #hooks: FindHooks;
  #state: FindState | null = null;
  #searchId = "";
  #searches = 0;
  /** The cell from which the first match is still to be shown, null when a match is current. */
  #pendingFrom: Point | null = null;

  constructor(messenger: Messenger, hooks: FindHooks) {
    this.#messenger = messenger;
    this.#hooks = hooks;
  }

  get state(): FindState | null {
    return this.#state;
  }

  /** Searches the whole file, whatever was being searched before; `jump` shows the first match from the active cell on. */
  search(query: FindQuery, jump: boolean): void {
    this.clear();
    if (!query.text) {
      return;
    }
    this.#state = new FindState(query);
    this.#pendingFrom = jump ? (this.#hooks.origin() ?? { row: 0, column: 0 }) : null;
    void this.#run(this.#state, 0);
  }

  /** Goes on after the limit of matches was reached. */
  continue(): void {
    const state = this.#state;
    if (state?.status.kind === "limit") {
      void this.#run(state, state.status.nextRow);
    } else if (state?.status.kind === "cancelled") {
      void this.#run(state, state.scannedRows);
    }
  }

  cancel(): void {
    if (this.#searchId) {
      void this.#messenger.request("cancelFind", { searchId: this.#searchId }).catch(() => undefined);
    }
  }

  /** Ends the search and forgets its matches. */
  clear(): void {
    this.cancel();
    this.#searchId = "";
    this.#state = null;
    this.#pendingFrom = null;
    this.#hooks.changed();
  }

  step(by: 1 | -1): void {
    const state = this.#state;
    this.#pendingFrom = null;
    const point = state?.step(by, this.#hooks.origin());
    if (point) {
      this.#hooks.goTo(point);
    }
    this.#hooks.changed();
  }

  /** Takes streamed matches; those of other searches are dropped. */
  found(event: P.DidFind): void {
    const state = this.#state;
    if (!state || event.searchId !== this.#searchId) {
      return;
    }
    state.add(event.matches, event.scannedRows);
    this.#showFirst(state, false);
    this.#hooks.changed();
  }

  async #run(state: FindState, fromRow: number): Promise<void> {
    const searchId = `s${++this.#searches}`;
    this.#searchId = searchId;
    state.status = { kind: "searching" };
    this.#hooks.changed();
    const generation = this.#hooks.generation();
    let result: P.FindResult | Error;
    try {
      result = await this.#messenger.request("find", { generation, searchId, ...state.query, fromRow, limit: LIMIT });
    } catch (error) {
      result = error instanceof Error ? error : new Error(String(error));
    }
    if (this.#searchId !== searchId) {
      return;
    }
    this.#searchId = "";
    this.#finish(state, result);
  }

  #finish(state: FindState, result: P.FindResult | Error): void {
    if (result instanceof HostError && result.kind === "cancelled") {
      state.status = { kind: "cancelled" };
    } else if (result instanceof Error) {
      state.status = { kind: "failed", message: result.message };
    } else {
      state.status = result.nextRow === null ? { kind: "done" } : { kind: "limit", nextRow: result.nextRow };
    }
    this.#showFirst(state, true);
    this.#hooks.changed();
  }

  /** Shows the first match after where the search began, or the very first once it is certain there is none. */
  #showFirst(state: FindState, ended: boolean): void {
    if (!this.#pendingFrom || state.count === 0) {
      return;
    }
    const at = state.firstAtOrAfter(this.#pendingFrom);
    if (at === state.count && !ended) {
      return;
    }
    this.#pendingFrom = null;
    state.current = at % state.count;
    const point = state.currentMatch;
    if (point) {
      this.#hooks.goTo(point);
    }
  }
}
