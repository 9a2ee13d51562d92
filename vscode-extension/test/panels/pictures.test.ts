/** Bodies that a page draws as pictures are read in pieces, and only so far. */
import { expect, test } from "vitest";
import { readPicture } from "../../src/panels/pictures";
import type { ServerApi } from "../../src/serverApi";

const MIB = 1024 * 1024;

/** A server that has one body. */
function serverWith(body: Uint8Array, told: number[] = [], size = body.length): Pick<ServerApi, "request"> {
  const request = (_: unknown, { offset, count }: { offset: number; count: number }) => {
    told.push(offset);
    return Promise.resolve({ base64: Buffer.from(body.subarray(offset, offset + count)).toString("base64"), size });
  };
  return { request } as unknown as Pick<ServerApi, "request">;
}

test("a body comes whole, one piece after the other", async () => {
  const body = Uint8Array.from({ length: 2.5 * MIB }, (_, index) => index % 251);
  const told: number[] = [];
  const read = await readPicture(serverWith(body, told), "p1", "body-1");
  expect(Buffer.compare(read, body)).toBe(0);
  expect(read.constructor).toBe(Uint8Array); // anything else does not reach the page as it is
  expect(told).toEqual([0, MIB, 2 * MIB]);
  expect(await readPicture(serverWith(new Uint8Array()), "p1", "body-1")).toHaveLength(0);
});

test("one that is too large is not read to its end", async () => {
  const told: number[] = [];
  const reading = readPicture(serverWith(new Uint8Array(10), told, 20.5 * MIB), "p1", "body-1");
  await expect(reading).rejects.toMatchObject({ kind: "tooLarge", message: "This picture has 20.5 MiB; 16 MiB at most are drawn here." });
  expect(told).toEqual([0]);
});

test("one that ends before its end, and a panel that does not run, are said", async () => {
  await expect(readPicture(serverWith(new Uint8Array(10), [], 20), "p1", "body-1")).rejects.toMatchObject({ kind: "fileUnreadable" });
  await expect(readPicture(serverWith(new Uint8Array(10)), undefined, "body-1")).rejects.toMatchObject({ kind: "notOpen" });
});
