import { expect, test } from "vitest";
import { Slots, SLOTS } from "../../src/panels/slots";
import { Memento } from "../fakes/memento";

const installed = new Set(["a", "b", "c"]);

test("who shows something in the side bar has the same view each time", () => {
  const memory = new Memento();
  const slots = new Slots(memory);
  expect(slots.find("a", "1")).toBeUndefined();
  expect(slots.take("a", "1", installed)).toBe(0);
  expect(slots.take("b", "1", installed)).toBe(1);
  slots.takeNone("c", "1");
  const again = new Slots(memory);
  expect([again.find("a", "1"), again.find("b", "1"), again.find("c", "1")]).toEqual([0, 1, null]);
  expect([again.ownerOf(0), again.ownerOf(1), again.ownerOf(2)]).toEqual(["a", "b", undefined]);
});

test("another version has to be run to tell, and keeps its view", () => {
  const slots = new Slots(new Memento());
  slots.take("a", "1", installed);
  slots.take("b", "1", installed);
  expect(slots.find("b", "2")).toBeUndefined();
  slots.forget("b");
  expect(slots.find("b", "1")).toBeUndefined();
  expect(slots.take("b", "2", installed)).toBe(1);
  slots.takeNone("a", "2");
  expect(slots.ownerOf(0)).toBeUndefined();
});

test("a plugin without a version is known, too, and its name may be anything", () => {
  const slots = new Slots(new Memento());
  expect(slots.find("constructor", "")).toBeUndefined();
  expect(slots.take("constructor", "", installed)).toBe(0);
  expect(slots.find("constructor", "")).toBe(0);
});

test("when all are taken, the view of one that is not installed any more goes to another", () => {
  const slots = new Slots(new Memento());
  const many = Array.from({ length: SLOTS }, (_, index) => `p${index}`);
  for (const id of many) {
    slots.take(id, "1", new Set(many));
  }
  expect(slots.take("late", "1", new Set([...many, "late"]))).toBeUndefined();
  expect(slots.take("late", "1", new Set([...many.slice(1), "late"]))).toBe(0);
  expect(slots.ownerOf(0)).toBe("late");
  expect(slots.find("p0", "1")).toBeUndefined();
});
