/** Paths as JSONPath: the normalized path of RFC 9535, section 2.7, of which there is one for each value. */
import type { Path } from "./path";

/** For instance `$['a'][3]`. */
export function toJsonPath(path: Path): string {
  return `$${path.map((step) => (typeof step === "number" ? `[${step}]` : `['${escaped(step)}']`)).join("")}`;
}

const SHORT: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  "'": "\\'",
  "\\": "\\\\",
};

/** Only what has to be escaped is, each in its one way: other control characters with four digits in lower case. */
function escaped(name: string): string {
  // eslint-disable-next-line no-control-regex -- finding them is the purpose
  return name.replace(/[\u0000-\u001f'\\]/g, (sign) => SHORT[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
