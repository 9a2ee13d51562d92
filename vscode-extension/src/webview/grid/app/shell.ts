/** All parts of the window, made and put in their places. */
import type { GridStrings } from "../../../shared/gridStrings";
import type { GridSettings } from "../../../shared/messages";
import type { Messenger } from "../../messenger";
import { Announcer } from "../chrome/announcer";
import { Banners } from "../chrome/banners";
import { ContextMenu } from "../chrome/contextMenu";
import type { DocumentBar } from "../chrome/documentBar";
import { Footer } from "../chrome/footer";
import type { HeaderHooks } from "../chrome/header";
import { Header } from "../chrome/header";
import { StateView } from "../chrome/stateView";
import type { LoadPage } from "../data/pageCache";
import { PageCache } from "../data/pageCache";
import type { PickRows } from "../data/pickedRows";
import { PickedRows } from "../data/pickedRows";
import { ProblemList } from "../data/problemList";
import { ShownRows } from "../data/shownRows";
import type { FindBarHooks } from "../find/findBar";
import { FindBar } from "../find/findBar";
import type { FindHooks } from "../find/findController";
import { FindController } from "../find/findController";
import type { CellPaneHooks } from "../panes/cellPane";
import { CellPane } from "../panes/cellPane";
import type { PaneHooks } from "../panes/paneArea";
import { PaneArea } from "../panes/paneArea";
import type { ProblemsHooks } from "../panes/problemsPane";
import { ProblemsPane } from "../panes/problemsPane";
import type { GridHooks } from "../view/gridView";
import { GridView } from "../view/gridView";
import { readMetrics } from "../view/metrics";
import { Memory } from "./memory";
import type { SearchingHooks } from "./searching";
import { Searching } from "./searching";
import { ShownSelection } from "./shownSelection";
import type { ViewsHooks } from "./views";
import { Views } from "./views";

/** What the parts call; given by the application. */
export interface ShellHooks {
  readonly load: LoadPage;
  readonly pick: PickRows;
  readonly grid: Omit<GridHooks, "strings" | "rows" | "findMarks" | "malformed">;
  readonly find: FindHooks;
  readonly findBar: Omit<FindBarHooks, "announce">;
  readonly cell: CellPaneHooks;
  readonly problems: ProblemsHooks & { generation(): number };
  readonly pane: PaneHooks;
  readonly bar: HeaderHooks;
  readonly views: Omit<ViewsHooks, "chosen" | "revealing">;
  readonly search: SearchingHooks;
  act(name: Parameters<ConstructorParameters<typeof StateView>[0]>[0]): void;
}

/** Where the grid is put, and until when. */
export interface ShellPlace {
  readonly root: HTMLElement;
  readonly ended: AbortSignal;
  /** Set where the grid shares its page with other things: what is written above the data. */
  readonly caption: string | null;
}

export interface Shell {
  readonly root: HTMLElement;
  /** Aborted when the grid goes: listeners beyond its element end with it. */
  readonly ended: AbortSignal;
  readonly announcer: Announcer;
  readonly banners: Banners;
  readonly stateView: StateView;
  readonly views: Views;
  readonly memory: Memory;
  readonly selection: ShownSelection;
  readonly cache: PageCache;
  readonly picked: PickedRows;
  readonly rows: ShownRows;
  readonly malformed: ProblemList;
  readonly grid: GridView;
  readonly find: FindController;
  readonly findBar: FindBar;
  readonly searching: Searching;
  readonly cell: CellPane;
  readonly problems: ProblemsPane;
  readonly pane: PaneArea;
  readonly bar: DocumentBar;
  /** The same where it stands above. */
  readonly header: Header | null;
  readonly menu: ContextMenu;
}

export function buildShell(
  { root, ended, caption }: ShellPlace,
  strings: GridStrings,
  settings: GridSettings,
  messenger: Messenger,
  hooks: ShellHooks,
): Shell {
  root.classList.add("thoth-grid");
  root.classList.toggle("compact", settings.compact);
  const announcer = new Announcer();
  const announce = (text: string) => announcer.say(text);
  const banners = new Banners(strings, announce);
  const stateView = new StateView((action) => hooks.act(action));
  const find = new FindController(messenger, hooks.find);
  const findBar = new FindBar(strings, find, { ...hooks.findBar, announce });
  const searching = new Searching(strings, messenger, banners, announce, hooks.search);
  const marks = () => findMarksOf(find) ?? searching.marks;
  const metrics = readMetrics(document.documentElement, settings.compact);
  const cache: PageCache = new PageCache(hooks.load, () => grid.invalidate());
  const picked: PickedRows = new PickedRows(hooks.pick, () => grid.invalidate());
  const rows = new ShownRows(cache, picked);
  const malformed: ProblemList = new ProblemList(
    (start, count) => messenger.request("problems", { generation: hooks.problems.generation(), start, count }),
    () => {
      problems.draw();
      grid.invalidate();
      views.problemsChanged();
    },
  );
  const grid: GridView = new GridView({ ...hooks.grid, strings, rows, malformed, findMarks: marks }, metrics);
  const cell = new CellPane(strings, messenger, hooks.cell);
  const problems = new ProblemsPane(strings, malformed, hooks.problems);
  const pane = new PaneArea(strings, [cell, problems, searching.pane], hooks.pane);
  const header = caption === null ? null : new Header(strings, caption, hooks.bar);
  const bar = header ?? new Footer(strings, hooks.bar);
  const menu = new ContextMenu(strings.contextMenu);
  const gridArea = division("grid-area");
  gridArea.append(stateView.element);
  const memory = new Memory(messenger);
  const views = new Views(gridArea, {
    changed: () => hooks.views.changed(),
    chosen: (view) => memory.change({ view }),
    revealing: (record) => searching.matching.include(record),
  });
  const middle = division("middle");
  middle.append(gridArea, pane.splitter, pane.element);
  const main = [banners.element, findBar.element, middle];
  root.append(...(header ? [bar.element, ...main] : [...main, bar.element]), announcer.element, menu.element);
  grid.setMetrics(metrics);
  const selection = new ShownSelection(messenger);
  const parts = { announcer, banners, stateView, views, memory, selection, cache, picked, rows, malformed, grid, find, findBar };
  return { root, ended, ...parts, searching, cell, problems, pane, bar, header, menu };
}

function findMarksOf(find: FindController) {
  const { state } = find;
  return state
    ? {
        text: state.query.text,
        matchCase: state.query.matchCase,
        current: state.currentMatch,
        isMatch: (row: number, column: number) => state.isMatch(row, column),
      }
    : null;
}

function division(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  return element;
}
