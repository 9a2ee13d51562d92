/** Buttons of a panel that lead into the editor: the editor takes their clicks, the plugin is not told. */
import type { PanelEvent } from "../shared/panelPage";

const COMMANDS: Readonly<Record<string, string>> = {
  "thoth:network-access": "thoth.network.focus",
  "thoth:plugin": "thoth.plugins.details",
};

/** The command that a click stands for; undefined for what is the plugin's own. */
export function hostCommand({ widgetId, kind }: PanelEvent): string | undefined {
  return kind === "click" && Object.hasOwn(COMMANDS, widgetId) ? COMMANDS[widgetId] : undefined;
}
