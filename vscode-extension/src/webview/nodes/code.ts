/** Code, to be read or (where somebody listens) written. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { keepRecent } from "../../shared/recent";
import type { NodeContext } from "./context";
import type { Language } from "./highlight";
import { language, languageOf, tokenize } from "./highlight";
import { editorMaker, type EditorOptions } from "./editor/factory";
import { editorPlace } from "./editor/place";
import { fieldText, type FieldText } from "./fieldText";
import { characters, units } from "./offsets";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

/** Longer code is shown without colours. */
const COLORED = 50_000;

export function code(node: Node<"code">, context: NodeContext): TemplateResult {
  return codeBlock(node.value, node.language ?? "", context);
}

export function codeBlock(value: string, name: string, context: NodeContext): TemplateResult {
  return block(value, languageOf(name), 13, true, "", context);
}

function block(value: string, look: Language | null, size: number, bordered: boolean, name: string, context: NodeContext): TemplateResult {
  const shown = context.words(value);
  const classes = `n-code ${bordered ? "n-bordered" : ""}`;
  // The lines of the element's content are its text: nothing may stand around it.
  return html`<pre class=${classes} tabindex="0" role="region" aria-label=${name || context.strings.nodeCode} ${styled({ "font-size": px(size) })}><code>${
    look === null || shown.length > COLORED
      ? shown
      : tokenize(shown, look).map(({ kind, text }) => (kind === "plain" ? text : html`<span class="n-token-${kind}">${text}</span>`))
  }</code></pre>`;
}

export function codeEditor(node: Node<"code-editor">, context: NodeContext): TemplateResult {
  if (!context.isLive || node.disabled) {
    return block(node.value, lookOf(node), node.font_size, node.bordered, node["aria-label"], context);
  }
  const look = lookOf(node);
  const draft = context.draft(node.id);
  const make = editorMaker();
  const least = node.rows === undefined ? undefined : `calc(${Math.round(node.rows)} * 1.4em + 12px)`;
  const options: EditorOptions = {
    strings: context.strings,
    name: node["aria-label"] || context.strings.nodeCode,
    language: look,
    markers: node.run_markers.map((offset) => units(node.value, offset)),
    typed: (text) => draft.typed(text),
    changed: (text) => {
      draft.told(text);
      context.emit(node.id, "change", text);
    },
    run: (all, caret, selection) => run(node.id, draft.text, all, caret, selection, context),
    runMarker: (offset) => context.emit(node.id, "run-marker", String(characters(node.value, offset))),
    format: () => context.emit(node.id, "format-editor"),
  };
  const field = { draft, said: node.value, pending: context.pending(node.id) };
  return html`<div class="n-code-editor ${node.bordered ? "n-bordered" : ""}">
    ${make === undefined
      ? plainField(node, { ...field, tell: options.changed }, context)
      : html`<div
          class="n-code-place"
          ${styled({ "--n-code-size": px(node.font_size), "--n-code-least": least, "--n-code-most": least })}
          ${editorPlace({ ...field, make, options })}
        ></div>`}
  </div>`;
}

/** Where there is no editor. */
function plainField(node: Node<"code-editor">, field: FieldText, context: NodeContext): TemplateResult {
  const lines = node.value.split("\n").length;
  return html`${node.run_markers.length > 0 ? runMarkers(node, context) : nothing}
    <textarea
      class="n-code-input"
      spellcheck="false"
      autocomplete="off"
      wrap="off"
      rows=${node.rows ?? Math.max(3, Math.min(30, lines))}
      aria-label=${node["aria-label"] || context.strings.nodeCode}
      ${styled({ "font-size": px(node.font_size) })}
      ${fieldText(field)}
      @keydown=${(event: KeyboardEvent) => onKey(event, node.id, context)}
    ></textarea>`;
}

/** The same words make the same language, so that an editor need not learn it anew. */
const learned = new Map<string, Language>();
const MOST_LEARNED = 50;

function lookOf({ syntax, custom_syntax: custom }: Node<"code-editor">): Language | null {
  if (!custom) {
    return languageOf(syntax);
  }
  const key = JSON.stringify(custom);
  const known = learned.get(key) ?? languageFrom(custom);
  keepRecent(learned, key, known, MOST_LEARNED);
  return known;
}

function languageFrom(custom: NonNullable<Node<"code-editor">["custom_syntax"]>): Language {
  const [open, close] = custom.comment_multiline ?? [];
  return language(
    {
      quotes: "'\"",
      ignoreCase: !custom.case_sensitive,
      ...(custom.comment ? { lineComment: custom.comment } : {}),
      ...(open && close ? { blockComment: [open, close] as const } : {}),
    },
    { keyword: custom.keywords, type: custom.types, special: custom.special },
  );
}

function runMarkers(node: Node<"code-editor">, context: NodeContext): TemplateResult {
  return html`<div class="n-run-markers">
    ${context.take(node.run_markers).map((offset) => {
      const line = node.value.slice(0, units(node.value, offset)).split("\n").length;
      const label = context.strings.nodeRunLine.replace("{0}", String(line));
      return html`<button type="button" class="n-icon-button" title=${label} aria-label=${label} @click=${() => context.emit(node.id, "run-marker", String(offset))}>
        <span class="codicon codicon-play" aria-hidden="true"></span><span class="n-caption">${line}</span>
      </button>`;
    })}
  </div>`;
}

/** Tells that something is to be run, with offsets in characters. */
function run(id: string, text: string, all: boolean, caret: number, marked: readonly [number, number] | null, context: NodeContext): void {
  const selection = marked?.map((offset) => characters(text, offset)) ?? null;
  context.emit(id, "run", JSON.stringify({ all, caret: characters(text, caret), selection }));
}

/** Ctrl+Enter (Cmd+Enter) runs, with Shift all of it; Shift+Alt+F asks for another layout. */
function onKey(event: KeyboardEvent, id: string, context: NodeContext): void {
  const area = event.target as HTMLTextAreaElement;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const { selectionStart: from, selectionEnd: to } = area;
    run(id, area.value, event.shiftKey, to, from === to ? null : [from, to], context);
  } else if (event.code === "KeyF" && event.altKey && event.shiftKey) {
    context.emit(id, "format-editor");
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}
