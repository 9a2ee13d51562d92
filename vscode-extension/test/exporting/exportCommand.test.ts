/** An export from the question for the format to the message at its end. */
import { beforeEach, describe, expect, it } from "vitest";
import type { DataGrid } from "../../src/dataEditor/dataGrid";
import { DocumentRequests } from "../../src/dataEditor/documentRequests";
import { Failure } from "../../src/errors";
import { Exporting } from "../../src/exporting/exportCommand";
import type * as P from "../../src/generated/protocol";
import { FakeServer, opened, settled } from "../fakes/server";
import { Memento } from "../fakes/memento";
import { Person } from "../fakes/person";
import { executed, files, Uri, window } from "../fakes/vscode";

const CSV: P.ExporterInfo = {
  pluginId: "com.csv",
  name: "CSV",
  extension: "csv",
  streaming: true,
  options: [
    { key: "delimiter", label: "Delimiter", kind: "select", default: "comma", choices: ["comma", "tab"] },
    { key: "header", label: "Header", kind: "bool", default: "true", choices: [] },
    { key: "null", label: "Missing", kind: "text", default: "", choices: [] },
  ],
  problem: null,
  undecided: false,
};
const BROKEN: P.ExporterInfo = { ...CSV, pluginId: "com.broken", name: "Broken", options: [], problem: "it crashed" };
const DONE: P.ExportResult = { records: 3, bytes: 12, notes: [] };

let server: FakeServer;
let person: Person;
let exporting: Exporting;
let editor: DataGrid;

beforeEach(() => {
  server = new FakeServer();
  person = new Person();
  person.sitAt(window);
  exporting = new Exporting(server, new Memento());
  files.clear();
  executed.length = 0;
  const document = opened();
  const session = { fileName: "a.json", status: { document }, ask: new DocumentRequests(server, () => document) };
  editor = { uri: Uri.file("/data/a.json"), session } as unknown as DataGrid;
});

/** Waits until a request of that method has been sent, and returns it. */
async function sent(method: string, count = 1) {
  for (let turn = 0; turn < 100; turn++) {
    const found = server.sent.filter((request) => request.method === method);
    const last = found.at(-1);
    if (last !== undefined && found.length >= count) {
      return last;
    }
    await settled();
  }
  throw new Error(`${method} was not sent ${count} times; shown: ${person.shown.join(" | ")}`);
}

async function listed(count = 1): Promise<void> {
  await (await sent("thoth/exporter/list", count)).answer({ exporters: [BROKEN, CSV] });
}

describe("an export", () => {
  it("asks for format, options and place, shows how far it is, and says what was written", async () => {
    person.lists = ["CSV", "Delimiter", "tab", "Header", "Missing", "Go On"];
    person.texts = ["NA"];
    person.places = ["/data/out.csv"];
    person.buttons = ["Open"];
    const done = exporting.all(editor);
    await listed();
    const request = await sent("export");
    expect(request.params).toMatchObject({
      documentId: "d1",
      generation: 1,
      pluginId: "com.csv",
      options: { delimiter: "tab", header: "false", null: "NA" },
      scope: {},
      target: "file:///data/out.csv",
      overwrite: false,
    });
    server.work.get(String(request.params["workDoneToken"]))?.(50, "2 records");
    await request.answer(DONE);
    await done;
    await settled();
    expect(person.shown).toContain("Export a.json to /data/a.csv");
    expect(person.shown).toContain("Exporting to out.csv");
    expect(person.progress).toEqual(["2 records"]);
    expect(person.shown.at(-1)).toBe("Exported 3 records to out.csv (12 bytes).");
    expect(executed).toEqual([["vscode.open", Uri.file("/data/out.csv")]]);
    expect(server.work.size).toBe(0);
  });

  it("remembers its options, which can then be used at once", async () => {
    person.lists = ["CSV", "Header", "Go On"];
    person.places = ["/data/out.csv", "/data/again.csv", "/data/third.csv"];
    const first = exporting.all(editor);
    await listed();
    await (await sent("export")).answer(DONE);
    await first;
    person.lists = ["CSV with the options used last"];
    const second = exporting.all(editor);
    await listed(2);
    const again = await sent("export", 2);
    expect([again.params["options"], again.params["target"]]).toEqual([{ delimiter: "comma", header: "false", null: "" }, "file:///data/again.csv"]);
    await again.answer(DONE);
    await second;
    const third = exporting.all(editor, true);
    await listed(3);
    const last = await sent("export", 3);
    expect(last.params["options"]).toEqual({ delimiter: "comma", header: "false", null: "" });
    await last.answer(DONE);
    await third;
  });

  it("goes back from the options, restores defaults, and ends where the person withdraws", async () => {
    person.lists = ["CSV", "Header", { button: "Restore Defaults" }, { button: "Back" }, "CSV", "Go On"];
    person.places = [null];
    const done = exporting.all(editor);
    await listed();
    await listed(2);
    await done;
    expect(server.sent.map(({ method }) => method)).toEqual(["thoth/exporter/list", "thoth/exporter/list"]);
  });

  it("says why an exporter cannot be used", async () => {
    person.lists = ["Broken"];
    const done = exporting.all(editor);
    await listed();
    await done;
    expect(person.shown).toEqual(["Broken cannot be used: it crashed"]);
  });

  it("of a plugin nobody has decided about asks for it once it was chosen, and then for its options", async () => {
    const undecided = { ...CSV, options: [], streaming: false, undecided: true };
    person.lists = ["CSV", "Delimiter", "tab", "Go On"];
    person.places = ["/data/out.csv"];
    const done = exporting.all(editor);
    const listing = await sent("thoth/exporter/list");
    expect(listing.params).toEqual({ pluginId: null });
    await listing.answer({ exporters: [undecided] });
    const one = await sent("thoth/exporter/list", 2);
    expect(one.params).toEqual({ pluginId: "com.csv" });
    await one.answer({ exporters: [CSV] });
    const request = await sent("export");
    expect(request.params["options"]).toMatchObject({ delimiter: "tab" });
    await request.answer(DONE);
    await done;
  });

  it("ends with a message where the plugin turns out not to work", async () => {
    person.lists = ["CSV"];
    const done = exporting.all(editor);
    await (await sent("thoth/exporter/list")).answer({ exporters: [{ ...CSV, options: [], undecided: true }] });
    await (await sent("thoth/exporter/list", 2)).answer({ exporters: [{ ...BROKEN, name: "CSV" }] });
    await done;
    expect(person.shown).toEqual(["CSV cannot be used: it crashed"]);
  });

  it("of a selection is named and suggested as one", async () => {
    person.lists = ["CSV", "Go On"];
    person.places = ["/data/out.csv"];
    const done = exporting.run(editor, { generation: 1, part: "selection", scope: { rows: [2, 5], columns: [1] } });
    await listed();
    const request = await sent("export");
    expect(request.params["scope"]).toEqual({ rows: [2, 5], columns: [1] });
    await request.answer({ ...DONE, notes: ["Two cells were too long."] });
    await done;
    expect(person.shown).toContain("Export Selection of a.json to /data/a-selection.csv");
    expect(person.shown.at(-1)).toBe("Exported 3 records to out.csv (12 bytes). Two cells were too long.");
  });
});

