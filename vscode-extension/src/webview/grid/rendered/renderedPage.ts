/** A page that a renderer has drawn, and the way to the others. */
import { html, render } from "lit";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { Surface } from "../../nodes/context";
import { WidgetState } from "../../nodes/context";
import { drawInto } from "../../nodes/render";
import { iconButton } from "../chrome/iconButton";

export type Direction = "first" | "previous" | "next" | "last";

export interface PageHooks {
  go(to: Direction): void;
  retry(): void;
  scrolled(): void;
  openLink(url: string): void;
  copy(text: string): void;
}

export interface PagerState {
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
  readonly isHidden: boolean;
  readonly text: string;
  /** Whether other pages can be asked for. */
  readonly isServed: boolean;
}

/** Where Page Up and Page Down have a meaning of their own. */
const OWN_KEYS = "input, select, textarea, [role=tree], .n-scroll, .n-code";
/** So long nothing is said of loading: most pages are there sooner. */
const PATIENCE = 300;

let surfaces = 0;

export class RenderedPage {
  readonly element: HTMLElement;
  readonly #strings: GridStrings;
  readonly #hooks: PageHooks;
  readonly #body: HTMLElement;
  readonly #content: HTMLElement;
  readonly #message: HTMLElement;
  readonly #pager: HTMLElement;
  readonly #id = `rendered-${++surfaces}`;
  #state = new WidgetState();
  #node: unknown;
  #drawn = "";
  #scroll: number | null = null;
  #timer = 0;

  constructor(strings: GridStrings, hooks: PageHooks) {
    this.#strings = strings;
    this.#hooks = hooks;
    this.#content = division("rendered-content");
    this.#message = division("rendered-message");
    this.#message.hidden = true;
    this.#body = division("rendered-body", this.#message, this.#content);
    this.#body.tabIndex = 0;
    this.#body.setAttribute("role", "region");
    this.#body.addEventListener("keydown", (event) => this.#onKey(event));
    this.#body.addEventListener("scroll", () => hooks.scrolled());
    this.#pager = division("rendered-pager");
    this.#pager.setAttribute("role", "group");
    this.#pager.setAttribute("aria-label", strings.renderedPages);
    this.element = division("rendered", this.#body, this.#pager);
  }

  name(label: string, fileName: string): void {
    this.#body.setAttribute("aria-label", format(this.#strings.renderedLabel, label, fileName));
  }

  get top(): number {
    return this.#scroll ?? this.#body.scrollTop;
  }

  /** Scrolls the page that is shown next. */
  scrollTo(top: number): void {
    this.#scroll = top;
  }

  focus(): void {
    this.#body.focus({ preventScroll: true });
  }

  /** Draws a page; what was opened or chosen on it is kept while `asked` is the same. */
  show(node: unknown, asked: string): void {
    if (asked !== this.#drawn) {
      this.#state = new WidgetState();
      this.#drawn = asked;
    }
    this.#node = node;
    this.#message.hidden = true;
    this.#content.hidden = false;
    this.#draw();
    if (this.#scroll !== null) {
      this.#body.scrollTop = this.#scroll;
      this.#scroll = null;
    }
  }

  /** Says why there is nothing, with a way to try again. */
  fail(text: string): void {
    this.#content.hidden = true;
    this.#message.hidden = false;
    render(
      html`<div class="drawn-error" role="alert"><span class="codicon codicon-error" aria-hidden="true"></span><span>${text}</span></div>
        <vscode-button @click=${() => this.#hooks.retry()}>${this.#strings.retry}</vscode-button>`,
      this.#message,
    );
  }

  /** Shows, after a moment, that a page is on its way. */
  setBusy(isBusy: boolean): void {
    this.#body.setAttribute("aria-busy", String(isBusy));
    window.clearTimeout(this.#timer);
    if (isBusy) {
      this.#timer = window.setTimeout(() => this.element.classList.add("busy"), PATIENCE);
    } else {
      this.element.classList.remove("busy");
    }
  }

  showPager({ hasPrevious, hasNext, isHidden, text, isServed }: PagerState): void {
    const button = (icon: string, to: Direction, label: string, isThere: boolean) =>
      iconButton({ icon, label, disabled: !isThere || !isServed, run: () => this.#hooks.go(to) });
    const { renderedFirst, renderedPrevious, renderedNext, renderedLast } = this.#strings;
    this.#pager.hidden = isHidden;
    render(
      html`${button("chevron-left", "previous", renderedPrevious, hasPrevious)}
        <span class="rendered-span">${text}</span>
        ${button("chevron-right", "next", renderedNext, hasNext)}
        <span class="spring"></span>
        ${button("arrow-up", "first", renderedFirst, hasPrevious)} ${button("arrow-down", "last", renderedLast, hasNext)}`,
      this.#pager,
    );
  }

  /** Whatever goes wrong while a tree is drawn is said in its place. */
  #draw(): void {
    const surface: Surface = {
      id: this.#id,
      strings: this.#strings,
      state: this.#state,
      openLink: (url) => this.#hooks.openLink(url),
      copy: (text) => this.#hooks.copy(text),
      changed: () => this.#draw(),
    };
    try {
      drawInto(this.#content, this.#node, surface);
    } catch (error) {
      this.fail(String(error));
    }
  }

  /** At the ends of a page the keys go on to the next. */
  #onKey(event: KeyboardEvent): void {
    const isOwn = event.target instanceof Element && event.target !== this.#body && event.target.closest(OWN_KEYS) !== null;
    if (isOwn || event.altKey || event.shiftKey || event.metaKey || event.defaultPrevented) {
      return;
    }
    const { scrollTop, scrollHeight, clientHeight } = this.#body;
    const to = keyDirection(event, scrollTop <= 0, scrollTop + clientHeight >= scrollHeight - 1);
    if (to !== null) {
      event.preventDefault();
      this.#hooks.go(to);
    }
  }
}

function keyDirection({ key, ctrlKey }: KeyboardEvent, isAtTop: boolean, isAtEnd: boolean): Direction | null {
  if (ctrlKey) {
    return key === "Home" ? "first" : key === "End" ? "last" : null;
  }
  if (key === "PageDown" && isAtEnd) {
    return "next";
  }
  return key === "PageUp" && isAtTop ? "previous" : null;
}

function division(className: string, ...children: readonly Node[]): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  element.append(...children);
  return element;
}
