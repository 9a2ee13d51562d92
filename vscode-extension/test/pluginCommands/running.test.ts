import type * as vscode from "vscode";
import { beforeEach, expect, test, vi } from "vitest";
import { Failure } from "../../src/errors";
import type * as P from "../../src/generated/protocol";
import { KnownCommands } from "../../src/pluginCommands/knownCommands";
import { PluginCommands } from "../../src/pluginCommands/pluginCommands";
import { FakeServer } from "../fakes/server";
import type * as fakes from "../fakes/vscode";

/** What VS Code was asked to show and to do, and the button that is pressed at the next message. */
const editor = vi.hoisted(() => ({
  said: [] as string[],
  executed: [] as unknown[][],
  press: undefined as string | undefined,
  cancel: undefined as (() => void) | undefined,
}));

vi.mock("vscode", async (original) => {
  const fake = await original<typeof fakes>();
  const say = (text: string, ...buttons: string[]) => {
    editor.said.push([text, ...buttons].join(" | "));
    const pressed = buttons.find((button) => button === editor.press);
    editor.press = undefined;
    return Promise.resolve(pressed);
  };
  return {
    ...fake,
    Uri: { parse: (text: string) => text },
    ProgressLocation: { Notification: 15 },
    commands: { executeCommand: (...call: unknown[]) => Promise.resolve(void editor.executed.push(call)) },
    window: {
      showInformationMessage: say,
      showErrorMessage: say,
      setStatusBarMessage: (text: string) => editor.said.push(text),
      withProgress: (_options: unknown, task: (progress: unknown, token: unknown) => unknown) => {
        const source = new fake.CancellationTokenSource();
        editor.cancel = () => source.cancel();
        return task({}, source.token);
      },
    },
  };
});

const NAME: P.CommandArgument = { id: "name", help: "", required: true, kind: "positional", long: null, short: null, valueName: "NAME" };
const COUNT: P.PluginCommand = { pluginId: "a.b", pluginName: "Counter", name: "count", about: "", arguments: [], examples: [] };
const GREET: P.PluginCommand = { ...COUNT, name: "greet", arguments: [NAME] };

let server: FakeServer;
let runs: PluginCommands;
const log = { show: vi.fn() };

beforeEach(() => {
  const values = new Map<string, unknown>();
  const store = {
    get: (key: string, otherwise: unknown) => values.get(key) ?? otherwise,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  } as unknown as vscode.Memento;
  server = new FakeServer();
  runs = new PluginCommands(server, store, new KnownCommands(store), log);
  Object.assign(editor, { said: [], executed: [], press: undefined });
});

/** Waits for the request that is sent next, and answers it. */
async function answer(method: string, result: unknown): Promise<Record<string, unknown>> {
  const request = await vi.waitFor(() => server.sent.shift() ?? Promise.reject(new Error("nothing was sent")));
  expect(request.method).toBe(method);
  await (result instanceof Failure ? request.fail(result) : request.answer(result));
  return request.params;
}

const listed = { commands: [COUNT, GREET], problems: [] };
const records = { records: 2, uri: "file:///results/count-1.ndjson", text: null };

test("a keybinding runs its command with its values, and the records are opened", async () => {
  const running = runs.run({ pluginId: "a.b", name: "greet", values: { name: "Ada" } });
  await answer("thoth/command/list", listed);
  expect(await answer("thoth/command/run", records)).toEqual({ pluginId: "a.b", name: "greet", values: { name: "Ada" }, show: true });
  await running;
  expect(editor.executed).toEqual([["vscode.openWith", records.uri, "thoth.dataEditor", { preview: false }]]);
  expect(editor.said).toEqual([]);
});

test("a command that takes nothing is run without asking, and repeated", async () => {
  const nothing = { records: 0, uri: null, text: null };
  const running = runs.run({ pluginId: "a.b", name: "count" });
  await answer("thoth/command/list", listed);
  await answer("thoth/command/run", nothing);
  await running;
  const again = runs.repeat();
  await answer("thoth/command/list", listed);
  expect(await answer("thoth/command/run", nothing)).toMatchObject({ name: "count", values: {} });
  await again;
  expect(editor.said).toEqual(["Counter count: no results.", "Counter count: no results."]);
});

test("a single short text is a message, from which the record can be opened", async () => {
  editor.press = "Show as Table";
  const running = runs.run({ pluginId: "a.b", name: "greet", values: { name: "Ada" } });
  await answer("thoth/command/list", listed);
  await answer("thoth/command/run", { records: 1, uri: "file:///r/greet-1.ndjson", text: '{"greeting":"[Hello](command:x)"}\n' });
  await running;
  await vi.waitFor(() => expect(editor.executed).toHaveLength(1));
  expect(editor.said).toEqual(["Counter greet: [Hello] (command:x) | Show as Table"]);
});

test("a failure names the command once, and leads to the log", async () => {
  editor.press = "Show Log";
  const running = runs.run({ pluginId: "a.b", name: "count" });
  await answer("thoth/command/list", listed);
  await answer("thoth/command/run", new Failure("pluginTrapped", "plugin a.b: plugin-cli.run crashed\n[see](command:x)"));
  await running;
  expect(editor.said).toEqual(["Counter count: plugin-cli.run crashed [see] (command:x) | Show Log"]);
  expect(log.show).toHaveBeenCalledOnce();
});

test("values that do not fit can be changed", async () => {
  const running = runs.run({ pluginId: "a.b", name: "greet", values: { name: "" } });
  await answer("thoth/command/list", listed);
  await answer("thoth/command/run", new Failure("inputInvalid", "plugin a.b: greet: NAME is missing"));
  await running;
  expect(editor.said).toEqual(["Counter greet: greet: NAME is missing | Change Values… | Show Log"]);
});

test("a run that is cancelled is no failure, however it ends", async () => {
  const running = runs.run({ pluginId: "a.b", name: "count" });
  await answer("thoth/command/list", listed);
  const request = await vi.waitFor(() => server.sent.shift() ?? Promise.reject(new Error("nothing was sent")));
  editor.cancel?.();
  expect(request.token?.isCancellationRequested).toBe(true);
  await request.fail(new Failure("internal", "gone"));
  await running;
  expect(editor.said).toEqual(["Counter count was cancelled."]);
});

test("a command there is not is named beside those there are", async () => {
  const running = runs.run({ pluginId: "a.b", name: "cuont" });
  const failed = expect(running).rejects.toThrow("The plugin a.b has no command “cuont”; it has count, greet.");
  await answer("thoth/command/list", listed);
  await failed;
});

test("without an earlier run there is a way to the list", async () => {
  await runs.repeat();
  await runs.repeatEarlier();
  const said = "No plugin command has been run in this workspace yet. | Run Plugin Command…";
  expect(editor.said).toEqual([said, said]);
});

test("a task names its command by plugin and name, or by the id that the command has once it is known", async () => {
  expect(runs.meant({ type: "thoth", pluginId: "a.b", name: "greet", values: { name: "Ada" } })).toMatchObject({ name: "greet" });
  const task = { type: "thoth", commandId: "thoth.command.a.b.greet", values: { name: "Ada" } };
  expect(() => runs.meant(task)).toThrow("No command of a plugin is known as thoth.command.a.b.greet.");
  const listing = runs.list(null);
  await answer("thoth/command/list", listed);
  await listing;
  expect(runs.meant(task)).toEqual({ pluginId: "a.b", name: "greet", values: { name: "Ada" } });
  expect(() => runs.meant({ ...task, values: { name: 5 } })).toThrow("thoth.command.a.b.greet takes an object of values");
});
