/** What the extension host and the page of a plugin say to each other: one map each way. */
import type * as P from "../generated/protocol";

export type PageTab = "details" | "permissions" | "settings" | "log";
export const PAGE_TABS: readonly PageTab[] = ["details", "permissions", "settings", "log"];

/** What is kept for a window that is opened again. */
export interface PageState {
  readonly pluginId: string;
  readonly tab: PageTab;
}

/** Buttons of the page that the host carries out. */
export type PageAction =
  | "enable"
  | "disable"
  | "enableInWorkspace"
  | "disableInWorkspace"
  | "reload"
  | "uninstall"
  | "openFolder"
  | "showOutput"
  | "refresh";

/** What the page shows, or why it cannot. */
export interface PageContent {
  /** Null where the plugin cannot be told of. */
  readonly details: P.PluginDetails | null;
  /** Why there are no details; empty where there are. */
  readonly message: string;
  /** Words for what the wire has only names for, in the editor's language. */
  readonly words: PageWords;
}

export interface PageWords {
  readonly origin: string;
  readonly capabilities: readonly string[];
  /** By need. */
  readonly needs: Readonly<Record<string, string>>;
  readonly facts: readonly { readonly label: string; readonly value: string; readonly hint: string }[];
}

/** Requests of the page: `[params, result]`. */
export interface FromPluginPage {
  /** The page can draw; `content` follows as an event. */
  ready: [void, { readonly strings: Readonly<Record<string, string>>; readonly state: PageState; readonly hasWorkspace: boolean }];
  settings: [void, P.PluginSettingsResult];
  setSetting: [{ readonly key: string; readonly value: string | null; readonly scope: "user" | "workspace" }, P.PluginSettingsResult];
  settingsEvent: [{ readonly widgetId: string; readonly kind: string; readonly value: string }, P.PluginSettingsEventResult];
  decide: [{ readonly need: P.Permission["need"]; readonly decision: P.Permission["decision"] }, void];
  act: [{ readonly name: PageAction }, void];
  openLink: [{ readonly url: string }, void];
  copyText: [{ readonly text: string }, void];
}

/** Events of the host. */
export interface ToPluginPage {
  content: PageContent;
  /** The settings may be others than were told: they are asked for again where they are shown. */
  settingsChanged: null;
  show: { readonly tab: PageTab };
}
