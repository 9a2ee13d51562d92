/** The ways to look at the document, of which one is on the screen. */
import type { FileMemory, OwnView, ViewName } from "../../../shared/fileMemory";
import { NOTHING_REMEMBERED } from "../../../shared/fileMemory";
import type { GridCommand } from "../../../shared/messages";
import type { Path } from "../../../shared/paths/path";
import type { RecordFilter } from "../data/recordOrder";
import type { GridDocument } from "./gridDocument";

/** What a view is given with a document. */
export interface Opening {
  readonly memory: FileMemory;
  /** What `keep` gave before the webview was made anew; null where it was not, and when the file was only read again. */
  readonly kept: unknown;
}

/** One way to look at a document. It does nothing that takes time before it is shown. */
export interface DocumentView {
  readonly name: ViewName;
  /** What it is called, where that is for a plugin to say. */
  readonly label?: string;
  /** Fills the area of the views; whether it is hidden is for `Views` to say. */
  readonly element: HTMLElement;
  /** Whether there is something to see of this document. */
  suits(document: GridDocument): boolean;
  /** Another document, or another generation of the same: a view keeps its place as far as that is still there. */
  open(document: GridDocument, opening: Opening): void;
  /** More of the document has been read, or it has become outdated or current again. */
  progressed(document: GridDocument): void;
  shown(): void;
  hidden(): void;
  focus(): void;
  /** Selects a value and scrolls to it; the empty path is the record. */
  reveal(record: number, path: Path, focus: boolean): void;
  /** What `reveal` would need to come back here, null where nothing is selected. */
  readonly place: Place | null;
  /** Shows these records only, of which there may be more at the end while `growing`, or (null) all again. */
  showOnly?(filter: RecordFilter | null, growing: boolean): void;
  /** Carries out a command, or says that it has none of that name. */
  command(command: GridCommand): boolean;
  /** The pane below or beside is another, or is shown now: a view that has something for it gives it what is selected. */
  paneChanged?(): void;
  /** More is known of what is wrong with records. */
  problemsChanged?(): void;
  /** Fonts, colours, sizes, settings or bookmarks may have changed. */
  themeChanged(): void;
  /** What a hidden tab is to remember; anything that can be JSON. */
  keep(): unknown;
}

export interface Place {
  readonly record: number;
  readonly path: Path;
}

export interface ViewsHooks {
  /** Another view is shown, by a person's choice or because the document asks for it. */
  changed(): void;
  /** A person chose it. */
  chosen(view: ViewName): void;
  /** A record is about to be selected, which has to be shown for that. */
  revealing(record: number): void;
}

/** In the order they are offered; those of plugins follow. */
const ORDER: readonly OwnView[] = ["table", "tree", "drawn", "raw"];

export class Views {
  readonly #area: HTMLElement;
  readonly #hooks: ViewsHooks;
  readonly #views = new Map<ViewName, DocumentView>();
  #current: ViewName = "table";
  #document: GridDocument | null = null;
  #memory = NOTHING_REMEMBERED;
  #kept: Readonly<Record<string, unknown>> = {};
  /** The one a person chose last, which may not be there yet, or not any more. */
  #wanted: ViewName | null = null;
  #visible = false;

  /** The elements of the views are put into `area`. */
  constructor(area: HTMLElement, hooks: ViewsHooks) {
    this.#area = area;
    this.#hooks = hooks;
  }

