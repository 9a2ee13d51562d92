/** The tree as one of the ways to look at a document: records, and the values inside them as far as they are expanded. */
import type * as P from "../../../generated/protocol";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { GridCommand } from "../../../shared/messages";
import type { Path } from "../../../shared/paths/path";
import type { Messenger } from "../../messenger";
import type { GridDocument } from "../app/gridDocument";
import type { DocumentView, Opening, Place } from "../app/views";
import type { ProblemList } from "../data/problemList";
import type { RecordFilter } from "../data/recordOrder";
import { AllRecords } from "../data/recordOrder";
import type { Metrics } from "../view/metrics";
import { Breadcrumb } from "./breadcrumb";
import { ChildCache } from "./childCache";
import { ChildLoader, hasNoChildren } from "./childLoader";
import { FirstRecord } from "./firstRecord";
import { keptTree, placeOf, readKept, restoreTree } from "./kept";
import { pathTo } from "./rowPaths";
import { Travel } from "./travel";
import { buildTreeDom } from "./treeDom";
import { recordsAmong, treeFrame } from "./treeFrame";
import type { TreeNode, TreeRow } from "./treeModel";
import { TreeModel } from "./treeModel";
import type { TreeFrame } from "./treeRow";
import { canExpand, isSameRow } from "./treeRow";
import { TreeScreen } from "./treeScreen";

export interface TreeHooks {
  metrics(): Metrics;
  /** Another row is selected, or it has got its text: the pane, the status bar and what is kept follow. */
  selected(row: TreeRow | null): void;
  /** The file was found to have changed while children were asked for. */
  fileChanged(message: string): void;
  isBookmarked(place: Place): boolean;
  readonly malformed: ProblemList;
  copyPath(): void;
  /** Another pane is shown, or it has another size. */
  paneChanged(): void;
  /** Goes to a value in a way that can be taken back. */
  jump(record: number, path: Path): void;
  command(command: GridCommand): boolean;
  /** Something a person asked for could not be done. */
  failed(error: Error): void;
}

/** Moving quickly over rows should not fetch each. */
const REST_MS = 70;

export class TreeView implements DocumentView {
  readonly name = "tree";
  readonly model = new TreeModel();
  readonly cache: ChildCache;
  readonly screen: TreeScreen;
  readonly breadcrumb: Breadcrumb;
  readonly dom: ReturnType<typeof buildTreeDom>;
  readonly #strings: GridStrings;
  readonly #hooks: TreeHooks;
  readonly #travel: Travel;
  readonly #first = new FirstRecord(this, (row) => this.#put(this.#selected ?? row, "nearest"));
  #document: GridDocument | null = null;
  #filter: RecordFilter | null = null;
  #selected: TreeRow | null = null;
  #restTimer = 0;
  /** Where to scroll to as soon as there are as many rows again. */
  #keptTop: number | null = null;
  /** What was last known of the selected row. */
  #seen: P.Summary | null = null;

