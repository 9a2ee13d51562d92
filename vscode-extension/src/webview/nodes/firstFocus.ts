/** A field that takes the focus when it comes onto the page: once, and only where a person is nowhere else on it. */
import { noChange } from "lit";
import type { ElementPart } from "lit/directive.js";
import { Directive, directive } from "lit/directive.js";

class FirstFocus extends Directive {
  #isDone = false;

  /** Only where templates become text, which they never do here. */
  render(wanted: boolean): unknown {
    return wanted;
  }

  override update({ element }: ElementPart, [wanted]: [boolean]): unknown {
    if (!this.#isDone) {
      this.#isDone = true;
      if (wanted) {
        // It is on the page once the tree around it is.
        queueMicrotask(() => {
          const { activeElement, body } = element.ownerDocument;
          if (activeElement === null || activeElement === body) {
            (element as HTMLElement).focus();
          }
        });
      }
    }
    return noChange;
  }
}

export const firstFocus = directive(FirstFocus);
