/** Runs searches through the document: one at a time, streamed, cancelled when another begins. */
import type * as P from "../../../generated/protocol";
import type { SearchQuery } from "../../../shared/fileMemory";
import type { Messenger } from "../../messenger";
import { HostError } from "../../messenger";
import type { PlacedHit } from "./searchState";
import { SearchState } from "./searchState";

export interface SearchHooks {
  generation(): number;
  /** The record that stepping begins from. */
  origin(): number | null;
  /** Shows a hit in the view. */
  reveal(hit: PlacedHit): void;
  /** Another search, or none. */
  replaced(): void;
  /** Something to be seen has changed. */
  changed(): void;
}

/** Hits asked for at once. */
const LIMIT = 10_000;

export class SearchController {
  readonly #messenger: Messenger;
  readonly #hooks: SearchHooks;
  #state: SearchState | null = null;
  #searchId = "";
  #searches = 0;

  constructor(messenger: Messenger, hooks: SearchHooks) {
    this.#messenger = messenger;
    this.#hooks = hooks;
  }

  get state(): SearchState | null {
    return this.#state;
  }

  /** Searches the whole file, whatever was being searched before. */
  search(query: SearchQuery): void {
    this.#forget();
    this.#state = query.query === "" ? null : new SearchState(query);
    this.#hooks.replaced();
    if (this.#state) {
      void this.#run(this.#state, 0);
    } else {
      this.#hooks.changed();
    }
  }

  /** Goes on after the limit of hits was reached, or where the search was stopped. */
  continue(): void {
    const state = this.#state;
    if (state?.status.kind === "limit") {
      void this.#run(state, state.status.nextRecord);
    } else if (state?.status.kind === "cancelled") {
      state.forgetFrom(state.scanned);
      void this.#run(state, state.scanned);
    }
  }

  cancel(): void {
    if (this.#searchId) {
      void this.#messenger.request("cancelSearch", { searchId: this.#searchId }).catch(() => undefined);
    }
  }

  /** Ends the search and forgets its hits. */
  clear(): void {
    this.#forget();
    this.#hooks.replaced();
    this.#hooks.changed();
  }

  /** Goes to the next or previous hit. */
  step(by: 1 | -1): void {
    this.#show(this.#state?.step(by, this.#hooks.origin()) ?? null);
  }

  /** Makes a hit the current one and shows it. */
  goTo(index: number): void {
    const hit = this.#state?.hit(index) ?? null;
    if (this.#state && hit) {
      this.#state.current = index;
    }
    this.#show(hit);
  }

  /** Takes streamed hits; those of other searches are dropped. */
  searched(event: P.DidSearch): void {
    if (this.#state && event.searchId === this.#searchId) {
      this.#state.add(event.records, event.scannedRecords);
      this.#hooks.changed();
    }
  }

  #show(hit: PlacedHit | null): void {
    if (hit) {
      this.#hooks.reveal(hit);
    }
    this.#hooks.changed();
  }

  #forget(): void {
    this.cancel();
    this.#searchId = "";
    this.#state = null;
  }

  async #run(state: SearchState, fromRecord: number): Promise<void> {
    const searchId = `q${++this.#searches}`;
    this.#searchId = searchId;
    state.status = { kind: "searching" };
    this.#hooks.changed();
    const generation = this.#hooks.generation();
    let result: P.SearchResult | Error;
    try {
      result = await this.#messenger.request("search", { generation, searchId, ...state.query, fromRecord, limit: LIMIT });
    } catch (error) {
      result = error instanceof Error ? error : new Error(String(error));
    }
    if (this.#searchId === searchId) {
      this.#searchId = "";
      finish(state, result);
      this.#hooks.changed();
    }
  }
}

function finish(state: SearchState, result: P.SearchResult | Error): void {
  if (result instanceof HostError && result.kind === "cancelled") {
    state.status = { kind: "cancelled" };
  } else if (result instanceof Error) {
    state.status = { kind: "failed", message: result.message };
  } else {
    const { nextRecord } = result;
    state.status = nextRecord === null ? { kind: "done" } : { kind: "limit", nextRecord };
    state.notes = [...new Set([...state.notes, ...result.notes])];
  }
}