describe("a file that is there", () => {
  beforeEach(() => {
    person.lists = ["CSV", "Go On"];
    person.places = ["/data/out.csv"];
  });

  it("is replaced, since the dialog has asked", async () => {
    files.set("file:///data/out.csv", new Uint8Array(1));
    const done = exporting.all(editor);
    await listed();
    const request = await sent("export");
    expect(request.params["overwrite"]).toBe(true);
    await request.answer(DONE);
    await done;
  });

  it("is asked for where it came up meanwhile, and left alone without an answer", async () => {
    const done = exporting.all(editor);
    await listed();
    await (await sent("export")).fail(new Failure("fileExists", "it is there"));
    await done;
    expect(person.shown.at(-1)).toBe("out.csv exists already. Replace it?");
    expect(server.sent.filter(({ method }) => method === "export")).toHaveLength(1);
  });

  it("is replaced then where the person wants it", async () => {
    person.buttons = ["Replace"];
    const done = exporting.all(editor);
    await listed();
    await (await sent("export")).fail(new Failure("fileExists", "it is there"));
    const again = await sent("export", 2);
    expect(again.params["overwrite"]).toBe(true);
    await again.answer(DONE);
    await done;
  });
});

describe("what goes wrong", () => {
  beforeEach(() => {
    person.lists = ["CSV", "Go On"];
    person.places = ["/data/out.csv", "/data/other.csv"];
  });

  it("is told, and nothing is when the person cancelled", async () => {
    const done = exporting.all(editor);
    await listed();
    const request = await sent("export");
    person.cancellation.cancel();
    await request.fail(new Failure("internal", "broken off"));
    await done;
    expect(person.shown.at(-1)).toBe("Exporting to out.csv");
  });

  it("of the plugin is told as it says it", async () => {
    const done = exporting.all(editor);
    await listed();
    await (await sent("export")).fail(new Failure("pluginTrapped", "plugin com.csv: it crashed"));
    await done;
    expect(person.shown.at(-1)).toBe("Nothing was exported: plugin com.csv: it crashed");
  });

  it("has no links: one could run any command of the editor", async () => {
    const done = exporting.all(editor);
    await listed();
    await (await sent("export")).fail(new Failure("pluginRefused", "plugin com.csv: [Retry](command:x?1)"));
    await done;
    expect(person.shown.at(-1)).toBe("Nothing was exported: plugin com.csv: [Retry] (command:x?1)");
  });

  it("of the place can be mended by another", async () => {
    person.buttons = ["Choose Another Place…"];
    const done = exporting.all(editor);
    await listed();
    await (await sent("export")).fail(new Failure("fileUnwritable", "no permission"));
    const again = await sent("export", 2);
    expect(again.params["target"]).toBe("file:///data/other.csv");
    await again.answer(DONE);
    await done;
  });

  it("rejects where the list of exporters cannot be had, or no file is open", async () => {
    const failed = expect(exporting.all(editor)).rejects.toThrow("gone");
    await (await sent("thoth/exporter/list")).fail(new Failure("serverStopped", "gone"));
    await failed;
    Object.assign(editor.session, { status: undefined });
    await expect(exporting.all(editor)).rejects.toThrow("not open");
  });
});
