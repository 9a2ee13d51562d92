import { expect, test } from "vitest";
import type * as P from "../src/generated/protocol";
import { loaderItems } from "../src/loaderPicker";

const choices: P.LoadersResult = {
  extension: "json",
  loaders: [
    { pluginId: "a", name: "JSON Loader", description: "Opens JSON", match: "name", reason: "It opens .json files.", default: true },
    { pluginId: "b", name: "Lines", description: "Opens lines", match: "other", reason: "Something else.", default: false },
  ],
};

test("every plugin says why it is offered, which is the default and which is in force", () => {
  const [json, lines] = loaderItems(choices, "b");
  expect([json?.detail, json?.description]).toEqual(["Opens JSON — opens .json files", "default"]);
  expect([lines?.pluginId, lines?.detail, lines?.description]).toEqual(["b", "Opens lines — meant for other files", "in force"]);
});

test("the text editor is offered last, and there is no pin for it", () => {
  const last = loaderItems(choices, undefined).at(-1);
  expect([last?.pluginId, last?.buttons]).toEqual([null, undefined]);
});

test("a plugin can be pinned to an ending, not to none", () => {
  expect(loaderItems(choices, undefined)[0]?.buttons?.[0]?.tooltip).toBe("Always for .json files");
  expect(loaderItems({ ...choices, extension: "" }, undefined)[0]?.buttons).toEqual([]);
});
