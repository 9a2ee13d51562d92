/** Searches made-up records for the harness, about as a server would. */
import type * as P from "../../../src/generated/protocol";
import type { FromWebview } from "../../../src/shared/messages";
import type { Value } from "./values";
import { children, summaryOf, textOf, walk } from "./values";

type Params = FromWebview["search"][0];

/** What to find in a name or a value: from and to of every place. */
type Finder = (text: string) => [number, number][];

/** More children of one value are not looked at. */
const MOST_CHILDREN = 50;

/** The hits of one record; `columns` are the names that the table has columns for. */
export function searchRecord(root: Value, find: Finder, { scope = "both" }: Params, columns: readonly string[]): P.SearchHit[] {
  const hits: P.SearchHit[] = [];
  const visit = (value: Value, path: number[], keys: (string | number)[]): void => {
    const { kind, preview } = summaryOf(value, 0);
    const column = columns.indexOf(String(keys[0]));
    const hit = (part: P.SearchHit["part"], text: string) => {
      const ranges = find(text);
      if (ranges.length > 0) {
        hits.push({ path, keys, part, kind, ...excerpt(text, ranges), column: column >= 0 ? column : null });
      }
    };
    const key = keys.at(-1);
    if (scope !== "values" && typeof key === "string") {
      hit("key", key);
    }
    if (kind === "object" || kind === "array") {
      children(value, 0, MOST_CHILDREN).forEach((child, at) =>
        visit(walk(value, [at]).value, [...path, at], [...keys, child.key ?? at]),
      );
    } else if (scope !== "keys") {
      hit("value", typeof value === "string" ? value : textOf(value) || preview);
    }
  };
  visit(root, [], []);
  return hits;
}

/** What to look for; throws as a server does where it cannot be understood. */
export function finderOf({ query, mode = "text", matchCase = false, wholeWord = false }: Params): Finder {
  if (mode === "jsonpath") {
    const name = /^\$(?:\.\.|\.)(?<name>\w+)$/.exec(query)?.groups?.["name"];
    if (name === undefined) {
      throw refused(`This is no JSONPath: unexpected character at position ${Math.max(2, query.length)} of “${query}”.`);
    }
    return (text) => (text === name ? [[0, text.length]] : []);
  }
  const source = mode === "regex" ? query : query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  let pattern: RegExp;
  try {
    pattern = new RegExp(wholeWord ? `\\b(?:${source})\\b` : source, matchCase ? "gu" : "giu");
  } catch (error) {
    throw refused(`This is no regular expression: ${(error as Error).message.replace(/^.*: /, "")}.`);
  }
  return (text) =>
    [...text.matchAll(pattern)].filter(([found]) => found !== "").map((match) => [match.index, match.index + match[0].length]);
}

/** As much of the text around the first place as fits into a line. */
function excerpt(text: string, ranges: [number, number][]): Pick<P.SearchHit, "preview" | "ranges"> {
  const from = Math.max(0, (ranges[0]?.[0] ?? 0) - 60);
  const cut = text.slice(from, from + 198);
  const lead = from > 0 ? "…" : "";
  return {
    preview: `${lead}${cut}${from + 198 < text.length ? "…" : ""}`,
    ranges: ranges
      .filter(([start]) => start - from < cut.length)
      .map(([start, end]) => [start - from + lead.length, Math.min(end - from, cut.length) + lead.length]),
  };
}

function refused(message: string): Error {
  return Object.assign(new Error(message), { kind: "pluginRefused" });
}
