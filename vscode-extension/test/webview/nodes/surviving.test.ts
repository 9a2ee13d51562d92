/** What a person is doing goes on while a plugin draws its tree anew: elements stay with the node they were made for. */
import { describe, expect, it } from "vitest";
import { Drawing } from "./drawing";

const text = (words: string) => ({ type: "text", text: words });
const field = (id: string, value = "") => ({ type: "input", id, label: id, value });
const column = (...children: unknown[]) => ({ type: "column", children });

describe("an element stays with its node", () => {
  it.each<[string, unknown, unknown, string]>([
    ["when others come before it", column(field("a")), column(text("new"), field("b"), text("other"), field("a")), "input"],
    ["when others go", column(text("old"), field("b"), field("a")), column(field("a")), "label[for] + * input"],
    ["in a list put in another order", column(field("a"), field("b")), column(field("b"), field("a")), "input"],
    ["by its key, without an id", column({ ...field(""), key: "a", label: "a" }), column({ ...field(""), key: "b" }, { ...field(""), key: "a", label: "a" }), "input"],
    ["by its kind and count without either", column(text("x"), field("")), column(text("x"), text("y"), field("")), "input"],
    ["a group by its label", column({ type: "group", label: "G", children: [field("a")] }), column({ type: "group", label: "F", children: [] }, { type: "group", label: "G", children: [text("x"), field("a")] }), "input"],
    ["among areas side by side", { type: "split", children: [text("x"), field("a")] }, { type: "split", children: [field("b"), text("x"), field("a")] }, "input"],
  ])("%s", (_, before, after, selector) => {
    const drawing = new Drawing(before, true);
    const named = (): HTMLElement => {
      const label = drawing.all("label").find((each) => each.textContent.trim() === "a");
      return label === undefined ? drawing.find(selector) : drawing.find(`[id="${label.getAttribute("for")}"]`);
    };
    const element = named();
    drawing.draw(after);
    expect(named()).toBe(element);
  });

  it("although two have the same id or key, each is drawn", () => {
    const drawing = new Drawing(column(field("a", "1"), field("a", "2"), { ...text("x"), key: "k" }, { ...text("y"), key: "k" }), true);
    expect(drawing.all("input").map((each) => (each as HTMLInputElement).value)).toEqual(["1", "2"]);
    expect(drawing.text).toMatch(/x\s*y/);
  });

  it("and one of another kind gets another", () => {
    const drawing = new Drawing(column({ ...text("x"), key: "k" }), true);
    drawing.draw(column({ type: "badge", label: "x", key: "k" }));
    expect(drawing.find(".n-badge").textContent.trim()).toBe("x");
  });
});

describe("what is as it was is not drawn again", () => {
  it("and what is not, is", () => {
    const drawing = new Drawing(column(text("a"), column(text("b"), text("c"))), true);
    const [, b, c] = drawing.all(".n-text");
    b!.textContent = "touched by the test";
    drawing.draw(column(text("a"), column(text("b"), text("changed"))));
    expect([b!.textContent, c!.textContent]).toEqual(["touched by the test", "changed"]);
  });

  it("but for a widget whose own state has changed", () => {
    const drawing = new Drawing(column(text("a"), { type: "collapsible", label: "More", children: [text("inside")] }));
    const details = drawing.find("details") as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    expect(drawing.text).toContain("inside");
  });

  it("also where no more could be drawn", () => {
    const drawing = new Drawing(column(...Array.from({ length: 30 }, (_, index) => text(`t${index}`))), false, 20);
    const first = drawing.text;
    drawing.draw(column(...Array.from({ length: 30 }, (_, index) => text(`t${index}`))));
    expect(drawing.text).toBe(first);
    drawing.draw(column(...Array.from({ length: 10 }, (_, index) => text(`t${index}`))));
    expect(drawing.placeholders).toEqual([]);
  });

  it("whatever is told from one draw to the next about the limits", () => {
    const rows = (count: number) => column(...Array.from({ length: count }, (_, index) => column(text(`t${index}`))));
    const drawing = new Drawing(rows(5), false, 20);
    drawing.draw(rows(40));
    expect(drawing.all(".n-text").length).toBeLessThan(20);
    expect(drawing.placeholders.length).toBeGreaterThan(0);
  });
});

describe("what widgets keep", () => {
  const more = { type: "collapsible", label: "More", children: [text("inside")] };

  it("stays with them when others come before them", () => {
    const drawing = new Drawing(column(more));
    const details = drawing.find("details") as HTMLDetailsElement;
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    drawing.draw(column(text("x"), { ...more, label: "Other" }, text("y"), more));
    expect(drawing.all("details").map((each) => (each as HTMLDetailsElement).open)).toEqual([false, true]);
  });

  it.each<[string, (inside: string) => object]>([
    ["side by side", (inside) => ({ type: "split", id: "s", resizable: true, widths: [0.3, 0.7], children: [text(inside), text("right")] })],
    ["one above the other", (inside) => ({ type: "v-split", id: "v", default_ratio: 0.3, top: text(inside), bottom: text("below") })],
  ])("is where the divider of areas %s stands, whatever they show", (_, node) => {
    const drawing = new Drawing(column(node("one")));
    const at = (): string | null => drawing.find("[role=separator]").getAttribute("aria-valuenow");
    expect(at()).toBe("30");
    drawing.key("[role=separator]", "End");
    const moved = at();
    expect(moved).not.toBe("30");
    drawing.draw(column(text("new"), node("two")));
    expect([at(), drawing.text.includes("two")]).toEqual([moved, true]);
    drawing.draw(column(text("gone")));
    drawing.draw(column(node("three")));
    expect(at()).toBe(moved);
  });

  it("can be written as JSON and read again", () => {
    const drawing = new Drawing({ type: "column", children: [{ type: "json-tree", id: "t", value: { a: [1] } }] });
    drawing.key("[role=tree]", "ArrowDown");
    drawing.key("[role=tree]", "ArrowLeft");
    const kept = JSON.parse(JSON.stringify(drawing.state.values)) as Record<string, unknown>;
    const again = new Drawing({ type: "column", children: [{ type: "json-tree", id: "t", value: { a: [1] } }] }, false, undefined, kept);
    expect(again.all("[role=treeitem]")).toHaveLength(2);
  });
});

describe("a field that begins with the focus", () => {
  const url = { ...field("url"), focus: true };

  it("takes it once, when it comes", async () => {
    const drawing = new Drawing(column(text("x"), url), true);
    await Promise.resolve();
    expect(document.activeElement).toBe(drawing.find("input"));
    (document.activeElement as HTMLElement).blur();
    drawing.draw(column(url));
    await Promise.resolve();
    expect(document.activeElement).toBe(document.body);
  });

  it("takes it from nothing else", async () => {
    const drawing = new Drawing(column(field("a")), true);
    const other = drawing.find("input");
    other.focus();
    drawing.draw(column(field("a"), url));
    await Promise.resolve();
    expect(document.activeElement).toBe(other);
  });
});
