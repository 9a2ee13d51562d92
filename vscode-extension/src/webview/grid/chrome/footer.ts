/** The line below the grid: how much there is, how far it has been read, and the ways to more. */
import { html, nothing, render } from "lit";
import type { ViewName } from "../../../shared/fileMemory";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { number } from "../view/frame";
import type { PaneTab } from "../panes/paneArea";
import { iconButton } from "./iconButton";
import type { ViewChoice } from "./viewSwitch";
import { viewSwitch } from "./viewSwitch";

export interface FooterState {
  readonly rows: number;
  readonly columns: number;
  /** Percent of the file read, null when all of it has been. */
  readonly percent: number | null;
  readonly problems: number;
  readonly pane: PaneTab | null;
  readonly findOpen: boolean;
  /** The views there are, and the one that is shown. */
  readonly views: readonly ViewChoice[];
  readonly view: ViewName;
}

export interface FooterHooks {
  togglePane(tab: PaneTab): void;
  openFind(): void;
  showView(view: ViewName): void;
  /** Lets a person choose among all views of plugins. */
  moreViews(): void;
}

export class Footer {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #hooks: FooterHooks;

  constructor(strings: GridStrings, hooks: FooterHooks) {
    this.#strings = strings;
    this.#hooks = hooks;
    this.element = document.createElement("div");
    this.element.className = "footer";
  }

  show(state: FooterState): void {
    render(this.#content(state), this.element);
  }

  #content({ rows, columns, percent, problems, pane, findOpen, views, view }: FooterState) {
    const strings = this.#strings;
    const rowText = percent === null ? rowsText(strings, rows) : format(strings.rowsGrowing, number(rows));
    const columnText = columns === 0 ? "" : ` × ${columnsText(strings, columns)}`;
    return html`${viewSwitch(strings, views, view, {
        choose: (name) => this.#hooks.showView(name),
        more: () => this.#hooks.moreViews(),
      })}
      <span class="footer-counts">${rowText}${columnText}</span>
      ${percent === null
        ? nothing
        : html`<span class="footer-progress"
            ><vscode-progress-bar aria-label=${format(strings.indexing, percent)} .value=${percent}></vscode-progress-bar
            ><span>${format(strings.indexing, percent)}</span></span
          >`}
      <span class="spring"></span>
      ${iconButton({ icon: "search", label: strings.find, pressed: findOpen, run: () => this.#hooks.openFind() })}
      ${iconButton({
        icon: "go-to-search",
        label: strings.searchAll,
        pressed: pane === "search",
        run: () => this.#hooks.togglePane("search"),
      })}
      ${iconButton({
        icon: "inspect",
        label: strings.cell,
        pressed: pane === "cell",
        run: () => this.#hooks.togglePane("cell"),
      })}
      <button
        type="button"
        class="icon-button problems-button ${problems > 0 ? "some" : ""}"
        title=${problemsText(strings, problems)}
        aria-label=${problemsText(strings, problems)}
        aria-pressed=${pane === "problems"}
        @click=${() => this.#hooks.togglePane("problems")}
      >
        <span class="codicon codicon-warning" aria-hidden="true"></span>
        <span class="problems-count">${problems > 0 ? number(problems) : ""}</span>
      </button>`;
  }
}

/** "1 row", "2,000 rows". */
export function rowsText(strings: GridStrings, rows: number): string {
  return rows === 1 ? strings.oneRow : format(strings.rows, number(rows));
}

/** "1 column", "12 columns". */
export function columnsText(strings: GridStrings, columns: number): string {
  return columns === 1 ? strings.oneColumn : format(strings.columns, number(columns));
}

function problemsText(strings: GridStrings, problems: number): string {
  if (problems === 0) {
    return strings.problems;
  }
  return problems === 1 ? strings.oneProblem : format(strings.problemsCount, number(problems));
}
