/** The text of a field: what is typed stays, with caret and composition, while trees come. */
import { nothing } from "lit";
import type { ElementPart } from "lit/directive.js";
import { Directive, directive } from "lit/directive.js";
import type { Draft } from "./draft";

export interface FieldText {
  readonly draft: Draft;
  readonly said: string;
  readonly pending: string | undefined;
  /** Whether two texts mean the same, so that one is not written over the other: `1.50` and `1.5`. */
  readonly isSame?: (one: string, other: string) => boolean;
  /** Told of each change, but of a composition only once it ends. */
  readonly tell: (text: string) => void;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

class FieldTextDirective extends Directive {
  #field: FieldText | undefined;
  #isComposing = false;
  #isThere = false;

  /** Only where templates become text, which they never do here. */
  render(field: FieldText): unknown {
    return field;
  }

  override update({ element }: ElementPart, [field]: [FieldText]): typeof nothing {
    this.#field = field;
    const input = element as Field;
    if (!this.#isThere) {
      this.#isThere = true;
      this.#listen(input);
    }
    if (!this.#isComposing) {
      field.draft.take(field.said, field.pending, field.isSame);
      write(input, field.draft.text);
    }
    return nothing;
  }

  #listen(input: Field): void {
    input.addEventListener("compositionstart", () => (this.#isComposing = true));
    input.addEventListener("compositionend", () => {
      this.#isComposing = false;
      this.#tell(input.value);
    });
    input.addEventListener("input", () => {
      this.#field?.draft.typed(input.value);
      if (!this.#isComposing) {
        this.#tell(input.value);
      }
    });
  }

  #tell(text: string): void {
    this.#field?.draft.typed(text);
    this.#field?.draft.told(text);
    this.#field?.tell(text);
  }
}

/** Another text, with the caret where it was as far as it reaches. */
function write(input: Field, text: string): void {
  if (input.value === text) {
    return;
  }
  const { selectionStart: start, selectionEnd: end } = input;
  const hasFocus = input === document.activeElement && start !== null && end !== null;
  input.value = text;
  if (hasFocus) {
    input.setSelectionRange(Math.min(start, text.length), Math.min(end, text.length));
  }
}

export const fieldText = directive(FieldTextDirective);
