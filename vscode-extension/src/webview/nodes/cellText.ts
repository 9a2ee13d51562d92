/** What a node says, as plain text: for copying, and to guess how wide a column has to be. */
import { isObject } from "./fields";

const WORDS = ["text", "label", "title", "display_text", "value"] as const;
const DEEPEST = 20;

/** The words in a node, those of its children after its own. */
export function wordsOf(value: unknown, depth = 0): string {
  if (!isObject(value) || depth > DEEPEST) {
    return "";
  }
  const own = WORDS.map((name) => value[name]).find((each) => typeof each === "string" || typeof each === "number" || typeof each === "boolean");
  const below = [value["children"], value["child"]].flat().map((each) => wordsOf(each, depth + 1));
  return [own === undefined ? "" : String(own), ...below].filter((each) => each !== "").join(" ");
}

/** Cells as a line that spreadsheets read. */
export function tabbed(cells: readonly unknown[]): string {
  return cells
    .map((cell) => wordsOf(cell))
    .map((words) => (/[\t\n\r"]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words))
    .join("\t");
}
