/** Lists of names with values, to be changed. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import type { NodeContext } from "./context";
import { fieldText } from "./fieldText";
import type { Node } from "./schema/kinds";

type Entry = Node<"key-value-list">["entries"][number];

export function keyValueList(node: Node<"key-value-list">, context: NodeContext): TemplateResult {
  const isFixed = node.disabled || !context.isLive;
  const tell = (entries: readonly Entry[]): void => context.emit(node.id, "change", JSON.stringify(entries));
  // What was typed a moment ago is in no tree yet.
  const typed = (): readonly Entry[] =>
    node.entries.map((entry, at) => ({ ...entry, key: context.draft(node.id, `${at} key`).text, value: context.draft(node.id, `${at} value`).text }));
  const change = (index: number, part: Partial<Entry>): void =>
    tell(typed().map((entry, at) => (at === index ? { ...entry, ...part } : entry)));
  return html`<div class="n-field n-entries" role="group" aria-label=${node["aria-label"] || node.label.slice(0, 500) || context.strings.nodeEntries}>
    ${node.label === "" ? nothing : html`<span class="n-label">${context.words(node.label)}</span>`}
    ${context
      .take(node.entries)
      .map((entry, index) => entryRow(entry, node.id, index, isFixed, (part) => change(index, part), () => tell(typed().filter((_, at) => at !== index)), context))}
    <button
      type="button"
      class="n-button n-text n-default n-size-small"
      ?disabled=${isFixed}
      @click=${() => tell([...typed(), { key: "", value: "", enabled: true }])}
    >
      <span class="codicon codicon-add" aria-hidden="true"></span><span>${context.words(node["add-label"])}</span>
    </button>
  </div>`;
}

function entryRow(
  entry: Entry,
  id: string,
  index: number,
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
      ${fieldText({
        draft: context.draft(id, `${index} ${name}`),
        said: entry[name],
        pending: undefined,
        tell: (text) => change({ [name]: text }),
      })}
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
