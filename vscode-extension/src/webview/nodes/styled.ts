/** Styles of single elements in templates: the content security policy allows no style attributes, but their properties. */
import { nothing } from "lit";
import type { ElementPart } from "lit/directive.js";
import { Directive, directive } from "lit/directive.js";

/** Property names as in a style sheet, custom ones included; undefined takes a property away. */
export type Styles = Readonly<Record<string, string | number | undefined>>;

class StyledDirective extends Directive {
  readonly #set = new Set<string>();

  /** Only where templates become text, which they never do here. */
  render(styles: Styles): unknown {
    return styles;
  }

  override update(part: ElementPart, [styles]: [Styles]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const name of this.#set) {
      if (styles[name] === undefined) {
        style.removeProperty(name);
        this.#set.delete(name);
      }
    }
    for (const [name, value] of Object.entries(styles)) {
      if (value !== undefined) {
        style.setProperty(name, String(value));
        this.#set.add(name);
      }
    }
    return nothing;
  }
}

/** `<div ${styled({ width: px(5) })}>` */
export const styled = directive(StyledDirective);

export function px(value: number): string;
export function px(value: number | undefined): string | undefined;
export function px(value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${value}px`;
}
