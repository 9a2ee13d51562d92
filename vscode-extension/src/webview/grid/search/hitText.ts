/** How a hit is written on one line: where it is, and the text around it with what was found marked. */
import type * as P from "../../../generated/protocol";
import type { Run } from "../data/cellText";
import { oneLine, runsOf } from "../data/cellText";

const PLAIN_NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;
const ICONS: Readonly<Record<P.SearchHit["kind"], string>> = {
  object: "symbol-object",
  array: "symbol-array",
  string: "symbol-string",
  number: "symbol-number",
  boolean: "symbol-boolean",
  null: "symbol-null",
  invalid: "warning",
};

/** `features[3].name`; empty for the record itself. A name that stands alone, such as a column's, is as it is. */
export function pathText(keys: P.SearchHit["keys"]): string {
  const [only] = keys;
  if (keys.length === 1 && typeof only === "string") {
    return oneLine(only);
  }
  let text = "";
  for (const key of keys) {
    if (typeof key === "number") {
      text += `[${key}]`;
    } else if (PLAIN_NAME.test(key)) {
      text += text === "" ? key : `.${key}`;
    } else {
      text += `[${JSON.stringify(key)}]`;
    }
  }
  return text;
}

/** The icon of a name or of a kind of value. */
export function hitIcon({ part, kind }: P.SearchHit): string {
  return part === "key" ? "symbol-key" : ICONS[kind];
}

/** The preview as runs to draw. Ranges that overlap or lie outside are taken as far as they make sense. */
export function previewRuns({ preview, ranges }: P.SearchHit): readonly Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const [start, end] of ranges) {
    const begin = Math.max(from, start);
    const stop = Math.min(end, preview.length);
    if (begin >= stop) {
      continue;
    }
    runs.push(...plain(preview.slice(from, begin)));
    runs.push(...plain(preview.slice(begin, stop)).map((run) => ({ ...run, kind: "found" }) as const));
    from = stop;
  }
  return [...runs, ...plain(preview.slice(from))];
}

/** Signs stand for what is invisible, also in what was found. */
function plain(text: string): readonly Run[] {
  return text === "" ? [] : runsOf(text, null);
}
