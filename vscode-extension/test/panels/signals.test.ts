import { EventEmitter } from "vscode";
import { beforeEach, expect, test } from "vitest";
import type * as P from "../../src/generated/protocol";
import { severity, Signals, signalText, signalTooltip, type Signalling } from "../../src/panels/signals";
import { FakeServer } from "../fakes/server";
import { statusItems } from "../fakes/vscode";

const signal = (key: string, value: string, status: P.Signal["status"] = "ready"): P.Signal => ({ key, value, status, endsInMs: null });
const told = (panelId: string, ...signals: P.Signal[]): P.DidSignal => ({ panelId, pluginName: "Words", signals });

let server: FakeServer;
let panels: Signalling[];
let changed: EventEmitter<void>;

beforeEach(() => {
  statusItems.length = 0;
  server = new FakeServer();
  panels = [{ panelId: "p1", title: "List", isNear: true }];
  changed = new EventEmitter<void>();
  new Signals(server, {
    get panels() {
      return panels;
    },
    onDidChange: changed.event,
  });
});

const shown = (): string[] => statusItems.filter(({ isShown }) => isShown).map(({ text }) => text);

test("the worst of them counts", () => {
  expect(severity([])).toBe("ready");
  expect(severity([signal("a", ""), signal("b", "", "loading")])).toBe("loading");
  expect(severity([signal("a", "", "error"), signal("b", "", "loading")])).toBe("error");
});

test("it says whose they are, and words of plugins are no icons and no links", () => {
  expect(signalText(told("p1", signal("http", "GET 200"), signal("open", "3")))).toBe("Words: GET 200 · 3");
  expect(signalText(told("p1", signal("a", "$(flame) x", "error")))).toBe("$(error) Words: $\u200b(flame) x");
  expect(signalText(told("p1", signal("busy", "", "loading")))).toBe("$(loading~spin) Words: busy");
  const { value } = signalTooltip({ event: told("p1", signal("a", "[x](command:y)")), at: 0 }, "List");
  expect(value).toContain("**Words — List**");
  expect(value).not.toContain("[x](command:y)");
});

test("and until when each holds, counted from when it came", () => {
  const at = new Date(2026, 0, 1, 12, 30, 0).getTime();
  const { value } = signalTooltip({ event: told("p1", { ...signal("short", "1"), endsInMs: 15_000 }, signal("long", "2", "loading")), at }, "Words");
  expect(value.split("\n\n")).toEqual(["**Words**", `$(pass) short: 1 — until ${new Date(at + 15_000).toLocaleTimeString("en")}`, "$(loading~spin) long: 2"]);
});

test("those that are near are shown, of others what is not done or wrong", () => {
  server.panels.signalled(told("p1", signal("a", "one")));
  expect(shown()).toEqual(["Words: one"]);
  panels = [{ panelId: "p1", title: "List", isNear: false }];
  changed.fire();
  expect(shown()).toEqual([]);
  server.panels.signalled(told("p1", signal("a", "one", "loading")));
  expect(shown()).toEqual(["$(loading~spin) Words: one"]);
});

test("signals that come before their panel is known are shown when it is; those of one that is closed go", () => {
  server.panels.signalled(told("p2", signal("a", "early")));
  expect(shown()).toEqual([]);
  panels = [{ panelId: "p2", title: "List", isNear: true }];
  changed.fire();
  expect(shown()).toEqual(["Words: early"]);
  panels = [];
  changed.fire();
  expect(shown()).toEqual([]);
});

test("trees that change nothing about them touch no item; another title of the panel does", () => {
  server.panels.signalled(told("p1", signal("a", "one")));
  const [item] = statusItems;
  item!.text = "";
  changed.fire();
  expect(item!.text).toBe("");
  panels = [{ panelId: "p1", title: "Longer List", isNear: true }];
  changed.fire();
  expect(item!.text).toBe("Words: one");
});

test("an error is red, and a server that ends takes all of them along", () => {
  server.panels.signalled(told("p1", signal("a", "broken", "error")));
  expect(statusItems.at(-1)).toMatchObject({ backgroundColor: { id: "statusBarItem.errorBackground" }, command: { arguments: ["p1"] } });
  expect(statusItems.at(-1)?.accessibilityInformation?.label).toBe("Words: a broken (error)");
  server.panels.signalled(told("p1"));
  expect(shown()).toEqual([]);
  server.panels.signalled(told("p1", signal("a", "again")));
  server.setState("stopped");
  expect(shown()).toEqual([]);
});
