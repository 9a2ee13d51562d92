/** Which grid the palette, the keys and the status bar are about. */
import { EventEmitter } from "vscode";
import { expect, test } from "vitest";
import { ActiveGrid } from "../src/activeGrid";
import { contextKeys } from "../src/contextKeys";
import type { DataGrid } from "../src/dataEditor/dataGrid";
import { executed } from "./fakes/vscode";

const grid = (back: boolean): DataGrid => ({ history: { back, forward: false } }) as DataGrid;

function around() {
  const editors = { active: undefined as DataGrid | undefined, changed: new EventEmitter<void>() };
  const tabs = { active: undefined as { readonly data: { readonly active: DataGrid | undefined; readonly isFocused: boolean } } | undefined, changed: new EventEmitter<void>() };
  const active = new ActiveGrid(
    { get active() { return editors.active; }, onDidChangeActive: editors.changed.event },
    { get active() { return tabs.active; }, onDidChangeData: tabs.changed.event },
  );
  return { editors, tabs, active };
}

test("it is that of the editor in front, or that of the panel in front, or none", () => {
  const { editors, tabs, active } = around();
  let changes = 0;
  active.onDidChange(() => changes++);
  expect(active.current).toBeUndefined();
  const [inEditor, inPanel] = [grid(false), grid(true)];
  tabs.active = { data: { active: inPanel, isFocused: true } };
  tabs.changed.fire();
  expect([active.current === inPanel, active.inPanel === inPanel, active.isFocusedInPanel]).toEqual([true, true, true]);
  tabs.active = undefined;
  editors.active = inEditor;
  editors.changed.fire();
  expect([active.current === inEditor, active.inPanel, active.isFocusedInPanel, changes]).toEqual([true, undefined, false, 2]);
});

test("the context keys say so, each once", () => {
  const { tabs, active } = around();
  executed.length = 0;
  contextKeys(active, { onDidChange: new EventEmitter<never>().event });
  tabs.active = { data: { active: grid(true), isFocused: true } };
  tabs.changed.fire();
  tabs.changed.fire();
  expect(executed).toEqual([
    ["setContext", "thoth.canGoBack", true],
    ["setContext", "thoth.canGoForward", false],
    ["setContext", "thoth.dataViewActive", true],
    ["setContext", "thoth.dataViewFocused", true],
  ]);
  executed.length = 0;
  tabs.active = { data: { active: grid(true), isFocused: false } };
  tabs.changed.fire();
  expect(executed).toEqual([["setContext", "thoth.dataViewFocused", false]]);
});
