/** One of many options, found by typing: a field with a list below it, of which only what is in sight is drawn. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { ref } from "lit/directives/ref.js";
import type { Drawn, Kept, NodeContext } from "./context";
import { labelOf, matching, type Option } from "./options";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";
import { rowsInSight, type RowsInSight } from "./windowed";

const HEIGHT = 24;

interface ComboState {
  readonly isOpen: boolean;
  /** What is typed; null while the chosen option is shown. */
  readonly query: string | null;
  /** The option that Enter takes, by its place among those that match. */
  readonly active: number;
}

const CLOSED: ComboState = { isOpen: false, query: null, active: -1 };

export function combobox(node: Node<"select">, label: string, context: NodeContext): TemplateResult {
  const state = context.keep<ComboState>("select", node.id, CLOSED);
  const { isOpen, query, active } = state.value;
  const options = isOpen ? matching(node.options, query ?? "") : [];
  const list = context.domId("list");
  const choose = (option: Option): void => {
    state.set(CLOSED);
    context.emit(node.id, "change", option.value);
  };
  const type = (text: string): void => {
    state.set({ isOpen: true, query: text, active: text === "" ? -1 : 0 });
    context.emit(node.id, "search", text);
  };
  return html`<input
      type="text"
      role="combobox"
      autocomplete="off"
      spellcheck="false"
      aria-label=${node.label === "" ? (node.prefix_label ?? context.strings.nodeChoice) : node.label}
      aria-expanded=${isOpen}
      aria-controls=${isOpen ? list : nothing}
      aria-autocomplete="list"
      aria-activedescendant=${isOpen && options[active] ? `${list}-${active}` : nothing}
      .value=${live(query ?? label)}
      @input=${(event: InputEvent) => type((event.target as HTMLInputElement).value)}
      @click=${(event: Event) => open(event, state, node)}
      @blur=${() => isOpen && state.set(CLOSED)}
      @keydown=${(event: KeyboardEvent) => onKey(event, state, node, options, choose)}
    /><span class="codicon codicon-chevron-down" aria-hidden="true"></span>
    ${isOpen ? listbox(options, active, list, choose, context) : nothing}`;
}

function listbox(options: readonly Option[], active: number, id: string, choose: (option: Option) => void, context: NodeContext): TemplateResult {
  const draw = ({ first, last, above, below }: RowsInSight): Drawn =>
    html`<div class="n-gap" role="none" ${styled({ height: px(above) })}></div>
      ${options.slice(first, last + 1).map((option, at) => {
        const index = first + at;
        return html`<div
          class="n-option ${index === active ? "n-active" : ""}"
          role="option"
          id="${id}-${index}"
          aria-selected=${index === active}
          aria-posinset=${index + 1}
          aria-setsize=${options.length}
          @click=${() => choose(option)}
        >
          ${context.words(labelOf(option), 500)}
        </div>`;
      })}
      <div class="n-gap" role="none" ${styled({ height: px(below) })}></div>`;
  const reveal = active < 0 ? {} : { reveal: active };
  // The field keeps the focus while something in the list is pressed.
  return html`<div
    class="n-listbox n-window"
    popover="manual"
    ${ref(show)}
    data-own-scroll
    role="listbox"
    id=${id}
    aria-label=${context.strings.nodeChoice}
    @pointerdown=${(event: Event) => event.preventDefault()}
    @mousedown=${(event: Event) => event.preventDefault()}
  >
    ${options.length === 0
      ? html`<div class="n-note" role="option" aria-selected="false" aria-disabled="true">${context.strings.nodeNoMatch}</div>`
      : rowsInSight({ context, count: options.length, height: HEIGHT, ...reveal, top: 0, scrolled: () => undefined, draw })}
  </div>`;
}

/** Over everything, dialogs included; where it is, is for the style to say. */
function show(element: Element | undefined): void {
  queueMicrotask(() => {
    if (element instanceof HTMLElement && element.isConnected && "showPopover" in element && !element.matches(":popover-open")) {
      element.showPopover();
    }
  });
}

/** All options are offered at first, and the text is marked so that typing takes its place. */
function open(event: Event, state: Kept<ComboState>, node: Node<"select">): void {
  if (!state.value.isOpen) {
    (event.target as HTMLInputElement).select();
    state.set({ isOpen: true, query: null, active: node.options.findIndex(({ value }) => value === node.value) });
  }
}

function onKey(
  event: KeyboardEvent,
  state: Kept<ComboState>,
  node: Node<"select">,
  options: readonly Option[],
  choose: (option: Option) => void,
): void {
  const { isOpen, active } = state.value;
  const go = (to: number): void => state.set({ ...state.value, active: Math.max(0, Math.min(options.length - 1, to)) });
  const taken = options[active];
  if (event.isComposing) {
    return;
  }
  if (!isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp" || event.key === "Enter")) {
    open(event, state, node);
  } else if (isOpen && event.key === "ArrowDown") {
    go(active + 1);
  } else if (isOpen && event.key === "ArrowUp") {
    go(active - 1);
  } else if (isOpen && event.key === "PageDown") {
    go(active + 8);
  } else if (isOpen && event.key === "PageUp") {
    go(active - 8);
  } else if (isOpen && event.key === "Enter" && taken !== undefined) {
    choose(taken);
  } else if (isOpen && event.key === "Escape") {
    state.set(CLOSED);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}
