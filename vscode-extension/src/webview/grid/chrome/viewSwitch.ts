/** The choice between the ways to look at a document, as a group of radio buttons in one frame. */
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { ViewName } from "../../../shared/fileMemory";
import type { GridStrings, StringKey } from "../../../shared/gridStrings";

const LOOKS: Readonly<Record<ViewName, { readonly icon: string; readonly label: StringKey }>> = {
  table: { icon: "table", label: "viewTable" },
  tree: { icon: "list-tree", label: "viewTree" },
  drawn: { icon: "preview", label: "viewDrawn" },
  raw: { icon: "file-code", label: "viewRaw" },
};

/** Draws nothing where there is no choice. */
export function viewSwitch(
  strings: GridStrings,
  offered: readonly ViewName[],
  current: ViewName,
  choose: (view: ViewName) => void,
): TemplateResult | typeof nothing {
  if (offered.length < 2) {
    return nothing;
  }
  const button = (name: ViewName) =>
    html`<button
      type="button"
      class="view-choice"
      role="radio"
      data-choice=${name}
      aria-checked=${name === current}
      tabindex=${name === current ? 0 : -1}
      @click=${() => choose(name)}
    >
      <span class="codicon codicon-${LOOKS[name].icon}" aria-hidden="true"></span>${strings[LOOKS[name].label]}
    </button>`;
  return html`<span
    class="view-switch"
    role="radiogroup"
    aria-label=${strings.viewSwitch}
    @keydown=${(event: KeyboardEvent) => onKey(event, offered, current, choose)}
    >${offered.map(button)}</span
  >`;
}

/** Arrows choose the next one at once, as in every group of radio buttons. */
function onKey(event: KeyboardEvent, offered: readonly ViewName[], current: ViewName, choose: (view: ViewName) => void): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (by === undefined) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const group = event.currentTarget as HTMLElement;
  const next = offered[(offered.indexOf(current) + by + offered.length) % offered.length] ?? current;
  choose(next);
  group.querySelector<HTMLElement>(`[data-choice=${next}]`)?.focus();
}
