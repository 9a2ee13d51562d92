/** Puts the parts together: a grid in an element of the page, which may be all of it or one of several things on it. */
import { gridStrings } from "../../../shared/gridStrings";
import type { OwnView } from "../../../shared/fileMemory";
import type { FromWebview } from "../../../shared/messages";
import type { HostApi, Messenger } from "../../messenger";
import { HostError } from "../../messenger";
import type { LoadedRows } from "../data/pageCache";
import { parseRows } from "../data/rows";
import { watchTheme } from "../view/metrics";
import { GridPointer } from "../view/pointer";
import { Commands } from "./commands";
import { addViews } from "./addViews";
import { runFind } from "./findCommands";
import { Navigation } from "./navigation";
import { SelectionFollower } from "./follower";
import type { SearchingHooks } from "./searching";
import { Session } from "./session";
import type { Shell, ShellHooks, ShellPlace } from "./shell";
import { buildShell } from "./shell";
import type { ViewState } from "./viewState";
import { hashColumns, StateKeeper } from "./viewState";
import { WidthFitter } from "./widths";

/** How a grid is shown that shares its page with other things. */
export interface Embedding {
  /** What is written above the data; may be empty. */
  readonly caption: string;
  /** The view to begin with, where the document has it. */
  readonly view: OwnView | null;
}

/** A grid on the page. */
export interface Mounted {
  setCaption(caption: string): void;
  focus(): void;
  /** Leaves the element as it was. What is asked of the host then is for whoever owns the messenger to end. */
  dispose(): void;
}

/** Asks the host to begin and builds the grid in `root` from its answer. */
export function mount(root: HTMLElement, api: HostApi, messenger: Messenger, embedding: Embedding | null = null): Mounted {
  const ending = new AbortController();
  let caption = embedding?.caption ?? "";
  let application: Application | undefined;
  const begin = async (): Promise<void> => {
    const answer = await messenger.request("ready", undefined);
    if (!ending.signal.aborted) {
      const place = { root, ended: ending.signal, caption: embedding && caption };
      application = new Application(place, api, messenger, answer, embedding?.view ?? null);
    }
  };
  void begin();
  return {
    setCaption: (changed) => {
      caption = changed;
      application?.setCaption(changed);
    },
    focus: () => application?.focus(),
    dispose: () => {
      ending.abort();
      root.replaceChildren();
      root.classList.remove("thoth-grid", "compact", "stale");
    },
  };
}

class Application {
  readonly #messenger: Messenger;
  readonly #shell: Shell;
  readonly #session: Session;
  readonly #commands: Commands;
  readonly #navigation: Navigation;
  readonly #follower: SelectionFollower;
  readonly #keeper: StateKeeper;
  readonly #widths: WidthFitter;

