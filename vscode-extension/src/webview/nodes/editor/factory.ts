/** Who makes fields for code. Pages without panels do without an editor; they show a plain field. */
import type { GridStrings } from "../../../shared/gridStrings";
import type { Language } from "../highlight";

/** What an editor shows, and whom it tells. */
export interface EditorOptions {
  readonly strings: GridStrings;
  /** What it is called to screen readers. */
  readonly name: string;
  readonly language: Language | null;
  readonly markers: readonly number[];
  /** Told of each change, but of a composition only once it ends. */
  readonly changed: (text: string) => void;
  readonly typed: (text: string) => void;
  readonly run: (all: boolean, caret: number, selection: readonly [number, number] | null) => void;
  readonly runMarker: (offset: number) => void;
  readonly format: () => void;
}

export interface CodeField {
  readonly isComposing: boolean;
  /** Another text, with caret and selection where they were as far as the text around them stays. */
  write(text: string): void;
  update(options: EditorOptions): void;
  destroy(): void;
}

export type MakeEditor = (place: HTMLElement, text: string, options: EditorOptions) => CodeField;

let maker: MakeEditor | undefined;

export function editorMaker(): MakeEditor | undefined {
  return maker;
}

export function useEditor(make: MakeEditor): void {
  maker = make;
}
