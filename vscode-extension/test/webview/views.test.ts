import { beforeEach, describe, expect, it } from "vitest";
import type { OpenDocumentResult } from "../../src/generated/protocol";
import type { ViewName } from "../../src/shared/fileMemory";
import { NOTHING_REMEMBERED } from "../../src/shared/fileMemory";
import { GridDocument } from "../../src/webview/grid/app/gridDocument";
import type { DocumentView } from "../../src/webview/grid/app/views";
import { Views } from "../../src/webview/grid/app/views";

let views: Views;
let chosen: ViewName[];
let calls: string[];

function viewNamed(name: ViewName, suits: (document: GridDocument) => boolean = () => true): DocumentView {
  return {
    name,
    element: document.createElement("div"),
    suits,
    open: (_, { kept }) => calls.push(`${name} open ${JSON.stringify(kept)}`),
    progressed: () => undefined,
    shown: () => calls.push(`${name} shown`),
    hidden: () => calls.push(`${name} hidden`),
    focus: () => calls.push(`${name} focus`),
    reveal: (record, path) => calls.push(`${name} reveal ${record} ${JSON.stringify(path)}`),
    place: null,
    command: () => false,
    themeChanged: () => undefined,
    keep: () => name,
  };
}

const documentOf = (display: OpenDocumentResult["display"], columns = 1): GridDocument => {
  const progress = { records: 1, bytesDone: 1, bytesTotal: 1, done: true };
  const info = { display, nested: true, progress, columns: Array.from({ length: columns }, () => ({})) };
  return new GridDocument("a", info as unknown as OpenDocumentResult, 0);
};

beforeEach(() => {
  chosen = [];
  calls = [];
  views = new Views(document.createElement("div"), { changed: () => undefined, chosen: (view) => chosen.push(view), revealing: (record) => calls.push(`revealing ${record}`) });
  views.add(viewNamed("table", ({ columns }) => columns.length > 0));
  views.add(viewNamed("tree"));
  views.add(viewNamed("raw"));
  views.add(viewNamed("drawn", ({ info }) => info.display === "custom"));
});

describe("which view is shown", () => {
  it.each([
    ["table", "table"],
    ["tree", "tree"],
    ["custom", "drawn"],
  ] as const)("a file that would be shown as a %s is", (display, view) => {
    views.open(documentOf(display), NOTHING_REMEMBERED, {}, null);
    expect(views.current?.name).toBe(view);
  });

  it("is the one chosen last for the file, before what suits it", () => {
    views.open(documentOf("table"), { ...NOTHING_REMEMBERED, view: "raw" }, {}, null);
    expect(views.current?.name).toBe("raw");
  });

  it("is another where the file has none of the one wanted", () => {
    views.open(documentOf("table", 0), { ...NOTHING_REMEMBERED, view: "drawn" }, {}, "table");
    expect([views.current?.name, views.offered]).toEqual(["tree", ["tree", "raw"]]);
  });

  it("stays when the file is read again", () => {
    views.open(documentOf("table"), NOTHING_REMEMBERED, {}, null);
    views.show("tree", false);
    views.open(documentOf("table"), { ...NOTHING_REMEMBERED, view: "raw" }, {}, null);
    expect(views.current?.name).toBe("tree");
  });
});

describe("changing the view", () => {
  beforeEach(() => {
    views.open(documentOf("table"), NOTHING_REMEMBERED, { tree: { a: 1 } }, null);
    views.setVisible(true);
  });

  it("hands each view what it kept, shows one and hides the others", () => {
    expect(calls).toContain('tree open {"a":1}');
    calls = [];
    views.show("tree", true);
    expect(calls.sort()).toEqual(["table hidden", "tree focus", "tree shown"]);
    expect(views.get("table")?.element.hidden).toBe(true);
  });

  it("is remembered when a person chose it, and not when it is to show a place", () => {
    views.reveal(3, ["a"], false, "tree");
    expect([views.current?.name, chosen, calls.at(-1)]).toEqual(["tree", [], 'tree reveal 3 ["a"]']);
    views.show("raw", false);
    expect(chosen).toEqual(["raw"]);
  });

  it("does nothing for one that the file has not", () => {
    views.show("drawn", true);
    expect([views.current?.name, chosen]).toEqual(["table", []]);
  });
});
