/** The place of an editor in a tree: it stays there while trees come, and is made anew where its place is. */
import { noChange } from "lit";
import { AsyncDirective, directive } from "lit/async-directive.js";
import type { ElementPart } from "lit/directive.js";
import type { Draft } from "../draft";
import type { CodeField, EditorOptions, MakeEditor } from "./factory";

export interface EditorPlace {
  readonly make: MakeEditor;
  readonly draft: Draft;
  readonly said: string;
  readonly pending: string | undefined;
  readonly options: EditorOptions;
}

class EditorDirective extends AsyncDirective {
  #field: CodeField | undefined;
  #place: EditorPlace | undefined;
  #element: HTMLElement | undefined;

  /** Only where templates become text, which they never do here. */
  render(place: EditorPlace): unknown {
    return place;
  }

  override update({ element }: ElementPart, [place]: [EditorPlace]): unknown {
    this.#place = place;
    this.#element = element as HTMLElement;
    if (this.#field?.isComposing !== true) {
      place.draft.take(place.said, place.pending);
    }
    if (this.#field === undefined) {
      this.#begin();
    } else {
      this.#field.update(place.options);
      if (!this.#field.isComposing) {
        this.#field.write(place.draft.text);
      }
    }
    return noChange;
  }

  override disconnected(): void {
    this.#field?.destroy();
    this.#field = undefined;
  }

  override reconnected(): void {
    this.#begin();
  }

  #begin(): void {
    if (this.#place !== undefined && this.#element !== undefined) {
      const { make, draft, options } = this.#place;
      this.#field = make(this.#element, draft.text, options);
    }
  }
}

export const editorPlace = directive(EditorDirective);
