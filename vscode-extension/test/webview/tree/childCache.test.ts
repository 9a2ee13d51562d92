import { describe, expect, it } from "vitest";
import type * as P from "../../../src/generated/protocol";
import { AllRecords } from "../../../src/webview/grid/data/recordOrder";
import { ChildCache } from "../../../src/webview/grid/tree/childCache";
import { Expander, MOST_ROWS } from "../../../src/webview/grid/tree/expander";
import { positionsOf, pathMeant, rowOf } from "../../../src/webview/grid/tree/reveal";
import type { TreeNode } from "../../../src/webview/grid/tree/treeModel";
import { TreeModel } from "../../../src/webview/grid/tree/treeModel";
import type { Messenger } from "../../../src/webview/messenger";
import { children, Endless, Members, summaryOf, type Value, valueOf, walk } from "../harness/values";

/** A tree over values, with the requests it made. */
function treeOver(values: readonly Value[], fail: () => Error | null = () => null) {
  const asked: string[] = [];
  let [underWay, most] = [0, 0];
  const model = new TreeModel();
  const known = (node: TreeNode): number => (node === model.root ? values.length : node.own);
  const load = async (node: TreeNode, start: number, count: number): Promise<P.ChildrenResult> => {
    most = Math.max(most, ++underWay);
    return answer(node, start, count).finally(() => underWay--);
  };
  const answer = (node: TreeNode, start: number, count: number): Promise<P.ChildrenResult> => {
    const [record, ...path] = node.route;
    asked.push(`${node.route.join("/")}:${start}+${count}`);
    const error = fail();
    if (error) {
      return Promise.reject(error);
    }
    if (record === undefined) {
      const all = values.slice(start, start + count).map((value, at) => summaryOf(value, start + at));
      return Promise.resolve({ kind: "records", count: values.length, start, children: JSON.stringify(all) });
    }
    const { value } = walk(values[record] ?? null, path);
    const made = children(value, start, Math.min(count, 60)); // cut short, as an answer that grows too long is
    return Promise.resolve({ kind: "object", count: summaryOf(value, 0).count, start, children: JSON.stringify(made) });
  };
  const failed: string[] = [];
  const cache = new ChildCache(load, {
    known,
    changed: () => undefined,
    counted: (node, count, isAll) => model.setCount(node, count, isAll),
    failed: (_, error) => failed.push(error.message),
  });
  model.setOrder(new AllRecords(values.length));
  return { model, cache, asked, failed, most: () => most };
}

const row = (model: TreeModel, index: number) => ({ node: model.root, index });

describe("values that had not been read to their end", () => {
  const unread = { index: 0, key: null, kind: "object", preview: "{…}", count: null, bytes: 9, at: [0, 9], keyAt: null } as unknown as P.Summary;

  it("are asked for again once when the file has been, and shown as they were until then", async () => {
    const { model } = treeOver([null]);
    const answers = [unread, { ...unread, count: 3 }, { ...unread, count: 4 }];
    const cache = new ChildCache(
      () => Promise.resolve({ kind: "records", count: 1, start: 0, children: JSON.stringify([answers.shift()]) }),
      { known: () => 1, changed: () => undefined, counted: () => undefined, failed: () => undefined },
    );
    const count = () => {
      const state = cache.child(row(model, 0));
      return state.kind === "ready" ? state.value.count : state.kind;
    };
    cache.setReading(true);
    await cache.read(row(model, 0));
    cache.want([row(model, 0)]);
    expect([count(), answers.length]).toEqual([null, 2]);
    cache.setReading(false);
    expect([count(), answers.length]).toEqual([null, 1]);
    await cache.read(row(model, 0));
    cache.setReading(false);
    await cache.read(row(model, 0));
    expect([count(), answers.length]).toEqual([3, 1]);
  });

  it("are asked for again after an answer that was under way", async () => {
    const { model } = treeOver([null]);
    const answers = [unread, { ...unread, count: 3 }];
    const cache = new ChildCache(
      () => Promise.resolve({ kind: "records", count: 1, start: 0, children: JSON.stringify([answers.shift()]) }),
      { known: () => 1, changed: () => undefined, counted: () => undefined, failed: () => undefined },
    );
    cache.setReading(true);
    const first = cache.read(row(model, 0));
    cache.setReading(false);
    await first;
    await cache.read(row(model, 0));
    expect(answers).toEqual([]);
  });
});

