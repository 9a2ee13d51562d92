/**
 * A part of the file's text around what is on the screen: consecutive lines, extended at both ends while a person
 * scrolls and begun anew where they jump to.
 */
import type * as P from "../../../generated/protocol";

export type ReadText = (offset: number, before: number, after: number) => Promise<P.FileText>;

/** One line, or a piece of a long one. */
export interface Line {
  readonly at: number;
  readonly bytes: number;
  readonly text: string;
  /** Whether it goes on in the next item, and whether it went on from the one before. */
  readonly continued: boolean;
  readonly continues: boolean;
  /** Counted from 0; null where the beginning of the file has not been reached from here. */
  readonly number: number | null;
}

/** Bytes asked for at once. */
const WINDOW = 131_072;
/** Lines kept; the far end is let go. */
const MOST_LINES = 8000;
const MOST_BYTES = 8_000_000;

export class FileLines {
  readonly #read: ReadText;
  #lines: readonly Line[] = [];
  #size = 0;
  #epoch = 0;

  constructor(read: ReadText) {
    this.#read = read;
  }

  get all(): readonly Line[] {
    return this.#lines;
  }

  /** Bytes of the whole text; 0 before anything was read. */
  get size(): number {
    return this.#size;
  }

  get start(): number {
    return this.#lines[0]?.at ?? 0;
  }

  get end(): number {
    const last = this.#lines.at(-1);
    return last ? last.at + last.bytes : 0;
  }

  get isAtStart(): boolean {
    return this.#lines.length > 0 && this.start === 0;
  }

  get isAtEnd(): boolean {
    return this.#lines.length > 0 && this.end >= this.#size;
  }

  /** Bytes of a line on average, as far as they are known. */
  get bytesPerLine(): number {
    return this.#lines.length === 0 ? 80 : Math.max(1, (this.end - this.start) / this.#lines.length);
  }

  /** The position in `all` of the line that a byte is in, or of the one nearest to it. */
  indexOf(offset: number): number {
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lines[middle]?.at ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return Math.max(0, low);
  }

  contains(offset: number): boolean {
    return this.#lines.length > 0 && offset >= this.start && (offset < this.end || this.isAtEnd);
  }

  /** Forgets everything; answers that are under way are dropped when they come. */
  reset(): void {
    this.#epoch += 1;
    this.#lines = [];
    this.#size = 0;
  }

  /** Begins anew around a byte; false when it has been begun anew elsewhere meanwhile. */
  async around(offset: number): Promise<boolean> {
    const epoch = ++this.#epoch;
    const { lines, size } = await this.#read(offset, WINDOW / 2, WINDOW);
    if (epoch !== this.#epoch) {
      return false;
    }
    this.#size = size;
    this.#lines = numbered(lines, null);
    return true;
  }

  /** Reads on behind the last line; gives how many lines were let go in front. */
  async extendDown(): Promise<number> {
    const { end } = this;
    const lines = await this.#extension(end, 0, WINDOW);
    const more = lines.filter(({ at }) => at >= end);
    if (more.length === 0 || more[0]?.at !== end) {
      return 0;
    }
    const all = [...this.#lines, ...numbered(more, this.#lines.at(-1) ?? null)];
    const excess = excessOf(all);
    this.#lines = all.slice(excess);
    return excess;
  }

  /** Reads what is in front of the first line; gives how many lines were put there. */
  async extendUp(): Promise<number> {
    const { start } = this;
    const lines = await this.#extension(start, WINDOW, 1);
    const more = lines.filter(({ at, bytes }) => at + bytes <= start);
    const last = more.at(-1);
    if (!last || last.at + last.bytes !== start) {
      return 0;
    }
    const all = renumbered([...numbered(more, null), ...this.#lines]);
    this.#lines = all.slice(0, all.length - excessOf([...all].reverse()));
    return more.length;
  }

  async #extension(offset: number, before: number, after: number): Promise<readonly P.FileLine[]> {
    const epoch = this.#epoch;
    const { lines, size } = await this.#read(offset, before, after);
    if (epoch !== this.#epoch) {
      return [];
    }
    this.#size = size;
    return lines;
  }
}

/** Lines with their numbers, counted on from the one in front. */
function numbered(lines: readonly P.FileLine[], before: Line | null): Line[] {
  const result: Line[] = [];
  let previous = before;
  for (const line of lines) {
    const number = line.at === 0 ? 0 : nextNumber(previous);
    const made: Line = { ...line, continues: previous?.continued ?? false, number };
    result.push(made);
    previous = made;
  }
  return result;
}

function nextNumber(previous: Line | null): number | null {
  const number = previous?.number ?? null;
  return number === null ? null : number + (previous?.continued ? 0 : 1);
}

/** The same lines with numbers counted from the first that has one, in both directions. */
function renumbered(lines: readonly Line[]): readonly Line[] {
  const known = lines.findIndex(({ number }) => number !== null);
  if (known < 0) {
    return lines;
  }
  const result = [...lines];
  for (let index = known - 1; index >= 0; index--) {
    const [line, next] = [result[index], result[index + 1]?.number ?? null];
    if (line && next !== null) {
      result[index] = { ...line, number: next - (line.continued ? 0 : 1) };
    }
  }
  for (let index = Math.max(1, known + 1); index < result.length; index++) {
    const [line, previous] = [result[index], result[index - 1]];
    if (line && previous) {
      result[index] = { ...line, continues: previous.continued, number: nextNumber(previous) };
    }
  }
  return result;
}

/** How many lines are to be let go at the front. */
function excessOf(lines: readonly Line[]): number {
  let bytes = lines.reduce((sum, line) => sum + line.bytes, 0);
  let excess = Math.max(0, lines.length - MOST_LINES);
  for (let index = 0; index < excess; index++) {
    bytes -= lines[index]?.bytes ?? 0;
  }
  while (bytes > MOST_BYTES && excess < lines.length - 100) {
    bytes -= lines[excess]?.bytes ?? 0;
    excess += 1;
  }
  return excess;
}
