/** Whatever a plugin says is text, and no more of it is drawn than can be. */
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/webview/nodes/context";
import { parseExactly } from "../../../src/webview/nodes/fields";
import { boundsOf } from "../../../src/webview/nodes/images";
import { externalUrl } from "../../../src/webview/nodes/links";
import type { Kind } from "../../../src/webview/nodes/schema/kinds";
import { KINDS } from "../../../src/webview/nodes/schema/kinds";
import { Drawing, WORDS } from "./drawing";
import { PNG, SAMPLES } from "./samples";

const NAMES = Object.keys(KINDS) as Kind[];
const MARKUP = `<img src=x onerror="window.broken=1"><script>window.broken=1</script>"'\`\${window.broken=1}`;

/** The same value with every text in it replaced, but for what says which kind of node or of choice it is. */
function replaced(value: unknown, by: (text: string) => unknown, name = ""): unknown {
  if (typeof value === "string") {
    return name === "type" || isWord(name, value) ? value : by(value);
  }
  if (Array.isArray(value)) {
    return value.map((each) => replaced(each, by, name));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, by, key)]));
  }
  return value;
}

function isWord(name: string, value: string): boolean {
  return Object.values(KINDS).some((schema) => {
    const field = (schema as Record<string, { reader: { expects: string } }>)[name];
    return field !== undefined && /one of|column types/.test(field.reader.expects) && (name === "column_types" || field.reader.expects.includes(value));
  });
}

describe.each(NAMES)("%s", (kind) => {
  it.each([true, false])("shows markup as the text it is (live: %s)", (live) => {
    const drawing = new Drawing(replaced(SAMPLES[kind], () => MARKUP), live);
    expect(drawing.placeholders).toEqual([]);
    expect(drawing.all("script, img, iframe, object, embed, a, base, form")).toEqual([]);
    expect(drawing.all("*").flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith("on") || name === "href" || name === "src")).toEqual([]);
  });

  it("draws texts that are far too long, cut", () => {
    const drawing = new Drawing(replaced(SAMPLES[kind], () => "x".repeat(3_000_000)), true);
    expect(drawing.text.length).toBeLessThan(LIMITS.characters + 100_000);
  });

  it("bears any value in any field", () => {
    for (const name of Object.keys(KINDS[kind])) {
      for (const value of [NaN, -1e308, 1e308, "", [], {}, [[]], [null], { type: "text" }, false, "constructor", () => 1]) {
        expect(() => new Drawing({ ...SAMPLES[kind], [name]: value })).not.toThrow();
      }
    }
  });
});

describe("limits", () => {
  const nested = (depth: number): unknown => {
    let node: unknown = { type: "text", text: "bottom" };
    for (let at = 0; at < depth; at++) {
      node = { type: "column", children: [node] };
    }
    return node;
  };

  it("draw a tree of 200 levels, and say where one is deeper", () => {
    expect(new Drawing(nested(LIMITS.depth - 1)).text).toBe("bottom");
    expect(new Drawing(nested(LIMITS.depth + 5)).placeholders).toEqual([WORDS.nodeTooDeep]);
    expect(new Drawing(nested(50_000)).placeholders).toEqual([WORDS.nodeTooDeep]);
  }, 30_000);

  it("draw 20,000 nodes of a tree", () => {
    expect(LIMITS.nodes).toBe(20_000);
  });

  it("draw as many nodes as may be, and say that there are more", () => {
    const drawing = new Drawing({ type: "column", children: Array.from({ length: 300 }, () => ({ type: "spacer", size: 1 })) }, false, 200);
    expect(drawing.all(".n-spacer")).toHaveLength(199);
    expect(drawing.placeholders).toEqual([WORDS.nodeTooMany]);
  });

  it("hold for the items of a list and the rows of a table, too", () => {
    const items = Array.from({ length: 250 }, (_, index) => ({ title: `${index}` }));
    const left = WORDS.nodeMore.replace("{0}", "51");
    expect(new Drawing({ type: "list", id: "l", items }, false, 200).text).toContain(left);
    expect(new Drawing({ type: "table", headers: ["a"], rows: items.map(() => [null]) }, false, 200).text).toContain(left);
  });

  it("draw a tree that holds itself only so far", () => {
    const loop: { type: string; children: unknown[] } = { type: "column", children: [] };
    loop.children.push(loop);
    expect(new Drawing(loop).placeholders).toEqual([WORDS.nodeTooDeep]);
  });
});

describe("links", () => {
  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "command:workbench.action.quit", "vscode://x", "//host", "", `https://${"x".repeat(5000)}`])(
    "never lead to %j",
    (url) => {
      expect(externalUrl(url)).toBeNull();
      const drawing = new Drawing({ type: "link", label: "here", url });
      expect(drawing.all("button, a")).toEqual([]);
      expect(new Drawing({ type: "markdown", value: `[here](<${url}>)` }).all("button, a")).toEqual([]);
    },
  );

  it("are opened by the host", () => {
    const drawing = new Drawing({ type: "markdown", value: "[here](https://example.org/?a=1)" });
    drawing.click("[role=link]");
    expect(drawing.opened).toEqual(["https://example.org/?a=1"]);
  });
});

describe("markdown", () => {
  it("shows HTML as text and loads no image", () => {
    const drawing = new Drawing({ type: "markdown", value: '<b>bold</b>\n\n<script>x</script>\n\n![alt](https://example.org/x.png) &lt; `<i>`' });
    expect(drawing.all("b, script, img, i")).toEqual([]);
    expect(drawing.text).toContain("<b>bold</b>");
    expect(drawing.text).toContain("alt");
  });
});

describe("images", () => {
  it("say how large they are before they are decoded", () => {
    expect(boundsOf(Uint8Array.from(PNG))).toEqual([2, 2]);
    expect(boundsOf(Uint8Array.from([...new TextEncoder().encode("GIF89a"), 3, 0, 5, 0]))).toEqual([3, 5]);
    expect(boundsOf(Uint8Array.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 7, 0, 9, 3, 0, 0]))).toEqual([9, 7]);
    expect(boundsOf(Uint8Array.from(new TextEncoder().encode('<svg onload="x">')))).toBeNull();
    expect(boundsOf(new Uint8Array())).toBeNull();
  });

  it("are not decoded when they would be huge", () => {
    const bytes = [...PNG];
    bytes.splice(16, 8, 0, 1, 0, 0, 0, 1, 0, 0);
    const card = { type: "card", title: "t", icon: { image: { uri: "", bytes } } };
    expect(new Drawing(card).all("canvas")).toEqual([]);
    expect(new Drawing({ ...card, icon: { image: { uri: "", bytes: PNG } } }).all("canvas")).toHaveLength(1);
  });
});

it("JSON with a __proto__ in it stays data", () => {
  const node = parseExactly('{"type": "json-tree", "value": {"__proto__": {"type": 1}, "constructor": 2}}');
  expect(new Drawing(node).text).toContain("__proto__");
  expect(({} as Record<string, unknown>)["type"]).toBeUndefined();
});
