/** One line of the file's text on the screen, or a piece of a long one. */
import type { TemplateResult } from "lit";
import { html, render } from "lit";
import { format } from "../../../shared/gridStrings";
import type { GridStrings } from "../../../shared/gridStrings";
import { marked } from "../../nodes/cards";
import type { Language } from "../../nodes/highlight";
import { tokenize } from "../../nodes/highlight";
import { number } from "../view/frame";
import type { Line } from "./fileLines";

/** Longer lines are shown without colours. */
const COLORED = 3000;

export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export class RawRow {
  readonly element: HTMLElement;
  readonly text: HTMLElement;
  readonly at: number;
  readonly #number: HTMLElement;
  #drawn = "";

  constructor({ at }: Line) {
    this.at = at;
    this.element = document.createElement("div");
    this.element.className = "raw-row";
    this.element.dataset["at"] = String(at);
    this.#number = document.createElement("span");
    this.#number.className = "raw-number";
    this.#number.setAttribute("aria-hidden", "true");
    this.text = document.createElement("span");
    this.text.className = "raw-text";
    this.element.append(this.#number, this.text);
  }

  show(line: Line, mark: ByteRange | null, language: Language | null, strings: GridStrings): void {
    const range = mark && mark.from < line.at + line.bytes && mark.to > line.at ? mark : null;
    const key = `${line.number ?? "?"} ${line.continues} ${line.text.length} ${range?.from ?? ""}-${range?.to ?? ""}`;
    if (key === this.#drawn) {
      return;
    }
    this.#drawn = key;
    this.#number.textContent = line.continues ? "↪" : line.number === null ? `@${number(line.at)}` : number(line.number + 1);
    this.#number.title = line.continues ? strings.rawContinued : format(strings.rawByte, number(line.at));
    this.#number.classList.toggle("offset", line.number === null);
    render(contentOf(line, range, language), this.text);
  }
}

function contentOf(line: Line, range: ByteRange | null, language: Language | null): TemplateResult {
  if (range) {
    const length = new TextEncoder().encode(line.text).length;
    const [start, end] = [Math.max(0, range.from - line.at), Math.min(length, range.to - line.at)];
    return html`${marked(line.text, [{ start, end }])}`;
  }
  if (language === null || line.text.length > COLORED) {
    return html`${line.text}`;
  }
  return html`${tokenize(line.text, language).map(({ kind, text }) =>
    kind === "plain" ? text : html`<span class="n-token-${kind}">${text}</span>`,
  )}`;
}
