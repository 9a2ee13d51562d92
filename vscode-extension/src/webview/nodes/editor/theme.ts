/** Colours and sizes of an editor, from the colours of the editor's theme. */
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const FOCUS = "var(--vscode-focusBorder)";
const CONTRAST = "1px solid var(--vscode-contrastBorder, transparent)";

/** The variables reach into the shadow that the editor is in. */
export const THEME = EditorView.theme({
  "&": { color: "var(--vscode-editor-foreground)", backgroundColor: "var(--n-sunken)", fontSize: "var(--n-code-size, 13px)" },
  "&.cm-focused": { outline: `1px solid ${FOCUS}`, outlineOffset: "-1px" },
  ".cm-scroller": {
    minHeight: "var(--n-code-least, 4.6em)",
    maxHeight: "var(--n-code-most, 43em)",
    overflow: "auto",
    fontFamily: "var(--vscode-editor-font-family), monospace",
    lineHeight: "1.4",
  },
  ".cm-content": { padding: "6px 0", caretColor: "var(--vscode-editorCursor-foreground, var(--vscode-editor-foreground))" },
  ".cm-line": { padding: "0 8px" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--vscode-editorCursor-foreground, var(--vscode-editor-foreground))" },
  ".cm-selectionBackground": { background: "var(--vscode-editor-inactiveSelectionBackground)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { background: "var(--vscode-editor-selectionBackground)" },
  ".cm-gutters": { color: "var(--vscode-editorLineNumber-foreground)", backgroundColor: "transparent", border: "none" },
  ".cm-run": { minWidth: "20px" },
  ".cm-run-marker": {
    padding: "0 4px",
    color: "var(--vscode-icon-foreground)",
    fontFamily: "codicon",
    cursor: "pointer",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    outline: "1px solid var(--vscode-editorBracketMatch-border, var(--vscode-contrastActiveBorder, currentColor))",
    backgroundColor: "transparent",
  },
  ".cm-tooltip": {
    border: CONTRAST,
    color: "var(--vscode-editorSuggestWidget-foreground, var(--vscode-editorWidget-foreground))",
    backgroundColor: "var(--vscode-editorSuggestWidget-background, var(--vscode-editorWidget-background))",
    boxShadow: "0 2px 8px var(--vscode-widget-shadow, transparent)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--vscode-editor-font-family), monospace" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    outline: "1px solid var(--vscode-contrastActiveBorder, transparent)",
    color: "var(--vscode-editorSuggestWidget-selectedForeground, var(--vscode-list-activeSelectionForeground))",
    background: "var(--vscode-editorSuggestWidget-selectedBackground, var(--vscode-list-activeSelectionBackground, transparent))",
  },
});

export const COLORS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--vscode-symbolIcon-keywordForeground, var(--n-secondary))" },
  { tag: tags.typeName, color: "var(--n-info)" },
  { tag: tags.atom, color: "var(--n-bool)" },
  { tag: tags.string, color: "var(--n-string)" },
  { tag: tags.number, color: "var(--n-number)" },
  { tag: tags.propertyName, color: "var(--n-key)" },
  { tag: tags.comment, color: "var(--n-muted)", fontStyle: "italic" },
]);
