/** The records as a renderer draws them, page by page, as one of the ways to look at a document. */
import type { RendererView } from "../../../shared/fileMemory";
import type { GridStrings } from "../../../shared/gridStrings";
import { format } from "../../../shared/gridStrings";
import type { FromWebview, GridCommand, Renderer } from "../../../shared/messages";
import type { Messenger } from "../../messenger";
import { HostError } from "../../messenger";
import { isObject, parseExactly } from "../../nodes/fields";
import type { GridDocument } from "../app/gridDocument";
import type { DocumentView, Opening } from "../app/views";
import type { RecordFilter } from "../data/recordOrder";
import { AllRecords } from "../data/recordOrder";
import { number } from "../view/frame";
import { Pages, pageSize } from "./pages";
import { RenderedPage } from "./renderedPage";

export interface RenderedHooks {
  /** The view is at another place. */
  moved(): void;
  /** Something went wrong that is no matter of the renderer. */
  failed(error: unknown): void;
  announce(text: string): void;
}

type Wanted = FromWebview["renderTable"][0];

/** Errors that say something of the file, not of the renderer. */
const OF_THE_FILE: ReadonlySet<string> = new Set(["documentChanged", "unknownDocument", "cancelled", "serverStopped"]);

export class RenderedView implements DocumentView {
  readonly name: RendererView;
  readonly place = null;
  readonly #strings: GridStrings;
  readonly #messenger: Messenger;
  readonly #hooks: RenderedHooks;
  readonly #page: RenderedPage;
  readonly #pages = new Pages();
  #renderer: Renderer;
  #document: GridDocument | null = null;
  #filter: RecordFilter | null = null;
  /** What is drawn or being drawn, so that nothing is asked for twice. */
  #asked = "";
  #isLoading = false;
  #turn = 0;

  constructor(name: RendererView, renderer: Renderer, strings: GridStrings, messenger: Messenger, hooks: RenderedHooks) {
    this.name = name;
    this.#renderer = renderer;
    this.#strings = strings;
    this.#messenger = messenger;
    this.#hooks = hooks;
    this.#page = new RenderedPage(strings, {
      go: (to) => this.#go(to),
      retry: () => this.#load(true),
      scrolled: () => hooks.moved(),
      openLink: (url) => void messenger.request("openLink", { url }).catch((error: unknown) => hooks.failed(error)),
      copy: (text) =>
        void messenger.request("copyText", { text }).then(
          () => hooks.announce(strings.copiedText),
          (error: unknown) => hooks.failed(error),
        ),
    });
  }

  get label(): string {
    return this.#renderer.name;
  }

  get element(): HTMLElement {
    return this.#page.element;
  }

  /** The renderer is called otherwise, or draws otherwise. */
  follow(renderer: Renderer): void {
    const isSame = renderer.revision === this.#renderer.revision;
    this.#renderer = renderer;
    if (!isSame) {
      this.#asked = "";
      this.#load();
    }
  }

  suits(): boolean {
    return true;
  }

  open(document: GridDocument, { kept }: Opening): void {
    this.#document = document;
    this.#asked = "";
    this.#setOrder();
    if (isObject(kept) && typeof kept["start"] === "number") {
      this.#pages.goTo(kept["start"]);
      this.#page.scrollTo(typeof kept["top"] === "number" ? kept["top"] : 0);
    }
    this.#page.name(this.label, document.fileName);
    this.#load();
  }

  progressed(document: GridDocument): void {
    this.#document = document;
    this.#setOrder();
    this.#load();
  }

  shown(): void {
    this.#load();
  }

  hidden(): void {
    // Nothing is asked for while it is.
  }

  focus(): void {
    this.#page.focus();
  }

  reveal(record: number, _path: unknown, focus: boolean): void {
    this.#pages.goToRecord(record);
    this.#page.scrollTo(0);
    this.#load();
    if (focus) {
      this.focus();
    }
  }

  showOnly(filter: RecordFilter | null): void {
    this.#filter = filter;
    this.#setOrder();
    this.#load();
  }

  command(command: GridCommand): boolean {
    switch (command.name) {
      case "goToStart":
        this.#go("first");
        return true;
      case "goToEnd":
        this.#go("last");
        return true;
      case "goToRow":
        this.reveal(command.row, [], true);
        return true;
      default:
        return false;
    }
  }

  themeChanged(): void {
    // Styles follow by themselves.
  }

  keep(): unknown {
    return { start: this.#pages.start, top: this.#page.top };
  }

  #setOrder(): void {
    const document = this.#document;
    if (document) {
      this.#pages.size = pageSize(document.columns.length);
      this.#pages.setOrder(this.#filter ?? new AllRecords(document.knownRows));
    }
  }

  #go(to: "first" | "previous" | "next" | "last"): void {
    const before = this.#pages.start;
    this.#pages[to]();
    if (this.#pages.start !== before) {
      this.#page.scrollTo(to === "previous" ? Number.MAX_SAFE_INTEGER : 0);
      this.#load();
      this.#hooks.announce(this.#spanText());
      this.#hooks.moved();
    }
  }

  #load(anew = false): void {
    const document = this.#document;
    this.#showPager();
    if (!document?.isServed || this.element.hidden || (this.#isLoading && !anew && document.isIndexing)) {
      return;
    }
    const params = { generation: document.generation, pluginId: this.#renderer.pluginId, ...this.#pages.wanted };
    const asked = JSON.stringify([params, this.#renderer.revision]);
    if (asked !== this.#asked || anew) {
      this.#asked = asked;
      void this.#draw(asked, params);
    }
  }

  async #draw(asked: string, params: Wanted): Promise<void> {
    const turn = ++this.#turn;
    const isLatest = () => turn === this.#turn;
    this.#isLoading = true;
    this.#page.setBusy(true);
    try {
      const { node, count } = await this.#messenger.request("renderTable", params);
      if (isLatest()) {
        this.#pages.drew(count);
        this.#page.show(parseExactly(node), asked);
      }
    } catch (error) {
      if (isLatest()) {
        this.#failed(error);
      }
    } finally {
      if (isLatest()) {
        this.#isLoading = false;
        this.#page.setBusy(false);
        this.#load(); // more may have been read meanwhile
      }
    }
  }

  #failed(error: unknown): void {
    if (error instanceof HostError && OF_THE_FILE.has(error.kind)) {
      this.#hooks.failed(error); // the file is read again, and then this is asked for once more
    } else {
      const message = error instanceof Error ? error.message : String(error);
      this.#page.fail(format(this.#strings.renderedFailed, this.label, message));
    }
  }

  #showPager(): void {
    const { hasPrevious, hasNext, isOnly } = this.#pages;
    this.#page.showPager({ hasPrevious, hasNext, isHidden: isOnly, text: this.#spanText(), isServed: this.#document?.isServed ?? false });
  }

  #spanText(): string {
    const [from, to] = this.#pages.span;
    const { count } = this.#pages;
    return count === 0 ? this.#strings.renderedNone : format(this.#strings.renderedSpan, number(from + 1), number(to), number(count));
  }
}
