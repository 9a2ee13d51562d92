/** What is wrong with a record, in words. */
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { RecordProblem } from "./problemList";

export function problemText(strings: GridStrings, { message, hasMore }: RecordProblem): string {
  return hasMore ? format(strings.malformedMore, message) : message;
}
