/**
 * Paints a page in a theme of Thoth: over the editor's colours, which VS Code sets on the root, those of the theme are set
 * on the body. In high contrast nothing is painted over.
 */
import { THEME_ATTRIBUTE, THEME_EVENT, type PageTheme } from "../shared/pageTheme";

const KINDS = ["vscode-light", "vscode-dark"] as const;

/** Follows the theme the host tells of, from the one the page began with. */
export function followTheme(page: Document = document, host: Pick<EventTarget, "addEventListener"> = window): void {
  const paint = new Paint(page);
  paint.set(read(page.documentElement.getAttribute(THEME_ATTRIBUTE)));
  host.addEventListener("message", (event) => {
    const { data } = event as MessageEvent<unknown>;
    if (typeof data === "object" && data !== null && "event" in data && data.event === THEME_EVENT && "body" in data) {
      paint.set(data.body as PageTheme | null);
    }
  });
}

class Paint {
  readonly #body: HTMLElement;
  #theme: PageTheme | null = null;
  #painted: readonly string[] = [];

  constructor(page: Document) {
    this.#body = page.body;
    // VS Code writes the classes anew when the editor's theme changes.
    new MutationObserver(() => this.#mark()).observe(this.#body, { attributeFilter: ["class", "data-vscode-theme-kind"] });
  }

  set(theme: PageTheme | null): void {
    this.#theme = theme;
    const { style } = this.#body;
    for (const name of this.#painted) {
      style.removeProperty(name);
    }
    const css = theme?.css ?? {};
    this.#painted = Object.keys(css);
    for (const [name, color] of Object.entries(css)) {
      style.setProperty(name, color);
    }
    this.#mark();
  }

  /** Tells style sheets whether it is dark; where nothing is painted, what the editor is. */
  #mark(): void {
    const { classList, dataset } = this.#body;
    const editor = dataset["vscodeThemeKind"] ?? "";
    const wanted = this.#theme === null ? editor : this.#theme.dark ? "vscode-dark" : "vscode-light";
    for (const kind of KINDS) {
      if (wanted !== "" && classList.contains(kind) !== (kind === wanted)) {
        classList.toggle(kind, kind === wanted);
      }
    }
    if (classList.contains("thoth-themed") !== (this.#theme !== null)) {
      classList.toggle("thoth-themed", this.#theme !== null);
    }
  }
}

function read(text: string | null): PageTheme | null {
  return text === null ? null : (JSON.parse(text) as PageTheme);
}
