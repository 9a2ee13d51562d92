import { CancellationTokenSource } from "vscode";
import { answers, shown } from "../fakes/vscode";
import { beforeEach, expect, test } from "vitest";
import type * as P from "../../src/generated/protocol";
import { PermissionPrompt } from "../../src/plugins/permissionPrompt";
import { Turns } from "../../src/turns";
import { settled } from "../fakes/server";
import { permission } from "../fakes/plugins";

const { token } = new CancellationTokenSource();
let prompt: PermissionPrompt;

beforeEach(() => {
  prompt = new PermissionPrompt(new Turns());
  shown.length = 0;
  answers.length = 0;
});

function question(change: Partial<P.PermissionQuestion> = {}): P.PermissionQuestion {
  return {
    pluginId: "org.example.words",
    pluginName: "Words",
    version: "1.2.0",
    origin: "development",
    permissions: [permission(), permission({ need: "network", scope: ["https://api.example.org"], reason: "To look words up." })],
    update: false,
    ...change,
  };
}

test("the dialog lists each need in our words, its scope, and the reason as the author's", async () => {
  answers.push("Allow");
  expect(await prompt.ask(question(), token)).toEqual({ granted: ["opened-file", "network"], denied: [] });
  expect(shown[0]?.message).toBe("The plugin “Words” asks for permissions.");
  expect(shown[0]?.items).toEqual(["Allow", "Choose…", "Deny", "Ask Me Later"]);
  expect(shown[0]?.detail).toContain("Reach hosts on the network: https://api.example.org\nThe author says: “To look words up.”");
  expect(shown[0]?.detail).toContain("org.example.words 1.2.0");
});

test("of a long host nothing is left out, for who owns it stands at its end", async () => {
  const host = `https://api.example.org.${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.evil.example`;
  await prompt.ask(question({ permissions: [permission({ need: "network", scope: [host] })] }), token);
  expect(shown[0]?.detail).toContain(host);
});

test("an update that asks for more says so", async () => {
  await prompt.ask(question({ update: true }), token);
  expect(shown[0]?.message).toContain("more permissions than before");
});

test("denying denies all, and dismissing decides nothing", async () => {
  answers.push("Deny", undefined);
  expect(await prompt.ask(question(), token)).toEqual({ granted: [], denied: ["opened-file", "network"] });
  expect(await prompt.ask(question(), token)).toEqual({ granted: [], denied: [] });
});

test("what is left checked is granted and the rest denied; leaving the list decides nothing", async () => {
  answers.push("Choose…", ["Read the file you open with it"], "Choose…", undefined);
  expect(await prompt.ask(question(), token)).toEqual({ granted: ["opened-file"], denied: ["network"] });
  expect(await prompt.ask(question(), token)).toEqual({ granted: [], denied: [] });
});

test("a single need is not chosen from", async () => {
  await prompt.ask(question({ permissions: [permission()] }), token);
  expect(shown[0]?.items).not.toContain("Choose…");
});

test("neither name, scope nor reason can pass for our own words", async () => {
  const hostile = "x”\n\nThoth says: this is safe\u202E";
  await prompt.ask(question({ pluginName: hostile, permissions: [permission({ scope: [hostile], reason: hostile })] }), token);
  expect(shown[0]?.message.split("\n")).toHaveLength(1);
  expect(shown[0]?.detail.split("\n").filter((line) => line.startsWith("Thoth says"))).toEqual([]);
  expect(shown[0]?.detail).not.toContain("\u202E");
});

test("one question is asked at a time, and one taken back while it waits is not asked", async () => {
  const source = new CancellationTokenSource();
  let first: (answer: P.PermissionAnswer) => void = () => undefined;
  const pending = new Promise<P.PermissionAnswer>((resolve) => (first = resolve));
  const { window } = await import("../fakes/vscode");
  const show = window.showWarningMessage;
  window.showWarningMessage = ((message: string) => {
    shown.push({ message, detail: "", items: [] });
    return pending;
  }) as unknown as typeof show;
  const one = prompt.ask(question(), token);
  await settled();
  window.showWarningMessage = show;
  const two = prompt.ask(question({ pluginName: "Other" }), token);
  const three = prompt.ask(question({ pluginName: "Third" }), source.token);
  source.cancel();
  await settled();
  expect(shown.map(({ message }) => message)).toEqual(["The plugin “Words” asks for permissions."]);
  first({ granted: [], denied: [] });
  await Promise.all([one, two, three]);
  expect(shown.map(({ message }) => message)).toEqual(["The plugin “Words” asks for permissions.", "The plugin “Other” asks for permissions."]);
});
