import { EventEmitter } from "vscode";
import type * as vscode from "vscode";
import { beforeEach, expect, test, vi } from "vitest";
import { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { CommandIds } from "../../src/pluginCommands/commandIds";
import { commandId, KnownCommands } from "../../src/pluginCommands/knownCommands";
import { settled } from "../fakes/server";
import type * as fakes from "../fakes/vscode";

/** What is registered, and what was said. */
const editor = vi.hoisted(() => ({ commands: new Map<string, (...args: unknown[]) => Promise<void>>(), said: [] as string[] }));

vi.mock("vscode", async (original) => {
  const fake = await original<typeof fakes>();
  const registerCommand = (id: string, run: (...args: unknown[]) => Promise<void>) => {
    expect(editor.commands.has(id)).toBe(false);
    editor.commands.set(id, run);
    return { dispose: () => editor.commands.delete(id) };
  };
  return { ...fake, commands: { registerCommand }, window: { showErrorMessage: (text: string) => editor.said.push(text) } };
});

const command = (pluginId: string, name: string): P.PluginCommand => ({ pluginId, pluginName: "P", name, about: "", arguments: [], examples: [] });
const GREET = command("a.b", "greet");
const COUNT = command("a.b", "count");

let values: Map<string, unknown>;
let known: KnownCommands;
let changes: vscode.EventEmitter<P.DidChangePlugins | undefined>;
let plugins: P.PluginInfo[];
/** What was run, and which plugins were asked for their commands. */
let ran: unknown[];
let asked: (string | null)[];
/** What the plugins say they have. */
let said: P.PluginCommand[];
let ids: CommandIds;

const store = (): vscode.Memento =>
  ({
    get: (key: string, otherwise: unknown) => values.get(key) ?? otherwise,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  }) as unknown as vscode.Memento;

const start = (): CommandIds => {
  known = new KnownCommands(store());
  const runs = {
    run: (target: unknown) => Promise.resolve(void ran.push(target)),
    list: async (pluginId: string | null) => {
      asked.push(pluginId);
      const commands = said.filter((item) => item.pluginId === pluginId);
      if (commands.length === 0) {
        throw new Failure("pluginInvalid", "it says nothing");
      }
      await known.learn(commands);
      return { commands, problems: [] };
    },
  };
  const find = (pluginId: string) => plugins.find(({ id }) => id === pluginId);
  return new CommandIds(known, runs, { find, onDidChange: changes.event });
};

beforeEach(() => {
  values = new Map();
  changes = new EventEmitter();
  [plugins, ran, asked, said, editor.said] = [[], [], [], [], []];
  editor.commands.clear();
  ids = start();
});

const registered = (): string[] => [...editor.commands.keys()].sort();
const plugin = (change: Partial<P.PluginInfo> = {}): P.PluginInfo =>
  ({ id: "a.b", state: "enabled", capabilities: ["cli"], permissions: [{ decision: "granted" }], ...change }) as P.PluginInfo;

async function tell(reason: P.DidChangePlugins["reason"], pluginIds = ["a.b"]): Promise<void> {
  changes.fire({ pluginIds, reason, message: null });
  await settled();
}

test("each command that was heard of has an id, and keeps it over a restart without a plugin being asked", async () => {
  await known.learn([GREET, COUNT]);
  expect(registered()).toEqual(["thoth.command.a.b.count", "thoth.command.a.b.greet"]);
  ids.dispose();
  expect(registered()).toEqual([]);
  ids = start();
  expect(registered()).toEqual(["thoth.command.a.b.count", "thoth.command.a.b.greet"]);
  expect(asked).toEqual([]);
});

test("the id runs the command, with the values of a keybinding where there are some", async () => {
  await known.learn([GREET]);
  const run = editor.commands.get(commandId(GREET));
  await run?.();
  await run?.({ name: "Ada", shout: true });
  expect(ran).toEqual([
    { pluginId: "a.b", name: "greet" },
    { pluginId: "a.b", name: "greet", values: { name: "Ada", shout: true } },
  ]);
  await run?.(["Ada"]);
  expect(editor.said).toEqual(["thoth.command.a.b.greet takes an object of values: texts, or true and false for flags."]);
  expect(ran).toHaveLength(2);
});

test("a plugin that has other commands by now has other ids", async () => {
  await known.learn([GREET, COUNT]);
  plugins = [plugin()];
  said = [COUNT, command("a.b", "sum")];
  await tell("reloaded");
  expect(registered()).toEqual(["thoth.command.a.b.count", "thoth.command.a.b.sum"]);
});

test("a plugin is asked when it is new and nobody has to decide about it", async () => {
  said = [GREET];
  for (const change of [{ state: "disabled" as const }, { capabilities: ["exporter"] }, { permissions: [{ decision: "ask" }] as P.Permission[] }]) {
    plugins = [plugin(change)];
    await tell("installed");
  }
  await tell("crashed");
  await tell("settings");
  expect(asked).toEqual([]);
  plugins = [plugin()];
  await tell("permissions");
  expect(asked).toEqual(["a.b"]);
  expect(registered()).toEqual(["thoth.command.a.b.greet"]);
});

test("a plugin that cannot answer keeps the ids it had, and is no message", async () => {
  await known.learn([GREET]);
  plugins = [plugin()];
  await tell("reloaded");
  expect([registered(), editor.said]).toEqual([["thoth.command.a.b.greet"], []]);
});

test("what is removed has no ids any more, unless another plugin of its id is in force", async () => {
  await known.learn([GREET]);
  plugins = [plugin()];
  await tell("removed");
  expect(registered()).toEqual(["thoth.command.a.b.greet"]);
  plugins = [];
  await tell("removed");
  expect(registered()).toEqual([]);
  expect(values.get("thoth.pluginCommands")).toEqual({});
});

test("an id that two commands share runs neither: a plugin could take over another one's keybinding", async () => {
  await known.learn([command("a.b", "c.d"), command("a.b.c", "d")]);
  expect(registered()).toEqual(["thoth.command.a.b.c.d"]);
  await editor.commands.get("thoth.command.a.b.c.d")?.();
  expect(ran).toEqual([]);
  expect(editor.said).toEqual([
    "thoth.command.a.b.c.d may be a command of a.b or of a.b.c. Name the plugin and the command apart (pluginId, name).",
  ]);
});

test("an id that nobody has says how it would become known", () => {
  expect(() => known.named("thoth.command.x.y.z")).toThrow(/^No command of a plugin is known as thoth\.command\.x\.y\.z\. Run /);
});

test("not more is kept than the newest plugins", async () => {
  for (let number = 0; number < 205; number++) {
    await known.learn([command(`p.${number}`, "run")]);
  }
  const isKnown = (number: number): boolean => known.ids.has(`thoth.command.p.${number}.run`);
  expect([known.ids.size, isKnown(4), isKnown(5), isKnown(204)]).toEqual([200, false, true, true]);
});
