/** The places of data sets and bodies in a tree; what is shown there is for the page to say, and none of lit's business. */
import type { TemplateResult } from "lit";
import { html, noChange } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { ElementPart } from "lit/directive.js";
import type { DataViews, NodeContext } from "./context";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

export function dataView(node: Node<"data-view">, context: NodeContext): TemplateResult {
  const { dataViews } = context.surface;
  const caption = context.words(node.caption ?? (node.name || node.handle), 200);
  if (dataViews === undefined) {
    return html`<div class="n-data-view n-framed">
      <span class="codicon codicon-table" aria-hidden="true"></span>
      <span>${caption}</span>
      <span class="n-muted">${context.strings.nodeDataElsewhere}</span>
    </div>`;
  }
  const height = node.height === undefined ? undefined : px(node.height);
  return html`<div
    class="n-data-place n-framed ${height === undefined ? "n-filling" : ""}"
    ${styled({ height })}
    ${place(dataViews, { ...node, caption: node.caption === undefined ? undefined : caption })}
  ></div>`;
}

interface Shown {
  readonly dataViews: DataViews;
  readonly element: HTMLElement;
  readonly node: Node<"data-view">;
}

class PlaceDirective extends AsyncDirective {
  #shown: Shown | undefined;

  /** Only where templates become text, which they never do here. */
  render(dataViews: DataViews, node: Node<"data-view">): unknown {
    return [dataViews, node];
  }

  override update({ element }: ElementPart, [dataViews, node]: Parameters<this["render"]>): unknown {
    this.#shown = { dataViews, element: element as HTMLElement, node };
    if (this.isConnected) {
      dataViews.attach(this.#shown.element, node);
    }
    return noChange;
  }

  override disconnected(): void {
    this.#shown?.dataViews.detach(this.#shown.element);
  }

  override reconnected(): void {
    this.#shown?.dataViews.attach(this.#shown.element, this.#shown.node);
  }
}

const place = directive(PlaceDirective);
