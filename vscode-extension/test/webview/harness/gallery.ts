/** Every kind of node on one page: `gallery?theme=light&live&family=Inputs`. Beside what is live, its events are written. */
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import type { NodeEvent, Surface } from "../../../src/webview/nodes/context";
import { WidgetState } from "../../../src/webview/nodes/context";
import { COLOR_NAMES } from "../../../src/webview/nodes/colors";
import { makeEditor } from "../../../src/webview/nodes/editor/codeMirror";
import { useEditor } from "../../../src/webview/nodes/editor/factory";
import { drawInto } from "../../../src/webview/nodes/render";
import type { ThemeName } from "./themes";
import { harnessPictures } from "./pictures";
import { applyTheme } from "./themes";
import { FAMILIES } from "../nodes/samples";

const query = new URLSearchParams(location.search);
applyTheme((query.get("theme") ?? "dark") as ThemeName);
const root = document.getElementById("root") ?? document.body;
root.className = "thoth-grid gallery";

const OTHERS = [
  { type: "row", gap: 8, children: COLOR_NAMES.map((color) => ({ type: "text", text: color, color })) },
  { type: "row", gap: 8, children: ["success", "warning", "error", "info", "accent", "#ffcc00", "#102030"].flatMap((color) => [{ type: "badge", label: "solid", color }, { type: "badge", label: "soft", color, soft: true }, { type: "badge", label: "outlined", color, outlined: true }]) },
  { type: "row", gap: 8, children: ["Elevated", "Soft", "Text"].flatMap((kind) => ["Default", "Primary", "Danger", "Success", "Warning"].map((color) => ({ type: "button", id: "b", label: `${kind} ${color}`, "button-type": kind, color }))) },
  { type: "row", gap: 8, children: ["panel-header", "section-header", "group-label", "title", "heading", "body-large", "body", "body-muted", "subtitle", "caption", "label", "mono"].map((variant) => ({ type: "text", text: variant, variant })) },
  { type: "column", gap: 4, children: ["bg", "bg-panel", "bg-sunken", "surface", "surface-raised", "surface-active"].map((name) => ({ type: "row", padding: 6, "bg-color": name, children: [{ type: "text", text: name }] })) },
  { type: "hologram" },
  { type: "text" },
];

/** An open dialog puts everything else out of reach. */
const isHidden = (node: unknown): boolean => (node as { type: string }).type === "modal" && query.has("live") && !query.has("modal");

useEditor(makeEditor);

function show(family: string, nodes: readonly unknown[]): void {
  root.append(Object.assign(document.createElement("h2"), { textContent: family }));
  for (const node of nodes) {
    if (query.has("only") && (node as { type: string }).type !== query.get("only")) {
      continue;
    }
    const box = root.appendChild(document.createElement("section"));
    const name = box.appendChild(document.createElement("code"));
    const drawn = box.appendChild(document.createElement("div"));
    name.textContent = (node as { type: string }).type;
    const surface: Surface = {
      id: `sample-${root.childElementCount}`,
      strings: GRID_STRINGS,
      state: new WidgetState(),
      pictures: harnessPictures(() => surface.changed()),
      openLink: (url) => (name.textContent = `openLink ${url}`),
      copy: (text) => (name.textContent = `copy ${text}`),
      changed: () => drawInto(drawn, isHidden(node) ? { ...(node as object), open: false } : node, surface),
      ...(query.has("live") ? { emit: (event: NodeEvent) => (name.textContent = JSON.stringify(event)) } : {}),
    };
    surface.changed();
  }
}

for (const [family, nodes] of Object.entries(FAMILIES)) {
  if (!query.has("family") || query.get("family") === family) {
    show(family, nodes);
  }
}
if (!query.has("family") || query.get("family") === "Others") {
  show("Others", OTHERS);
}
