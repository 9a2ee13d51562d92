/** What markdown and nodes of plugins are drawn on. */
import type { NodeEvent, Surface } from "../nodes/context";
import { WidgetState } from "../nodes/context";
import type { PageParts } from "./page";

/** What widgets remember, by surface, while the page is open. */
const states = new Map<string, WidgetState>();

/** Without `emit` what is drawn is to be looked at only. */
export function surface(id: string, { strings, messenger, changed, run }: PageParts, emit?: (event: NodeEvent) => void): Surface {
  const state = states.get(id) ?? new WidgetState();
  states.set(id, state);
  return {
    id,
    strings,
    state,
    ...(emit === undefined ? {} : { emit }),
    openLink: (url) => run(messenger.request("openLink", { url })),
    copy: (text) => run(messenger.request("copyText", { text })),
    changed,
  };
}
