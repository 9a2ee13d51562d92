/** What a hidden tab remembers of its grid, kept by VS Code. */
import type * as P from "../../../generated/protocol";
import type { ViewName } from "../../../shared/fileMemory";
import type { HostApi } from "../../messenger";
import type { FindQuery } from "../find/findState";
import type { PaneState } from "../panes/paneArea";
import type { SearchPaneState } from "../search/searchPane";
import type { SelectionState } from "../view/selection";

export interface ViewState {
  readonly version: 2;
  readonly uri: string;
  /** Of the column names: widths and the sideways position hold only for the same ones. */
  readonly columnsHash: number;
  /** Row at the top, with a fraction for a row partly hidden. */
  readonly topRow: number;
  readonly left: number;
  readonly selection: SelectionState | null;
  /** Widths a person chose, by column. */
  readonly widths: readonly (readonly [number, number])[];
  readonly pane: PaneState;
  readonly find: FindQuery | null;
  readonly search: SearchPaneState | null;
  readonly wrap: boolean;
  readonly pretty: boolean;
  /** The view that was shown, and what each keeps for itself. */
  readonly view: ViewName | null;
  readonly kept: Readonly<Record<string, unknown>>;
}

/** A number that differs, nearly always, when the names do. */
export function hashColumns(columns: readonly P.Column[]): number {
  let hash = columns.length;
  for (const { name } of columns) {
    for (let index = 0; index < name.length; index++) {
      hash = (Math.imul(hash, 31) + name.charCodeAt(index)) | 0;
    }
    hash = (Math.imul(hash, 31) + 0x1f) | 0;
  }
  return hash;
}

/** The state kept for a document, or null when there is none or it is of another form. */
export function stateFor(kept: unknown, uri: string): ViewState | null {
  if (typeof kept !== "object" || kept === null) {
    return null;
  }
  const state = kept as Partial<ViewState>;
  return state.version === 2 && state.uri === uri ? (state as ViewState) : null;
}

/** Writes the state a moment after the last change, and at once when the grid ends. */
export class StateKeeper {
  readonly #api: HostApi;
  readonly #collect: () => ViewState | null;
  readonly #ended: AbortSignal;
  #timer = 0;

  constructor(api: HostApi, collect: () => ViewState | null, ended: AbortSignal) {
    this.#api = api;
    this.#collect = collect;
    window.addEventListener("pagehide", () => this.#write(), { signal: ended });
    ended.addEventListener("abort", () => this.#write());
    this.#ended = ended;
  }

  changed(): void {
    if (this.#timer === 0 && !this.#ended.aborted) {
      this.#timer = window.setTimeout(() => this.#write(), 250);
    }
  }

  #write(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    const state = this.#collect();
    if (state) {
      this.#api.setState(state);
    }
  }
}
