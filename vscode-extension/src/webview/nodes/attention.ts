/**
 * Keeps focus, selection and scrolling where they are while elements are put in another order: taken out and put in again,
 * even at once, an element loses all of these.
 */

const scrolled = new WeakMap<HTMLElement, Map<HTMLElement, readonly [left: number, top: number]>>();

/** What is under `root` now is put right once the drawing that is under way is done, before anything is painted. */
export function keepAttention(root: HTMLElement): void {
  const places = scrolled.get(root) ?? watch(root);
  const focused = root.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  const selection = focused === null ? null : selectionOf(focused);
  if (focused === null && places.size === 0) {
    return;
  }
  queueMicrotask(() => {
    if (focused?.isConnected && document.activeElement !== focused && (document.activeElement ?? document.body) === document.body) {
      focused.focus({ preventScroll: true });
      if (selection !== null) {
        (focused as HTMLInputElement).setSelectionRange(...selection);
      }
    }
    for (const [element, [left, top]] of places) {
      if (!element.isConnected) {
        places.delete(element);
      } else if (element.scrollTop !== top || element.scrollLeft !== left) {
        element.scrollTo({ left, top, behavior: "instant" });
      }
    }
  });
}

/** Remembers how far each element below is scrolled. */
function watch(root: HTMLElement): Map<HTMLElement, readonly [number, number]> {
  const places = new Map<HTMLElement, readonly [number, number]>();
  scrolled.set(root, places);
  const note = ({ target }: Event): void => {
    if (target instanceof HTMLElement && target !== root && target.dataset["ownScroll"] === undefined) {
      places.set(target, [target.scrollLeft, target.scrollTop]);
    }
  };
  root.addEventListener("scroll", note, { capture: true, passive: true });
  return places;
}

type Selection = readonly [start: number, end: number, direction: "forward" | "backward" | "none"];

function selectionOf(element: HTMLElement): Selection | null {
  const isText = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;
  if (!isText || element.selectionStart === null || element.selectionEnd === null) {
    return null;
  }
  return [element.selectionStart, element.selectionEnd, element.selectionDirection ?? "none"];
}
