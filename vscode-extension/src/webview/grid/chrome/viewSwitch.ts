/** The choice between the ways to look at a document, as a group of radio buttons in one frame. */
import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { OwnView, ViewName } from "../../../shared/fileMemory";
import type { GridStrings, StringKey } from "../../../shared/gridStrings";

/** One of the views there are. */
export interface ViewChoice {
  readonly name: ViewName;
  /** What a plugin calls it; absent for our own. */
  readonly label?: string | undefined;
}

export interface ViewSwitchHooks {
  choose(view: ViewName): void;
  /** Lets a person choose among all that plugins draw. */
  more(): void;
}

const LOOKS: Readonly<Record<OwnView, { readonly icon: string; readonly label: StringKey }>> = {
  table: { icon: "table", label: "viewTable" },
  tree: { icon: "list-tree", label: "viewTree" },
  drawn: { icon: "preview", label: "viewDrawn" },
  raw: { icon: "file-code", label: "viewRaw" },
};
const PLUGIN_ICON = "layout";
/** So many of plugins have a button of their own; more of them are behind one. */
const MOST_OF_PLUGINS = 2;

/** Draws nothing where there is no choice. */
export function viewSwitch(
  strings: GridStrings,
  offered: readonly ViewChoice[],
  current: ViewName,
  hooks: ViewSwitchHooks,
): TemplateResult | typeof nothing {
  if (offered.length < 2) {
    return nothing;
  }
  const shown = withButtons(offered, current);
  const button = ({ name, label }: ViewChoice) => {
    const own = isOwn(name) ? LOOKS[name] : undefined;
    return html`<button
      type="button"
      class="view-choice"
      role="radio"
      data-choice=${name}
      aria-checked=${name === current}
      tabindex=${name === current ? 0 : -1}
      title=${own ? nothing : (label ?? name)}
      @click=${() => hooks.choose(name)}
    >
      <span class="codicon codicon-${own?.icon ?? PLUGIN_ICON}" aria-hidden="true"></span
      ><span class="view-label">${own ? strings[own.label] : (label ?? name)}</span>
    </button>`;
  };
  return html`<span
      class="view-switch"
      role="radiogroup"
      aria-label=${strings.viewSwitch}
      @keydown=${(event: KeyboardEvent) => onKey(event, shown, current, hooks)}
      >${shown.map(button)}</span
    >${shown.length < offered.length
      ? html`<button type="button" class="icon-button view-more" title=${strings.renderersMore} aria-label=${strings.renderersMore} @click=${() => hooks.more()}>
          <span class="codicon codicon-ellipsis" aria-hidden="true"></span>
        </button>`
      : nothing}`;
}

/** Those that get a button: all of our own, the one that is shown, and the first of plugins. */
export function withButtons(offered: readonly ViewChoice[], current: ViewName): readonly ViewChoice[] {
  let left = offered.some(({ name }) => name === current && !isOwn(name)) ? MOST_OF_PLUGINS - 1 : MOST_OF_PLUGINS;
  return offered.filter(({ name }) => isOwn(name) || name === current || left-- > 0);
}

function isOwn(name: ViewName): name is OwnView {
  return name in LOOKS;
}

/** Arrows choose the next one at once, as in every group of radio buttons. */
function onKey(event: KeyboardEvent, shown: readonly ViewChoice[], current: ViewName, hooks: ViewSwitchHooks): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (by === undefined) {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  const group = event.currentTarget as HTMLElement;
  const at = shown.findIndex(({ name }) => name === current);
  const next = shown[(at + by + shown.length) % shown.length]?.name ?? current;
  hooks.choose(next);
  [...group.querySelectorAll<HTMLElement>("[data-choice]")].find(({ dataset }) => dataset["choice"] === next)?.focus();
}
