/** The commands of the REST Explorer in the palette: what they run, and what they say where that cannot be done. */
import { beforeEach, expect, test, vi } from "vitest";
import { Failure } from "../src/errors";
import { REST_COMMANDS } from "../src/restExplorer/commands";
import { FakeServer, settled } from "./fakes/server";
import type * as fakes from "./fakes/vscode";

const PLUGIN = "com.thoth.url-source";

/** What VS Code was asked to say, the button that is pressed next, and the choice that is made of a list. */
const editor = vi.hoisted(() => ({
  said: [] as string[],
  press: undefined as string | undefined,
  offered: [] as { label: string; description: string; detail: string }[],
  choose: undefined as number | undefined,
}));

vi.mock("vscode", async (original) => {
  const fake = await original<typeof fakes>();
  const say = (text: string, ...buttons: string[]) => {
    editor.said.push([text, ...buttons].join(" | "));
    return Promise.resolve(buttons.find((button) => button === editor.press));
  };
  return {
    ...fake,
    ProgressLocation: { Window: 10 },
    window: {
      showInformationMessage: say,
      showWarningMessage: say,
      showQuickPick: (items: typeof editor.offered) => {
        editor.offered = items;
        return Promise.resolve(editor.choose === undefined ? undefined : items[editor.choose]);
      },
      withProgress: (_options: unknown, task: (progress: unknown, token: unknown) => unknown) => task({}, new fake.CancellationTokenSource().token),
    },
  };
});

let server: FakeServer;
let ran: unknown[];
/** What the next runs come to; nothing is success. */
let failures: Failure[];

const run = (name: string): Promise<void> =>
  REST_COMMANDS[`thoth.rest.${name}`]!({
    server,
    runs: {
      execute: ({ pluginId, name: command, values }) => {
        ran.push([pluginId, command, values]);
        const failure = failures.shift();
        return failure === undefined ? Promise.resolve({ records: 0, uri: null, text: null }) : Promise.reject(failure);
      },
    },
  });

beforeEach(() => {
  server = new FakeServer();
  ran = [];
  failures = [];
  Object.assign(editor, { said: [], press: undefined, offered: [], choose: undefined });
});

test.each([
  ["newRequest", "new-request"],
  ["importCurl", "import-curl"],
  ["sendLastAgain", "send-last-again"],
  ["editEnvironments", "environments"],
])("%s runs %s and says nothing more: what comes of it is in the tab", async (command, name) => {
  await run(command);
  expect(ran).toEqual([[PLUGIN, name, {}]]);
  expect(editor.said).toEqual([]);
});

test("what the plugin has to say is said without its id", async () => {
  failures = [new Failure("pluginRefused", `plugin ${PLUGIN}: Nothing was sent yet.`)];
  await run("sendLastAgain");
  expect(editor.said).toEqual(["REST Explorer: Nothing was sent yet."]);
});

test("where the explorer is switched off it can be switched on, in a workspace, too, and goes on", async () => {
  failures = [new Failure("pluginDisabled", `plugin ${PLUGIN}: it is switched off`)];
  editor.press = "Switch On";
  const running = run("newRequest");
  await settled();
  await server.last("thoth/plugin/details").answer({ plugin: { state: "disabled" } });
  expect(editor.said).toEqual(["The REST Explorer is switched off. | Switch On"]);
  await settled();
  expect(server.last("thoth/plugin/setEnabled").params).toEqual({ pluginId: PLUGIN, enabled: true, scope: "user" });
  await server.last("thoth/plugin/setEnabled").answer({ state: "disabled" });
  expect(server.last("thoth/plugin/setEnabled").params).toEqual({ pluginId: PLUGIN, enabled: true, scope: "workspace" });
  await server.last("thoth/plugin/setEnabled").answer({ state: "enabled" });
  await running;
  expect(ran).toHaveLength(2);
});

test("where the person leaves it off nothing happens; a crash and a lack say what they are", async () => {
  failures = [new Failure("pluginDisabled", "off"), new Failure("pluginDisabled", "it crashed three times"), new Failure("pluginNotFound", "none")];
  const left = run("newRequest");
  await settled();
  await server.last("thoth/plugin/details").answer({ plugin: { state: "disabled" } });
  await left;
  const crashed = run("newRequest");
  await settled();
  const expected = expect(crashed).rejects.toThrow("it crashed three times");
  await server.last("thoth/plugin/details").answer({ plugin: { state: "enabled" } });
  await expected;
  await expect(run("newRequest")).rejects.toThrow("The REST Explorer is not installed.");
  expect(ran).toHaveLength(3);
});

test("a request of the collection is searched by name, URL and folder, and opened by its id", async () => {
  editor.choose = 1;
  const running = run("openRequest");
  await settled();
  const { params } = server.last("thoth/command/run");
  expect(params).toEqual({ pluginId: PLUGIN, name: "list", values: { ids: true }, show: false });
  const saved = [
    { path: "List", method: "GET", url: "https://a.example", id: "1a" },
    { path: "Users/Admins/List", method: "POST", url: "https://b.example", id: "2b" },
  ];
  await server.last("thoth/command/run").answer({ records: 2, uri: null, text: saved.map((one) => JSON.stringify(one)).join("\n") });
  await running;
  expect(editor.offered.map(({ label, description, detail }) => [label, description, detail])).toEqual([
    ["$(globe) List", "GET https://a.example", ""],
    ["$(globe) List", "POST https://b.example", "Users › Admins"],
  ]);
  expect(ran).toEqual([[PLUGIN, "open", { name: "2b" }]]);
});

test("an empty collection is said to be, with the way to the first request", async () => {
  editor.press = "New Request";
  const running = run("openRequest");
  await settled();
  await server.last("thoth/command/run").answer({ records: 0, uri: null, text: "" });
  await running;
  expect(editor.said).toEqual(["The collection of the REST Explorer has no requests yet. | New Request"]);
  expect(ran).toEqual([[PLUGIN, "new-request", {}]]);
});
