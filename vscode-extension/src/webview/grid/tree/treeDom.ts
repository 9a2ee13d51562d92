/** The elements the tree is made of. */
import type { ScrollDom } from "../view/nativeScroll";

export interface TreeDom extends ScrollDom {
  /** Everything: the path above and the tree below it. */
  readonly element: HTMLElement;
  /** Has `role="tree"` and the focus. */
  readonly root: HTMLElement;
  readonly track: HTMLElement;
  /** Stays where it is while the track moves. */
  readonly pane: HTMLElement;
  /** Moves with the rows. */
  readonly rows: HTMLElement;
}

export function buildTreeDom(path: HTMLElement): TreeDom {
  const element = document.createElement("div");
  element.className = "tree-view";
  const root = part("tree", "tree");
  root.tabIndex = 0;
  const scroller = part("scroller", "presentation");
  // Without this the browser makes what scrolls a tab stop of its own.
  scroller.tabIndex = -1;
  const track = part("track", "presentation");
  const pane = part("pane", "presentation");
  const rows = part("tree-rows", "presentation");
  pane.append(rows);
  track.append(pane);
  scroller.append(track);
  root.append(scroller);
  element.append(path, root);
  return { element, root, headerRow: path, scroller, track, pane, rows };
}

function part(className: string, role: string): HTMLElement {
  const made = document.createElement("div");
  made.className = className;
  made.setAttribute("role", role);
  return made;
}
