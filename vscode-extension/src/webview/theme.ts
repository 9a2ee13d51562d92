/**
 * Paints a page in a theme of Thoth: over the editor's colours, which VS Code sets on the root, those of the theme are set
 * on the body. Where there is none, and in high contrast, the editor's colours stay, and our tokens are made of them.
 */
import { THEME_ATTRIBUTE, THEME_EVENT, type PageTheme } from "../shared/pageTheme";
import { editorTokens } from "./theming/editorTokens";

const KINDS = ["vscode-light", "vscode-dark"] as const;

/** Follows the theme the host tells of, from the one the page began with, and the editor's own. */
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
  readonly #root: HTMLElement;
  readonly #body: HTMLElement;
  #theme: PageTheme | null = null;
  #painted: ReadonlyMap<string, string> = new Map();
  #scrollBars = "";

  constructor(page: Document) {
    this.#root = page.documentElement;
    this.#body = page.body;
    // VS Code writes classes and variables anew when the editor's theme changes, all of them before this is told.
    const changed = new MutationObserver(() => this.#follow());
    changed.observe(this.#body, { attributeFilter: ["class", "data-vscode-theme-kind"] });
    changed.observe(this.#root, { attributeFilter: ["style"] });
  }

  set(theme: PageTheme | null): void {
    this.#theme = theme;
    this.#follow();
  }

  #follow(): void {
    this.#put(this.#theme === null ? this.#tokens() : new Map(Object.entries(this.#theme.css)));
    this.#paintScrollBars();
    this.#mark();
  }

  #tokens(): ReadonlyMap<string, string> {
    const { style } = this.#root;
    return editorTokens((name) => style.getPropertyValue(name), !this.#editorKind.endsWith("light"));
  }

  /** Has just these variables on the body; what is there already is left alone. */
  #put(css: ReadonlyMap<string, string>): void {
    const { style } = this.#body;
    for (const name of this.#painted.keys()) {
      if (!css.has(name)) {
        style.removeProperty(name);
      }
    }
    for (const [name, color] of css) {
      if (this.#painted.get(name) !== color) {
        style.setProperty(name, color);
      }
    }
    this.#painted = css;
  }

  /** Those of the page itself belong to its root, where the colours of the body do not count. */
  #paintScrollBars(): void {
    const slider = this.#theme?.css["--vscode-scrollbarSlider-background"];
    const wanted = slider === undefined ? "" : `${slider} transparent`;
    if (wanted !== this.#scrollBars) {
      this.#scrollBars = wanted;
      this.#root.style.scrollbarColor = wanted;
    }
  }

  /** Tells style sheets whether it is dark; where nothing is painted, what the editor is. */
  #mark(): void {
    const { classList } = this.#body;
    const wanted = this.#theme === null ? this.#editorKind : this.#theme.dark ? "vscode-dark" : "vscode-light";
    for (const kind of KINDS) {
      if (wanted !== "" && classList.contains(kind) !== (kind === wanted)) {
        classList.toggle(kind, kind === wanted);
      }
    }
    if (classList.contains("thoth-themed") !== (this.#theme !== null)) {
      classList.toggle("thoth-themed", this.#theme !== null);
    }
  }

  get #editorKind(): string {
    return this.#body.dataset["vscodeThemeKind"] ?? "";
  }
}

function read(text: string | null): PageTheme | null {
  return text === null ? null : (JSON.parse(text) as PageTheme);
}
