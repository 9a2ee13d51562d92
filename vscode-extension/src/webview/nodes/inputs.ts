/**
 * Fields a person types into or switches. They are the browser's own controls in the editor's colours: those keep caret
 * and composition while a plugin draws its tree anew, and screen readers know them.
 */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { ref } from "lit/directives/ref.js";
import type { NodeContext } from "./context";
import { fieldText, type FieldText } from "./fieldText";
import { firstFocus } from "./firstFocus";
import { icon } from "./icons";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

export function toggle(node: Node<"toggle">, context: NodeContext): TemplateResult {
  return html`<button
    type="button"
    class="n-switch"
    role="switch"
    aria-checked=${node.enabled}
    aria-label=${node.hover_text ?? context.strings.nodeSwitch}
    title=${node.hover_text ?? nothing}
    ?disabled=${node.disabled || !context.isLive}
    @click=${() => context.emit(node.id, "change", String(!node.enabled))}
  >
    <span class="n-knob"></span>
  </button>`;
}

export function checkbox(node: Node<"checkbox">, context: NodeContext): TemplateResult {
  return html`<label class="n-check">
    <input
      type="checkbox"
      .checked=${live(node.checked)}
      .indeterminate=${live(node.indeterminate)}
      ?disabled=${node.disabled || !context.isLive}
      @change=${(event: Event) => context.emit(node.id, "change", String((event.target as HTMLInputElement).checked))}
    />
    <span>${context.words(node.label)}</span>
  </label>`;
}

export function input(node: Node<"input">, context: NodeContext): TemplateResult {
  const styles = { width: px(node.desired_width) };
  const problem = context.domId("error");
  return html`<div class="n-field ${node.grow ? "n-grow" : ""} ${node.error === undefined ? "" : "n-invalid"}" ${styled(styles)}>
    ${fieldLabel(context.domId("field"), node.label, node.required, context)}
    <div class="n-box n-size-${node.size.toLowerCase()}">
      ${node.icon === undefined ? nothing : icon(node.icon)} ${node.multiline ? area(node, problem, context) : line(node, problem, context)}
    </div>
    ${node.error === undefined ? nothing : html`<div class="n-error-text" id=${problem}>${context.words(node.error)}</div>`}
  </div>`;
}

/** A label above a field; without a text there is none. */
export function fieldLabel(id: string, label: string, isRequired: boolean, context: NodeContext): TemplateResult | typeof nothing {
  return label === ""
    ? nothing
    : html`<label class="n-label" for=${id}>${context.words(label)}${isRequired ? html`<span class="n-required" aria-hidden="true"> *</span>` : nothing}</label>`;
}

function line(node: Node<"input">, problem: string, context: NodeContext): TemplateResult {
  const shown = context.revealed;
  return html`<input
      id=${context.domId("field")}
      class=${node.mono ? "n-mono" : ""}
      type=${node.password && !shown.value ? "password" : "text"}
      autocomplete="off"
      spellcheck="false"
      placeholder=${node.placeholder}
      aria-label=${spoken(node, context)}
      aria-required=${node.required}
      aria-invalid=${node.error !== undefined}
      aria-describedby=${node.error === undefined ? nothing : problem}
      ?disabled=${node.disabled}
      ?readonly=${!context.isLive}
      ${fieldText(textOf(node, context))}
      ${firstFocus(node.focus)}
      @keydown=${(event: KeyboardEvent) => submit(event, node.id, context)}
    />${node.password
      ? html`<button
          type="button"
          class="n-icon-button"
          aria-pressed=${shown.value}
          title=${context.strings.nodeReveal}
          aria-label=${context.strings.nodeReveal}
          @click=${() => shown.set(!shown.value)}
        >
          <span class="codicon codicon-${shown.value ? "eye-closed" : "eye"}" aria-hidden="true"></span>
        </button>`
      : nothing}`;
}

function area(node: Node<"input">, problem: string, context: NodeContext): TemplateResult {
  return html`<textarea
    id=${context.domId("field")}
    class=${node.mono ? "n-mono" : ""}
    rows=${Math.round(node.rows)}
    spellcheck="false"
    placeholder=${node.placeholder}
    aria-label=${spoken(node, context)}
    aria-required=${node.required}
    aria-invalid=${node.error !== undefined}
    aria-describedby=${node.error === undefined ? nothing : problem}
    ?disabled=${node.disabled}
    ?readonly=${!context.isLive}
    ${fieldText(textOf(node, context))}
      ${firstFocus(node.focus)}
  ></textarea>`;
}

/** The name of a field that has none beside it. */
function spoken(node: Node<"input">, { strings }: NodeContext): string | typeof nothing {
  return node["aria-label"] || (node.label === "" ? node.placeholder || strings.nodeField : nothing);
}

function textOf({ id, value }: Node<"input">, context: NodeContext): FieldText {
  return { draft: context.draft(id), said: value, pending: context.pending(id), tell: (text) => context.emit(id, "change", text) };
}

function submit(event: KeyboardEvent, id: string, context: NodeContext): void {
  if (event.key === "Enter" && !event.isComposing) {
    context.emit(id, "submit", (event.target as HTMLInputElement).value);
  }
}

export function numberInput(node: Node<"number-input">, context: NodeContext): TemplateResult {
  return html`<div class="n-field">
    ${fieldLabel(context.domId("field"), node.label, false, context)}
    <div class="n-box n-size-medium">
      <input
        id=${context.domId("field")}
        type="number"
        aria-label=${node.label === "" ? context.strings.nodeNumber : nothing}
        min=${node.min ?? nothing}
        max=${node.max ?? nothing}
        step=${node.step === 0 ? "any" : node.step}
        ?disabled=${node.disabled}
        ?readonly=${!context.isLive}
        ${fieldText(numberText(node, context))}
      />
      ${node.unit === undefined ? nothing : html`<span class="n-muted">${context.words(node.unit)}</span>`}
    </div>
  </div>`;
}

/** A field that holds no number yet, such as a lone minus, is left alone. */
function numberText({ id, value }: Node<"number-input">, context: NodeContext): FieldText {
  return {
    draft: context.draft(id),
    said: String(value),
    pending: context.pending(id),
    isSame: (one, other) => other !== "" && Number(one) === Number(other),
    tell: (text) => {
      if (text !== "" && Number.isFinite(Number(text))) {
        context.emit(id, "change", text);
      }
    },
  };
}

export function slider(node: Node<"slider">, context: NodeContext): TemplateResult {
  // The bounds first: the browser fits a value into those it has.
  const set = (element: Element | undefined): void => {
    if (element instanceof HTMLInputElement && element.value !== String(node.value)) {
      element.value = String(node.value);
    }
  };
  return html`<div class="n-field n-slider">
    ${fieldLabel(context.domId("field"), node.label, false, context)}
    <div class="n-slider-line">
      <input
        id=${context.domId("field")}
        type="range"
        aria-label=${node.label === "" ? context.strings.nodeNumber : nothing}
        min=${node.min}
        max=${node.max}
        step="any"
        ?disabled=${node.disabled || !context.isLive}
        @input=${(event: Event) => context.emit(node.id, "change", (event.target as HTMLInputElement).value)}
        ${ref(set)}
      />
      <span class="n-caption">${shortNumber(node.value)}</span>
    </div>
  </div>`;
}

function shortNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
