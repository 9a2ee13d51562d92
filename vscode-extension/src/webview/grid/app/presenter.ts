/** What the window shows for a document: rows or something in their place, how much there is, how far it has been read. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { StateView } from "../chrome/stateView";
import type { GridDocument } from "./gridDocument";
import type { Shell } from "./shell";

/** Brings everything around the rows up to date; `document` is null while none is open. */
export function present(shell: Shell, strings: GridStrings, document: GridDocument | null, serverGone: boolean): void {
  if (document && document.freshness !== "gone") {
    showEmptiness(shell.stateView, strings, document);
  }
  const kind = shell.stateView.element.hidden ? "grid" : (shell.stateView.element.dataset["kind"] ?? "");
  const showsGrid = document !== null && (kind === "grid" || kind === "noRows");
  const isStale = showsGrid && (document.freshness !== "current" || serverGone);
  const { root } = shell.grid.dom;
  shell.views.setVisible(showsGrid);
  root.setAttribute("aria-label", format(strings.gridLabel, document?.fileName ?? ""));
  root.setAttribute("aria-busy", String(isStale));
  shell.root.classList.toggle("stale", isStale);
  shell.bar.element.hidden = !showsGrid;
  expose(shell.root.dataset, document, kind, isStale);
  shell.root.dataset["showing"] = shell.views.current?.name ?? "";
  if (document) {
    shell.bar.show({
      rows: document.knownRows,
      columns: document.columns.length,
      percent: document.percent,
      problems: document.problems,
      pane: shell.pane.state.tab,
      findOpen: shell.findBar.isOpen,
      views: shell.views.offered.map((name) => ({ name, label: shell.views.get(name)?.label })),
      view: shell.views.current?.name ?? "table",
    });
    shell.pane.draw();
  }
}

function showEmptiness(stateView: StateView, strings: GridStrings, document: GridDocument): void {
  if (document.isEmptyFile) {
    stateView.show({ kind: "empty", icon: "file", title: strings.emptyFile });
  } else if (document.hasNoRows) {
    stateView.show({ kind: "noRows", icon: "table", title: strings.noRows });
  } else {
    stateView.hide();
  }
}

/** Facts for the tests in a real editor, as data attributes. */
function expose(dataset: DOMStringMap, document: GridDocument | null, kind: string, isStale: boolean): void {
  dataset["state"] = document ? (isStale ? "stale" : "ready") : kind === "failed" ? "failed" : "opening";
  dataset["view"] = kind;
  dataset["rowsTotal"] = String(document?.knownRows ?? 0);
  dataset["indexing"] = String(document?.isIndexing ?? false);
  dataset["generation"] = String(document?.generation ?? 0);
  dataset["problems"] = String(document?.problems ?? 0);
  dataset["freshness"] = document?.freshness ?? "";
}
