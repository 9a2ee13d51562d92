/** Cards and rows of data: things of which there are many. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { fillColor } from "./colors";
import type { Drawn, NodeContext } from "./context";
import { icon } from "./icons";
import { image } from "./images";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

const PICTURE = 32;
const INDENT = 16;

export function card(node: Node<"card">, context: NodeContext): TemplateResult {
  const heading = context.domId("card");
  return html`<article class="n-card" aria-labelledby=${heading}>
    <div class="n-card-head">
      ${node.icon === undefined ? nothing : picture(node.icon)}
      <div class="n-card-titles">
        <div class="n-card-title" id=${heading}>${context.words(node.title)}</div>
        ${node.subtitle === undefined ? nothing : html`<div class="n-muted">${context.words(node.subtitle)}</div>`}
      </div>
      ${node.meta === undefined ? nothing : html`<span class="n-muted">${context.words(node.meta)}</span>`}
      ${node.enabled === undefined ? nothing : cardSwitch(node.id, node.enabled, heading, context)}
    </div>
    ${tagsOf(node.tags, context)} ${node.body === undefined ? nothing : html`<div>${context.draw(node.body)}</div>`}
    ${node.actions.length > 0
      ? html`<div class="n-card-actions">
          ${context.take(node.actions).map(
            ({ label, danger }, index) =>
              html`<button
                type="button"
                class="n-button n-soft n-medium ${danger ? "n-danger" : ""}"
                ?disabled=${!context.isLive || node.id === ""}
                @click=${() => context.emit(node.id, "action", String(index))}
              >
                ${context.words(label)}
              </button>`,
          )}
        </div>`
      : nothing}
  </article>`;
}

/** Without somebody to tell it says in words whether it is on. */
function cardSwitch(id: string, isOn: boolean, heading: string, context: NodeContext): Drawn {
  const { nodeOn, nodeOff } = context.strings;
  return id === "" || !context.isLive
    ? html`<span class="n-muted">${isOn ? nodeOn : nodeOff}</span>`
    : html`<button
        type="button"
        class="n-switch"
        role="switch"
        aria-checked=${isOn}
        aria-labelledby=${heading}
        @click=${() => context.emit(id, "change", String(!isOn))}
      >
        <span class="n-knob"></span>
      </button>`;
}

export function tagsOf(tags: readonly string[], context: NodeContext): Drawn {
  return tags.length === 0
    ? nothing
    : html`<div class="n-tags">${context.take(tags).map((tag) => html`<span class="n-badge n-soft">${context.words(tag)}</span>`)}</div>`;
}

function picture(given: NonNullable<Node<"card">["icon"]>): Drawn {
  return "glyph" in given ? html`<span class="n-tile">${icon(given.glyph, { size: 18 })}</span>` : image(given.image, PICTURE);
}

/** A row in the manner of a tree: `name: value`, each in the colour of its kind. Its events tell its `row_id`. */
export function dataRow(node: Node<"data-row">, context: NodeContext): TemplateResult {
  const id = node.id === "" ? node.row_id : node.id;
  const tell = (kind: string) => (event: Event) => {
    event.stopPropagation();
    context.emit(id, kind, node.row_id);
  };
  const click = tell("click");
  const toggle = tell("toggle");
  const onEnter = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) {
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      click(event);
    } else if ((event.key === "ArrowRight" && node.caret === false) || (event.key === "ArrowLeft" && node.caret === true)) {
      toggle(event);
    } else if (!goToRow(event)) {
      return;
    }
    event.preventDefault();
  };
  const classes = `n-data-row ${node.selected ? "n-selected" : ""} ${node.truncate ? "n-truncate" : ""}`;
  const styles = { "padding-left": px(4 + node.indent * INDENT), background: fillColor(node.background) };
  return html`<div
    class=${classes}
    role="group"
    tabindex=${context.isLive ? 0 : nothing}
    aria-label=${context.words(node.display_text, 200)}
    aria-current=${node.selected ? "true" : nothing}
    @click=${click}
    @keydown=${onEnter}
    ${styled(styles)}
  >
    ${caret(node, toggle, context)}
    ${node.leading_icon === undefined
      ? nothing
      : icon(node.leading_icon.glyph, { color: node.leading_icon.color, size: node.leading_icon.size })}
    <span class="n-data-text" title=${node.truncate ? context.words(node.display_text) : nothing}>${rowText(node, context)}</span>
    ${node.chip === undefined ? nothing : html`<span class="n-badge n-soft">${context.words(node.chip)}</span>`}
    ${node.trailing === undefined ? nothing : html`<span class="n-muted n-trailing">${context.words(node.trailing)}</span>`}
    ${rowAction(node, tell("action"), context)}
  </div>`;
}

