/** What can be chosen about an export, and what is remembered of it. */
import { describe, expect, it } from "vitest";
import type * as P from "../../src/generated/protocol";
import { exporterItems, shownValue, summary } from "../../src/exporting/exporterPicker";
import { optionItems } from "../../src/exporting/optionSteps";
import { changedOptions, defaultValues, ExportMemory, initialValues } from "../../src/exporting/options";
import { Memento } from "../fakes/memento";

const OPTIONS: readonly P.ExportOption[] = [
  { key: "delimiter", label: "Delimiter", kind: "select", default: "comma", choices: ["comma", "tab"] },
  { key: "header", label: "First row names the columns", kind: "bool", default: "true", choices: [] },
  { key: "null", label: "Text for missing values", kind: "text", default: "", choices: [] },
];
const CSV: P.ExporterInfo = { pluginId: "com.csv", name: "CSV", extension: "csv", streaming: true, options: [...OPTIONS], problem: null, undecided: false };
const PLAIN: P.ExporterInfo = { ...CSV, pluginId: "com.plain", name: "Plain", extension: "", options: [] };
const BROKEN: P.ExporterInfo = { ...PLAIN, pluginId: "com.broken", name: "Broken", problem: "it crashed" };

describe("the values an export begins with", () => {
  it("are the defaults where nothing is remembered", () => {
    expect(initialValues(OPTIONS, {})).toEqual({ delimiter: "comma", header: "true", null: "" });
    expect(changedOptions(OPTIONS, defaultValues(OPTIONS))).toEqual([]);
  });

  it("are those used last as far as the options still allow them", () => {
    const kept = { delimiter: "pipe", header: "false", null: "NA", gone: "x" };
    expect(initialValues(OPTIONS, kept)).toEqual({ delimiter: "comma", header: "false", null: "NA" });
    expect(initialValues(OPTIONS, { header: "maybe" })["header"]).toBe("true");
  });
});

describe("what is remembered", () => {
  it("is kept for each exporter, and which was the last", async () => {
    const memory = new ExportMemory(new Memento());
    expect([memory.last, memory.valuesOf("com.csv")]).toEqual([undefined, {}]);
    await memory.keep("com.csv", { null: "NA" });
    await memory.keep("com.plain", {});
    expect([memory.last, memory.valuesOf("com.csv"), memory.valuesOf("com.plain")]).toEqual(["com.plain", { null: "NA" }, {}]);
  });

  it("is nothing where it makes no sense", async () => {
    const store = new Memento();
    for (const value of [3, null, "x", [1], { a: 1 }]) {
      await store.update("thoth.export:com.csv", value);
      expect(new ExportMemory(store).valuesOf("com.csv")).toEqual({});
    }
  });
});

describe("the list of formats", () => {
  const memory = (last: string | undefined, values = {}) => ({ last, valuesOf: () => values });

  it("shows every exporter with its ending, and why one cannot be used", () => {
    const items = exporterItems([BROKEN, CSV, PLAIN], memory(undefined));
    expect(items.map(({ label, description, detail }) => [label, description, detail])).toEqual([
      ["$(warning) Broken", "com.broken", "Cannot be used: it crashed"],
      ["$(export) CSV", ".csv", undefined],
      ["$(export) Plain", "com.plain", undefined],
    ]);
  });

  it("begins with the one used last and its options, which are then not asked for", () => {
    const [again, separator, first] = exporterItems([CSV, PLAIN], memory("com.csv", { delimiter: "tab", null: "NA" }));
    expect([again?.label, again?.withLast, again?.exporter]).toEqual(["$(history) CSV with the options used last", true, CSV]);
    expect(again?.detail).toBe("Delimiter: tab, Text for missing values: NA");
    expect(separator?.exporter).toBeUndefined();
    expect([first?.exporter, first?.withLast]).toEqual([CSV, false]);
  });

  it("does not where the one used last is gone, broken or has no options", () => {
    expect(exporterItems([CSV], memory("com.gone"))).toHaveLength(1);
    expect(exporterItems([BROKEN], memory("com.broken"))).toHaveLength(1);
    expect(exporterItems([PLAIN], memory("com.plain")).map(({ withLast }) => withLast)).toEqual([true]);
  });
});

describe("the list of options", () => {
  it("begins with the way on and shows every value", () => {
    const items = optionItems(OPTIONS, { delimiter: "tab", header: "false", null: "" });
    expect(items.map(({ label, description }) => [label, description])).toEqual([
      ["$(arrow-right) Go On", "and choose where to write the file"],
      ["Options", undefined],
      ["$(list-selection) Delimiter", "tab"],
      ["$(circle-large-outline) First row names the columns", "no"],
      ["$(edit) Text for missing values", "(nothing)"],
    ]);
  });

  it("shows texts so that what cannot be seen can be", () => {
    const [, , text] = OPTIONS;
    expect(text && shownValue(text, "\t\n")).toBe("\\t\\n");
    expect(summary(OPTIONS, defaultValues(OPTIONS))).toBe("As it comes");
  });
});
