import { expect, test } from "vitest";
import { pageState } from "../../src/plugins/pages";

test("a window that is opened again takes only what is a page's own", () => {
  expect(pageState({ pluginId: "a.b", tab: "settings" })).toEqual({ pluginId: "a.b", tab: "settings" });
  expect(pageState({ pluginId: "a.b", tab: "other" })).toEqual({ pluginId: "a.b", tab: "details" });
  for (const foreign of [undefined, null, 1, {}, { pluginId: 2 }]) {
    expect(pageState(foreign)).toBeUndefined();
  }
});
