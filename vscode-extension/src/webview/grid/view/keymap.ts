/** Which key does what while the grid has the focus. */
import type { Step } from "./selection";

/** The part of a keyboard event that matters. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export type KeyAction =
  | { readonly kind: "move"; readonly rows: Step | "pageUp" | "pageDown"; readonly columns: Step; readonly extend: boolean }
  | { readonly kind: "resizeColumn"; readonly by: number }
  | { readonly kind: "selectAll" | "selectRow" | "selectColumn" | "copy" | "showCell" | "contextMenu" }
  | { readonly kind: "find" | "findNext" | "findPrevious" | "search" | "searchNext" | "searchPrevious" | "escape" };

const RESIZE_STEP = 16;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The action for a key, or null when it is not ours and belongs to the editor. */
export function actionFor(key: Key, isMac: boolean): KeyAction | null {
  const command = isMac ? key.metaKey : key.ctrlKey;
  const other = isMac ? key.ctrlKey : key.metaKey;
  if (key.altKey) {
    return key.shiftKey && !command && !other ? resizeKey(key.key) : null;
  }
  if (other) {
    return null;
  }
  return command ? commandKey(key) : (moveKey(key) ?? plainKey(key));
}

function resizeKey(key: string): KeyAction | null {
  if (key === "ArrowLeft" || key === "ArrowRight") {
    return { kind: "resizeColumn", by: key === "ArrowLeft" ? -RESIZE_STEP : RESIZE_STEP };
  }
  return null;
}

function commandKey(key: Key): KeyAction | null {
  const extend = key.shiftKey;
  const arrow = ARROWS[key.key];
  if (arrow) {
    return { kind: "move", rows: toEnd(arrow[0]), columns: toEnd(arrow[1]), extend };
  }
  if (key.key === "Home" || key.key === "End") {
    const end = key.key === "Home" ? "start" : "end";
    return { kind: "move", rows: end, columns: end, extend };
  }
  if (key.key === " ") {
    return extend ? { kind: "selectAll" } : { kind: "selectColumn" };
  }
  if (extend) {
    return key.key.toLowerCase() === "f" ? { kind: "search" } : null;
  }
  switch (key.key.toLowerCase()) {
    case "a":
      return { kind: "selectAll" };
    case "c":
      return { kind: "copy" };
    case "f":
      return { kind: "find" };
    default:
      return null;
  }
}

function moveKey(key: Key): KeyAction | null {
  const extend = key.shiftKey;
  const arrow = ARROWS[key.key];
  if (arrow) {
    return { kind: "move", rows: arrow[0], columns: arrow[1], extend };
  }
  switch (key.key) {
    case "Home":
      return { kind: "move", rows: 0, columns: "start", extend };
    case "End":
      return { kind: "move", rows: 0, columns: "end", extend };
    case "PageUp":
      return { kind: "move", rows: "pageUp", columns: 0, extend };
    case "PageDown":
      return { kind: "move", rows: "pageDown", columns: 0, extend };
    default:
      return null;
  }
}

function plainKey(key: Key): KeyAction | null {
  switch (key.key) {
    case " ":
      return key.shiftKey ? { kind: "selectRow" } : null;
    case "F3":
      return { kind: key.shiftKey ? "findPrevious" : "findNext" };
    case "F4":
      return { kind: key.shiftKey ? "searchPrevious" : "searchNext" };
    case "F10":
      return key.shiftKey ? { kind: "contextMenu" } : null;
    case "ContextMenu":
      return { kind: "contextMenu" };
    case "Enter":
    case "F2":
      return key.shiftKey ? null : { kind: "showCell" };
    case "Escape":
      return { kind: "escape" };
    default:
      return null;
  }
}

function toEnd(direction: number): Step {
  if (direction === 0) {
    return 0;
  }
  return direction < 0 ? "start" : "end";
}
