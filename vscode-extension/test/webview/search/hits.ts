/** Hits for the tests of searching. */
import type * as P from "../../../src/generated/protocol";
import type { SearchQuery } from "../../../src/shared/fileMemory";

export const QUERY: SearchQuery = { query: "thoth", mode: "text", matchCase: false, wholeWord: false, scope: "both" };

export function hit(change: Partial<P.SearchHit> = {}): P.SearchHit {
  return { path: [0], keys: ["name"], part: "value", kind: "string", preview: "Thoth", ranges: [[0, 5]], column: 0, ...change };
}

/** A record with so many hits. */
export function found(record: number, count = 1): P.RecordHits {
  return { record, hits: Array.from({ length: count }, (_, at) => hit({ path: [at], keys: [`k${at}`], preview: `thoth ${record}.${at}` })) };
}
