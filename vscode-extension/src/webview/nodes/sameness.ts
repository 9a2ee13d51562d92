/** Whether two values from JSON say the same. Trees come whole each time, and most of them is as it was. */
import { ExactNumber } from "./fields";

/** Deeper values are taken as different: their nodes are compared one by one then, as far as they are drawn. */
const DEEPEST = 500;

/** What was found out, so that the parts of values that differ are not compared once more on each level below. */
export class Sameness {
  readonly #known = new WeakMap<object, { readonly other: unknown; readonly isSame: boolean }>();

  isSame(one: unknown, other: unknown, depth = 0): boolean {
    if (one === other) {
      return true;
    }
    if (typeof one !== "object" || typeof other !== "object" || one === null || other === null || depth > DEEPEST) {
      return one !== one && other !== other; // NaN
    }
    const known = this.#known.get(other);
    if (known?.other === one) {
      return known.isSame;
    }
    const isSame = this.#areSame(one, other, depth + 1);
    this.#known.set(other, { other: one, isSame });
    return isSame;
  }

  #areSame(one: object, other: object, depth: number): boolean {
    if (Array.isArray(one)) {
      return Array.isArray(other) && one.length === other.length && one.every((each, index) => this.isSame(each, other[index], depth));
    }
    if (Array.isArray(other) || one instanceof ExactNumber !== other instanceof ExactNumber) {
      return false;
    }
    return this.#haveSame(one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>, depth);
  }

  #haveSame(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>, depth: number): boolean {
    let count = 0;
    for (const name in one) {
      if (!Object.hasOwn(other, name) || !this.isSame(one[name], other[name], depth)) {
        return false;
      }
      count++;
    }
    return count === Object.keys(other).length;
  }
}
