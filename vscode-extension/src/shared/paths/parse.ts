/** Reads a path that a person typed: JSONPath, JSON Pointer, or with dots and brackets as in jq and JavaScript. */
import type { PathStep } from "./path";

/** A part of a JSON Pointer that is a number: a name or a position, which only the value it is looked up in can tell. */
export interface EitherStep {
  readonly either: number;
}
export type TypedStep = PathStep | EitherStep;

/** What is wrong with a text: `at` is the place, counted from 0; `sign` is what stands there. */
export interface PathError {
  readonly error: "start" | "name" | "bracket" | "open" | "quote" | "escape" | "tilde" | "tooLarge" | "many" | "sign";
  readonly at: number;
  readonly sign: string;
}

export interface ParsedPath {
  readonly steps: readonly TypedStep[];
}

/** Reads `text`; the empty text is the record itself. */
export function parsePath(text: string): ParsedPath | PathError {
  try {
    return { steps: text.startsWith("/") ? pointer(text) : new Reader(text).path() };
  } catch (problem) {
    if (problem instanceof Problem) {
      return { error: problem.error, at: problem.at, sign: String.fromCodePoint(text.codePointAt(problem.at) ?? 32) };
    }
    throw problem;
  }
}

class Problem extends Error {
  constructor(
    readonly error: PathError["error"],
    readonly at: number,
  ) {
    super(error);
  }
}

const INDEX = /^(0|[1-9]\d*)$/;

function pointer(text: string): readonly TypedStep[] {
  let at = 0;
  return text
    .slice(1)
    .split("/")
    .map((token) => {
      at++;
      const bad = /~(?![01])/.exec(token);
      if (bad) {
        throw new Problem("tilde", at + bad.index);
      }
      at += token.length;
      const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
      return INDEX.test(name) && Number.isSafeInteger(Number(name)) ? { either: Number(name) } : name;
    });
}

const FIRST = /[\p{ID_Start}$_]/u;
const NAME = /[\p{ID_Continue}$\u200c\u200d]+/uy;
const DIGITS = /\d+/y;
const MANY = /[*?:,@(]|-\d|\.\./y;
const ESCAPES: Readonly<Record<string, string>> = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", "/": "/", "\\": "\\", '"': '"', "'": "'" };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  path(): PathStep[] {
    const text = this.#text;
    const steps: PathStep[] = [];
    if (/^\$($|[.[])/.test(text)) {
      this.#at = 1;
    } else if (text === "" || text === ".") {
      return steps;
    } else if (FIRST.test(String.fromCodePoint(text.codePointAt(0) ?? 32))) {
      steps.push(this.#match(NAME) ?? "");
    } else if (!/^[.[]/.test(text)) {
      throw new Problem("start", 0);
    }
    while (this.#at < text.length) {
      steps.push(this.#step());
    }
    return steps;
  }

  #step(): PathStep {
    this.#refuseMany();
    const sign = this.#text[this.#at];
    if (sign === "[") {
      return this.#bracket();
    }
    if (sign !== ".") {
      throw new Problem("sign", this.#at);
    }
    this.#at++;
    this.#refuseMany();
    const next = this.#text[this.#at];
    if (next === "[") {
      return this.#bracket();
    }
    if (next === '"') {
      return this.#quoted(next);
    }
    const name = this.#match(NAME);
    if (name === null) {
      throw new Problem("name", this.#at);
    }
    return name;
  }

  #bracket(): PathStep {
    const open = this.#at++;
    this.#skipSpace();
    this.#refuseMany();
    const sign = this.#text[this.#at];
    const step = sign === "'" || sign === '"' ? this.#quoted(sign) : this.#index(open);
    this.#skipSpace();
    this.#refuseMany();
    if (this.#text[this.#at] !== "]") {
      throw this.#at < this.#text.length ? new Problem("bracket", this.#at) : new Problem("open", open);
    }
    this.#at++;
    return step;
  }

  /** Reads a position; the bracket around it is at `open`. */
  #index(open: number): number {
    const at = this.#at;
    const digits = this.#match(DIGITS);
    if (digits === null) {
      throw at < this.#text.length ? new Problem("bracket", at) : new Problem("open", open);
    }
    const index = Number(digits);
    if (!Number.isSafeInteger(index)) {
      throw new Problem("tooLarge", at);
    }
    return index;
  }

  #quoted(quote: string): string {
    const open = this.#at++;
    let name = "";
    for (let sign = this.#text[this.#at]; sign !== quote; sign = this.#text[this.#at]) {
      if (sign === undefined) {
        throw new Problem("quote", open);
      }
      name += sign === "\\" ? this.#escape() : sign;
      this.#at++;
    }
    this.#at++;
    return name;
  }

  /** Reads an escape and stops at its last character. */
  #escape(): string {
    const at = this.#at++;
    const sign = this.#text[this.#at] ?? "";
    const digits = this.#text.slice(this.#at + 1, this.#at + 5);
    if (sign === "u" && /^[0-9a-fA-F]{4}$/.test(digits)) {
      this.#at += 4;
      return String.fromCharCode(parseInt(digits, 16));
    }
    const meant = ESCAPES[sign];
    if (meant === undefined) {
      throw new Problem("escape", at);
    }
    return meant;
  }

  /** Signs of queries that find more than one value. */
  #refuseMany(): void {
    const at = this.#at;
    if (this.#match(MANY) !== null) {
      throw new Problem("many", at);
    }
  }

  #skipSpace(): void {
    while (this.#text[this.#at] === " ") {
      this.#at++;
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }
}
