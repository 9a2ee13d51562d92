/** A menu of things to copy, beside what is to be copied. */
import { ContextMenu } from "../grid/chrome/contextMenu";

export interface Copyable {
  readonly label: string;
  readonly text: () => string;
}

let menu: ContextMenu | undefined;

/** Opens at the pointer or, for one who uses the keyboard, at `element`, which has the focus afterwards. */
export function openCopyMenu(event: MouseEvent, element: HTMLElement, label: string, items: readonly Copyable[], copy: (text: string) => void): void {
  event.preventDefault();
  event.stopPropagation();
  menu?.element.remove();
  menu = new ContextMenu(label);
  menu.element.classList.add("n-menu");
  // What is outside of a dialog cannot be reached while it is open.
  (element.closest("dialog") ?? document.body).append(menu.element);
  const box = element.getBoundingClientRect();
  const [x, y] = event.button === 2 ? [event.clientX, event.clientY] : [box.left + 8, box.bottom];
  const groups = [items.map((item) => ({ label: item.label, run: () => copy(item.text()) }))];
  menu.open(x, y, groups, () => element.focus({ preventScroll: true }));
}
