import { Disposable } from "vscode";
import { expect, test } from "vitest";
import { WorkReports } from "../src/workReports";

type Handler = (value: { kind: string; percentage?: number; message?: string }) => void;

/** A client that keeps whom it would tell. */
class FakeClient {
  readonly handlers = new Map<string, Handler>();

  onProgress(_type: unknown, token: string, handler: Handler): Disposable {
    this.handlers.set(token, handler);
    return new Disposable(() => this.handlers.delete(token));
  }
}
const attach = (reports: WorkReports, client: FakeClient): void =>
  reports.attach(client as unknown as Parameters<WorkReports["attach"]>[0]);

test("work that is waited for before there is a server is heard of once there is one, and no longer than wanted", () => {
  const reports = new WorkReports();
  const heard: [number | null, string][] = [];
  const end = reports.on("t", (percent, message) => heard.push([percent, message]));
  for (const client of [new FakeClient(), new FakeClient()]) {
    attach(reports, client);
    client.handlers.get("t")?.({ kind: "begin", percentage: 0 });
    client.handlers.get("t")?.({ kind: "report", percentage: 5, message: "Decompressing" });
    client.handlers.get("t")?.({ kind: "end", message: "done" });
  }
  expect(heard).toEqual([[0, ""], [5, "Decompressing"], [0, ""], [5, "Decompressing"]]);
  const last = new FakeClient();
  attach(reports, last);
  end.dispose();
  expect(last.handlers.size).toBe(0);
});
