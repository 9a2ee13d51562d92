/** Lists of things. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { format } from "../../shared/gridStrings";
import { tagsOf } from "./cards";
import { fillColor, textColor, tint } from "./colors";
import type { Drawn, NodeContext } from "./context";
import { isObject, Unexpected } from "./fields";
import { icon } from "./icons";
import { image } from "./images";
import { placeholder } from "./placeholder";
import type { Node } from "./schema/kinds";
import { VARIANTS } from "./schema/display";
import { listItem, type ListItem } from "./schema/shapes";
import { px, styled } from "./styled";
import { rowsInSight, type RowsInSight } from "./windowed";

const PICTURE = 32;

/** Longer lists are drawn as far as they are in sight, in rows of one height. */
const LONG = 200;
const TALLEST = 480;

export function list(node: Node<"list">, context: NodeContext): TemplateResult {
  if (node.items.length === 0) {
    return html`<div class="n-list-empty n-muted">${node.empty_label === undefined ? nothing : context.words(node.empty_label)}</div>`;
  }
  const style = node.style === "auto" ? (node.framed ? "flush" : "plain") : node.style;
  const classes = `n-list n-list-${style} ${node.compact ? "n-compact" : ""} ${node.show_separators ? "n-ruled" : ""} ${node.framed ? "n-framed" : ""} ${node.shrink_to_fit ? "n-shrink" : ""}`;
  const items = context.take(node.items);
  const left = node.items.length - items.length;
  const more = left > 0 ? html`<li class="n-note">${format(context.strings.nodeMore, left)}</li>` : nothing;
  if (items.length > LONG) {
    return longList(node, items, classes, more, context);
  }
  const steps = stepsOf(items, 0);
  return html`<ul class=${classes} @keydown=${onKey} ${styled({ "max-height": px(node.max_height) })}>
    ${repeat(items, (_, index) => steps[index], (item, index) => listRow(node, item, index, items.length, context))}${more}
  </ul>`;
}

function longList(node: Node<"list">, items: readonly unknown[], classes: string, more: Drawn, context: NodeContext): TemplateResult {
  const height = heightOf(node, items);
  const top = context.keep("list", node.id, 0);
  const rows = ({ first, last, above, below }: RowsInSight): Drawn => {
    const shown = items.slice(first, last + 1);
    const steps = stepsOf(shown, first);
    return html`<li class="n-gap" role="none" ${styled({ height: px(above) })}></li>
      ${repeat(shown, (_, at) => steps[at], (item, at) => listRow(node, item, first + at, items.length, context))}
      <li class="n-gap" role="none" ${styled({ height: px(below) })}></li>`;
  };
  return html`<ul
    class="${classes} n-window n-long"
    data-own-scroll
    @keydown=${onKey}
    ${styled({ "max-height": px(node.max_height ?? TALLEST), "--n-item": px(height) })}
  >
    ${rowsInSight({ context, count: items.length, height, top: top.value, scrolled: (to) => top.set(to, true), draw: rows })}${more}
  </ul>`;
}

/** The height of each row of a long list: that of the one with most in it. */
function heightOf({ compact, style }: Node<"list">, items: readonly unknown[]): number {
  const texts = items.map((item) => (isObject(item) ? item["description"] : undefined)).filter((each) => typeof each === "string");
  const lines = texts.some((each) => each.includes("\n")) ? 2 : texts.length > 0 ? 1 : 0;
  return (compact ? 24 : 34) + lines * 16 + (style === "card" ? 6 : 0);
}

/** What tells items apart: their keys, the first time each comes up, or their places. */
function stepsOf(items: readonly unknown[], first: number): readonly string[] {
  const taken = new Set<string>();
  return items.map((item, index) => {
    const key = isObject(item) ? item["key"] : undefined;
    const step = typeof key === "string" && !taken.has(key) ? `k${key}` : `${first + index}`;
    taken.add(typeof key === "string" ? key : "");
    return step;
  });
}

/** Up and down lead from item to item, as Tab leads to what can be done with one. */
function onKey(event: KeyboardEvent): void {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("button.n-item-main")];
  const at = items.indexOf(event.target as HTMLElement);
  const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  const index = at < 0 ? undefined : to[event.key];
  if (index !== undefined) {
    event.preventDefault();
    event.stopPropagation();
    items[Math.max(0, Math.min(items.length - 1, index))]?.focus();
  }
}

