/** Follows the document: what the host says of it becomes what the grid shows. */
import type * as P from "../../../generated/protocol";
import type { OwnView } from "../../../shared/fileMemory";
import type { GridStrings } from "../../../shared/gridStrings";
import type { ActionName, GridSettings, Opened, OpenFailed, ToWebview } from "../../../shared/messages";
import type { HostApi, Messenger } from "../../messenger";
import { readMetrics } from "../view/metrics";
import { takeFirstRows } from "./firstRows";
import { GridDocument } from "./gridDocument";
import { Notices, PLUGIN_GONE } from "./notices";
import { present } from "./presenter";
import type { Shell } from "./shell";
import { hashColumns, stateFor } from "./viewState";
import type { WidthFitter } from "./widths";

export class Session {
  readonly #shell: Shell;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #api: HostApi;
  readonly #widths: WidthFitter;
  readonly #notices: Notices;
  /** The one to begin with where nothing is remembered. */
  readonly #view: OwnView | null;
  #settings: GridSettings;
  #document: GridDocument | null = null;
  #reloading = false;
  #serverGone = false;

  constructor(
    shell: Shell,
    strings: GridStrings,
    messenger: Messenger,
    api: HostApi,
    settings: GridSettings,
    widths: WidthFitter,
    view: OwnView | null,
  ) {
    this.#shell = shell;
    this.#strings = strings;
    this.#messenger = messenger;
    this.#api = api;
    this.#settings = settings;
    this.#widths = widths;
    this.#view = view;
    this.#notices = new Notices(shell, strings, { reload: () => this.reload(), act: (name) => this.act(name) });
    messenger.on("opening", (event) => this.#onOpening(event));
    messenger.on("opened", (event) => this.#onOpened(event));
    messenger.on("openFailed", (event) => this.#onOpenFailed(event));
    messenger.on("progress", (event) => this.#onProgress(event));
    messenger.on("changed", (event) => this.#onChanged(event));
    messenger.on("failed", (event) => this.#onFailed(event));
    messenger.on("server", (event) => this.#onServer(event));
    messenger.on("settings", (event) => this.#onSettings(event));
    this.show();
  }

  get document(): GridDocument | null {
    return this.#document;
  }

  /** Fonts, colours or the row height may have changed. */
  themeChanged(): void {
    const { grid } = this.#shell;
    this.#shell.views.themeChanged();
    const before = grid.metrics;
    const metrics = readMetrics(document.documentElement, this.#settings.compact);
    grid.setMetrics(metrics);
    if (before.cell("0".repeat(20)) !== metrics.cell("0".repeat(20))) {
      this.#widths.fitAll(true);
    }
  }

  /** Reads the file again, keeping the place. */
  reload(): void {
    if (this.#reloading) {
      return;
    }
    this.#reloading = true;
    this.#notices.reloading();
    const { pageSize } = this.#shell.cache;
    const firstRow = Math.floor(this.#shell.grid.topRow / pageSize) * pageSize;
    const done = () => (this.#reloading = false);
    this.#messenger.request("reload", { firstRow }).then(done, (error: unknown) => {
      done();
      this.#notices.reloadFailed(error);
    });
  }

  /** A page could not be had because the file is another by now; the notice of that may still be under way. */
  noticeChanged(message: string): void {
    if (this.#document?.freshness === "current") {
      this.#becomeOutdated(message);
    }
  }

  act(name: ActionName): void {
    void this.#messenger.request("act", { name }).catch(() => undefined);
  }

  #onOpening(event: ToWebview["opening"]): void {
    if (!this.#reloading || event.message) {
      this.#notices.opening(event, this.#document !== null);
    }
  }

  #onOpenFailed(event: OpenFailed): void {
    this.#document = null;
    this.#reloading = false;
    this.#notices.openFailed(event);
    this.show();
  }

  #onOpened({ fileName, document: info, memory, reason }: Opened): void {
    const shell = this.#shell;
    const saved = this.#document ? null : stateFor(this.#api.getState(), info.uri);
    const sameColumns = this.#document !== null && hashColumns(this.#document.columns) === hashColumns(info.columns);
    const topRow = saved ? saved.topRow : shell.grid.topRow;
    shell.searching.matching.pause();
    const isBack = this.#document !== null || saved !== null;
    // Generously: the window may grow meanwhile, for instance when a banner goes.
    const expected = isBack ? Math.ceil(topRow) + 2 * shell.grid.scroll.rowsPerPage + 20 : 0;
    this.#document = new GridDocument(fileName, info, topRow > 0 ? expected : 0);
    this.#reloading = false;
    this.#serverGone = false;
    takeFirstRows(this.#shell.cache, info);
    shell.rows.setRecords(this.#document.rows); // the first widths are fitted to these
    this.#shell.picked.reset(info.generation);
    if (saved) {
      this.#restore(saved, info);
    } else {
      shell.grid.setColumns(info.columns);
      if (!sameColumns) {
        this.#widths.fitFirst(new Map());
      }
    }
    this.#showRowCount();
    shell.grid.scrollTo(topRow * shell.grid.scroll.rowHeight, saved ? saved.left : shell.grid.left);
    this.#notices.opened(reason, info.notes);
    shell.problems.reset();
    if (!saved) {
      shell.findBar.searchAgain();
    }
    shell.grid.setSelection(shell.grid.selection);
    shell.memory.set(memory);
    shell.views.open(this.#document, memory, saved?.kept ?? {}, saved?.view ?? null, this.#view);
    shell.searching.opened(memory.searchHistory, saved?.search ?? null);
    this.show();
    void this.#countProblems(this.#document);
  }

  /** A document that has been read to the end already sends no more progress to take the number of problems from. */
  async #countProblems(current: GridDocument): Promise<void> {
    if (!current.progress.done) {
      return;
    }
    try {
      const { total } = await this.#messenger.request("problems", { generation: current.generation, start: 0, count: 0 });
      if (this.#document === current) {
        current.problems = total;
        this.#showRowCount();
        this.show();
      }
    } catch {
      // The list says so itself when it is opened.
    }
  }

  #restore(saved: NonNullable<ReturnType<typeof stateFor>>, info: P.OpenDocumentResult): void {
    const shell = this.#shell;
    const sameColumns = saved.columnsHash === hashColumns(info.columns);
    shell.grid.setColumns(info.columns);
    this.#widths.fitFirst(sameColumns ? new Map(saved.widths) : new Map());
    shell.cell.wrap = saved.wrap;
    shell.cell.pretty = saved.pretty;
    shell.pane.restore(saved.pane);
    shell.grid.setSelection(saved.selection);
    if (saved.find) {
      shell.findBar.restore(saved.find);
    }
  }

  #onProgress(event: P.DidProgress): void {
    const current = this.#document;
    if (current?.generation !== event.generation) {
      return;
    }
    const wasDone = current.progress.done;
    current.progress = event.progress;
    current.problems = event.problems;
    if (event.columns !== null) {
      current.columns = event.columns;
      this.#widths.addColumns(event.columns);
    }
    this.#showRowCount();
    if (!wasDone && event.progress.done && current.info.nested && current.knownRows > 0) {
      // A large single value was shown while it was still being read.
      this.#shell.cache.refresh(current.knownRows - 1);
    }
    this.#shell.views.progressed(current);
    this.#shell.searching.progressed();
    this.show();
  }

  #onFailed(event: P.DidFail): void {
    const current = this.#document;
    if (current?.generation !== event.generation) {
      return;
    }
    current.hasFailed = true;
    current.isPluginGone = Object.hasOwn(PLUGIN_GONE, event.kind);
    this.#showServed(current);
    this.#showRowCount();
    this.#notices.readingFailed(event.message, event.kind);
    this.show();
  }

  #onChanged(event: P.DidChange): void {
    const current = this.#document;
    if (current?.generation !== event.generation) {
      return;
    }
    if (event.change === "deleted") {
      current.freshness = "gone";
      this.#showServed(current);
      this.#notices.deleted(event.message);
      this.show();
      return;
    }
    if (event.change === "reloaded") {
      // Not the file but the plugin is another: nobody has to be asked whether to read it again.
      current.freshness = "outdated";
      this.#showServed(current);
      this.reload();
      return;
    }
    this.#becomeOutdated(event.message);
  }

  #becomeOutdated(message: string): void {
    const current = this.#document;
    // A page that was refused may have told of the same change already.
    if (!current || (current.freshness === "outdated" && this.#reloading)) {
      return;
    }
    current.freshness = "outdated";
    this.#showServed(current);
    this.show();
    if (this.#settings.autoReload) {
      this.reload();
      return;
    }
    this.#notices.stale(message);
  }

  #onServer(event: ToWebview["server"]): void {
    if (event.state === "stopped") {
      // Until the file has been opened again: the new server knows nothing of it.
      this.#serverGone = true;
      this.#reloading = false;
    }
    this.#notices.server(event);
    if (this.#document) {
      this.#document.isServerGone = this.#serverGone;
      this.#showServed(this.#document);
    }
    this.show();
  }

  #onSettings(settings: GridSettings): void {
    const wasCompact = this.#settings.compact;
    this.#settings = settings;
    this.#widths.maxCharacters = settings.maxColumnWidth;
    this.#shell.root.classList.toggle("compact", settings.compact);
    if (wasCompact !== settings.compact) {
      this.themeChanged();
    }
    if (settings.autoReload && this.#document?.freshness === "outdated") {
      this.reload();
    }
  }

  /** Nothing is asked for while the host does not answer. */
  #showServed(current: GridDocument): void {
    this.#shell.rows.setServed(current.isServed);
    this.#shell.views.progressed(current);
  }

  #showRowCount(): void {
    const current = this.#document;
    if (current) {
      this.#shell.cache.setKnown(current.knownRows);
      this.#shell.grid.setRowCount(current.rows, current.isIndexing);
      this.#shell.malformed.setTotal(current.problems, !current.isIndexing);
    }
  }

  /** Brings everything around the rows up to date. */
  show(): void {
    present(this.#shell, this.#strings, this.#document, this.#serverGone);
  }
}
