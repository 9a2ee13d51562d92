/** Choosing one or several of some options. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { combobox } from "./combobox";
import type { NodeContext } from "./context";
import { icon } from "./icons";
import { labelOf, type Option } from "./options";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";


export function select(node: Node<"select">, context: NodeContext): TemplateResult {
  const current = node.options.find(({ value }) => value === node.value);
  const label = context.words(current ? labelOf(current) : node.value, 500);
  return html`<div class="n-field n-select" ${styled({ width: px(node.width) })}>
    <div class="n-box n-size-${node.size.toLowerCase()}">
      ${node.icon === undefined ? nothing : icon(node.icon, { color: node["icon-color"] })}
      ${node.prefix_label === undefined ? nothing : html`<span class="n-muted">${context.words(node.prefix_label)}</span>`}
      ${node.searchable && context.isLive ? combobox(node, label, context) : plainSelect(node, current, context)}
    </div>
  </div>`;
}

function plainSelect(node: Node<"select">, current: Option | undefined, context: NodeContext): TemplateResult {
  return html`<select
    aria-label=${node.label === "" ? (node.prefix_label ?? context.strings.nodeChoice) : node.label}
    ?disabled=${!context.isLive}
    @change=${(event: Event) => context.emit(node.id, "change", (event.target as HTMLSelectElement).value)}
  >
    ${current ? nothing : html`<option value=${node.value} selected disabled>${context.words(node.value)}</option>`}
    ${context.take(node.options).map(
      (option) =>
        html`<option value=${option.value} .selected=${live(option.value === node.value)}>${context.words(labelOf(option), 500)}</option>`,
    )}
  </select>`;
}

export function multiSelect(node: Node<"multi-select">, context: NodeContext): TemplateResult {
  const chosen = new Set(node.value);
  const open = context.keep("multi-select", node.id, false);
  const flip = (value: string): void => {
    const values = chosen.has(value) ? node.value.filter((each) => each !== value) : [...node.value, value];
    context.emit(node.id, "change", JSON.stringify(values));
  };
  return html`<div class="n-field n-multi-select" ${styled({ width: px(node.width) })}>
    ${node.label === "" ? nothing : html`<span class="n-label" id=${context.domId("label")}>${context.words(node.label)}</span>`}
    <details
      .open=${open.value}
      @toggle=${(event: Event) => open.set((event.currentTarget as HTMLDetailsElement).open, true)}
      @keydown=${(event: KeyboardEvent) => closeOnEscape(event)}
    >
      <summary class="n-box n-size-${node.size.toLowerCase()}">
        <span>${summary(node, context)}</span><span class="codicon codicon-chevron-down" aria-hidden="true"></span>
      </summary>
      <div class="n-options" role="group" aria-labelledby=${node.label === "" ? nothing : context.domId("label")}>
        ${context.take(node.options).map((option) => checkOption(option, chosen.has(option.value), node.disabled, flip, context))}
      </div>
    </details>
  </div>`;
}

function closeOnEscape(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key === "Escape" && details.open) {
    event.preventDefault();
    event.stopPropagation();
    details.open = false;
    details.querySelector("summary")?.focus();
  }
}

function checkOption(
  option: Option,
  isChosen: boolean,
  isDisabled: boolean,
  flip: (value: string) => void,
  context: NodeContext,
): TemplateResult {
  return html`<label class="n-check">
    <input type="checkbox" .checked=${live(isChosen)} ?disabled=${isDisabled || !context.isLive} @change=${() => flip(option.value)} />
    <span>${context.words(labelOf(option), 500)}</span>
  </label>`;
}

/** "2 columns", or the labels while they are few. */
function summary(node: Node<"multi-select">, context: NodeContext): string {
  const { value, item_noun: noun, item_noun_plural: plural } = node;
  if (noun !== undefined && value.length > 0) {
    return context.words(`${value.length} ${value.length === 1 ? noun : (plural ?? `${noun}s`)}`, 500);
  }
  const labels = node.options.filter((option) => value.includes(option.value)).map(labelOf);
  return labels.length === 0 ? context.strings.nodeNothingChosen : context.words(labels.join(", "), 500);
}

export function radio(node: Node<"radio">, context: NodeContext): TemplateResult {
  const name = context.domId("radio");
  return html`<fieldset class="n-radio" ?disabled=${node.disabled || !context.isLive}>
    ${node.label === "" ? nothing : html`<legend class="n-label">${context.words(node.label)}</legend>`}
    ${context.take(node.options).map(
      (option) =>
        html`<label class="n-check">
          <input
            type="radio"
            name=${name}
            .checked=${live(option.value === node.value)}
            @change=${() => context.emit(node.id, "change", option.value)}
          />
          <span>${context.words(labelOf(option), 500)}</span>
        </label>`,
    )}
  </fieldset>`;
}

export function buttonGroup(node: Node<"button-group">, context: NodeContext): TemplateResult {
  return html`<div class="n-button-group" role="group" aria-label=${node["aria-label"] || nothing}>
    ${context.take(node.items).map(
      (item) =>
        html`<button
          type="button"
          class="n-segment"
          aria-pressed=${item.value === node.active}
          ?disabled=${!context.isLive}
          @click=${() => context.emit(node.id, "change", item.value)}
        >
          ${item.icon === undefined ? nothing : icon(item.icon)}${context.words(item.label, 500)}
        </button>`,
    )}
  </div>`;
}
