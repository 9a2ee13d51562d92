/**
 * Fields for code by CodeMirror 6. Each stands in a shadow of its own: there the styles that CodeMirror makes are adopted
 * ones, which the content security policy allows.
 */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, type KeyBinding } from "@codemirror/view";
import type { CodeField, EditorOptions } from "./factory";
import { completeWords, editorLanguage } from "./language";
import { markersIn, runMarkers } from "./markers";
import { COLORS, THEME } from "./theme";

/** Marks changes that the plugin made. */
const ours = Annotation.define<boolean>();

export function makeEditor(place: HTMLElement, text: string, options: EditorOptions): CodeField {
  return new Editor(place, text, options);
}

class Editor implements CodeField {
  readonly #view: EditorView;
  readonly #language = new Compartment();
  #options: EditorOptions;
  #isComposing = false;

  constructor(place: HTMLElement, text: string, options: EditorOptions) {
    this.#options = options;
    const root = place.shadowRoot ?? place.attachShadow({ mode: "open", delegatesFocus: true });
    this.#view = new EditorView({
      root,
      state: EditorState.create({ doc: text, extensions: this.#extensions() }),
    });
    root.replaceChildren(this.#view.dom);
    this.#mark();
  }

  get isComposing(): boolean {
    return this.#isComposing;
  }

  write(text: string): void {
    const now = this.#view.state.doc.toString();
    if (now === text) {
      return;
    }
    const [from, to, end] = difference(now, text);
    this.#view.dispatch({ changes: { from, to, insert: text.slice(from, end) }, annotations: ours.of(true) });
    this.#mark();
  }

  update(options: EditorOptions): void {
    const before = this.#options;
    this.#options = options;
    if (options.language !== before.language) {
      this.#view.dispatch({ effects: this.#language.reconfigure(this.#look()) });
    }
    if (options.markers.join() !== before.markers.join()) {
      this.#mark();
    }
  }

  destroy(): void {
    this.#view.destroy();
  }

  #extensions(): Extension {
    const { strings } = this.#options;
    return [
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      syntaxHighlighting(COLORS),
      THEME,
      runMarkers((offset) => this.#options.runMarker(offset), strings.nodeRunLine),
      this.#language.of(this.#look()),
      keymap.of([...this.#ownKeys(), ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      EditorView.contentAttributes.of(() => ({ "aria-label": this.#options.name, "aria-description": strings.nodeCodeKeys })),
      EditorView.domEventHandlers({
        compositionstart: () => void (this.#isComposing = true),
        compositionend: () => this.#composed(),
      }),
      EditorView.updateListener.of(({ docChanged, transactions, state }) => {
        if (docChanged && !transactions.every((each) => each.annotation(ours) === true)) {
          const text = state.doc.toString();
          this.#options.typed(text);
          if (!this.#isComposing) {
            this.#options.changed(text);
          }
        }
      }),
    ];
  }

  /** The text that was composed is in the document a moment later. */
  #composed(): void {
    setTimeout(() => {
      this.#isComposing = false;
      this.#options.changed(this.#view.state.doc.toString());
    });
  }

  #ownKeys(): KeyBinding[] {
    const run = (all: boolean): boolean => {
      const { from, to, head, empty } = this.#view.state.selection.main;
      this.#options.run(all, head, empty ? null : [from, to]);
      return true;
    };
    const format = (): boolean => {
      this.#options.format();
      return true;
    };
    return [
      { key: "Mod-Enter", run: () => run(false), stopPropagation: true },
      { key: "Shift-Mod-Enter", run: () => run(true), stopPropagation: true },
      { key: "Shift-Alt-f", run: format, stopPropagation: true },
    ];
  }

  #look(): Extension {
    const { language } = this.#options;
    return language === null ? [] : [editorLanguage(language), autocompletion({ override: [completeWords(language)] })];
  }

  #mark(): void {
    this.#view.dispatch({ effects: markersIn.of(this.#options.markers) });
  }
}

/** Where two texts differ: from, the end in the first, the end in the second. */
function difference(one: string, other: string): readonly [number, number, number] {
  const shorter = Math.min(one.length, other.length);
  let from = 0;
  while (from < shorter && one[from] === other[from]) {
    from++;
  }
  let same = 0;
  while (same < shorter - from && one[one.length - 1 - same] === other[other.length - 1 - same]) {
    same++;
  }
  return [from, one.length - same, other.length - same];
}