  constructor(strings: GridStrings, messenger: Messenger, hooks: TreeHooks) {
    this.#strings = strings;
    this.#hooks = hooks;
    this.#travel = new Travel(this, strings, messenger);
    this.breadcrumb = new Breadcrumb(strings, {
      goUp: (length) => {
        this.select(this.#travel.up(length));
        this.focus();
      },
      goTo: async (record, steps) => {
        hooks.jump(record, await this.#travel.typed(record, steps));
      },
      copyPath: () => hooks.copyPath(),
      closed: () => this.focus(),
    });
    this.dom = buildTreeDom(this.breadcrumb.element);
    const loader = new ChildLoader(messenger, { document: () => this.#document, fileChanged: (message) => hooks.fileChanged(message) });
    this.cache = new ChildCache((node, start, count) => loader.load(node, start, count), {
      known: (node) => (node === this.model.root ? (this.#document?.knownRows ?? 0) : node.own),
      changed: () => this.#travel.isUnderWay || this.changed(),
      counted: (node, count, isAll) => this.model.setCount(node, count, isAll),
      failed: (node, error) => this.#failed(node, error),
    });
    this.screen = new TreeScreen(this.dom, this.model, {
      frame: () => this.#frame(),
      drawn: (rows) => this.#drawn(rows),
      scrolled: () => {
        this.#keptTop = null;
        hooks.selected(this.selected);
      },
    });
    this.screen.setMetrics(hooks.metrics());
  }

  get element(): HTMLElement {
    return this.dom.element;
  }

  get document(): GridDocument | null {
    return this.#document;
  }

  /** The selected row, or the one around it where that is not in the tree any more. */
  get selected(): TreeRow | null {
    let row = this.#selected;
    while (row?.node.parent && !this.model.isShown(row.node)) {
      row = { node: row.node.parent, index: row.node.index };
    }
    return row && row.node.depth < 0 && !this.model.order.shows(row.index) ? null : row;
  }

  suits(): boolean {
    return true;
  }

  open(document: GridDocument, { kept }: Opening): void {
    const isFirst = this.#document === null;
    const state = readKept(kept);
    this.#keptTop = state ? state.top : isFirst ? null : this.screen.top;
    this.#document = document;
    this.#filter = null;
    this.#travel.stop();
    this.cache.reset();
    if (state) {
      this.#selected = restoreTree(this.model, state);
    }
    this.#first.isWanted = isFirst && !state;
    this.dom.root.setAttribute("aria-label", format(this.#strings.treeLabel, document.fileName));
    this.progressed(document);
    this.#selectionChanged();
  }

  progressed(document: GridDocument): void {
    this.cache.setServed(document.isServed);
    this.cache.setReading(document.isIndexing);
    this.model.setOrder(this.#filter ?? new AllRecords(document.knownRows));
    this.changed();
    if (this.#keptTop !== null) {
      this.screen.setTop(this.#keptTop);
      this.#keptTop = document.isIndexing ? this.#keptTop : null;
    }
    this.#first.expand(document);
  }

  shown(): void {
    this.screen.relayout();
    this.#first.expand(this.#document);
    this.#selectionChanged();
  }

  hidden(): void {
    window.clearTimeout(this.#restTimer);
  }

  focus(): void {
    this.dom.root.focus({ preventScroll: true });
  }

  reveal(record: number, path: Path, focus: boolean): void {
    this.#travel.to(record, path).then(
      (row) => {
        if (row) {
          this.#put(row, "center");
        }
        if (focus) {
          this.focus();
        }
      },
      (error: unknown) => this.#hooks.failed(error instanceof Error ? error : new Error(String(error))),
    );
  }

  get place(): Place | null {
    const { selected } = this;
    return selected && this.placeOf(selected);
  }

  showOnly(filter: RecordFilter | null): void {
    this.#filter = filter;
    if (this.#document) {
      this.progressed(this.#document);
    }
  }

  command(command: GridCommand): boolean {
    return this.#hooks.command(command);
  }

  paneChanged(): void {
    this.#hooks.paneChanged();
  }

  problemsChanged(): void {
    this.screen.invalidate();
  }

  themeChanged(): void {
    this.screen.setMetrics(this.#hooks.metrics());
  }

  keep(): unknown {
    return keptTree(this.model, this.selected, this.screen.top);
  }

  /** The record of a row and the path to it: by names, but for a name that an earlier sibling has, which leads there. */
  placeOf(row: TreeRow): Place {
    return pathTo(this, row, ({ key, duplicate }, index) => (key === null || duplicate ? index : key));
  }

  /** The same by names wherever there are any, as paths are written for other programs. */
  namesOf(row: TreeRow): Place {
    return pathTo(this, row, ({ key }, index) => key ?? index);
  }

  /** What is known of the value of a row, null while that is not here. */
  valueOf(row: TreeRow): P.Summary | null {
    const state = this.cache.child(row);
    return state.kind === "ready" ? state.value : null;
  }

  select(row: TreeRow | null, align: "nearest" | "center" = "nearest"): void {
    this.#travel.stop();
    this.#put(row, align);
  }

  /** Expands a row or collapses it. */
  toggle(row: TreeRow): void {
    const node = this.model.nodeOf(row);
    const value = this.valueOf(row);
    if (node) {
      this.collapse(row, node);
    } else if (value && canExpand(value)) {
      this.model.expand(row, value.count, value);
      this.changed();
    }
  }

  collapse(row: TreeRow, node: TreeNode): void {
    const before = this.#selected;
    this.model.collapse(node);
    if (before && this.selected !== before) {
      this.#put(row, "nearest");
    }
    this.changed();
  }

  /** Draws the tree anew, which may have other rows. */
  changed(): void {
    this.dom.element.dataset["rows"] = String(this.model.rows);
    this.screen.relayout();
  }

  #put(row: TreeRow | null, align: "nearest" | "center"): void {
    this.#keptTop = null;
    this.#selected = row;
    if (row) {
      this.screen.reveal(this.model.placeOf(row), align);
    }
    this.#selectionChanged();
  }

  #selectionChanged(): void {
    const { selected } = this;
    const { record, path } = selected ? placeOf(selected) : { record: "", path: [] };
    this.dom.element.dataset["selected"] = selected ? JSON.stringify([record, ...path]) : "";
    this.screen.invalidate();
    window.clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => this.#rested(), REST_MS);
  }

  #rested(): void {
    const { selected } = this;
    const hasRecords = this.#document?.isSingle === false;
    this.breadcrumb.show(selected && { ...this.namesOf(selected), hasRecords });
    if (!this.element.hidden) {
      this.#hooks.selected(selected);
    }
  }

  #frame(): TreeFrame {
    const { model, cache, selected } = this;
    const { malformed } = this.#hooks;
    const isBookmarked = (row: TreeRow) => this.#hooks.isBookmarked(this.placeOf(row));
    return treeFrame({ strings: this.#strings, document: this.#document, model, cache, selected, malformed, isBookmarked });
  }

  #drawn(rows: readonly TreeRow[]): void {
    this.cache.want(rows);
    const records = recordsAmong(this.model, rows);
    if (records) {
      this.#hooks.malformed.wantRecords(...records);
    }
    const { selected } = this;
    // The selected row has come: what shows its text has been waiting.
    if (selected && rows.some((row) => isSameRow(row, selected)) && this.valueOf(selected) !== this.#seen) {
      this.#seen = this.valueOf(selected);
      this.#rested();
    }
  }

  /** What was expanded before the file changed may be no object or array any more. */
  #failed(node: TreeNode, error: Error): void {
    if (hasNoChildren(error) && node.parent && node.name === undefined) {
      this.model.collapse(node);
      this.changed();
    }
  }
}
