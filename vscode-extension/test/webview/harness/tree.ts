/** One tree on a page, drawn and watched by tests in the browser: `tree?theme=light`. */
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import type { NodeEvent, Surface } from "../../../src/webview/nodes/context";
import { WidgetState } from "../../../src/webview/nodes/context";
import { makeEditor } from "../../../src/webview/nodes/editor/codeMirror";
import { useEditor } from "../../../src/webview/nodes/editor/factory";
import { parseExactly } from "../../../src/webview/nodes/fields";
import { drawInto } from "../../../src/webview/nodes/render";
import { SAMPLES } from "../nodes/samples";
import type { ThemeName } from "./themes";
import { harnessPictures } from "./pictures";
import { applyTheme } from "./themes";

const query = new URLSearchParams(location.search);
applyTheme((query.get("theme") ?? "dark") as ThemeName);
const root = document.getElementById("root") ?? document.body;
root.className = "thoth-grid gallery";
const place = root.appendChild(document.createElement("div"));
useEditor(makeEditor);

const events: NodeEvent[] = [];
const copied: string[] = [];
let shown: unknown;
const surface: Surface = {
  id: "tree",
  strings: GRID_STRINGS,
  state: new WidgetState(),
  pictures: harnessPictures(() => surface.changed()),
  openLink: () => undefined,
  copy: (text) => copied.push(text),
  changed: () => drawInto(place, shown, surface),
  ...(query.has("still") ? {} : { emit: (event: NodeEvent) => events.push(event) }),
};

const tree = {
  events,
  copied,
  samples: SAMPLES,
  /** Draws JSON text, and returns how many milliseconds that took with the layout of the page. */
  draw(text: string): number {
    const began = performance.now();
    shown = parseExactly(text);
    surface.changed();
    place.getBoundingClientRect();
    return performance.now() - began;
  },
};
export type TreeHarness = typeof tree;
Object.assign(window, { tree });
