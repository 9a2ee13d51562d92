/** A view for every renderer there is, as plugins come and go. */
import { rendererView } from "../../../shared/fileMemory";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { Renderer } from "../../../shared/messages";
import type { Messenger } from "../../messenger";
import type { Views } from "../app/views";
import type { RenderedHooks } from "./renderedView";
import { RenderedView } from "./renderedView";

/** Adds and removes views whenever the host tells of other renderers. */
export function followRenderers(views: Views, strings: GridStrings, messenger: Messenger, hooks: RenderedHooks): void {
  const shown = new Map<string, RenderedView>();
  messenger.on("renderers", (renderers) => {
    for (const [pluginId, view] of [...shown]) {
      if (!renderers.some((renderer) => renderer.pluginId === pluginId)) {
        shown.delete(pluginId);
        if (views.current === view) {
          hooks.announce(format(strings.renderedGone, view.label));
        }
        views.remove(view.name);
      }
    }
    for (const renderer of renderers) {
      const view = shown.get(renderer.pluginId);
      if (view === undefined) {
        shown.set(renderer.pluginId, added(renderer));
      } else {
        view.follow(renderer);
      }
    }
  });

  function added(renderer: Renderer): RenderedView {
    const view = new RenderedView(rendererView(renderer.pluginId), renderer, strings, messenger, hooks);
    views.add(view);
    return view;
  }
}
