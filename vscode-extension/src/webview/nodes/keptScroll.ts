/** How far an area is scrolled, kept while its element is not there: in a tab that is not shown, or in another window. */
import { nothing } from "lit";
import type { ElementPart } from "lit/directive.js";
import { Directive, directive } from "lit/directive.js";
import type { Kept } from "./context";

export type Scrolled = readonly [left: number, top: number];

class KeptScrollDirective extends Directive {
  #kept: Kept<Scrolled> | undefined;

  /** Only where templates become text, which they never do here. */
  render(kept: Kept<Scrolled>): unknown {
    return kept;
  }

  override update({ element }: ElementPart, [kept]: [Kept<Scrolled>]): typeof nothing {
    const isNew = this.#kept === undefined;
    this.#kept = kept;
    if (isNew) {
      const [left, top] = kept.value;
      // What is in it is drawn, and on the page, after this.
      queueMicrotask(() => element.scrollTo({ left, top, behavior: "instant" }));
      element.addEventListener("scroll", () => this.#kept?.set([Math.round(element.scrollLeft), Math.round(element.scrollTop)], true), { passive: true });
    }
    return nothing;
  }
}

export const keptScroll = directive(KeptScrollDirective);
