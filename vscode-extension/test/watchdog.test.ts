/** A server that hangs is noticed, one that is slow or was asleep is not taken for one that hangs. */
import { beforeEach, describe, expect, test } from "vitest";
import { PING_EVERY_MS, Watchdog } from "../src/watchdog";
import { settled } from "./fakes/server";

let now: number;
let needed: boolean;
let pings: (() => void)[];
let hangs: number;
let watchdog: Watchdog;

beforeEach(() => {
  [now, needed, pings, hangs] = [0, true, [], 0];
  watchdog = new Watchdog(
    {
      isNeeded: () => needed,
      ping: () => new Promise<void>((resolve) => pings.push(resolve)),
      hangs: () => hangs++,
    },
    () => now,
  );
});

function beats(count: number, every = PING_EVERY_MS): void {
  for (let beat = 0; beat < count; beat++) {
    now += every;
    watchdog.beat();
  }
}

describe("a server", () => {
  test("that answers is asked again and again", async () => {
    for (let round = 0; round < 10; round++) {
      beats(1);
      pings.at(-1)?.();
      await settled();
    }
    expect([pings.length, hangs]).toEqual([10, 0]);
  });

  test("that does not answer for four beats is told of once, and asked once only", () => {
    beats(4);
    expect(hangs).toBe(0);
    beats(1);
    expect(hangs).toBe(1);
    beats(20);
    expect([pings.length, hangs]).toEqual([1, 1]);
  });

  test("that answers late after all can be told of again", async () => {
    beats(5);
    pings[0]?.();
    await settled();
    beats(5);
    expect(hangs).toBe(2);
  });

  test("is not blamed for the time the computer slept", () => {
    beats(4);
    beats(1, 3_600_000);
    beats(3);
    expect(hangs).toBe(0);
  });

  test("of which nothing is wanted is left in peace", () => {
    needed = false;
    beats(20);
    expect([pings.length, hangs]).toEqual([0, 0]);
  });

  test("that is another is not blamed for the one before", () => {
    beats(4);
    watchdog.reset();
    beats(4);
    expect(hangs).toBe(0);
  });
});
