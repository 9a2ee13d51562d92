/** What a page finds of itself in a window that is opened again; anything else counts for nothing. */
import type { PanelState, WidgetValues } from "./panelPage";

export function keptState(kept: unknown): PanelState | undefined {
  if (typeof kept !== "object" || kept === null) {
    return undefined;
  }
  const { key, pluginId, state, title, icon } = kept as Readonly<Record<string, unknown>>;
  if (typeof key !== "string" || key === "" || typeof pluginId !== "string" || pluginId === "") {
    return undefined;
  }
  return {
    key,
    pluginId,
    state: typeof state === "string" ? state : null,
    title: typeof title === "string" ? title : "",
    icon: typeof icon === "string" ? icon : null,
  };
}

export function widgetValues(kept: unknown): WidgetValues {
  if (typeof kept !== "object" || kept === null || !("widgets" in kept)) {
    return {};
  }
  const { widgets } = kept;
  return typeof widgets === "object" && widgets !== null && !Array.isArray(widgets) ? (widgets as WidgetValues) : {};
}
