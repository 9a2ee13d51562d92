/** How far a search has come and how it ended, in words. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import { number } from "../view/frame";
import { hitsText } from "./resultList";
import type { SearchState } from "./searchState";

/** "12 hits in 3 records", "No results"; empty while there is nothing to say. */
export function countText(strings: GridStrings, state: SearchState | null): string {
  if (!state) {
    return "";
  }
  if (state.count === 0) {
    return state.isRunning ? strings.findSearching : state.status.kind === "done" ? strings.findNone : "";
  }
  const records = state.groups.length;
  const inRecords = records === 1 ? strings.searchInOneRecord : format(strings.searchInRecords, number(records));
  return `${hitsText(strings, state.count)} ${inRecords}`;
}

/** How far it has come, or why it ended early; empty when all has been searched. */
export function progressText(strings: GridStrings, state: SearchState | null): string {
  switch (state?.status.kind) {
    case "searching":
      return state.scanned > 0 ? format(strings.searchedTo, number(state.scanned)) : "";
    case "limit":
      return format(strings.searchLimit, number(state.status.nextRecord));
    case "cancelled":
      return format(strings.searchStopped, number(state.scanned));
    default:
      return "";
  }
}

/** "Hit 3 of 17", for the head of the pane; empty when none is current. */
export function currentText(strings: GridStrings, state: SearchState | null): string {
  if (!state || state.current < 0) {
    return "";
  }
  const more = state.status.kind === "done" ? "" : "+";
  return format(strings.searchCurrent, number(state.current + 1), `${number(state.count)}${more}`);
}
