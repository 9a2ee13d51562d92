/** Finding in the table and searching the whole file, as keys, buttons and the palette ask for it. */
import type { Shell } from "./shell";

export type FindCommand = "find" | "findNext" | "findPrevious" | "search" | "searchNext" | "searchPrevious" | "searchOnly";

const FIND_COMMANDS: ReadonlySet<string> = new Set<FindCommand>([
  "find",
  "findNext",
  "findPrevious",
  "search",
  "searchNext",
  "searchPrevious",
  "searchOnly",
]);

export function isFindCommand(name: string): name is FindCommand {
  return FIND_COMMANDS.has(name);
}

/** Only the table can be found in as it stands; in the other views the whole file is searched. */
export function runFind(command: FindCommand, { views, findBar, pane, searching }: Shell): void {
  const inTable = views.current?.name === "table";
  switch (command) {
    case "find":
      if (inTable) {
        findBar.open();
      } else {
        pane.open("search", true);
      }
      return;
    case "findNext":
    case "findPrevious":
      if (inTable) {
        findBar.step(command === "findNext" ? 1 : -1);
      } else {
        step(command === "findNext" ? 1 : -1);
      }
      return;
    case "search":
      pane.open("search", true);
      return;
    case "searchNext":
    case "searchPrevious":
      step(command === "searchNext" ? 1 : -1);
      return;
    case "searchOnly":
      // Without a search there is nothing to match: it is asked for first.
      if (searching.search.state === null && !searching.matching.isOn) {
        pane.open("search", true);
      } else {
        searching.matching.set(!searching.matching.isOn);
      }
  }

  function step(by: 1 | -1): void {
    if (searching.search.state === null && pane.state.tab !== "search") {
      pane.open("search", true);
    }
    searching.pane.step(by);
  }
}
