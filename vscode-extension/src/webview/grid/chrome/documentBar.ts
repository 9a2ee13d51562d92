/** What a bar says of a document and offers to do with it, whether it stands below the rows or above them. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type { ViewName } from "../../../shared/fileMemory";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { number } from "../view/frame";
import type { PaneTab } from "../panes/paneArea";
import { iconButton } from "./iconButton";
import type { ViewChoice } from "./viewSwitch";
import { viewSwitch } from "./viewSwitch";

export interface BarState {
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

export interface BarHooks {
  togglePane(tab: PaneTab): void;
  openFind(): void;
  showView(view: ViewName): void;
  /** Lets a person choose among all views of plugins. */
  moreViews(): void;
}

/** Where the views, the counts and the buttons are put. */
export interface DocumentBar {
  readonly element: HTMLElement;
  show(state: BarState): void;
}

/** The choice of a view, and how much there is. */
export function viewsAndCounts(strings: GridStrings, { rows, columns, percent, views, view }: BarState, hooks: BarHooks): TemplateResult {
  const rowText = percent === null ? rowsText(strings, rows) : format(strings.rowsGrowing, number(rows));
  const columnText = columns === 0 ? "" : ` × ${columnsText(strings, columns)}`;
  return html`${viewSwitch(strings, views, view, {
      choose: (name) => hooks.showView(name),
      more: () => hooks.moreViews(),
    })}
    <span class="footer-counts">${rowText}${columnText}</span>
    ${percent === null
      ? nothing
      : html`<span class="footer-progress"
          ><vscode-progress-bar aria-label=${format(strings.indexing, percent)} .value=${percent}></vscode-progress-bar
          ><span>${format(strings.indexing, percent)}</span></span
        >`}`;
}

/** Buttons for finding, searching and the panes. */
export function paneButtons(strings: GridStrings, { problems, pane, findOpen }: BarState, hooks: BarHooks): TemplateResult {
  return html`${iconButton({ icon: "search", label: strings.find, pressed: findOpen, run: () => hooks.openFind() })}
    ${iconButton({
      icon: "go-to-search",
      label: strings.searchAll,
      pressed: pane === "search",
      run: () => hooks.togglePane("search"),
    })}
    ${iconButton({
      icon: "inspect",
      label: strings.cell,
      pressed: pane === "cell",
      run: () => hooks.togglePane("cell"),
    })}
    <button
      type="button"
      class="icon-button problems-button ${problems > 0 ? "some" : ""}"
      title=${problemsText(strings, problems)}
      aria-label=${problemsText(strings, problems)}
      aria-pressed=${pane === "problems"}
      @click=${() => hooks.togglePane("problems")}
    >
      <span class="codicon codicon-warning" aria-hidden="true"></span>
      <span class="problems-count">${problems > 0 ? number(problems) : ""}</span>
    </button>`;
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
