/** What is offered to be opened, and what is asked of the server for it. */
import { beforeEach, expect, test } from "vitest";
import { itemsOf, openDataSet } from "../../src/dataViews/openDataSet";
import type * as P from "../../src/generated/protocol";
import { executed } from "../fakes/vscode";
import { FakeServer, settled } from "../fakes/server";

const info = (change: Partial<P.DatasetInfo>): P.DatasetInfo => ({
  panelId: "p1", pluginId: "depot", pluginName: "Depot", kind: "published", handle: "ds-1", name: "Stock", rows: 1000, columns: 1, revision: 1, ...change,
});

let server: FakeServer;

beforeEach(() => {
  server = new FakeServer();
  executed.length = 0;
});

test("what was published comes first, with its size; what would be made has none", () => {
  const items = itemsOf([info({ kind: "producer", handle: "", name: "Maker" }), info({})]);
  expect(items.map(({ label, description }) => [label, description])).toEqual([
    ["published", undefined],
    ["$(table) Stock", "Depot · 1,000 rows × 1 column"],
    ["made when it is asked for", undefined],
    ["$(sparkle) Maker", "Depot"],
  ]);
});

test("what plugins call their data cannot make the list say something else", () => {
  const [, item] = itemsOf([info({ name: "gone\n" + "x".repeat(500) })]);
  expect(item?.label.length).toBeLessThan(120);
  expect(item?.label).not.toContain("\n");
});

test("without any data it says so and opens nothing", async () => {
  const done = openDataSet(server);
  await server.last("thoth/dataset/list").answer({ datasets: [] });
  await settled();
  await done;
  expect(executed).toEqual([]);
});
