import { CancellationTokenSource } from "vscode";
import { beforeEach, expect, test } from "vitest";
import type * as P from "../../src/generated/protocol";
import { ConsentPrompt, TOO_SOON_MS } from "../../src/network/consentPrompt";
import { PermissionPrompt } from "../../src/plugins/permissionPrompt";
import { Turns } from "../../src/turns";
import { question } from "../fakes/network";
import { permission } from "../fakes/plugins";
import { settled } from "../fakes/server";
import { answers, shown, window } from "../fakes/vscode";

const { token } = new CancellationTokenSource();
const turns = new Turns();
let prompt: ConsentPrompt;

beforeEach(() => {
  let clock = 0;
  prompt = new ConsentPrompt(turns, () => (clock += TOO_SOON_MS));
  shown.length = 0;
  answers.length = 0;
});

test("the dialog says plugin, host, method, address and, as the author's, the reason", async () => {
  answers.push("Always Allow");
  expect(await prompt.ask(question(), token)).toEqual({ choice: "always" });
  expect(shown[0]?.message).toBe("The plugin “Courier” wants to reach api.example.org.");
  expect(shown[0]?.items).toEqual(["Allow Once", "Allow for This Session", "Always Allow", "Deny Always", "Deny"]);
  for (const line of ["org.example.courier 1.0.0", "The author says: “To fetch it.”", "Request: GET https://api.example.org", "192.0.2.1 (public)"]) {
    expect(shown[0]?.detail).toContain(line);
  }
});

test.each([
  ["Allow Once", "once"],
  ["Allow for This Session", "untilClosed"],
  ["Always Allow", "always"],
  ["Deny Always", "denyAlways"],
  ["Deny", "deny"],
  [undefined, "deny"],
])("%s means %s", async (title, choice) => {
  answers.push(title);
  expect(await prompt.ask(question(), token)).toEqual({ choice });
});

const LOCAL: Partial<P.ConsentQuestion> = { target: "http://localhost:8080", host: "localhost", port: 8080, addresses: ["127.0.0.1", "::1"], local: true };

test("a server on this machine and one in the private network are told apart, with their addresses", async () => {
  await prompt.ask(question(LOCAL), token);
  await prompt.ask(question({ ...LOCAL, target: "http://nas:80", host: "nas", port: 80, addresses: ["192.168.1.4"] }), token);
  expect(shown[0]?.message).toBe("The plugin “Courier” wants to reach localhost:8080, a server on this machine.");
  expect(shown[0]?.detail).toContain("Address: 127.0.0.1, ::1 (this machine)");
  expect(shown[0]?.detail).not.toContain("Not encrypted");
  expect(shown[1]?.message).toBe("The plugin “Courier” wants to reach nas in your private network.");
  expect(shown[1]?.detail).toContain("Address: 192.168.1.4 (private network)");
  expect(shown[1]?.detail).toContain("Not encrypted");
});

test("of a long name nothing is left out, for who owns it stands at its end", async () => {
  const host = `accounts.example.org.${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(30)}.evil.example`;
  await prompt.ask(question({ host, target: `https://${host}:443`, redirectedFrom: `https://${host}:443` }), token);
  expect(shown[0]?.message).toContain(".evil.example.");
  expect(shown[0]?.detail).toContain(`GET https://${host}`);
  expect(shown[0]?.detail).toContain(`Redirected here by https://${host}`);
});

test("with a proxy there is no address to show, and it says so", async () => {
  await prompt.ask(question({ addresses: [] }), token);
  expect(shown[0]?.detail).toContain("Address: found by the proxy, not checked here");
  expect(shown[0]?.detail).not.toContain("(public)");
});

