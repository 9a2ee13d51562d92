/** The text of a file of any size, read in windows that are always consecutive. */
import { describe, expect, it } from "vitest";
import type * as P from "../../../src/generated/protocol";
import { FileLines } from "../../../src/webview/grid/raw/fileLines";

const PIECE = 16_384;

/** A server for a text that is only described: line `n` is `length(n)` bytes long. */
class TextServer {
  readonly asked: [number, number, number][] = [];
  readonly #lines: P.FileLine[] = [];
  readonly size: number;

  constructor(count: number, length: (line: number) => number) {
    let at = 0;
    for (let line = 0; line < count; line++) {
      let left = length(line);
      do {
        const bytes = Math.min(left, PIECE);
        left -= bytes;
        this.#lines.push({ at, bytes, text: `${line}`, continued: left > 0 });
        at += bytes;
      } while (left > 0);
    }
    this.size = at;
  }

  readonly read = (offset: number, before: number, after: number): Promise<P.FileText> => {
    this.asked.push([offset, before, after]);
    const lines = this.#lines.filter(({ at, bytes }) => at + bytes > offset - before && at < Math.max(offset + after, offset + 1));
    return Promise.resolve({ lines, size: this.size });
  };
}

/** Each line begins where the one before ends. */
function expectConsecutive({ all }: FileLines): void {
  all.forEach((line, index) => {
    const before = all[index - 1];
    if (before) {
      expect(line.at).toBe(before.at + before.bytes);
    }
  });
}

const LENGTH = (line: number): number => 20 + ((line * 31) % 180);

describe("lines from the beginning on", () => {
  it("are numbered, and go on to the end", async () => {
    const server = new TextServer(5000, LENGTH);
    const lines = new FileLines(server.read);
    await lines.around(0);
    while (!lines.isAtEnd) {
      await lines.extendDown();
    }
    expectConsecutive(lines);
    expect(lines.all.map(({ number }) => number)).toEqual(Array.from({ length: 5000 }, (_, index) => index));
    expect([lines.start, lines.end, lines.isAtStart]).toEqual([0, server.size, true]);
  });

  it("count a long line once, and say where it goes on", async () => {
    const lines = new FileLines(new TextServer(3, (line) => (line === 1 ? PIECE * 3 + 5 : 10)).read);
    await lines.around(0);
    expect(lines.all.map(({ number, continues }) => [number, continues])).toEqual([
      [0, false],
      [1, false],
      [1, true],
      [1, true],
      [1, true],
      [2, false],
    ]);
  });
});

describe("lines from somewhere else", () => {
  it("have no numbers until the beginning is reached from there", async () => {
    const lines = new FileLines(new TextServer(5000, LENGTH).read);
    await lines.around(300_000);
    expect(lines.all[0]?.number).toBeNull();
    let added = 0;
    const before = lines.all.length;
    while (!lines.isAtStart) {
      added += await lines.extendUp();
    }
    expectConsecutive(lines);
    expect(lines.all).toHaveLength(before + added);
    expect(lines.all.map(({ number }) => number)).toEqual(lines.all.map((_, index) => index));
  });

  it("are found by any byte in them", async () => {
    const lines = new FileLines(new TextServer(5000, LENGTH).read);
    await lines.around(250_000);
    for (const [index, { at, bytes }] of lines.all.entries()) {
      expect([lines.indexOf(at), lines.indexOf(at + bytes - 1)]).toEqual([index, index]);
    }
    expect([lines.contains(250_000), lines.contains(0), lines.contains(lines.end)]).toEqual([true, false, false]);
  });
});

describe("memory", () => {
  it("holds so many lines, wherever a person scrolls, and says how many went", async () => {
    const server = new TextServer(60_000, () => 40);
    const lines = new FileLines(server.read);
    await lines.around(0);
    let gone = 0;
    while (!lines.isAtEnd) {
      gone += await lines.extendDown();
      expect(lines.all.length).toBeLessThanOrEqual(8000);
    }
    expect(lines.all[0]?.number).toBe(gone);
    expect(lines.all.at(-1)?.number).toBe(59_999);
    const top = lines.all[0];
    const added = await lines.extendUp();
    expect(lines.all[added]).toEqual(top);
    expect(lines.all[0]?.number).toBe(gone - added);
    expectConsecutive(lines);
  });
});

describe("answers that come too late", () => {
  it("are dropped after a jump elsewhere", async () => {
    const lines = new FileLines(new TextServer(5000, LENGTH).read);
    const first = lines.around(0);
    const second = lines.around(300_000);
    expect([await first, await second]).toEqual([false, true]);
    expect(lines.contains(300_000)).toBe(true);
    const extension = lines.extendDown();
    lines.reset();
    expect([await extension, lines.all.length]).toEqual([0, 0]);
  });
});
