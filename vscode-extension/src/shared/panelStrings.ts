import { gridStrings, type GridStrings } from "./gridStrings";

/**
 * Every sentence of a panel's page, in English, besides those of the nodes that the plugin draws. As with the grid's, the
 * host translates the values. `{0}` is a place for a value.
 */
export const PANEL_STRINGS = {
  panelOpening: "Starting {0} …",
  panelLabel: "Panel of {0}",
  panelEmpty: "{0} shows nothing here.",
  panelBusy: "{0} is working",
  panelStopping: "Stopping …",
  panelStop: "Stop",
  panelStopHint: "Ends what the plugin is doing and starts it again from what it kept",
  panelRestart: "Restart",
  panelReopen: "Open Again",
  panelRestartServer: "Restart Server",
  panelShowLog: "Show Log",
  panelShowPlugin: "Show Plugin",
  panelDismiss: "Dismiss",
} as const;

export type PanelStrings = GridStrings & Readonly<Record<keyof typeof PANEL_STRINGS, string>>;

/** The sentences in force: English, with what `translated` has put over it. */
export function panelStrings(translated: Readonly<Record<string, string>>): PanelStrings {
  const own = Object.fromEntries(
    Object.entries(PANEL_STRINGS).map(([key, text]) => [key, translated[key] ?? text]),
  ) as Record<keyof typeof PANEL_STRINGS, string>;
  return { ...gridStrings(translated), ...own };
}
