import { expect, test } from "vitest";
import { hostCommand } from "../../src/panels/hostWidgets";

test("clicks that the editor takes are those of a list, and of nothing else", () => {
  expect(hostCommand({ widgetId: "thoth:network-access", kind: "click", value: "" })).toBe("thoth.network.focus");
  expect(hostCommand({ widgetId: "thoth:plugin", kind: "click", value: "" })).toBe("thoth.plugins.details");
  for (const [widgetId, kind] of [["thoth:network-access", "change"], ["thoth:workbench.action.quit", "click"], ["toString", "click"], ["send", "click"]] as const) {
    expect(hostCommand({ widgetId, kind, value: "" })).toBeUndefined();
  }
});
