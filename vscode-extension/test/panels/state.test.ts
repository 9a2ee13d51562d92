import { expect, test } from "vitest";
import { keptState, widgetValues } from "../../src/shared/panelState";

test("a window that is opened again takes only what is a panel's own", () => {
  expect(keptState({ key: "k", pluginId: "a.b", state: "s", title: "T", icon: "\ue000", widgets: {} })).toEqual({ key: "k", pluginId: "a.b", state: "s", title: "T", icon: "\ue000" });
  expect(keptState({ key: "k", pluginId: "a.b", state: 1, title: null })).toEqual({ key: "k", pluginId: "a.b", state: null, title: "", icon: null });
  for (const foreign of [undefined, null, 1, "a", {}, { key: "k", pluginId: 2 }, { key: "k", pluginId: "" }, { pluginId: "a.b" }, { key: "", pluginId: "a.b" }]) {
    expect(keptState(foreign)).toBeUndefined();
  }
  expect(widgetValues({ widgets: { a: 1 } })).toEqual({ a: 1 });
  for (const foreign of [undefined, null, {}, { widgets: [1] }, { widgets: "a" }]) {
    expect(widgetValues(foreign)).toEqual({});
  }
});
