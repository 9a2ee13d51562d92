/** What can be done with a row of the tree besides moving to it: copy, expand much, show the whole value. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { GridCommand, ValueForm } from "../../../shared/messages";
import { toJsonPath } from "../../../shared/paths/jsonPath";
import type { Path, PathSyntax } from "../../../shared/paths/path";
import type { Messenger } from "../../messenger";
import type { Shell } from "../app/shell";
import { ValueCopying } from "../app/valueCopying";
import type { MenuGroups } from "../chrome/contextMenu";
import { oneLine } from "../data/cellText";
import { number } from "../view/frame";
import type { Expanded } from "./expander";
import { Expander, MOST_ROWS } from "./expander";
import { placeOf } from "./kept";
import type { TreeRow } from "./treeModel";
import { canExpand } from "./treeRow";
import type { TreeView } from "./treeView";

/** What is done elsewhere with what is selected in the tree. */
export interface TreeSurroundings {
  toggleBookmark(): void;
  exportSelection(): void;
}

export class TreeActions {
  readonly #view: TreeView;
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #copying: ValueCopying;
  readonly #expander: Expander;
  readonly #around: TreeSurroundings;
  #isExpanding = false;

  constructor(view: TreeView, shell: Shell, strings: GridStrings, messenger: Messenger, around: TreeSurroundings) {
    this.#view = view;
    this.#shell = shell;
    this.#strings = strings;
    this.#messenger = messenger;
    this.#copying = new ValueCopying(shell, strings, messenger);
    this.#around = around;
    this.#expander = new Expander(view.model, view.cache, { progress: (rows) => this.#progress(rows) });
  }

  /** Carries out a command; false for one that the tree does not have. */
  command(command: GridCommand): boolean {
    const row = this.#view.selected;
    switch (command.name) {
      case "copyKey":
        this.copyKey();
        return true;
      case "copyValue":
        this.copyValue(command.form);
        return true;
      case "copyPath":
        this.copyPath(command.syntax);
        return true;
      case "editPath":
        void this.#view.breadcrumb.edit();
        return true;
      case "collapseAll":
        this.collapseAll();
        return true;
      case "expandLevel":
      case "expandAll":
        if (row) {
          void (command.name === "expandAll" ? this.expandAll(row) : this.expandLevel(row));
        }
        return true;
      case "goToStart":
      case "goToEnd":
        this.#view.select(this.#view.model.rowAt(command.name === "goToStart" ? 0 : this.#view.model.rows - 1) ?? null);
        return true;
      default:
        return false;
    }
  }

  expandLevel(row: TreeRow): Promise<void> {
    return this.#expand(this.#expander.level(row.node));
  }

  async expandAll(row: TreeRow): Promise<void> {
    const value = this.#view.valueOf(row);
    if (value && canExpand(value)) {
      await this.#expand(this.#expander.all(row, value));
    }
  }

  /** Collapses everything, but for the one value of a file that has no other. */
  collapseAll(): void {
    const { model, document } = this.#view;
    this.#expander.stop();
    const [only] = model.root.open;
    const isOne = document?.isSingle === true && only !== undefined;
    for (const node of isOne ? [...only.open] : [...model.root.open]) {
      model.collapse(node);
    }
    const { selected } = this.#view;
    this.#view.changed();
    this.#view.select(selected);
  }

  /** Stops what is being expanded; false when nothing is. */
  stop(): boolean {
    const was = this.#isExpanding;
    this.#expander.stop();
    return was;
  }

  copyKey(): void {
    const row = this.#view.selected;
    const value = row && this.#view.valueOf(row);
    if (value) {
      void this.#copying.text(value.key ?? String(value.index));
    }
  }

  copyPath(syntax: PathSyntax): void {
    void this.#copying.path(this.#names, syntax);
  }

  /** Copies what a string says, and of other values their text. */
  copyShown(): void {
    const row = this.#view.selected;
    const isText = row !== null && this.#view.valueOf(row)?.kind === "string";
    this.copyValue(isText ? "decoded" : "source");
  }

  copyValue(form: ValueForm): void {
    const row = this.#view.selected;
    const generation = this.#view.document?.generation;
    if (row && generation !== undefined) {
      void this.#copying.value(generation, placeOf(row), form);
    }
  }

  failed(error: Error, template = "{0}"): void {
    this.#shell.banners.show("copy", { severity: "error", text: format(template, error.message), dismissible: true });
  }