/** Up and down lead from row to row; false for another key. */
function goToRow(event: KeyboardEvent): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.currentTarget as HTMLElement;
  const all = [...(row.closest(".n-tree")?.querySelectorAll<HTMLElement>(".n-data-row") ?? [])];
  if (step === undefined) {
    return false;
  }
  event.stopPropagation();
  all[all.indexOf(row) + step]?.focus();
  return true;
}

function caret(node: Node<"data-row">, toggle: (event: Event) => void, context: NodeContext): Drawn {
  if (node.caret === undefined) {
    return nothing;
  }
  return html`<button
    type="button"
    class="n-caret codicon codicon-chevron-${node.caret ? "down" : "right"}"
    tabindex="-1"
    aria-expanded=${node.caret}
    aria-label=${context.strings.nodeToggle}
    ?disabled=${!context.isLive}
    @click=${toggle}
  ></button>`;
}

function rowAction(node: Node<"data-row">, run: (event: Event) => void, context: NodeContext): Drawn {
  if (node.action_icon === undefined) {
    return nothing;
  }
  const label = node.action_tooltip ?? context.strings.nodeAction;
  return html`<button type="button" class="n-icon-button" title=${label} aria-label=${label} ?disabled=${!context.isLive} @click=${run}>
    ${icon(node.action_icon)}
  </button>`;
}

/** The name and the value with their colours and with what was found in them marked. */
function rowText(node: Node<"data-row">, context: NodeContext): Drawn {
  const text = context.words(node.display_text);
  const colon = node.value_token === undefined ? -1 : text.indexOf(": ");
  if (colon < 0) {
    return html`<span class=${tokenClass(node.key_token)}>${marked(text, node.highlights?.key_ranges ?? [])}</span>`;
  }
  const value = html`<span class="${tokenClass(node.value_token)} ${node.summary_value ? "n-muted" : ""}"
    >${marked(text.slice(colon + 2), node.highlights?.value_ranges ?? [])}</span
  >`;
  return html`<span class=${tokenClass(node.key_token)}>${marked(text.slice(0, colon), node.highlights?.key_ranges ?? [])}</span>: ${value}`;
}

function tokenClass(token: Node<"data-row">["key_token"]): string {
  const kinds = { key: "key", str: "string", number: "number", boolean: "special", bracket: "bracket" };
  return token === undefined ? "" : `n-token-${kinds[token]}`;
}

/** `text` with ranges of its UTF-8 bytes marked. */
export function marked(text: string, ranges: readonly { readonly start: number; readonly end: number }[]): readonly Drawn[] {
  if (ranges.length === 0) {
    return [text];
  }
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const drawn: Drawn[] = [];
  let at = 0;
  for (const { start, end } of [...ranges].sort((one, other) => one.start - other.start)) {
    if (start < at || end <= start || end > bytes.length) {
      continue;
    }
    drawn.push(decoder.decode(bytes.subarray(at, start)), html`<mark>${decoder.decode(bytes.subarray(start, end))}</mark>`);
    at = end;
  }
  drawn.push(decoder.decode(bytes.subarray(at)));
  return drawn;
}
