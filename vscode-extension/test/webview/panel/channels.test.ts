import { expect, test } from "vitest";
import { PageChannels } from "../../../src/webview/panel/channels";

test("each part of a page has a channel of its own", () => {
  const posted: unknown[] = [];
  const channels = new PageChannels({ postMessage: (message) => posted.push(message), getState: () => undefined, setState: () => undefined });
  channels.listen(window);
  const heard: unknown[] = [];
  const one = channels.open((message) => heard.push(["one", message]));
  const other = channels.open((message) => heard.push(["other", message]));
  one.postMessage({ id: 1 });
  expect(posted).toEqual([{ channel: one.name, message: { id: 1 } }]);
  one.setState("kept");
  expect([one.getState(), other.getState()]).toEqual(["kept", undefined]);
  const say = (data: unknown): boolean => window.dispatchEvent(new MessageEvent("message", { data }));
  say({ channel: other.name, message: "hello" });
  say({ event: "tree", body: {} });
  one.dispose();
  say({ channel: one.name, message: "late" });
  expect(heard).toEqual([["other", "hello"]]);
});
