/**
 * A dialog of the browser's own, above everything and with the rest of the page out of reach. It takes the focus, keeps it,
 * and gives it back to where it was. Whether it is open is for its plugin to say: Escape only asks.
 */
import { noChange } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { ElementPart } from "lit/directive.js";

const FOCUSABLE = "button, input, select, textarea, summary, dialog, [tabindex='0'], .n-code-place";

class DialogDirective extends AsyncDirective {
  #element: HTMLDialogElement | undefined;
  #close: () => void = () => undefined;
  #before: HTMLElement | null = null;

  /** Only where templates become text, which they never do here. */
  render(close: () => void): unknown {
    return close;
  }

  override update({ element }: ElementPart, [close]: [() => void]): unknown {
    this.#close = close;
    if (this.#element === undefined) {
      this.#element = element as HTMLDialogElement;
      this.#listen(this.#element);
      // It is put on the page after this.
      queueMicrotask(() => this.#open());
    }
    return noChange;
  }

  override disconnected(): void {
    const before = this.#before;
    this.#before = null;
    // What comes in its place is drawn by then.
    queueMicrotask(() => {
      if (before?.isConnected && (document.activeElement ?? document.body) === document.body) {
        before.focus();
      }
    });
  }

  override reconnected(): void {
    this.#open();
  }

  #open(): void {
    const element = this.#element;
    if (element?.isConnected && !element.open) {
      this.#before = document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : null;
      element.showModal();
    }
  }

  #listen(element: HTMLDialogElement): void {
    element.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.isComposing) {
        return;
      }
      if (event.key === "Escape") {
        if (event.target instanceof Element && event.target.shadowRoot !== null) {
          event.preventDefault(); // in a field for code it lets the next Tab lead on
          return;
        }
        event.preventDefault();
        event.stopPropagation();
        this.#close();
      } else if (event.key === "Tab") {
        turn(event, element);
      }
    });
    // What is pressed in a field and let go beside the dialog, to mark a text, is a click on the dialog for the browser.
    let isPressedBeside = false;
    element.addEventListener("pointerdown", (event) => (isPressedBeside = isBeside(event, element)), true);
    element.addEventListener("click", (event) => {
      if (isPressedBeside && isBeside(event, element)) {
        this.#close();
      }
    });
    element.addEventListener("cancel", (event) => event.preventDefault());
    // Nobody but its plugin closes it.
    element.addEventListener("close", () => this.#open());
  }
}

/** Whether it happened on the backdrop. */
function isBeside({ target, clientX: x, clientY: y }: MouseEvent, element: HTMLElement): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return target === element && (x < left || x > right || y < top || y > bottom);
}

/** Tab leads from the last thing to the first, and back. */
function turn(event: KeyboardEvent, element: HTMLElement): void {
  const all = [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) => !each.matches(":disabled") && each.checkVisibility());
  const edge = event.shiftKey ? all[0] : all.at(-1);
  if (edge !== undefined && document.activeElement === edge) {
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0])?.focus();
  }
}

export const dialog = directive(DialogDirective);
