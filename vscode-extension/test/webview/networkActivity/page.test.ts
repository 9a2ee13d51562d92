import { expect, test } from "vitest";
import { NO_FILTER } from "../../../src/shared/networkActivity";
import { attempt } from "../../fakes/network";
import { ActivityHost, settled } from "./host";

const MIXED = [
  attempt(1),
  attempt(2, { verdict: "refused", status: null, address: null, why: "169.254.169.254 is never reached", url: "http://169.254.169.254/latest" }),
  attempt(3, { status: 404 }),
  attempt(4, { kind: "websocket", method: "", url: "wss://stream.example.org/ticks", status: 1000 }),
  attempt(5, { kind: "tcp", method: "", url: "tcp://db.example.org:5432", status: null, requestHeaders: [], responseHeaders: [] }),
];

async function shown(entries = MIXED): Promise<ActivityHost> {
  const host = new ActivityHost();
  await host.entries(entries);
  return host;
}

test("each attempt is a row with plugin, method, address and result", async () => {
  const host = await shown();
  const texts = host.rows.map((row) => [...row.querySelectorAll("td")].slice(1, 5).map((cell) => cell.textContent.trim()));
  expect(texts).toEqual([
    ["Courier", "GET", "https://api.example.org/items/1", "200"],
    ["Courier", "GET", "http://169.254.169.254/latest", "Refused"],
    ["Courier", "GET", "https://api.example.org/items/3", "404"],
    ["Courier", "WS", "wss://stream.example.org/ticks", "1000"],
    ["Courier", "TCP", "tcp://db.example.org:5432", "Allowed"],
  ]);
  expect(host.rows.map((row) => /tone-(\w+)/.exec(row.innerHTML)?.[1])).toEqual(["good", "bad", "odd", "good", "good"]);
  expect(host.find("table").getAttribute("aria-rowcount")).toBe("6");
});

test("what is new is asked for after what is known, once for several notices", async () => {
  const host = await shown([attempt(1)]);
  host.tell("didActivity", { last: 2 });
  host.tell("didActivity", { last: 3 });
  expect(host.sent.filter(({ request }) => request === "entries")).toHaveLength(2);
  expect(host.last("entries").params).toEqual({ after: 1 });
  await host.entries([attempt(2)]);
  expect(host.last("entries").params).toEqual({ after: 2 });
  await host.entries([attempt(3)]);
  expect(host.rows).toHaveLength(3);
});

test("paused, the list stays as it is and says how many came; resumed, they are shown", async () => {
  const host = await shown([attempt(1)]);
  host.button("Pause").click();
  host.tell("didActivity", { last: 4 });
  await settled();
  expect(host.find(".status").textContent).toContain("Paused: 3 more");
  expect(host.rows).toHaveLength(1);
  host.button("Resume").click();
  await host.entries([attempt(2), attempt(3), attempt(4)]);
  expect(host.rows).toHaveLength(4);
  expect(host.find(".status").textContent).not.toContain("Paused");
});

test("words, verdict and plugin filter, and the filter is kept", async () => {
  const host = await shown();
  host.type("EXAMPLE.org 404");
  expect(host.addresses).toEqual(["https://api.example.org/items/3"]);
  expect(host.find(".status").textContent).toContain("1 of 5 attempts");
  expect(host.state).toEqual({ ...NO_FILTER, text: "EXAMPLE.org 404" });
  host.type("");
  host.choose("Filter by verdict", "refused");
  expect(host.addresses).toEqual(["http://169.254.169.254/latest"]);
  host.choose("Filter by verdict", "cancelled");
  expect(host.find(".empty").textContent).toContain("No attempt matches the filter.");
  host.button("Reset Filter").click();
  expect(host.rows).toHaveLength(5);
});

test("one plugin can be asked for from outside, also before it did anything", async () => {
  const host = await shown();
  host.tell("filter", { ...NO_FILTER, pluginId: "org.example.silent" });
  expect(host.rows).toEqual([]);
  expect((host.find('select[aria-label="Filter by plugin"]') as HTMLSelectElement).value).toBe("org.example.silent");
});

