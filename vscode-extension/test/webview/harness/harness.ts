/**
 * The grid in a plain browser, over made-up data. The address chooses what is shown:
 * `?theme=light&rows=100000000&columns=2000&scene=problems&delay=50`.
 */
import type { DataSet } from "./data";
import { mixed, nested, records, single, wide } from "./data";
import { FakeHost } from "./fakeHost";
import type { ThemeName } from "./themes";
import { applyTheme } from "./themes";

const query = new URLSearchParams(location.search);
const scene = query.get("scene") ?? "";
const columns = Number(query.get("columns") ?? 0);
const rows = scene === "empty" || scene === "header" ? 0 : Number(query.get("rows") ?? (scene.startsWith("nested") ? 1 : 1000));

applyTheme((query.get("theme") ?? "dark") as ThemeName);

function dataSet(): DataSet {
  if (scene === "empty") {
    return { ...single(), columns: [] };
  }
  if (scene.startsWith("nested")) {
    return nested();
  }
  if (scene.startsWith("records")) {
    return records();
  }
  if (scene === "drawn") {
    return { ...nested(), display: "custom" };
  }
  if (columns === 1) {
    return single();
  }
  return columns > 0 ? wide(columns) : mixed();
}

const host = new FakeHost({
  data: dataSet(),
  rows,
  delay: Number(query.get("delay") ?? 0),
  settings: { compact: query.has("compact"), maxColumnWidth: 60, autoReload: query.has("autoReload") },
  problems: scene === "problems" ? 12_345 : 0,
  notes: scene === "notes" ? ["The first line does not look like column names; columns are numbered."] : [],
  failing: (start) => scene === "failing" && start >= 100 && start < 200,
  act: () => undefined,
});
Object.assign(window, { acquireVsCodeApi: () => host, harness: host, applyTheme });

function begin(): void {
  if (scene === "opening") {
    host.emit("opening", { fileName: "harness.csv.gz", message: "Decompressing", percent: 42 });
  } else if (scene === "failed") {
    host.emit("openFailed", {
      fileName: "harness.csv",
      kind: "fileUnreadable",
      message: "harness.csv cannot be read: permission denied. Change its permissions, then try again.",
      actions: [
        { name: "retry", title: "Try Again" },
        { name: "reopenAsText", title: "Reopen as Text" },
        { name: "showLogs", title: "Show Logs" },
      ],
    });
  } else {
    if (scene === "indexing") {
      host.known = Math.floor(rows * 0.37);
    }
    host.open("opened");
    if (scene === "problems") {
      host.progress(rows);
    }
  }
}

// The grid listens once its script has run, and asks for `ready` then.
const wait = setInterval(() => {
  if (host.requests.some(({ name }) => name === "ready")) {
    clearInterval(wait);
    setTimeout(begin, 50);
  }
}, 10);
