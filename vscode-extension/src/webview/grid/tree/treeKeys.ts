/** Which key does what while the tree has the focus: as in VS Code's own trees. */
import type { Key } from "../view/keymap";

export type TreeAction =
  | { readonly kind: "move"; readonly by: number | "pageUp" | "pageDown" | "start" | "end" }
  | { readonly kind: "in" | "out" | "toggle" | "open" | "expandLevel" | "expandAll" | "collapseAll" }
  | { readonly kind: "copy" | "contextMenu" | "editPath" | "escape" }
  | { readonly kind: "type"; readonly text: string };

const PLAIN: Readonly<Record<string, TreeAction>> = {
  ArrowUp: { kind: "move", by: -1 },
  ArrowDown: { kind: "move", by: 1 },
  PageUp: { kind: "move", by: "pageUp" },
  PageDown: { kind: "move", by: "pageDown" },
  Home: { kind: "move", by: "start" },
  End: { kind: "move", by: "end" },
  ArrowRight: { kind: "in" },
  ArrowLeft: { kind: "out" },
  Enter: { kind: "open" },
  " ": { kind: "toggle" },
  "*": { kind: "expandLevel" },
  F2: { kind: "editPath" },
  ContextMenu: { kind: "contextMenu" },
  Escape: { kind: "escape" },
};

const COMMAND: Readonly<Record<string, TreeAction>> = {
  c: { kind: "copy" },
  l: { kind: "editPath" },
  Home: { kind: "move", by: "start" },
  End: { kind: "move", by: "end" },
  ArrowRight: { kind: "expandAll" },
  ArrowLeft: { kind: "collapseAll" },
};

/** The action for a key, or null when it is not ours; `isTyping` while letters typed before still count. */
export function treeActionFor(key: Key, isMac: boolean, isTyping: boolean): TreeAction | null {
  const command = isMac ? key.metaKey : key.ctrlKey;
  const other = isMac ? key.ctrlKey : key.metaKey;
  if (key.altKey || other) {
    return null;
  }
  if (command) {
    return key.shiftKey ? null : (COMMAND[key.key.length === 1 ? key.key.toLowerCase() : key.key] ?? null);
  }
  if (key.key === "F10") {
    return key.shiftKey ? { kind: "contextMenu" } : null;
  }
  if (key.key === " " && isTyping) {
    return { kind: "type", text: " " };
  }
  const plain = PLAIN[key.key];
  if (plain) {
    return key.shiftKey && key.key !== "*" ? null : plain;
  }
  return /^.$/u.test(key.key) ? { kind: "type", text: key.key } : null;
}
