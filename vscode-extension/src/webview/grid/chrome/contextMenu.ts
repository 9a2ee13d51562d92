/** The grid's own context menu, with the roles and keys of a menu. */

export interface MenuItem {
  readonly label: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** Items in groups, parted by lines. */
export type MenuGroups = readonly (readonly MenuItem[])[];

export class ContextMenu {
  readonly element: HTMLElement;
  #items: HTMLElement[] = [];
  #closed: () => void = () => undefined;
  #listening: AbortController | undefined;

  constructor(label: string) {
    this.element = document.createElement("div");
    this.element.className = "context-menu";
    this.element.setAttribute("role", "menu");
    this.element.setAttribute("aria-label", label);
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /** Opens at a point of the window, moved so that all of it is visible; `closed` gets the focus back. */
  open(x: number, y: number, groups: MenuGroups, closed: () => void): void {
    this.#closed = closed;
    this.#items = [];
    this.element.replaceChildren(
      ...groups.flatMap((group, index) => [...(index > 0 ? [line()] : []), ...group.map((item) => this.#item(item))]),
    );
    this.element.hidden = false;
    this.#listen();
    const box = this.element.getBoundingClientRect();
    this.element.style.left = `${Math.max(0, Math.min(x, window.innerWidth - box.width - 4))}px`;
    this.element.style.top = `${Math.max(0, Math.min(y, window.innerHeight - box.height - 4))}px`;
    this.#items[0]?.focus();
  }

  close(): void {
    if (!this.element.hidden) {
      this.element.hidden = true;
      this.#listening?.abort();
      this.#closed();
    }
  }

  /** Anything that happens elsewhere closes it. */
  #listen(): void {
    this.#listening?.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    window.addEventListener("blur", () => this.close(), { signal });
    const elsewhere = (event: Event): void => {
      if (event.target instanceof Node && !this.element.contains(event.target)) {
        this.close();
      }
    };
    window.addEventListener("pointerdown", elsewhere, { capture: true, signal });
  }

  #item({ label, keys, run }: MenuItem): HTMLElement {
    const item = document.createElement("div");
    item.className = "menu-item";
    item.tabIndex = -1;
    item.setAttribute("role", "menuitem");
    const text = document.createElement("span");
    text.textContent = label;
    const hint = document.createElement("span");
    hint.className = "menu-keys";
    hint.textContent = keys ?? "";
    hint.setAttribute("aria-hidden", "true");
    item.append(text, hint);
    item.addEventListener("click", () => {
      this.close();
      run();
    });
    item.addEventListener("pointermove", () => item.focus());
    this.#items.push(item);
    return item;
  }

  #onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    const at = this.#items.findIndex((item) => item === document.activeElement);
    const last = this.#items.length - 1;
    const next: Record<string, number> = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const to = next[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#items[to]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#items[at]?.click();
    } else if (event.key.length === 1) {
      this.#byLetter(event.key.toLowerCase(), at);
    }
  }

  #byLetter(letter: string, at: number): void {
    const order = [...this.#items.slice(at + 1), ...this.#items.slice(0, at + 1)];
    order.find((item) => item.textContent.toLowerCase().startsWith(letter))?.focus();
  }
}

function line(): HTMLElement {
  const separator = document.createElement("div");
  separator.className = "menu-line";
  separator.setAttribute("role", "separator");
  return separator;
}
