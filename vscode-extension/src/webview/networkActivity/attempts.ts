/** The attempts that are known: those the server keeps, less what was cleared away, and which of them pass a filter. */
import type * as P from "../../generated/protocol";
import type { ActivityFilter, ActivityNews } from "../../shared/networkActivity";

/** As many as the server keeps; a longer list is one of the log file. */
export const MOST_KEPT = 1000;

export class Attempts {
  #all: P.NetworkActivity[] = [];
  #names = new Map<string, string>();
  /** By number: everything of an attempt that is looked for, in small letters. */
  #texts = new Map<number, string>();
  /** Number of the newest attempt that is known. */
  last = 0;
  /** How many earlier ones the server no longer keeps. */
  dropped = 0;
  /** Attempts up to this number were cleared away. */
  #cleared = 0;

  get all(): readonly P.NetworkActivity[] {
    return this.#all;
  }

  get wasCleared(): boolean {
    return this.#cleared > 0;
  }

  /** The plugins that attempts are of, by name. */
  get plugins(): readonly { readonly id: string; readonly name: string }[] {
    return [...new Set(this.#all.map(({ pluginId }) => pluginId))].map((id) => ({ id, name: this.nameOf(id) })).sort((a, b) => a.name.localeCompare(b.name));
  }

  nameOf(pluginId: string): string {
    return this.#names.get(pluginId) ?? pluginId;
  }

  add({ entries, last, dropped, names }: ActivityNews): void {
    for (const [id, name] of Object.entries(names)) {
      this.#names.set(id, name);
    }
    // Asked twice at the same time, the same may be told twice.
    const news = entries.filter(({ number }) => number > this.last && number > this.#cleared);
    this.#all = [...this.#all, ...news].slice(-MOST_KEPT);
    this.last = Math.max(this.last, last);
    this.dropped = this.#cleared > 0 ? 0 : Math.max(dropped, (this.#all[0]?.number ?? 1) - 1);
    const first = this.#all[0]?.number ?? Infinity;
    for (const number of this.#texts.keys()) {
      if (number < first) {
        this.#texts.delete(number);
      }
    }
  }

  /** Takes what there is out of the list; it stays in the log file. */
  clear(): void {
    this.#cleared = this.last;
    this.#all = [];
    this.#texts.clear();
    this.dropped = 0;
  }

  /** The server was started anew and counts from 1 again. */
  forget(): void {
    this.clear();
    this.last = 0;
    this.#cleared = 0;
  }

  matching({ text, verdict, pluginId }: ActivityFilter): readonly P.NetworkActivity[] {
    const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
    return this.#all.filter(
      (entry) =>
        (verdict === null || entry.verdict === verdict) &&
        (pluginId === null || entry.pluginId === pluginId) &&
        (words.length === 0 || words.every((word) => this.#text(entry).includes(word))),
    );
  }

  #text(entry: P.NetworkActivity): string {
    const known = this.#texts.get(entry.number);
    if (known !== undefined) {
      return known;
    }
    const { pluginId, method, url, why, address, status, protocol, verdict, kind } = entry;
    const text = [this.nameOf(pluginId), pluginId, kind, method, url, why, address, status, protocol, verdict].join("\n").toLowerCase();
    this.#texts.set(entry.number, text);
    return text;
  }
}

/** The place an attempt was made to, as decisions name it; undefined where that cannot be told. */
export function targetOf({ url }: P.NetworkActivity): string | undefined {
  const [, scheme, authority] = /^(https?|wss?|tcp):\/\/([^/?#\\\s@]+)/i.exec(url) ?? [];
  return scheme === undefined || authority === undefined ? undefined : `${scheme.toLowerCase().replace(/^ws/, "http")}://${authority}`;
}
