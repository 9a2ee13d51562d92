/** What the extension host and the page of a plugin's panel say to each other: one map each way. */

/** Something a person did to a widget of the panel. */
export interface PanelEvent {
  readonly widgetId: string;
  readonly kind: string;
  readonly value: string;
}

/** Buttons around the tree, which the host carries out. */
export type PanelAction =
  | "stop"
  | "restart"
  | "reopen"
  | "restartServer"
  | "showLog"
  | "showPlugin"
  /** Takes the sentence that stands above the tree away. */
  | "dismiss";

/** A sentence above the tree, with what can be done about it. */
export interface PanelBanner {
  readonly kind: "error" | "warning" | "info";
  readonly text: string;
  /** More about it, in words that may be a plugin's; empty for none. */
  readonly detail: string;
  readonly actions: readonly PanelAction[];
}

/** What a tree is drawn from. */
export interface PanelTree {
  /** Counts the instances there have been for this page: what was typed for one before is not kept for the next. */
  readonly session: number;
  /** One node as JSON text; null where the plugin shows nothing here. */
  readonly node: string | null;
  /** Logical pixels, 0 for whatever there is. */
  readonly heightHint: number;
}

export interface PanelStatus {
  /** The instance of this tree takes events; while there is none, what is shown stays to be read. */
  readonly isLive: boolean;
  /** An instance is being made. */
  readonly isOpening: boolean;
  /** What the instance is at, where it takes its time. */
  readonly work: "none" | "busy" | "stopping";
  readonly banners: readonly PanelBanner[];
}

/** What is kept for a window that is opened again. */
export interface PanelState {
  /** Unlike that of any other tab; a view of the side bar has its plugin's id. */
  readonly key: string;
  readonly pluginId: string;
  /** The plugin's own; null for none. */
  readonly state: string | null;
  readonly title: string;
  readonly icon: string | null;
}

/** What widgets keep by themselves, as tabs that are chosen and sections that are open. */
export type WidgetValues = Readonly<Record<string, unknown>>;

/** Requests of the page: `[params, result]`. */
export interface FromPanelPage {
  /** The page can draw; `tree` and `status` follow as events. */
  ready: [void, { readonly strings: Readonly<Record<string, string>>; readonly name: string; readonly place: "tab" | "sidebar" }];
  /** Answered when the plugin has dealt with it and its tree was sent; one at a time. */
  event: [PanelEvent, void];
  act: [{ readonly name: PanelAction }, void];
  openLink: [{ readonly url: string }, void];
  /** The bytes of a body that a node `picture` shows. */
  picture: [{ readonly handle: string }, Uint8Array<ArrayBuffer>];
  copyText: [{ readonly text: string }, void];
}

/** Events of the host. */
export interface ToPanelPage {
  tree: PanelTree;
  status: PanelStatus;
  /** Is to be kept from now on, for a window that is opened again. */
  keep: PanelState;
}
