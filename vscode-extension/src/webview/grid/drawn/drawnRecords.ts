/** Records as their plugin draws them: asked for in pages, kept while used. */
import { isObject, parseExactly } from "../../nodes/fields";
import type { Messenger } from "../../messenger";
import { HostError } from "../../messenger";
import type { LoadedRows } from "../data/pageCache";
import { PageCache } from "../data/pageCache";

/** What is shown for one record. */
export type DrawnRecord =
  | { readonly kind: "node"; readonly node: unknown; /** Wanted in pixels, 0 for no wish. */ readonly height: number }
  | { readonly kind: "error"; readonly message: string };

/** Records asked for at once: few, since each is a call into the plugin. */
export const RENDER_PAGE = 25;

/** A cache of drawn records; `changed` is called whenever one may look different, `outdated` when the file is another. */
export function drawnRecords(
  messenger: Messenger,
  changed: () => void,
  outdated: (error: HostError) => void,
): PageCache<DrawnRecord> {
  return new PageCache<DrawnRecord>(async (generation, start, count): Promise<LoadedRows<DrawnRecord>> => {
    try {
      const { nodes } = await messenger.request("render", { generation, start, count });
      return { rows: parseDrawn(nodes), weight: nodes.length };
    } catch (error) {
      if (error instanceof HostError && error.kind === "documentChanged") {
        outdated(error);
      }
      throw error;
    }
  }, changed);
}

/** Records from the JSON text of an answer. */
export function parseDrawn(text: string): DrawnRecord[] {
  const items = parseExactly(text);
  if (!Array.isArray(items)) {
    throw new Error("the answer is no list of records");
  }
  return items.map(drawnRecord);
}

function drawnRecord(item: unknown): DrawnRecord {
  if (isObject(item) && typeof item["error"] === "string") {
    return { kind: "error", message: item["error"] };
  }
  const height = isObject(item) && typeof item["height"] === "number" ? item["height"] : 0;
  return { kind: "node", node: isObject(item) ? item["node"] : undefined, height: Math.max(0, Math.min(height, 4000)) };
}