  /** Brings the pane with the whole value and the status bar up to date. */
  follow(row: TreeRow | null): void {
    const strings = this.#strings;
    const { cell, pane } = this.#shell;
    const place = row && this.#view.namesOf(row);
    const status = place ? `${format(strings.problemRow, number(place.record + 1))} ${shortened(toJsonPath(place.path))}` : "";
    this.#shell.selection.show(status);
    if (pane.state.tab !== "cell") {
      return;
    }
    const value = row && this.#view.valueOf(row);
    const generation = this.#view.document?.generation;
    if (!row || !place || !value || generation === undefined) {
      cell.show(null);
      return;
    }
    const { record, path } = placeOf(row);
    const name = value.key === null ? String(row.node.depth < 0 ? value.index + 1 : value.index) : oneLine(value.key);
    const isText = value.kind === "string";
    cell.show({
      id: JSON.stringify([record, path]),
      generation,
      title: path.length === 0 ? format(strings.problemRow, number(record + 1)) : format(strings.cellTitle, name || strings.unnamedKey, number(record + 1)),
      kind: isText ? (value.preview === "" ? "empty" : "text") : value.kind === "string" ? "text" : value.kind,
      text: null,
      read: (start, count) =>
        this.#messenger.request("valueText", { generation, record, path, form: isText ? "decoded" : "source", start, count }),
    });
  }

  openMenu(x: number, y: number): void {
    this.#shell.menu.open(x, y, this.#menu(), () => this.#view.focus());
  }

  #menu(): MenuGroups {
    const strings = this.#strings;
    const row = this.#view.selected;
    const value = row && this.#view.valueOf(row);
    if (!row || !value) {
      return [[{ label: strings.collapseAll, run: () => this.collapseAll() }]];
    }
    const command = navigator.userAgent.includes("Mac") ? "⌘" : "Ctrl+";
    const isNested = value.kind === "object" || value.kind === "array";
    const copy = (label: string, form: ValueForm, keys?: string) => ({ label, ...(keys && { keys }), run: () => this.copyValue(form) });
    return [
      [
        copy(strings.copyValue, value.kind === "string" ? "decoded" : "source", `${command}C`),
        ...(value.kind === "string" ? [copy(strings.copyValueJson, "source")] : []),
        ...(isNested ? [copy(strings.copyValuePretty, "pretty"), copy(strings.copyValueCompact, "compact")] : []),
        ...(value.key === null ? [] : [{ label: strings.copyKey, run: () => this.copyKey() }]),
      ],
      this.#copying.pathItems(() => this.#names),
      [
        ...(canExpand(value) ? [{ label: strings.expandAll, keys: `${command}→`, run: () => void this.expandAll(row) }] : []),
        { label: strings.expandLevel, keys: "*", run: () => void this.expandLevel(row) },
        { label: strings.collapseAll, keys: `${command}←`, run: () => this.collapseAll() },
      ],
      [
        { label: strings.showValue, run: () => this.#shell.pane.open("cell", true) },
        { label: strings.toggleBookmark, run: () => this.#around.toggleBookmark() },
        { label: strings.exportRecord, run: () => this.#around.exportSelection() },
      ],
    ];
  }

  get #names(): Path {
    const row = this.#view.selected;
    return row ? this.#view.namesOf(row).path : [];
  }

  async #expand(work: Promise<Expanded>): Promise<void> {
    const { banners } = this.#shell;
    this.#isExpanding = true;
    this.#view.changed();
    try {
      const ended = await work;
      banners.hide("tree");
      if (ended === "limit") {
        const text = format(this.#strings.expandLimit, number(MOST_ROWS));
        banners.show("tree", { severity: "info", text, dismissible: true });
      }
    } catch (error) {
      banners.hide("tree");
      this.failed(error instanceof Error ? error : new Error(String(error)), this.#strings.childrenFailed);
    } finally {
      this.#isExpanding = false;
      this.#view.changed();
    }
  }

  #progress(rows: number): void {
    this.#view.changed();
    const actions = [{ title: this.#strings.stop, run: () => this.#expander.stop() }];
    this.#shell.banners.show("tree", { severity: "info", text: format(this.#strings.expanding, number(rows)), busy: true, actions });
  }
}

/** The status bar has no room for more. */
function shortened(text: string): string {
  return text.length > 80 ? `…${text.slice(-79)}` : text;
}
