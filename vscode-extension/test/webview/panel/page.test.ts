import { expect, test } from "vitest";
import { drawn, PanelHost } from "./host";

const input = (value: string): object => ({ type: "input", id: "name", value });

async function live(node: unknown, state?: unknown): Promise<PanelHost> {
  const host = new PanelHost(state);
  await host.status();
  await host.tree(node);
  return host;
}

test("a page says that its panel is being started, until there is a tree", async () => {
  const host = new PanelHost();
  await drawn();
  expect(host.find("[role=status]").textContent).toBe("Starting Words …");
  await host.status();
  await host.tree({ type: "text", text: "Hello" });
  expect(host.root.textContent.trim()).toBe("Hello");
});

test("a plugin that shows nothing here is said to, and what is no JSON is no node", async () => {
  const host = await live(null, undefined);
  await host.tree(null, { node: null });
  expect(host.root.textContent).toContain("Words shows nothing here.");
  await host.tree(null, { node: "{" });
  expect(host.find(".n-placeholder").textContent).toContain("no node");
});

test("a change at each key reaches the plugin, one at a time, and of those that wait the last", async () => {
  const host = await live(input(""));
  host.type("a");
  host.type("ab");
  host.type("abc");
  expect(host.events()).toEqual([{ widgetId: "name", kind: "change", value: "a" }]);
  await host.answer("event");
  expect(host.events().slice(1)).toEqual([{ widgetId: "name", kind: "change", value: "abc" }]);
});

test("trees that come late take nothing of what was typed since", async () => {
  const host = await live(input(""));
  host.type("a");
  host.type("ab");
  await host.tree(input("a")); // the plugin has dealt with the first key only
  expect(host.field.value).toBe("ab");
  await host.answer("event");
  await host.tree(input("x")); // a tree of its own accord, for instance of an answer of a server
  expect(host.field.value).toBe("ab");
  await host.tree(input("AB")); // it writes capitals
  await host.answer("event");
  expect(host.field.value).toBe("AB");
});

test("the same holds for what is ticked and chosen", async () => {
  const host = await live({ type: "checkbox", id: "tick", label: "Tick", checked: false });
  host.field.click();
  await host.tree({ type: "checkbox", id: "tick", label: "Tick", checked: false });
  expect(host.field.checked).toBe(true);
  await host.answer("event");
  expect(host.field.checked).toBe(false); // it would not have it
});

test("a click waits for what was typed before it", async () => {
  const host = await live({ type: "column", children: [input(""), { type: "button", id: "send", label: "Send" }] });
  host.type("a");
  host.type("ab");
  host.button("Send").click();
  host.type("abc");
  await host.answer("event");
  await host.answer("event");
  await host.answer("event");
  expect(host.events()).toEqual([
    { widgetId: "name", kind: "change", value: "a" },
    { widgetId: "name", kind: "change", value: "ab" },
    { widgetId: "send", kind: "click", value: "" },
    { widgetId: "name", kind: "change", value: "abc" },
  ]);
});

test("an event that fails is told of, and what was typed stays", async () => {
  const host = await live(input(""));
  host.type("abc");
  await host.refuse("event", "pluginTrapped", "The plugin crashed.");
  expect(host.find("[role=alert]").textContent).toContain("The plugin crashed.");
  expect(host.field.value).toBe("abc");
  await host.status({ isLive: false, banners: [{ kind: "error", text: "Words has crashed.", detail: "The plugin crashed.", actions: ["restart", "showLog"] }] });
  expect(host.root.querySelectorAll("[role=alert]")).toHaveLength(1);
  expect(host.field.value).toBe("abc");
  expect(host.field.readOnly).toBe(true);
  host.button("Restart").click();
  expect(host.last("act").params).toEqual({ name: "restart" });
});

test.each([
  ["a field", input("before"), "input"],
  ["an area", { ...input("before"), multiline: true }, "textarea"],
  ["code", { type: "code-editor", id: "name", value: "before" }, "textarea"],
  ["an entry", { type: "key-value-list", id: "name", entries: [{ key: "before", value: "" }] }, ".n-entry-field"],
])("%s that failed to reach the plugin shows what that has with its next tree, also where it says the same again", async (_, node, selector) => {
  const host = await live(node);
  const field = (): HTMLInputElement => host.find(selector) as HTMLInputElement;
  const type = (text: string): void => {
    field().value = text;
    field().dispatchEvent(new Event("input", { bubbles: true }));
  };
  type("typed");
  await host.refuse("event", "pluginTrapped", "The plugin crashed.");
  expect(field().value).toBe("typed"); // to be read beside what is said of it
  await host.tree(node);
  expect(field().value).toBe("before");
  type("again");
  await host.tree(node);
  expect(field().value).toBe("again"); // what is on its way is not lost
});

test("what was typed since a change that failed is sent, and stays", async () => {
  const host = await live(input(""));
  host.type("a");
  host.type("ab");
  await host.refuse("event", "pluginTrapped", "The plugin crashed.");
  await host.tree(input(""));
  expect([host.field.value, host.events().length]).toEqual(["ab", 2]);
  await host.answer("event");
  expect(host.field.value).toBe("ab");
});

test("another instance that says the same as the one before has not what was on its way to that", async () => {
  const host = await live(input(""));
  host.type("abc");
  await host.tree(input(""), { session: 2 });
  expect(host.field.value).toBe("");
});

test("another instance begins with what it says itself", async () => {
  const host = await live(input(""));
  host.type("abc");
  await host.tree(input("kept"), { session: 2 });
  expect(host.field.value).toBe("kept");
  await host.answer("event"); // of the one before
  host.type("new");
  expect(host.events().at(-1)).toEqual({ widgetId: "name", kind: "change", value: "new" });
});

test("a panel that works says so and can be stopped; what waited is not sent to the next instance", async () => {
  const host = await live({ type: "button", id: "go", label: "Go" });
  host.button("Go").click();
  host.button("Go").click();
  await host.status({ work: "busy" });
  expect(host.find("[role=progressbar]").getAttribute("aria-label")).toBe("Words is working");
  host.button("Stop").click();
  expect(host.last("act").params).toEqual({ name: "stop" });
  await host.status({ work: "stopping" });
  expect(host.button("Stopping …").disabled).toBe(true);
  await host.answer("event");
  expect(host.events()).toHaveLength(1);
  await host.status();
  expect(host.root.querySelector(".panel-working")).toBeNull();
});

test("a note can be taken away, and everything that is said is spoken", async () => {
  const host = await live({ type: "text", text: "x" });
  await host.status({ banners: [{ kind: "info", text: "Its state was refused.", detail: "", actions: ["dismiss"] }] });
  expect(document.querySelector(".announcer")!.textContent).toContain("Its state was refused.");
  host.find("[aria-label=Dismiss]").click();
  expect(host.last("act").params).toEqual({ name: "dismiss" });
});

test("state and what widgets keep are there again in another window", async () => {
  const node = { type: "tabs", id: "t", headers: ["One", "Two"], children: [{ type: "text", text: "first" }, { type: "text", text: "second" }] };
  const host = await live(node);
  await host.tell("keep", { key: "k", pluginId: "org.example.words", state: "{}", title: "Words", icon: null });
  host.root.querySelectorAll<HTMLElement>("[role=tab]")[1]!.click();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(host.state).toMatchObject({ pluginId: "org.example.words", state: "{}", title: "Words" });
  const again = await live(node, host.state);
  expect(again.find("[role=tabpanel]").textContent).toContain("second");
});
