/**
 * Draws the trees of nodes that plugins describe their output with. What a plugin says is text, never markup; a node that
 * is wrong or unknown is named in its place, and the rest is drawn. Of a tree that was there before only what has changed
 * is drawn, and what a person was doing in it goes on.
 */
import type { TemplateResult } from "lit";
import { html, render } from "lit";
import { Directive, directive } from "lit/directive.js";
import type { ChildPart } from "lit/directive.js";
import { format } from "../../shared/gridStrings";
import type { Drawn, Surface } from "./context";
import { Budget, LIMITS, NodeContext } from "./context";
import { keepAttention } from "./attention";
import { TreeMemory } from "./memory";
import { withChange } from "./pending";
import { placeholder } from "./placeholder";
import { RENDERERS } from "./registry";
import { readNode, type Kind } from "./schema/kinds";

/** The tree that `node` is the root of, to be put on the page with lit's `render`. */
export function renderNode(node: unknown, surface: Surface, budget = new Budget()): TemplateResult {
  return html`<div class="n-tree">${tree(node, surface, budget)}</div>`;
}

/** Draws the tree into an element, over one that was drawn there before: what has not changed stays as it is. */
export function drawInto(element: HTMLElement, node: unknown, surface: Surface, budget = new Budget()): void {
  render(renderNode(node, surface, budget), element);
}

class TreeDirective extends Directive {
  readonly #memory = new TreeMemory();
  #surface: Surface | undefined;

  render(node: unknown, surface: Surface, budget: Budget): unknown {
    if (this.#surface !== undefined && !isSameSurface(surface, this.#surface)) {
      this.#memory.forget();
    }
    this.#surface = surface;
    this.#memory.begin();
    const drawn = new NodeContext(surface, draw, this.#memory, budget).draw(node);
    this.#memory.end((id) => surface.changedTo?.(id) !== undefined);
    return drawn;
  }

  override update(part: ChildPart, [node, surface, budget]: Parameters<this["render"]>): unknown {
    keepAttention(part.parentNode as HTMLElement);
    return this.render(node, surface, budget);
  }
}

const tree = directive(TreeDirective);

/** Whether what was drawn on the one can stay on the other: handlers of either do the same. */
function isSameSurface(one: Surface, other: Surface): boolean {
  const { id, strings, state, emit, dataViews, pictures } = one;
  return (
    id === other.id &&
    strings === other.strings &&
    state === other.state &&
    (emit === undefined) === (other.emit === undefined) &&
    (dataViews === undefined) === (other.dataViews === undefined) &&
    (pictures === undefined) === (other.pictures === undefined)
  );
}

function draw(value: unknown, context: NodeContext): Drawn {
  const { strings } = context;
  if (context.depth > LIMITS.depth + 1) {
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
      return RENDERERS[read.kind](current(read.kind, read.fields, context), context);
  }
}

/** What the plugin says of a node, under what a person has changed since. */
function current<T extends { readonly id?: unknown }>(kind: Kind, fields: T, context: NodeContext): T {
  if (typeof fields.id !== "string" || fields.id === "") {
    return fields;
  }
  context.memory.register(fields.id, context.place);
  const value = context.surface.changedTo?.(fields.id);
  return value === undefined ? fields : withChange(kind, fields, value);
}
