/** Views of renderers: they come and go with their plugins, and say what went wrong. */
import { beforeEach, describe, expect, it } from "vitest";
import type { OpenDocumentResult } from "../../../src/generated/protocol";
import { NOTHING_REMEMBERED } from "../../../src/shared/fileMemory";
import { GRID_STRINGS } from "../../../src/shared/gridStrings";
import type { FromWebview, Renderer } from "../../../src/shared/messages";
import { GridDocument } from "../../../src/webview/grid/app/gridDocument";
import { Views } from "../../../src/webview/grid/app/views";
import { withButtons } from "../../../src/webview/grid/chrome/viewSwitch";
import { RawView } from "../../../src/webview/grid/raw/rawView";
import { followRenderers } from "../../../src/webview/grid/rendered/rendererViews";
import { Messenger } from "../../../src/webview/messenger";

type Asked = FromWebview["renderTable"][0];
const CARDS: Renderer = { pluginId: "com.cards", name: "Cards", revision: 0 };

let asked: { params: Asked; answer: (node: unknown) => Promise<void>; fail: (kind: string, message: string) => Promise<void> }[];
let messenger: Messenger;
let views: Views;
let area: HTMLElement;
let said: string[];

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function documentOf(records: number, generation = 1): GridDocument {
  const progress = { records, bytesDone: 1, bytesTotal: 1, done: true };
  const info = { display: "table", nested: false, hasText: true, progress, generation, columns: [{ name: "a" }] };
  return new GridDocument("a.csv", info as unknown as OpenDocumentResult, 0);
}

function renderers(...list: Renderer[]): void {
  messenger.receive({ event: "renderers", body: list });
}

const text = () => (area.querySelector(".rendered:not([hidden])")?.textContent ?? "").replaceAll(/\s+/g, " ").trim();

beforeEach(() => {
  asked = [];
  said = [];
  messenger = new Messenger({
    getState: () => undefined,
    setState: () => undefined,
    postMessage: (message) => {
      const { id, request, params } = message as { id: number; request: string; params: Asked };
      if (request === "renderTable") {
        const reply = async (part: object) => {
          messenger.receive({ replyTo: id, ...part });
          await settled();
        };
        asked.push({
          params,
          answer: (node) => reply({ ok: { node: JSON.stringify(node), start: params.start, count: params.count } }),
          fail: (kind, problem) => reply({ error: { kind, message: problem } }),
        });
      }
    },
  });
  area = document.body.appendChild(document.createElement("div"));
  views = new Views(area, { changed: () => undefined, chosen: () => undefined, revealing: () => undefined });
  const nothing = () => undefined;
  views.add(new RawView(GRID_STRINGS, messenger, { selectionChanged: nothing, moved: nothing, failed: nothing, problem: nothing, command: () => false }));
  followRenderers(views, GRID_STRINGS, messenger, {
    moved: nothing,
    failed: (error) => said.push(`failed ${String(error)}`),
    announce: (words) => said.push(words),
  });
});

describe("a renderer's view", () => {
  beforeEach(() => {
    renderers(CARDS);
    views.open(documentOf(250), NOTHING_REMEMBERED, {}, null);
    views.setVisible(true);
  });

  it("asks for nothing before it is shown, then for its first page, once", async () => {
    expect(asked).toHaveLength(0);
    views.show("renderer:com.cards", true);
    views.progressed(documentOf(250));
    expect(asked.map(({ params }) => params)).toEqual([{ generation: 1, pluginId: "com.cards", start: 0, count: 100, records: null }]);
    await asked[0]?.answer({ type: "text", text: "<b>hello</b>" });
    expect(text()).toContain("<b>hello</b>");
    expect(text()).toContain("Records 1 to 100 of 250");
    expect(asked).toHaveLength(1);
  });

  it("turns pages, says where it is, and shows nothing that is late", async () => {
    views.show("renderer:com.cards", true);
    const click = (label: RegExp) => [...area.querySelectorAll("button")].find((button) => label.test(button.title))?.click();
    click(/^Next page/);
    expect(asked.map(({ params }) => params.start)).toEqual([0, 100]);
    await asked[1]?.answer({ type: "text", text: "second" });
    await asked[0]?.answer({ type: "text", text: "first" });
    expect(text()).toContain("second");
    expect(said).toEqual(["Records 101 to 200 of 250"]);
  });

  it("says what went wrong and tries again when asked to, not by itself", async () => {
    views.show("renderer:com.cards", true);
    await asked[0]?.fail("pluginTrapped", "it crashed");
    expect(text()).toContain("Cards could not draw these records: it crashed");
    views.progressed(documentOf(250));
    expect(asked).toHaveLength(1);
    area.querySelector<HTMLElement>(".rendered vscode-button")?.click();
    expect(asked).toHaveLength(2);
    await asked[1]?.answer({ type: "text", text: "fine" });
    expect(area.querySelector<HTMLElement>(".rendered-message")?.hidden).toBe(true);
    expect(area.querySelector<HTMLElement>(".rendered-content")?.textContent).toContain("fine");
  });

  it("leaves it to the file's own notices when the file is another by now", async () => {
    views.show("renderer:com.cards", true);
    await asked[0]?.fail("documentChanged", "changed");
    expect(said).toEqual(["failed Error: changed"]);
    expect(asked).toHaveLength(1);
    views.open(documentOf(10, 2), NOTHING_REMEMBERED, {}, null);
    expect(asked[1]?.params).toMatchObject({ generation: 2, count: 10 });
  });

  it("draws anew when its plugin has been built anew", async () => {
    views.show("renderer:com.cards", true);
    await asked[0]?.answer({ type: "spinner" });
    renderers({ ...CARDS, revision: 1 });
    expect(asked).toHaveLength(2);
    renderers({ ...CARDS, revision: 1 });
    expect(asked).toHaveLength(2);
  });

  it("goes away with its plugin, and comes back with it unless another was chosen", () => {
    views.show("renderer:com.cards", true);
    renderers();
    expect([views.current?.name, views.offered]).toEqual(["raw", ["raw"]]);
    expect(said).toEqual(["Cards has been switched off."]);
    expect(area.querySelector(".rendered")).toBeNull();
    renderers(CARDS);
    expect(views.current?.name).toBe("renderer:com.cards");
    renderers();
    views.show("raw", true);
    renderers(CARDS);
    expect(views.current?.name).toBe("raw");
  });
});

it("is shown for a file it was chosen for, even where the plugin is known only later", () => {
  views.open(documentOf(5), { ...NOTHING_REMEMBERED, view: "renderer:com.cards" }, { "renderer:com.cards": { start: 3, top: 0 } }, null);
  views.setVisible(true);
  expect(views.current?.name).toBe("raw");
  renderers(CARDS);
  expect(views.current?.name).toBe("renderer:com.cards");
  expect(asked[0]?.params).toMatchObject({ start: 3, count: 2 });
});

it("has a button of its own only where there are few, but always when it is shown", () => {
  const offered = ["table", "raw", "renderer:a", "renderer:b", "renderer:c", "renderer:d"].map((name) => ({ name: name as "raw" }));
  const names = (current: string) => withButtons(offered, current as "raw").map(({ name }) => name);
  expect(names("table")).toEqual(["table", "raw", "renderer:a", "renderer:b"]);
  expect(names("renderer:d")).toEqual(["table", "raw", "renderer:a", "renderer:d"]);
});
