/**
 * Draws the trees of nodes that plugins describe their output with. What a plugin says is text, never markup; a node that
 * is wrong or unknown is named in its place, and the rest is drawn.
 */
import type { TemplateResult } from "lit";
import { html, render } from "lit";
import { format } from "../../shared/gridStrings";
import type { Drawn, Surface } from "./context";
import { Budget, LIMITS, NodeContext } from "./context";
import { RENDERERS } from "./registry";
import { withChange } from "./pending";
import { readNode, type Kind } from "./schema/kinds";

/** The tree that `node` is the root of, to be put on the page with lit's `render`. */
export function renderNode(node: unknown, surface: Surface, budget = new Budget()): TemplateResult {
  return html`<div class="n-tree">${draw(node, new NodeContext(surface, draw, budget))}</div>`;
}

/** Draws the tree into an element, over one that was drawn there before: what has not changed stays as it is. */
export function drawInto(element: HTMLElement, node: unknown, surface: Surface, budget = new Budget()): void {
  render(renderNode(node, surface, budget), element);
}

function draw(value: unknown, context: NodeContext): Drawn {
  const { strings } = context;
  if (context.depth > LIMITS.depth) {
    return placeholder("error", strings.nodeTooDeep);
  }
  if (!context.takeNode()) {
    return placeholder("info", strings.nodeTooMany);
  }
  const read = readNode(value);
  switch (read.kind) {
    case "?unknown":
      return placeholder("question", format(strings.nodeUnknown, read.name.slice(0, 100)));
    case "?wrong":
      return placeholder("error", read.name === "" ? strings.nodeNone : format(strings.nodeWrong, read.name, read.message));
    default:
      return RENDERERS[read.kind](current(read.kind, read.fields, context.surface), context);
  }
}

/** What the plugin says of a node, under what a person has changed since. */
function current<T extends { readonly id?: unknown }>(kind: Kind, fields: T, { changedTo }: Surface): T {
  const value = typeof fields.id === "string" && fields.id !== "" ? changedTo?.(fields.id) : undefined;
  return value === undefined ? fields : withChange(kind, fields, value);
}

function placeholder(sign: "error" | "info" | "question", text: string): TemplateResult {
  return html`<div class="n-placeholder n-${sign}">
    <span class="codicon codicon-${sign}" aria-hidden="true"></span><span>${text}</span>
  </div>`;
}
