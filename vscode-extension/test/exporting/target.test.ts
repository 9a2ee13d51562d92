/** Names for what is exported, and what is said afterwards. */
import { expect, it } from "vitest";
import { exportedText, sizeText } from "../../src/exporting/outcome";
import { suggestedName } from "../../src/exporting/target";

it.each([
  ["airports.json", "csv", "all", "airports.csv"],
  ["airports.csv", "csv", "all", "airports-export.csv"],
  ["AIRPORTS.CSV", "csv", "all", "AIRPORTS-export.csv"],
  ["airports.csv.gz", "csv", "all", "airports.csv"],
  ["airports.csv", "csv", "selection", "airports-selection.csv"],
  ["a.b.ndjson", "md", "search", "a.b-found.md"],
  ["data", "csv", "all", "data.csv"],
  [".hidden", "csv", "all", ".hidden.csv"],
  ["data", "", "all", "data-export"],
] as const)("%s as %s (%s) is suggested to be called so", (fileName, extension, part, name) => {
  expect(suggestedName(fileName, extension, part)).toBe(name);
});

it.each([
  [1, "1 byte"],
  [999, "999 bytes"],
  [1400, "1.4 KB"],
  [23_400_000, "23 MB"],
  [5_000_000_000, "5 GB"],
])("%d bytes are told as %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

it("one record is said to be one", () => {
  expect(exportedText({ records: 1, bytes: 7, notes: [] }, "a.csv")).toBe("Exported 1 record to a.csv (7 bytes).");
  expect(exportedText({ records: 3376, bytes: 7000, notes: [] }, "a.csv")).toBe("Exported 3,376 records to a.csv (7 KB).");
});