describe("windows of children", () => {
  it("are put together from answers that end early, and asked for once", async () => {
    const { model, cache, asked } = treeOver([new Endless(150, (index) => index)]);
    const node = model.expand(row(model, 0), 150);
    const [first, again] = await Promise.all([cache.read({ node, index: 7 }), cache.read({ node, index: 99 })]);
    expect(first.map(({ index }) => index)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(again).toBe(first);
    expect(asked).toEqual(["0:0+100", "0:60+40"]);
    expect((await cache.read({ node, index: 149 })).at(-1)?.index).toBe(149);
  });

  it("tell how many children there are where nobody has counted them", async () => {
    const { model, cache } = treeOver([new Endless(130, (index) => index, true)]);
    const node = model.expand(row(model, 0), null);
    await cache.read({ node, index: 0 });
    expect([node.count, node.isCounted]).toEqual([100, false]);
    await cache.read({ node, index: 100 });
    expect([node.count, node.isCounted, model.rows]).toEqual([130, true, 131]);
  });

  it("that could not be read say why, and are asked for again on demand only", async () => {
    let error: Error | null = new Error("no luck");
    const { model, cache, asked, failed } = treeOver([1, 2], () => error);
    await expect(cache.read(row(model, 1))).rejects.toThrow("no luck");
    expect(cache.child(row(model, 1))).toMatchObject({ kind: "failed", first: 0 });
    cache.want([row(model, 0)]);
    expect([asked.length, failed]).toEqual([1, ["no luck"]]);
    error = null;
    cache.retry(row(model, 1));
    await cache.read(row(model, 1));
    expect(cache.child(row(model, 1))).toMatchObject({ kind: "ready", value: { preview: "2" } });
  });

  it("of an earlier generation are not taken", async () => {
    const { model, cache } = treeOver([1]);
    const reading = cache.read(row(model, 0));
    cache.reset();
    await reading;
    expect(cache.child(row(model, 0))).toEqual({ kind: "loading" });
  });

  it("are not asked for while the host does not answer", () => {
    const { model, cache, asked } = treeOver([1]);
    cache.setServed(false);
    cache.want([row(model, 0)]);
    expect(asked).toEqual([]);
    cache.setServed(true);
    expect(asked).toEqual([":0+100"]);
  });
});

describe("expanding much at once", () => {
  const nested = valueOf({ a: [1, [2, 3]], b: {}, c: { d: { e: "f" } } });
  const expanderOf = ({ model, cache }: ReturnType<typeof treeOver>) => new Expander(model, cache, { progress: () => undefined });

  it("expands everything below a value, empty ones left out", async () => {
    const tree = treeOver([nested, nested]);
    const summary = summaryOf(nested, 0);
    expect(await expanderOf(tree).all(row(tree.model, 0), summary)).toBe("done");
    expect(tree.model.rows).toBe(2 + 3 + 2 + 2 + 1 + 1);
    expect([...tree.model.nodes()].map(({ route }) => route.join("/"))).toEqual(["0", "0/0", "0/0/1", "0/2", "0/2/0"]);
  });

  it("expands the values of one level and nothing in them", async () => {
    const tree = treeOver([nested, 7, nested]);
    expect(await expanderOf(tree).level(tree.model.root)).toBe("done");
    expect([...tree.model.nodes()].map(({ route }) => route.join("/"))).toEqual(["0", "2"]);
  });

  it("goes down as deep as values are nested", async () => {
    const model = new TreeModel();
    model.setOrder(new AllRecords(1));
    const array = { ...summaryOf([[]], 0), preview: "[…]" };
    // An array in an array in an array …, and a text in the innermost.
    const load = (node: TreeNode): Promise<P.ChildrenResult> => {
      const child = node.depth < 2_999 ? array : summaryOf("the bottom", 0);
      return Promise.resolve({ kind: "array", count: 1, start: 0, children: JSON.stringify([child]) });
    };
    const hooks = { known: () => 1, changed: () => undefined, counted: () => undefined, failed: () => undefined };
    const expander = new Expander(model, new ChildCache(load, hooks), { progress: () => undefined });
    expect(await expander.all(row(model, 0), array)).toBe("done");
    expect(model.rows).toBe(1 + 3_000);
  });

  it("stops at the limit, and says so", async () => {
    const tree = treeOver([new Endless(1_000, () => new Endless(30, (index) => index))]);
    expect(await expanderOf(tree).all(row(tree.model, 0), { ...summaryOf(0, 0), kind: "array", count: 1_000 })).toBe("limit");
    expect(tree.model.rows).toBeLessThanOrEqual(1 + 1_000 + MOST_ROWS);
    expect(tree.model.rows).toBeGreaterThan(MOST_ROWS);
  });

  it("stops when it is told to, and leaves what is expanded", async () => {
    const tree = treeOver([new Endless(500, () => [1])]);
    const expander = new Expander(tree.model, tree.cache, { progress: () => expander.stop() });
    expect(await expander.all(row(tree.model, 0), { ...summaryOf(0, 0), kind: "array", count: 500 })).toBe("stopped");
    expect(tree.model.rows).toBe(1 + 500 + 100);
  });
});

describe("going to a value", () => {
  const value = new Members([["list", new Endless(5_000, (index) => valueOf({ 0: index }), true)], ["list", "again"]]);
  const messenger = {
    request: (_: "value", { path }: { path: (string | number)[] }) => {
      const { positions, keys, last } = walk(value, path);
      return Promise.resolve({ positions, keys, value: last ?? summaryOf(value, 0) });
    },
  } as unknown as Messenger;

  it("expands what is around it, as far as its place among siblings nobody has counted", async () => {
    const { model, cache } = treeOver([value]);
    const positions = await positionsOf({ messenger, generation: 1 }, 0, ["list", 4_321, "0"]);
    expect(positions).toEqual([0, 4_321, 0]);
    const found = await rowOf(model, cache, 0, positions);
    expect(model.placeOf(found)).toBe(1 + 1 + 4_321 + 1);
    expect((await cache.read(found))[0]).toMatchObject({ key: "0", preview: "4321" });
  });

  const NESTED = 120;
  const deep = Array.from({ length: NESTED }).reduce<Value>((inside) => new Members([["in", inside]]), "the bottom");

  it("asks for each level once, several at a time", async () => {
    const { model, cache, asked, most } = treeOver([deep]);
    const found = await rowOf(model, cache, 0, Array<number>(NESTED).fill(0));
    expect([model.placeOf(found), asked.length, new Set(asked).size, most()]).toEqual([NESTED, NESTED + 1, NESTED + 1, 16]);
    expect([...model.nodes()].every(({ count, isCounted }) => count === 1 && isCounted)).toBe(true);
    expect([...model.nodes()].map(({ name }) => name?.key)).toEqual([null, ...Array<string>(NESTED - 1).fill("in")]);
  });

  it("asks for nothing that is there already", async () => {
    const { model, cache, asked } = treeOver([deep]);
    await rowOf(model, cache, 0, Array<number>(40).fill(0));
    const before = asked.length;
    await rowOf(model, cache, 0, Array<number>(30).fill(0));
    expect(asked.length).toBe(before);
    await rowOf(model, cache, 0, Array<number>(42).fill(0));
    expect(asked.length).toBe(before + 2);
  });

  it("leaves expanded what was so before when something on the way cannot be read", async () => {
    let error: Error | null = null;
    const { model, cache } = treeOver([deep], () => error);
    await rowOf(model, cache, 0, [0, 0]);
    error = new Error("no luck");
    await expect(rowOf(model, cache, 0, Array<number>(40).fill(0))).rejects.toThrow("no luck");
    expect([model.rows, [...model.nodes()].length]).toEqual([3, 2]);
  });

  it("takes a number of a JSON Pointer for a position in an array and for a name in an object", async () => {
    const path = await pathMeant({ messenger, generation: 1 }, 0, ["list", { either: 3 }, { either: 0 }]);
    expect(path).toEqual(["list", 3, "0"]);
  });

  it("is refused where there is no such value", async () => {
    await expect(Promise.resolve().then(() => positionsOf({ messenger, generation: 1 }, 0, ["absent"]))).rejects.toThrow("nothing");
  });
});
