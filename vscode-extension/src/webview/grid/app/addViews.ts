/** Makes the views and connects them with everything around them. */
import type { GridStrings } from "../../../shared/gridStrings";
import type { Messenger } from "../../messenger";
import { TreeActions } from "../tree/treeActions";
import { TreeInput } from "../tree/treeInput";
import { TreeView } from "../tree/treeView";
import type { Commands } from "./commands";
import { addFileViews } from "./fileViews";
import type { SelectionFollower } from "./follower";
import type { Navigation } from "./navigation";
import type { Session } from "./session";
import type { Shell } from "./shell";
import { TableView } from "./tableView";

/** What the views work with. */
export interface ViewParts {
  readonly shell: Shell;
  readonly strings: GridStrings;
  readonly messenger: Messenger;
  readonly session: Session;
  readonly commands: Commands;
  readonly follower: SelectionFollower;
  readonly navigation: Navigation;
  /** What a hidden tab remembers has changed. */
  changed(): void;
}

export function addViews(parts: ViewParts): void {
  const { shell, commands, follower } = parts;
  shell.views.add(
    new TableView(shell.grid, {
      goTo: (point, focus) => commands.goTo(point, focus),
      command: (command) => commands.runInTable(command),
      shown: () => follower.selectionChanged(),
      paneChanged: () => follower.refresh(),
    }),
  );
  shell.views.add(treeView(parts));
  addFileViews(parts);
}

function treeView(parts: ViewParts): TreeView {
  const { shell, strings, messenger, session, navigation } = parts;
  const view: TreeView = new TreeView(strings, messenger, {
    metrics: () => shell.grid.metrics,
    selected: (row) => {
      actions.follow(row);
      parts.changed();
    },
    paneChanged: () => actions.follow(view.selected),
    fileChanged: (message) => session.noticeChanged(message),
    malformed: shell.malformed,
    isBookmarked: (place) => navigation.bookmarks.has(place),
    copyPath: () => actions.copyPath("jsonPath"),
    jump: (record, path) => navigation.jump(record, path, true, "tree"),
    command: (command) => actions.command(command),
    failed: (error) => actions.failed(error),
  });
  const actions: TreeActions = new TreeActions(view, shell, strings, messenger, {
    toggleBookmark: () => navigation.toggleBookmark(),
    exportSelection: () => parts.commands.run({ name: "export", part: "selection" }),
  });
  new TreeInput(view, {
    openValue: () => shell.pane.open("cell", true),
    openMenu: (x, y) => actions.openMenu(x, y),
    expandLevel: (row) => void actions.expandLevel(row),
    expandAll: (row) => void actions.expandAll(row),
    collapseAll: () => actions.collapseAll(),
    copyValue: () => actions.copyShown(),
    escape: () => {
      if (actions.stop()) {
        return true;
      }
      const isOpen = shell.pane.state.tab !== null;
      shell.pane.close();
      return isOpen;
    },
  });
  const copy = (event: ClipboardEvent): void => {
    if (document.activeElement === view.dom.root) {
      event.preventDefault();
      actions.copyShown();
    }
  };
  document.addEventListener("copy", copy, { signal: shell.ended });
  return view;
}
