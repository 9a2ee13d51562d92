import type * as vscode from "vscode";
import { expect, test } from "vitest";
import { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { stepsOf, valueProblem, withText } from "../../src/pluginCommands/askArguments";
import { commandItems } from "../../src/pluginCommands/commandPicker";
import { readRef } from "../../src/pluginCommands/pluginCommands";
import { MOST_RUNS, RunHistory } from "../../src/pluginCommands/runHistory";
import { argumentName, plain, shortText, shownValues } from "../../src/pluginCommands/words";

const argument = (id: string, kind: P.CommandArgument["kind"], required = false): P.CommandArgument => ({
  id,
  help: `About ${id}`,
  required,
  kind,
  long: kind === "positional" ? null : id,
  short: null,
  valueName: kind === "flag" ? null : id.toUpperCase(),
});
const greet: P.PluginCommand = {
  pluginId: "com.example.counter",
  pluginName: "Counter",
  name: "greet",
  about: "Says\nhello [here](command:x)",
  arguments: [argument("shout", "flag"), argument("name", "positional", true), argument("from", "option"), argument("quiet", "flag")],
  examples: [],
};

/** A store that keeps what it is given. */
function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, otherwise?: T) => (values.get(key) as T | undefined) ?? otherwise,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  };
}

test("what was run is on top, then every command with its plugin, then what is wrong, which cannot be chosen", () => {
  const known = { pluginId: greet.pluginId, name: "greet", values: { name: "Ada", shout: true } };
  const gone = { ...known, name: "gone" };
  const problems = [{ pluginId: "com.example.broken", message: "plugin com.example.broken: it needs more" }];
  const items = commandItems({ commands: [greet], problems }, [gone, known]);
  expect(items.map(({ label }) => label)).toEqual([
    ...["Run again", "$(history) greet Ada --shout"],
    ...["Commands", "$(terminal) greet"],
    ...["Problems", "$(warning) com.example.broken"],
  ]);
  expect(items.map(({ choice }) => choice)).toEqual([undefined, { run: known }, undefined, { command: greet }, undefined, undefined]);
  expect(items[3]?.detail).toBe("Counter — com.example.counter");
});

test("what a plugin says has no line ends, links or icons in it", () => {
  expect(plain(greet.about)).toBe("Says hello [here] (command:x)");
  expect(plain("$(zap)\u202e x")).toBe("$ (zap) x");
  expect(plain("x".repeat(500), 10)).toBe("xxxxxxxxx…");
});

test("each value is a step, and all flags together are the last", () => {
  const steps = stepsOf(greet);
  expect(steps.map((step) => ("argument" in step ? step.argument.id : step.flags.map(({ id }) => id)))).toEqual(["name", "from", ["shout", "quiet"]]);
  expect(stepsOf({ ...greet, arguments: [] })).toEqual([]);
});

test("what is required has to be given, and what is left empty is not given", () => {
  const [, name, from] = greet.arguments;
  expect(valueProblem(name!, "")).toBe("NAME is needed.");
  expect([valueProblem(name!, " "), valueProblem(from!, "")]).toEqual([undefined, undefined]);
  expect(withText({ name: "Ada", from: "x" }, from!, "")).toEqual({ name: "Ada" });
  expect(withText({ name: "Ada" }, from!, "y")).toEqual({ name: "Ada", from: "y" });
});

test("arguments and values are named as at a terminal", () => {
  expect(greet.arguments.map(argumentName)).toEqual(["--shout", "NAME", "--from", "--quiet"]);
  expect(shownValues({ name: "Ada L.", shout: false, quiet: true, from: "a/b" })).toBe('"Ada L." --quiet a/b');
});

test("a result is shown as a message only where it is one short text", () => {
  const result = (text: string | null, records = 1): P.RunCommandResult => ({ records, text, uri: "file:///x" });
  expect(shortText(result('{"greeting":"Hello"}\n'))).toBe("Hello");
  const others = ['{"a":1}', '{"a":""}', '{"a":"x","b":"y"}', "{}", `{"a":"${"x".repeat(201)}"}`, null];
  expect(others.map((text) => shortText(result(text)))).toEqual(others.map(() => undefined));
  expect(shortText(result('{"a":"x"}', 2))).toBeUndefined();
});

test("what a keybinding gives is a plugin, a command and values", () => {
  const ref = { pluginId: "a.b", name: "c" };
  expect(readRef(ref)).toEqual(ref);
  expect(readRef({ ...ref, type: "thoth", values: { x: "1", y: true } })).toEqual({ ...ref, values: { x: "1", y: true } });
  for (const wrong of ["a.b", 5, {}, { pluginId: "a.b" }, { ...ref, name: 1 }, { ...ref, values: [] }, { ...ref, values: { x: 1 } }, { ...ref, values: null }]) {
    expect(() => readRef(wrong)).toThrow(Failure);
  }
});

test("the history has each run once, the newest first, and not too many", async () => {
  const history = new RunHistory(memento());
  const run = (name: string, values = {}) => ({ pluginId: "a.b", name, values });
  await history.keep(run("one", { a: "1", b: true }));
  await history.keep(run("two"));
  await history.keep(run("one", { b: true, a: "1" }));
  expect(history.runs.map(({ name }) => name)).toEqual(["one", "two"]);
  for (let number = 0; number < MOST_RUNS + 5; number++) {
    await history.keep(run(`run ${number}`));
  }
  expect([history.runs.length, history.runs[0]?.name]).toEqual([MOST_RUNS, `run ${MOST_RUNS + 4}`]);
});
