import { EventEmitter } from "vscode";
import { expect, test } from "vitest";
import { HostChannels } from "../../src/panels/channels";

test("what is said within a page on a channel goes to its end alone, and answers go back by it", () => {
  const received = new EventEmitter<unknown>();
  const posted: unknown[] = [];
  const channels = new HostChannels({ onDidReceiveMessage: received.event, postMessage: (message: unknown) => (posted.push(message), Promise.resolve(true)) });
  const [one, other] = [channels.open("c1"), channels.open("c2")];
  const heard: unknown[] = [];
  one.onDidReceiveMessage((message: unknown) => heard.push(["one", message]));
  other.onDidReceiveMessage((message: unknown) => heard.push(["other", message]));
  received.fire({ channel: "c1", message: { id: 1 } });
  received.fire({ channel: "c9", message: 1 });
  received.fire({ id: 4, request: "event" });
  received.fire(null);
  expect(heard).toEqual([["one", { id: 1 }]]);
  void other.postMessage("hello");
  expect(posted).toEqual([{ channel: "c2", message: "hello" }]);
  one.dispose();
  received.fire({ channel: "c1", message: 2 });
  channels.dispose();
  received.fire({ channel: "c2", message: 3 });
  expect(heard).toHaveLength(1);
});