function listRow(node: Node<"list">, given: unknown, index: number, count: number, context: NodeContext): TemplateResult {
  try {
    return itemRow(node, listItem.read(given), index, count, context);
  } catch (error) {
    if (error instanceof Unexpected) {
      return html`<li>${placeholder("error", format(context.strings.nodeWrong, "list", `items: ${index}: ${error.message}`))}</li>`;
    }
    throw error;
  }
}

function itemRow(node: Node<"list">, item: ListItem, index: number, count: number, context: NodeContext): TemplateResult {
  const click = (): void => context.emit(node.id, "click", String(index));
  const isLive = context.isLive && node.id !== "";
  const whole = node.compact ? context.words(item.title) : nothing; // which is cut off where there is no room for it
  const titles = html`<span class="n-item-title ${node["text-style"] === undefined ? "" : `n-${variantOf(node["text-style"])}`}" ${styled({ color: textColor(item["title-color"]) })}>${context.words(item.title)}</span>
    ${item.description === undefined ? nothing : html`<span class="n-item-text n-muted">${context.words(item.description)}</span>`}`;
  return html`<li
    class="n-item ${item.selected ? "n-selected" : ""}"
    aria-posinset=${index + 1}
    aria-setsize=${count}
    aria-current=${item.selected ? "true" : nothing}
    ${styled({ "--n-accent-line": fillColor(item.accent) ?? "transparent" })}
  >
    ${prefixOf(item.prefix)}
    ${isLive
      ? html`<button type="button" class="n-item-main" title=${whole} @click=${click}>${titles}</button>`
      : html`<div class="n-item-main" title=${whole}>${titles}</div>`}
    ${tagsOf(item.tags, context)}
    ${item.badge === undefined ? nothing : smallBadge(item.badge.text, item.badge.color, context)}
    ${item.meta === undefined ? nothing : html`<span class="n-muted n-meta">${context.words(item.meta)}</span>`}
    ${postfixOf(item.postfix, () => context.emit(node.id, "postfix", String(index)), context)}
    ${context.take(item.actions).map(
      (action, at) =>
        html`<button
          type="button"
          class="n-icon-button"
          title=${action.tooltip}
          aria-label=${action.tooltip || context.strings.nodeAction}
          ?disabled=${!context.isLive}
          @click=${() => context.emit(node.id, "action", JSON.stringify({ item: index, action: at }))}
        >
          ${icon(action.icon)}
        </button>`,
    )}
  </li>`;
}

/** The look of titles by the name of a variant of texts; anything else changes nothing. */
function variantOf(name: string): string {
  return VARIANTS.find((variant) => variant === name.toLowerCase()) ?? "body";
}

function prefixOf(prefix: ListItem["prefix"]): Drawn {
  switch (prefix?.kind) {
    case undefined:
      return nothing;
    case "Icon":
      return icon(prefix.value.glyph, { color: prefix.value.color, size: 16 });
    case "IconTile":
      return html`<span class="n-tile">${icon(prefix.value.glyph, { color: prefix.value.color, size: 18 })}</span>`;
    case "Image":
      return image(prefix.value, PICTURE);
  }
}

function postfixOf(postfix: ListItem["postfix"], press: () => void, context: NodeContext): Drawn {
  switch (postfix?.kind) {
    case undefined:
      return nothing;
    case "Badge":
      return smallBadge(postfix.value.text, postfix.value.color, context);
    case "Text":
      return html`<span class="n-muted">${context.words(postfix.value.text)}</span>`;
    case "Progress": {
      const node = { type: "progress", value: postfix.value.value, color: postfix.value.color };
      return html`<span class="n-postfix-progress">${context.draw(node, "progress")}</span>`;
    }
    case "Button":
      return html`<button
        type="button"
        class="n-button n-soft n-default n-size-small"
        ?disabled=${!context.isLive || !postfix.value.enabled}
        @click=${press}
      >
        ${postfix.value.icon === undefined ? nothing : icon(postfix.value.icon)}<span>${context.words(postfix.value.label)}</span>
      </button>`;
    case "IconButton":
      return html`<button
        type="button"
        class="n-icon-button"
        title=${postfix.value.tooltip}
        aria-label=${postfix.value.tooltip || context.strings.nodeAction}
        ?disabled=${!context.isLive || !postfix.value.enabled}
        @click=${press}
      >
        ${icon(postfix.value.icon)}
      </button>`;
  }
}

function smallBadge(text: string, color: string | undefined, context: NodeContext): TemplateResult {
  return html`<span class="n-badge n-soft ${fillColor(color) === undefined ? "" : "n-tinted"}" ${styled(tint(color))}>${context.words(text)}</span>`;
}
