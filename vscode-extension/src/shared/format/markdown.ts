/** A Markdown table: what a cell says is shown as it is, never taken for markup. */
import { type FormatterFactory, plainText } from "./table";

export const markdown: FormatterFactory = ({ columns, header }) => {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  // A table has to have a header; without one asked for, its cells are empty.
  const names = columns.map((column) => (header ? escaped(column.name) : ""));
  const rules = columns.map(({ type }) => (type === "integer" || type === "float" ? "---:" : "---"));
  return {
    begin: () => line(names) + line(rules),
    row: (cells) => line(cells.map((cell) => escaped(plainText(cell)))),
    end: () => "",
  };
};

/** `text` on one line, with every character that Markdown or HTML gives a meaning made plain. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]#|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\r\n|\r|\n/g, "<br>");
}
