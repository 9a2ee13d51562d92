/** The rows that come along with a document. */
import type * as P from "../../../generated/protocol";
import type { PageCache } from "../data/pageCache";
import { pageSizeFor } from "../data/pageCache";
import { parseRows } from "../data/rows";

/** Begins the cache anew for a document, with its first rows in it. */
export function takeFirstRows(cache: PageCache, info: P.OpenDocumentResult): void {
  cache.reset(info.generation, pageSizeFor(info.columns.length));
  cache.setKnown(info.progress.records);
  try {
    cache.seed(info.firstPage.start, parseRows(info.firstPage.rows), info.firstPage.rows.length);
  } catch {
    // What came along is not readable; asking for the page will say so where its rows belong.
  }
}