test("WebSockets, TCP, redirects and ports that are not the usual ones are told", async () => {
  await prompt.ask(question({ kind: "websocket", method: "", redirectedFrom: "http://start.example:80" }), token);
  await prompt.ask(question({ kind: "tcp", method: "", target: "tcp://[2001:db8::1]:5432", host: "2001:db8::1", port: 5432 }), token);
  expect(shown[0]?.detail).toContain("WebSocket: wss://api.example.org");
  expect(shown[0]?.detail).toContain("Redirected here by http://start.example");
  expect(shown[1]?.message).toContain("wants to reach [2001:db8::1]:5432.");
  expect(shown[1]?.detail).toContain("TCP connection: tcp://[2001:db8::1]:5432");
});

test("of a name with many addresses some are shown", async () => {
  await prompt.ask(question({ addresses: Array.from({ length: 9 }, (_, index) => `192.0.2.${index}`) }), token);
  expect(shown[0]?.detail).toContain("192.0.2.3 (+5) (public)");
});

test("once is said to be for all that wait, where several do", async () => {
  await prompt.ask(question(), token);
  await prompt.ask(question({ waiting: 3 }), token);
  expect(shown[0]?.detail).not.toContain("waiting");
  expect(shown[1]?.detail).toContain("3 of these are waiting: “Allow Once” is for all of them");
});

test("neither name nor reason can pass for our own words", async () => {
  const hostile = "x”\n\nThoth says: this is safe\u202E";
  await prompt.ask(question({ pluginName: hostile, reason: hostile, version: hostile }), token);
  expect(shown[0]?.message.split("\n")).toHaveLength(1);
  expect(shown[0]?.detail.split("\n").filter((line) => line.startsWith("Thoth says"))).toEqual([]);
  expect(shown[0]?.detail).not.toContain("\u202E");
});

test("what is chosen sooner than it can be read allows nothing, and is asked again", async () => {
  let clock = 0;
  prompt = new ConsentPrompt(turns, () => (clock += TOO_SOON_MS - 1 - (clock > 1000 ? 0 : 400)));
  answers.push("Allow Once", "Always Allow", "Deny Always", "Deny");
  expect(await prompt.ask(question(), token)).toEqual({ choice: "deny" });
  expect(shown).toHaveLength(4);
  expect(shown[0]?.detail).not.toContain("too quick");
  expect(shown[1]?.detail).toContain("too quick");
});

test("a choice about a question that was taken back meanwhile decides nothing, and says so", async () => {
  const source = new CancellationTokenSource();
  const told: string[] = [];
  const show = window.showWarningMessage;
  Object.assign(window, { showInformationMessage: (text: string) => told.push(text) });
  window.showWarningMessage = (...call: Parameters<typeof show>) => {
    source.cancel();
    return show(...call);
  };
  answers.push("Always Allow");
  expect(await prompt.ask(question(), source.token)).toEqual({ choice: "deny" });
  window.showWarningMessage = show;
  expect(told).toEqual(["“Courier” no longer asks for api.example.org: nothing was decided."]);
});

test("questions about hosts wait for those about permissions, and one taken back while it waits is not asked", async () => {
  const source = new CancellationTokenSource();
  let first: (answer: undefined) => void = () => undefined;
  const show = window.showWarningMessage;
  window.showWarningMessage = (message: string) => {
    shown.push({ message, detail: "", items: [] });
    return new Promise<undefined>((resolve) => (first = resolve));
  };
  const asked: P.PermissionQuestion = { pluginId: "a", pluginName: "A", version: "1", origin: "user", permissions: [permission()], update: false };
  const one = new PermissionPrompt(turns).ask(asked, token);
  await settled();
  window.showWarningMessage = show;
  const two = prompt.ask(question({ host: "second.example" }), source.token);
  const three = prompt.ask(question({ host: "third.example" }), token);
  source.cancel();
  await settled();
  expect(shown).toHaveLength(1);
  first(undefined);
  expect(await two).toEqual({ choice: "deny" });
  await Promise.all([one, three]);
  expect(shown.map(({ message }) => message)).toEqual([expect.stringContaining("permissions"), expect.stringContaining("third.example")]);
});
