/**
 * What a page with data views and its host say besides their own messages: each view has a channel of its own, over which
 * it talks as a grid does that has a page to itself (`messages.ts`). A panel may show any number of them.
 */

/** What a data view shows: a data set its plugin published or a body it received, as the node says. */
export interface DataRef {
  readonly handle: string;
  /** A file name for a body, empty for none. */
  readonly name: string;
  /** The id of the node, empty for none: what a person chose for it holds for what it shows next. */
  readonly node: string;
}

/** Whether a view is on the page, which one in a tab that is not shown is not, and whether it has the focus. */
export type DataPresence = "hidden" | "shown" | "focused";

/** From the page. Channels have names that no channel of a page before this one had. */
export type ToHost =
  /** Nothing is open yet; what was open in a page before this one is gone. */
  | { readonly dataChannels: "begin" }
  | { readonly dataChannel: string; readonly open: DataRef }
  | { readonly dataChannel: string; readonly close: true }
  | { readonly dataChannel: string; readonly presence: DataPresence }
  | { readonly dataChannel: string; readonly message: unknown };

/** From the host: a reply or an event of a grid. */
export interface FromHost {
  readonly dataChannel: string;
  readonly message: unknown;
}