  constructor(
    place: ShellPlace,
    api: HostApi,
    messenger: Messenger,
    { settings, strings: translated }: FromWebview["ready"][1],
    view: OwnView | null,
  ) {
    const strings = gridStrings(translated);
    const { ended } = place;
    this.#messenger = messenger;
    this.#shell = buildShell(place, strings, settings, messenger, this.#hooks(strings.copiedText));
    const { grid, rows, find } = this.#shell;
    this.#widths = new WidthFitter(grid, settings.maxColumnWidth, () => this.#keeper.changed());
    this.#keeper = new StateKeeper(api, () => this.#collect(), ended);
    this.#session = new Session(this.#shell, strings, messenger, api, settings, this.#widths, view);
    const pointer = new GridPointer(grid, {
      showCell: () => this.#commands.openCell(false),
      widthChosen: (column, width) => this.#widths.choose(column, width),
      fitColumn: (column) => this.#widths.fitColumn(column),
      retry: (row) => rows.retry(row),
    });
    this.#navigation = new Navigation(this.#shell, strings, messenger);
    this.#commands = new Commands(this.#shell, strings, messenger, this.#session, this.#widths, pointer, this.#navigation);
    this.#follower = new SelectionFollower(this.#shell, strings, messenger, this.#session);
    addViews({
      shell: this.#shell,
      strings,
      messenger,
      session: this.#session,
      commands: this.#commands,
      follower: this.#follower,
      navigation: this.#navigation,
      changed: () => this.#keeper.changed(),
    });
    messenger.on("found", (event) => find.found(event));
    watchTheme(() => this.#session.themeChanged(), ended);
    window.addEventListener("focus", () => this.#takeFocus(), { signal: ended });
  }

  setCaption(caption: string): void {
    this.#shell.header?.setCaption(caption);
  }

  focus(): void {
    this.#shell.views.current?.focus();
  }

  #hooks(copied: string): ShellHooks {
    const focusView = () => this.#shell.views.current?.focus();
    return {
      load: (generation, start, count) => this.#load(generation, this.#messenger.request("page", { generation, start, count })),
      pick: (generation, records) => this.#load(generation, this.#messenger.request("pick", { generation, records })),
      grid: {
        selectionChanged: () => {
          this.#follower.selectionChanged();
          this.#keeper.changed();
        },
        scrolled: () => this.#keeper.changed(),
        drawn: () => this.#drawn(),
      },
      find: {
        generation: () => this.#session.document?.generation ?? -1,
        origin: () => this.#shell.grid.active,
        goTo: (point) => this.#commands.goTo(point, false),
        changed: () => this.#findChanged(),
      },
      findBar: { closed: focusView, changed: () => this.#chromeChanged() },
      cell: {
        changed: () => this.#shell.pane.draw(),
        copied: () => this.#shell.announcer.say(copied),
        failed: (error) => this.#shell.banners.show("copy", { severity: "error", text: error.message, dismissible: true }),
      },
      problems: {
        generation: () => this.#session.document?.generation ?? -1,
        goTo: (record) => this.#navigation.jump(record, [], false),
      },
      pane: { changed: () => this.#paneChanged(), closed: focusView },
      bar: {
        togglePane: (tab) => this.#shell.pane.toggle(tab),
        openFind: () => (this.#shell.findBar.isOpen ? this.#shell.findBar.close() : runFind("find", this.#shell)),
        showView: (view) => this.#shell.views.show(view, false),
        moreViews: () => void this.#messenger.request("pickRenderer", undefined).catch(() => undefined),
        copyAll: () => this.#commands.run({ name: "copyAll" }),
        exportAll: () => this.#commands.run({ name: "export", part: "all" }),
        openInEditor: () => void this.#messenger.request("openInEditor", undefined).catch(() => undefined),
      },
      views: {
        changed: () => this.#chromeChanged(),
      },
      search: this.#searchHooks(),
      act: (action) => this.#session.act(action.name),
    };
  }

  #searchHooks(): SearchingHooks {
    return {
      document: () => this.#session.document,
      place: () => this.#shell.views.current?.place ?? null,
      reveal: (record, path, column) => {
        const { views } = this.#shell;
        const cell = column === null ? [] : (this.#session.document?.columns[column]?.path ?? [column]);
        this.#navigation.jump(record, views.current?.name === "table" ? cell : path, false);
      },
      showOnly: (filter, growing) => this.#shell.views.showOnly(filter, growing),
      remember: (searchHistory) => this.#shell.memory.change({ searchHistory }),
      found: ({ search: { state } }) => {
        const { root, grid } = this.#shell;
        root.dataset["searchStatus"] = state?.status.kind ?? "";
        root.dataset["searchHits"] = String(state?.count ?? 0);
        root.dataset["searchRecords"] = String(state?.groups.length ?? 0);
        root.dataset["searchCurrent"] = String(state?.current ?? -1);
        grid.invalidate();
      },
      changed: () => this.#chromeChanged(),
      focusView: () => this.#shell.views.current?.focus(),
      exportResult: () => this.#commands.run({ name: "export", part: "search" }),
    };
  }

  async #load(generation: number, answer: Promise<{ readonly rows: string }>): Promise<LoadedRows> {
    try {
      const { rows } = await answer;
      return { rows: parseRows(rows), weight: rows.length };
    } catch (error) {
      if (error instanceof HostError && error.kind === "documentChanged" && generation === this.#session.document?.generation) {
        this.#session.noticeChanged(error.message);
      }
      throw error;
    }
  }

  #drawn(): void {
    const { grid, root } = this.#shell;
    root.dataset["topRow"] = String(grid.rows.order.recordAt(grid.scroll.window.first));
    root.dataset["bottomRow"] = String(grid.rows.order.recordAt(grid.scroll.window.last));
    this.#follower.drawn();
    this.#takeFocus();
  }

  #findChanged(): void {
    const { find, findBar, grid, root } = this.#shell;
    root.dataset["findStatus"] = find.state?.status.kind ?? "";
    root.dataset["findCount"] = String(find.state?.count ?? 0);
    root.dataset["findCurrent"] = String(find.state?.current ?? -1);
    findBar.update();
    grid.invalidate();
  }

  /** The editor gives the focus to the page; unless something in it has it already, the grid is meant, if it is all there is. */
  #takeFocus(): void {
    const { views, header } = this.#shell;
    if (header === null && document.hasFocus() && document.activeElement === document.body && views.isVisible) {
      views.current?.focus();
    }
  }

  #chromeChanged(): void {
    this.#session.show();
    this.#keeper.changed();
  }

  /** The pane is built before what follows it. */
  #paneChanged(): void {
    this.#shell.views.current?.paneChanged?.();
    this.#chromeChanged();
  }

  #collect(): ViewState | null {
    const { grid, pane, findBar, cell, views } = this.#shell;
    const current = this.#session.document;
    if (!current) {
      return null;
    }
    return {
      version: 2,
      uri: current.info.uri,
      columnsHash: hashColumns(current.columns),
      topRow: grid.topRow,
      left: grid.left,
      selection: grid.selection,
      widths: [...grid.layout.chosen()],
      pane: pane.state,
      find: findBar.isOpen && findBar.query.text ? findBar.query : null,
      search: this.#shell.searching.pane.state,
      wrap: cell.wrap,
      pretty: cell.pretty,
      view: views.current?.name ?? null,
      kept: views.keep(),
    };
  }
}
