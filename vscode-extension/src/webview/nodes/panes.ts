/** Areas side by side or above each other, with a divider that can be moved. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type { Kept, NodeContext } from "./context";
import type { Node } from "./schema/kinds";
import { px, styled } from "./styled";

/** How much of the whole an arrow key moves the divider by. */
const KEY_STEP = 0.02;

export function split(node: Node<"split">, context: NodeContext): TemplateResult {
  const count = node.children.length;
  if (node.resizable && count === 2) {
    return resizableSplit(node, context);
  }
  const widths = node.children.map((_, index) => `minmax(0, ${node.widths[index] ?? 1}fr)`);
  const classes = `n-split n-align-${node.align} ${node.separator ? "n-ruled" : ""} ${node.framed ? "n-framed" : ""} ${node.fill_height ? "n-fill-height" : ""}`;
  return html`<div class=${classes} ${styled({ gap: px(node.gap), "grid-template-columns": widths.join(" ") })}>
    ${context.drawAll(node.children, "", (child) => html`<div class="n-pane">${child}</div>`)}
  </div>`;
}

function resizableSplit(node: Node<"split">, context: NodeContext): TemplateResult {
  const [first = 1, second = 1] = node.widths;
  const ratio = context.keep("split", node.id, first + second > 0 ? first / (first + second) : 0.5);
  const [left, right] = context.drawEach(node.children);
  const classes = `n-split n-resizable ${node.framed ? "n-framed" : ""} ${node.fill_height ? "n-fill-height" : ""}`;
  return html`<div class=${classes} ${styled({ "grid-template-columns": tracks(ratio.value, node.min_pane) })}>
    <div class="n-pane">${left?.drawn}</div>
    ${divider("vertical", ratio, node.min_pane, context)}
    <div class="n-pane">${right?.drawn}</div>
  </div>`;
}

export function verticalSplit(node: Node<"v-split">, context: NodeContext): TemplateResult {
  const ratio = context.keep("v-split", node.id, node.default_ratio);
  return html`<div class="n-v-split" ${styled({ "grid-template-rows": tracks(ratio.value, node.min_pane) })}>
    <div class="n-pane">${context.draw(node.top, "top")}</div>
    ${divider("horizontal", ratio, node.min_pane, context)}
    <div class="n-pane">${context.draw(node.bottom, "bottom")}</div>
  </div>`;
}

function tracks(ratio: number, least: number): string {
  const side = (share: number): string => `minmax(min(${least}px, 40%), ${share}fr)`;
  return `${side(ratio)} 5px ${side(1 - ratio)}`;
}

/** `orientation` is the divider's own, as ARIA has it: a vertical one lies between left and right. */
function divider(
  orientation: "vertical" | "horizontal",
  ratio: Kept<number>,
  least: number,
  context: NodeContext,
): TemplateResult {
  const percent = Math.round(ratio.value * 100);
  const [less, more] = orientation === "vertical" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  const onKey = (event: KeyboardEvent): void => {
    const moved: Record<string, number> = { [less]: ratio.value - KEY_STEP, [more]: ratio.value + KEY_STEP, Home: 0, End: 1 };
    const to = moved[event.key];
    if (to !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      ratio.set(Math.max(0.05, Math.min(0.95, to)));
    }
  };
  return html`<div
    class="n-divider"
    role="separator"
    tabindex="0"
    aria-orientation=${orientation}
    aria-valuenow=${percent}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-label=${context.strings.nodeDivider}
    @keydown=${onKey}
    @pointerdown=${(event: PointerEvent) => drag(event, orientation, ratio, least)}
  >
    ${nothing}
  </div>`;
}

/** Follows the pointer until it is let go. */
function drag(event: PointerEvent, orientation: "vertical" | "horizontal", ratio: Kept<number>, least: number): void {
  const handle = event.currentTarget as HTMLElement;
  const box = handle.parentElement?.getBoundingClientRect();
  if (event.button !== 0 || !box) {
    return;
  }
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  const [start, length] = orientation === "vertical" ? [box.left, box.width] : [box.top, box.height];
  const margin = length > 0 ? Math.min(least / length, 0.4) : 0;
  const move = ({ clientX, clientY }: PointerEvent): void => {
    const at = ((orientation === "vertical" ? clientX : clientY) - start) / Math.max(1, length);
    ratio.set(Math.max(margin, Math.min(1 - margin, at)));
  };
  const end = (): void => {
    handle.removeEventListener("pointermove", move);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("lostpointercapture", end, { once: true });
}
