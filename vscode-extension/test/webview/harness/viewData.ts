/** Made-up drawn records and a made-up text of any length for the harness. */
import type * as P from "../../../src/generated/protocol";
import { FAMILIES } from "../nodes/samples";

const NODES = [...FAMILIES.Display, ...FAMILIES.Layout, ...FAMILIES.Inputs];
const LINE = 100;

/** Records of all kinds of nodes, one after the other; each twentieth could not be drawn. */
export function drawnWindow(start: number, count: number): P.RenderResult {
  const items = Array.from({ length: Math.max(0, count) }, (_, index) => drawn(start + index));
  return { start, count: items.length, nodes: JSON.stringify(items) };
}

function drawn(record: number): unknown {
  if (record % 20 === 7) {
    return { error: `Record ${record + 1} is no card: a “}” is missing at the end.` };
  }
  const title = { type: "text", text: `Record ${record + 1}`, variant: "title" };
  return { node: { type: "column", gap: 6, children: [title, NODES[record % NODES.length]] }, height: record % 3 === 0 ? 60 : 0 };
}

/** Lines of 100 bytes each, `count` in all; each fiftieth is a long one in ten pieces. */
export function textWindow(count: number, offset: number, before: number, after: number): P.FileText {
  const first = Math.max(0, Math.floor((offset - before) / LINE));
  const last = Math.min(count - 1, Math.floor((offset + Math.max(1, after)) / LINE));
  const lines: P.FileLine[] = [];
  for (let index = first; index <= last; index++) {
    lines.push({ at: index * LINE, bytes: LINE, text: textOf(index), continued: index % 50 > 30 && index % 50 < 40 });
  }
  return { lines, size: count * LINE };
}

function textOf(index: number): string {
  return `{"id": ${index}, "name": "line ${index}", "ok": ${index % 2 === 0}, "none": null, "pad": "`.padEnd(LINE - 3, "x") + '"}';
}
