/** A server can be started again whatever state it is in, and nothing is started for nobody. */
import type * as vscode from "vscode";
import { beforeEach, describe, expect, test } from "vitest";
import { Server } from "../src/client";
import type { Interpreter } from "../src/python";
import { LanguageClient, State } from "./fakes/languageClient";
import { settled } from "./fakes/server";
import { settings, trustGranted } from "./fakes/vscode";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined } as unknown as vscode.LogOutputChannel;
const python: Interpreter = { origin: "path", command: "python3", version: "3.12", folders: [] };
let found: (interpreter: Interpreter) => void;
let server: Server;

beforeEach(() => {
  LanguageClient.made = [];
  const interpreter = new Promise<Interpreter>((resolve) => (found = resolve));
  server = new Server({
    interpreter: () => interpreter,
    startScript: "start.py",
    workingFolder: "/",
    log: silent,
    pluginLog: silent,
    answers: {
      askPermission: () => Promise.resolve({ granted: [], denied: [] }),
      askConsent: () => Promise.resolve({ choice: "deny" }),
      secrets: { read: () => Promise.resolve({ value: null }), store: () => Promise.resolve({}), forgetAll: () => Promise.resolve({}) },
      askFile: () => Promise.resolve({ uri: null }),
      showFile: () => Promise.resolve({}),
      showPanel: () => ({}),
    },
  });
});

describe("a server", () => {
  test("that never answers to being started can be restarted", async () => {
    found(python);
    void server.start();
    await settled();
    const restarted = server.restart();
    await settled();
    const [hung, fresh] = LanguageClient.made;
    expect(hung?.disposed).toBe(true);
    fresh?.started();
    await restarted;
    expect(server.state).toBe("running");
  });

  test("ended while a Python was looked for is not started after all", async () => {
    const starting = server.start();
    server.dispose();
    found(python);
    await starting;
    expect(LanguageClient.made).toEqual([]);
  });

  test("that ends right after it was started has stopped, and is not waited for", async () => {
    found(python);
    const starting = server.start();
    await settled();
    LanguageClient.made[0]?.started(State.Stopped);
    await starting;
    expect(server.state).toBe("stopped");
    await expect(server.request({ method: "x" } as never, {})).rejects.toMatchObject({ kind: "serverStopped" });
  });

  test("is told of settings, and one that is just being ended need not take them", async () => {
    found(python);
    const starting = server.start();
    await settled();
    LanguageClient.made[0]?.started();
    await starting;
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    for (const told of trustGranted) told();
    const restarted = server.restart();
    await new Promise((resolve) => setTimeout(resolve, 20));
    LanguageClient.made[1]?.started();
    await restarted;
    process.off("unhandledRejection", note);
    expect(LanguageClient.made[0]?.sent).toEqual(["workspace/didChangeConfiguration"]);
    expect(unhandled).toEqual([]);
  });

  test("is sent manifests of plugins, and other texts only where the person wants what it knows of them", async () => {
    found(python);
    void server.start();
    await settled();
    expect(LanguageClient.made[0]?.options.documentSelector).toEqual([{ scheme: "file", pattern: "**/plugin.toml" }]);
    settings["text.features"] = true;
    const restarted = server.restart();
    await settled();
    LanguageClient.made[1]?.started();
    await restarted;
    delete settings["text.features"];
    expect(LanguageClient.made[1]?.options.documentSelector.map((filter) => filter.language)).toContain("json");
  });
});