test("the keyboard walks through the rows, opens the details and comes back", async () => {
  const host = await shown();
  const [first, second] = host.rows;
  expect(host.rows.map((row) => row.tabIndex)).toEqual([-1, -1, -1, -1, 0]);
  first!.focus();
  host.press(first!, "ArrowDown");
  expect(document.activeElement).toBe(second);
  expect(second!.getAttribute("aria-selected")).toBe("true");
  host.press(second!, "End");
  expect(document.activeElement).toBe(host.rows[4]);
  host.press(host.rows[4]!, "Home");
  host.press(first!, "Enter");
  expect(document.activeElement).toBe(host.find(".details"));
  host.press(host.find(".details"), "Escape");
  expect(document.activeElement).toBe(first);
  expect(host.root.querySelector(".details")).toBeNull();
});

test("Ctrl+F goes to the filter", async () => {
  const host = await shown();
  host.press(host.rows[0]!, "f", { ctrlKey: true });
  expect(document.activeElement).toBe(host.find(".filter-text"));
});

test("the details tell why, where and how long, with headers", async () => {
  const host = await shown();
  host.rows[0]!.click();
  const text = host.find(".details").textContent;
  for (const said of ["https://api.example.org is allowed, always", "192.0.2.1", "HTTP/2", "20.3 ms", "authorization", "…", "application/json", "left out"]) {
    expect(text).toContain(said);
  }
  host.rows[1]!.click();
  expect(host.find(".details").textContent).toContain("169.254.169.254 is never reached");
});

test("an attempt can be decided about, with its place and no more of its address", async () => {
  const host = await shown([attempt(1, { url: "wss://stream.example.org:8443/a?b=…" })]);
  host.rows[0]!.click();
  host.button("Allow or Deny…").click();
  expect(host.last("decide").params).toEqual({ pluginId: "org.example.courier", target: "https://stream.example.org:8443" });
});

test("cleared, only what comes later is shown; the server's numbers go on", async () => {
  const host = await shown([attempt(1), attempt(2)]);
  host.button("Clear").click();
  expect(host.find(".empty").textContent).toContain("Nothing since the list was cleared.");
  host.tell("didActivity", { last: 3 });
  expect(host.last("entries").params).toEqual({ after: 2 });
  await host.entries([attempt(3)]);
  expect(host.rows).toHaveLength(1);
});

test("a server that was started anew counts anew", async () => {
  const host = await shown([attempt(1), attempt(2)]);
  host.tell("restarted", null);
  expect(host.last("entries").params).toEqual({ after: 0 });
  await host.entries([attempt(1, { url: "https://new.example/" })]);
  expect(host.addresses).toEqual(["https://new.example/"]);
});

test("how many are no longer kept is said, and a failure can be tried again", async () => {
  const host = new ActivityHost();
  await host.refuse("entries", "Thoth's server is not running.");
  expect(host.find("[role=alert]").textContent).toContain("not running");
  host.button("Try Again").click();
  await host.entries([attempt(1200)], { dropped: 200 });
  expect(host.root.querySelector("[role=alert]")).toBeNull();
  expect(host.find(".status").textContent).toContain("1,199 earlier ones are in the log file");
});

test("the switch is told of, and offered where it is the setting that is off", async () => {
  const host = await shown();
  host.tell("switch", { enabled: false, whyNot: "The workspace is not trusted.", isSwitchedOff: false });
  expect(host.find(".banner").textContent).toContain("The workspace is not trusted.");
  expect(host.button("Switch On")).toBeUndefined();
  host.tell("switch", { enabled: false, whyNot: "", isSwitchedOff: true });
  host.button("Switch On").click();
  expect(host.last("act").params).toEqual({ name: "enable" });
  host.tell("switch", { enabled: true, whyNot: "", isSwitchedOff: false });
  expect(host.root.querySelector(".banner")).toBeNull();
});

test("what a plugin or a server wrote stays text", async () => {
  const evil = "<img src=x onerror=alert(1)>";
  const host = await shown([attempt(1, { url: `https://a.example/${evil}`, why: evil, responseHeaders: [["x", evil]] })]);
  host.rows[0]!.click();
  expect(host.root.querySelector("img")).toBeNull();
  expect(host.find(".details").textContent).toContain(evil);
});
