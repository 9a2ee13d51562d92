/** What the extension host and the page "Network Activity" say to each other: one map each way. */
import type * as P from "../generated/protocol";

export type Verdict = P.NetworkActivity["verdict"];
export const VERDICTS: readonly Verdict[] = ["allowed", "connected", "refused", "asked", "failed", "cancelled"];

/** Which attempts are shown, kept for a window that is opened again. */
export interface ActivityFilter {
  /** Words that all have to be somewhere in an attempt. */
  readonly text: string;
  /** Null for any. */
  readonly verdict: Verdict | null;
  /** Null for all plugins. */
  readonly pluginId: string | null;
}

export const NO_FILTER: ActivityFilter = { text: "", verdict: null, pluginId: null };

/** The switch: whether plugins may use the network at all, and if not why, as a sentence. */
export interface NetworkSwitch {
  readonly enabled: boolean;
  readonly whyNot: string;
  /** Whether it is the setting that says so, which can be changed. */
  readonly isSwitchedOff: boolean;
}

/** Attempts that were asked for, with what plugins are called. */
export interface ActivityNews extends P.NetworkActivities {
  /** By id. */
  readonly names: Readonly<Record<string, string>>;
}

/** Buttons of the page that the host carries out. */
export type ActivityAction = "openLog" | "showAccess" | "enable";

/** Requests of the page: `[params, result]`. */
export interface FromActivityPage {
  ready: [void, { readonly strings: Readonly<Record<string, string>>; readonly locale: string; readonly filter: ActivityFilter; readonly switch: NetworkSwitch }];
  /** Attempts with a greater number than `after`. */
  entries: [{ readonly after: number }, ActivityNews];
  /** Has the person decide about the place that an attempt was made to. */
  decide: [{ readonly pluginId: string; readonly target: string }, void];
  act: [{ readonly name: ActivityAction }, void];
  copyText: [{ readonly text: string }, void];
}

/** Events of the host. */
export interface ToActivityPage {
  didActivity: { readonly last: number };
  /** The server was started anew: numbers begin at 1 again. */
  restarted: null;
  switch: NetworkSwitch;
  filter: ActivityFilter;
}
