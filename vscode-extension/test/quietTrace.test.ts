import { expect, test } from "vitest";
import type { LogOutputChannel } from "vscode";
import { createMessageConnection, RequestType, Trace, TraceFormat } from "vscode-languageclient/node";
import { PassThrough } from "node:stream";
import { StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { quietTrace } from "../src/quietTrace";

const SECRET = "hunter2-hunter2";

function channel(): { readonly lines: string[]; readonly log: LogOutputChannel } {
  const lines: string[] = [];
  const log = { logLevel: 1, trace: (text: string) => void lines.push(text), info: (text: string) => void lines.push(text) };
  return { lines, log: log as unknown as LogOutputChannel };
}

/** What the library traces of an exchange: each side asks the other once. */
async function traced(method: string, format: TraceFormat): Promise<string> {
  const { lines, log } = channel();
  const quiet = quietTrace(log);
  const [there, back] = [new PassThrough(), new PassThrough()];
  const client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const server = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  const type = new RequestType<unknown, unknown, void>(method);
  for (const side of [client, server]) {
    side.onRequest(type, () => ({ value: SECRET }));
    side.listen();
  }
  const tracer = {
    log: (message: unknown, data?: string) => quiet.trace(typeof message === "string" ? `${message}\n${data ?? ""}` : JSON.stringify(message)),
  };
  await client.trace(Trace.Verbose, tracer, { sendNotification: false, traceFormat: format });
  await client.sendRequest(type, { value: SECRET });
  await server.sendRequest(type, { value: SECRET });
  await new Promise((resolve) => setImmediate(resolve));
  client.dispose();
  server.dispose();
  expect(lines.length).toBe(4);
  return lines.join("\n");
}

for (const format of [TraceFormat.Text, TraceFormat.JSON]) {
  test(`what holds secrets is left out of a trace as ${format}`, async () => {
    for (const method of ["thoth/secret/read", "thoth/secret/store", "thoth/plugin/setSetting", "thoth/plugin/settingsEvent"]) {
      const text = await traced(method, format);
      expect(text).toContain(method);
      expect(text).not.toContain(SECRET);
      expect(text).toContain("left out");
    }
  });

  test(`everything else is traced in full as ${format}`, async () => {
    for (const method of ["thoth/document/page", "thoth/plugin/settings"]) {
      const text = await traced(method, format);
      expect(text.split(SECRET)).toHaveLength(5);
    }
  });
}

test("the rest of the log is the log", () => {
  const { lines, log } = channel();
  const quiet = quietTrace(log);
  quiet.info("as it is");
  expect(lines).toEqual(["as it is"]);
  expect(quiet.logLevel).toBe(1);
});