  add(view: DocumentView): void {
    this.#views.set(view.name, view);
    view.element.hidden = true;
    this.#area.prepend(view.element);
    if (this.#document) {
      view.open(this.#document, { memory: this.#memory, kept: this.#kept[view.name] ?? null });
      if (this.#wanted === view.name && view.suits(this.#document)) {
        this.#switch(view.name);
      }
      this.#hooks.changed();
    }
  }

  /** Takes a view away; where it was shown, the one that suits the document takes its place. */
  remove(name: ViewName): void {
    const view = this.#views.get(name);
    if (!view) {
      return;
    }
    const hadFocus = view.element.contains(document.activeElement);
    this.#views.delete(name);
    view.element.remove();
    if (this.#document && name === this.#current) {
      this.#switch(this.#suiting(this.#document));
      if (hadFocus) {
        this.current?.focus();
      }
    }
    this.#hooks.changed();
  }

  /** The view that is shown, or will be once there is a document. */
  get current(): DocumentView | undefined {
    return this.#views.get(this.#current);
  }

  get(name: ViewName): DocumentView | undefined {
    return this.#views.get(name);
  }

  /** Whether a document can be seen now: not while something else stands in its place. */
  get isVisible(): boolean {
    return this.#visible;
  }

  /** The views there are for the document. */
  get offered(): readonly ViewName[] {
    const document = this.#document;
    if (document === null) {
      return [];
    }
    const others = [...this.#views.keys()].filter((name) => !ORDER.some((own) => own === name));
    return [...ORDER, ...others].filter((name) => this.#views.get(name)?.suits(document));
  }

  /** Hands a document to all views and shows the one wanted, the one a person chose before, `first`, or one that suits it. */
  open(
    document: GridDocument,
    memory: FileMemory,
    kept: Readonly<Record<string, unknown>>,
    wanted: ViewName | null,
    first: ViewName | null = null,
  ): void {
    const isFirst = this.#document === null;
    this.#document = document;
    this.#memory = memory;
    this.#kept = kept;
    for (const view of this.#views.values()) {
      view.open(document, { memory, kept: kept[view.name] ?? null });
    }
    if (isFirst) {
      this.#wanted = wanted ?? memory.view ?? first;
    }
    const offered = this.offered;
    const choices = isFirst ? [wanted, memory.view, first] : [this.#current];
    this.#switch(choices.find((name) => name !== null && offered.includes(name)) ?? this.#suiting(document));
  }

  #suiting(document: GridDocument): ViewName {
    const suiting = document.info.display === "custom" ? "drawn" : document.info.display;
    const offered = this.offered;
    return offered.includes(suiting) ? suiting : (offered[0] ?? "table");
  }

  progressed(document: GridDocument): void {
    const before = this.offered.length;
    for (const view of this.#views.values()) {
      view.progressed(document);
    }
    if (this.offered.length !== before) {
      this.#hooks.changed();
    }
  }

  /** Shows or hides what there is of the document. */
  setVisible(visible: boolean): void {
    if (visible !== this.#visible) {
      this.#visible = visible;
      this.#apply();
    }
  }

  /** Shows a view that a person chose; nothing happens where the document has none of that name. */
  show(name: ViewName, focus: boolean): void {
    if (!this.offered.includes(name)) {
      return;
    }
    this.#wanted = name;
    if (name !== this.#current) {
      this.#switch(name);
      this.#hooks.chosen(name);
    }
    if (focus) {
      this.current?.focus();
    }
  }

  /** Selects a value in the view that is shown, or in the one that is named. */
  reveal(record: number, path: Path, focus: boolean, name: ViewName = this.#current): void {
    this.#hooks.revealing(record);
    if (this.offered.includes(name)) {
      this.#switch(name); // no choice to be remembered
    }
    this.current?.reveal(record, path, focus);
  }

  /** Has every view show these records only, or (null) all again. */
  showOnly(filter: RecordFilter | null, growing: boolean): void {
    for (const view of this.#views.values()) {
      view.showOnly?.(filter, growing);
    }
  }

  command(command: GridCommand): boolean {
    return this.current?.command(command) ?? false;
  }

  problemsChanged(): void {
    this.current?.problemsChanged?.();
  }

  themeChanged(): void {
    for (const view of this.#views.values()) {
      view.themeChanged();
    }
  }

  /** What is to be handed to `open` when the webview is made anew. */
  keep(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.#views].map(([name, view]) => [name, view.keep()]));
  }

  #switch(name: ViewName): void {
    if (name !== this.#current) {
      this.#current = name;
      this.#hooks.changed();
    }
    this.#apply();
  }

  #apply(): void {
    for (const [name, view] of this.#views) {
      const hidden = !this.#visible || name !== this.#current;
      if (hidden !== view.element.hidden) {
        view.element.hidden = hidden;
        if (hidden) {
          view.hidden();
        } else {
          view.shown();
        }
      }
    }
  }
}
