/** The whole text of one cell, read window by window. */
import type * as P from "../../../generated/protocol";
import { layOutJson } from "../../../shared/format/jsonText";

export type ReadCell = (start: number, count: number) => Promise<P.CellText>;

/** Bytes asked for at once. */
export const CELL_WINDOW = 262_144;

export class CellReader {
  readonly #read: ReadCell;
  readonly #parts: string[] = [];
  #next: number | null = 0;
  #size = 0;
  #reading: Promise<string> | null = null;

  constructor(read: ReadCell) {
    this.#read = read;
  }

  /** Bytes of UTF-8 of the whole text; 0 before the first answer. */
  get size(): number {
    return this.#size;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#next ?? this.#size;
  }

  get isComplete(): boolean {
    return this.#next === null;
  }

  get parts(): readonly string[] {
    return this.#parts;
  }

  /** Reads the next window and returns it, "" at the end. Asked again meanwhile, gives the same answer. */
  readMore(): Promise<string> {
    this.#reading ??= this.#readWindow().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** The whole text, reading what is missing. */
  async readAll(): Promise<string> {
    while (!this.isComplete) {
      await this.readMore();
    }
    return this.#parts.join("");
  }

  async #readWindow(): Promise<string> {
    if (this.#next === null) {
      return "";
    }
    const answer = await this.#read(this.#next, CELL_WINDOW);
    if (answer.next !== null && answer.next <= this.#next) {
      throw new Error("the text does not go on");
    }
    this.#next = answer.next;
    this.#size = answer.sizeBytes;
    this.#parts.push(answer.text);
    return answer.text;
  }
}

/** Laid out, a text with many levels can be far longer than it was. */
const MOST_LAID_OUT = 16_000_000;

/** `text` laid out on lines when it is a JSON object or array, numbers and strings as they were written; else null. */
export function prettyJson(text: string): string | null {
  const start = text.trimStart().charAt(0);
  if (start !== "{" && start !== "[") {
    return null;
  }
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return layOutJson(text, 2, MOST_LAID_OUT);
}
