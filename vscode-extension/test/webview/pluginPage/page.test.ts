import { expect, test } from "vitest";
import { permission, plugin } from "../../fakes/plugins";
import { PageHost } from "./host";

test("the page says what the plugin is, and what it cannot be used for", () => {
  const host = new PageHost();
  host.content({ plugin: plugin({ state: "unusable", problem: "plugin.wasm is missing", warnings: ["Unknown key"] }) });
  expect(host.find("h1").textContent).toBe("Words");
  expect(host.find("[role=alert]").textContent).toContain("plugin.wasm is missing");
  expect(host.find("[role=note]").textContent).toContain("Unknown key");
  expect(host.find("dl").textContent).toContain("org.example.words");
});

test("the README is text: no HTML, no images, no links but to the web", () => {
  const host = new PageHost();
  const readme = "# Words\n<script>alert(1)</script>\n\n![pixel](https://example.org/p.png) [file](../../etc/passwd) [js](javascript:alert(1)) [web](https://example.org/)";
  host.content({ readme });
  const shown = host.find(".page-readme");
  expect(shown.querySelectorAll("script, img, a")).toHaveLength(0);
  expect(shown.textContent).toContain("<script>");
  expect([...shown.querySelectorAll("[role=link]")].map((link) => link.textContent.trim())).toEqual(["web"]);
  shown.querySelector<HTMLElement>("[role=link]")!.click();
  expect(host.last("openLink").params).toEqual({ url: "https://example.org/" });
});

test("a homepage that is no web page is not offered", () => {
  const host = new PageHost();
  host.content({ plugin: plugin({ homepage: "file:///etc/passwd" }) });
  expect(host.root.querySelector(".page-byline [role=link]")).toBeNull();
});

test("buttons fit the state and ask the host", () => {
  const host = new PageHost();
  host.content({ plugin: plugin({ state: "disabled" }) });
  expect(host.button("Disable")).toBeUndefined();
  host.button("Enable").click();
  expect(host.last("act").params).toEqual({ name: "enable" });
});

test("what the host could not do is said on the page", async () => {
  const host = new PageHost();
  host.content();
  host.button("Reload").click();
  await host.refuse("act", "pluginInvalid", "The manifest is broken.");
  expect(host.find("[role=alert]").textContent).toContain("The manifest is broken.");
});

test("tabs are gone through by arrows, and the one in front is kept", () => {
  const host = new PageHost();
  host.content();
  const tab = (): string => host.find('[role=tab][aria-selected="true"]').dataset["tab"] ?? "";
  host.find("[role=tablist]").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  expect(tab()).toBe("permissions");
  host.find("[role=tablist]").dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
  expect(tab()).toBe("log");
  expect(host.state).toEqual({ pluginId: "org.example.words", tab: "log" });
});

test("each permission has a switch, its scope and the author's reason", () => {
  const host = new PageHost({ pluginId: "org.example.words", tab: "permissions" });
  host.content({
    plugin: plugin({
      permissions: [
        permission({ need: "network", title: "Network", scope: ["*.example.org"], decision: "granted" }),
        permission({ need: "tcp", title: "TCP", reason: "", decision: "ask" }),
      ],
    }),
  });
  const [network, tcp] = [...host.root.querySelectorAll<HTMLElement>("[role=switch]")];
  expect([network?.getAttribute("aria-checked"), tcp?.getAttribute("aria-checked")]).toEqual(["true", "false"]);
  expect(host.find("[data-need=network]").textContent).toContain("*.example.org");
  expect(host.find("[data-need=tcp]").textContent).toContain("no reason");
  network?.click();
  expect(host.last("decide").params).toEqual({ need: "network", decision: "denied" });
  tcp?.click();
  expect(host.last("decide").params).toEqual({ need: "tcp", decision: "granted" });
  host.button("Forget Decision").click();
  expect(host.last("decide").params).toEqual({ need: "network", decision: "ask" });
});

test("the log is shown as it is and can be copied", async () => {
  const host = new PageHost({ pluginId: "org.example.words", tab: "log" });
  host.content({ log: ["<b>one</b>", "two"] });
  expect(host.find("pre").textContent).toBe("<b>one</b>\ntwo");
  host.button("Copy").click();
  expect(host.last("copyText").params).toEqual({ text: "<b>one</b>\ntwo" });
  await host.answer("copyText", undefined);
  expect(document.querySelector("[role=status]")?.textContent).toBe("Copied");
});

test("a plugin that cannot be told of says why", () => {
  const host = new PageHost();
  const words = { origin: "", capabilities: [], needs: {}, facts: [] };
  host.tell("content", { details: null, message: "It is not installed.", words });
  expect(host.find("[role=alert]").textContent).toContain("It is not installed.");
  host.button("Try Again").click();
  expect(host.last("act").params).toEqual({ name: "refresh" });
});
