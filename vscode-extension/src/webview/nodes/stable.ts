/** What was drawn before is left as it is on the page, without a look at what is in it. */
import { noChange } from "lit";
import { Directive, directive } from "lit/directive.js";
import type { ChildPart } from "lit/directive.js";

class StableDirective extends Directive {
  #drawn: unknown;

  /** Only where templates become text, which they never do here. */
  render(drawn: unknown): unknown {
    return drawn;
  }

  override update(_part: ChildPart, [drawn]: [unknown]): unknown {
    if (drawn === this.#drawn) {
      return noChange;
    }
    this.#drawn = drawn;
    return drawn;
  }
}

/** The same object as before changes nothing. */
export const stable = directive(StableDirective);
