/** Lists of things, and lists of names with values. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { tagsOf } from "./cards";
import { fillColor, textColor, tint } from "./colors";
import type { Drawn, NodeContext } from "./context";
import { icon } from "./icons";
import { image } from "./images";
import type { Node } from "./schema/kinds";
import type { ListItem } from "./schema/shapes";
import { px, styled } from "./styled";

const PICTURE = 32;

export function list(node: Node<"list">, context: NodeContext): TemplateResult {
  if (node.items.length === 0) {
    return html`<div class="n-list-empty n-muted">${node.empty_label === undefined ? nothing : context.words(node.empty_label)}</div>`;
  }
  const items = context.take(node.items);
  const left = node.items.length - items.length;
  const style = node.style === "auto" ? (node.framed ? "flush" : "plain") : node.style;
  const classes = `n-list n-list-${style} ${node.compact ? "n-compact" : ""} ${node.show_separators ? "n-ruled" : ""} ${node.framed ? "n-framed" : ""} ${node.shrink_to_fit ? "n-shrink" : ""}`;
  return html`<ul class=${classes} ${styled({ "max-height": px(node.max_height) })}>
    ${items.map((item, index) => listRow(node, item, index, context))}
    ${left > 0 ? html`<li class="n-note">${context.strings.nodeMore.replace("{0}", String(left))}</li>` : nothing}
  </ul>`;
}

function listRow(node: Node<"list">, item: ListItem, index: number, context: NodeContext): TemplateResult {
  const click = (): void => context.emit(node.id, "click", String(index));
  const isLive = context.isLive && node.id !== "";
  const titles = html`<span class="n-item-title" ${styled({ color: textColor(item["title-color"]) })}>${context.words(item.title)}</span>
    ${item.description === undefined ? nothing : html`<span class="n-item-text n-muted">${context.words(item.description)}</span>`}`;
  return html`<li
    class="n-item ${item.selected ? "n-selected" : ""}"
    aria-current=${item.selected ? "true" : nothing}
    ${styled({ "--n-accent-line": fillColor(item.accent) ?? "transparent" })}
  >
    ${prefixOf(item.prefix)}
    ${isLive
      ? html`<button type="button" class="n-item-main" @click=${click}>${titles}</button>`
      : html`<div class="n-item-main">${titles}</div>`}
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

type Entry = Node<"key-value-list">["entries"][number];

export function keyValueList(node: Node<"key-value-list">, context: NodeContext): TemplateResult {
  const isFixed = node.disabled || !context.isLive;
  const tell = (entries: readonly Entry[]): void => context.emit(node.id, "change", JSON.stringify(entries));
  const change = (index: number, part: Partial<Entry>): void =>
    tell(node.entries.map((entry, at) => (at === index ? { ...entry, ...part } : entry)));
  return html`<div class="n-field n-entries" role="group" aria-label=${node.label === "" ? context.strings.nodeEntries : node.label.slice(0, 500)}>
    ${node.label === "" ? nothing : html`<span class="n-label">${context.words(node.label)}</span>`}
    ${context
      .take(node.entries)
      .map((entry, index) => entryRow(entry, isFixed, (part) => change(index, part), () => tell(node.entries.filter((_, at) => at !== index)), context))}
    <button
      type="button"
      class="n-button n-text n-default n-size-small"
      ?disabled=${isFixed}
      @click=${() => tell([...node.entries, { key: "", value: "", enabled: true }])}
    >
      <span class="codicon codicon-add" aria-hidden="true"></span><span>${context.words(node["add-label"])}</span>
    </button>
  </div>`;
}

function entryRow(
  entry: Entry,
  isFixed: boolean,
  change: (part: Partial<Entry>) => void,
  remove: () => void,
  context: NodeContext,
): TemplateResult {
  const { strings } = context;
  const field = (name: "key" | "value", label: string): TemplateResult =>
    html`<input
      class="n-entry-field"
      type="text"
      spellcheck="false"
      aria-label=${label}
      placeholder=${label}
      ?readonly=${isFixed}
      .value=${live(context.words(entry[name]))}
      @input=${(event: Event) => change({ [name]: (event.target as HTMLInputElement).value })}
    />`;
  return html`<div class="n-entry">
    <input
      type="checkbox"
      aria-label=${strings.nodeEntryOn}
      ?disabled=${isFixed}
      .checked=${live(entry.enabled)}
      @change=${(event: Event) => change({ enabled: (event.target as HTMLInputElement).checked })}
    />
    ${field("key", strings.nodeEntryKey)} ${field("value", strings.nodeEntryValue)}
    <button type="button" class="n-icon-button" title=${strings.nodeRemove} aria-label=${strings.nodeRemove} ?disabled=${isFixed} @click=${remove}>
      <span class="codicon codicon-close" aria-hidden="true"></span>
    </button>
  </div>`;
}
