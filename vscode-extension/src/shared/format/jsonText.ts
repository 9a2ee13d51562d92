/** JSON laid out anew without being read as values: every number and string stays as it was written. */

const WORD_END = /[\s,:[\]{}"/]/g;
const STRING_END = /["\\]/g;

/**
 * `text`, one JSON value (comments and trailing commas are left out), with `indent` spaces a level and a line for each
 * member; without spaces where `indent` is 0. Null where that would be longer than `most` characters, as deep values are.
 * What is not JSON comes out with its words and signs in their order.
 */
export function layOutJson(text: string, indent: number, most: number): string | null {
  const parts: string[] = [];
  let [depth, length, at] = [0, 0, 0];
  /** What is written in front of the next value: nothing yet, a comma, or the first line of an object or array. */
  let pending = "";
  const write = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  const line = (): string => (indent === 0 ? "" : `\n${" ".repeat(indent * depth)}`);
  while (at < text.length && length <= most && indent * depth <= most) {
    const end = tokenEnd(text, at);
    const token = text.slice(at, end);
    at = end;
    switch (token) {
      case "{":
      case "[":
        write(pending + token);
        depth++;
        pending = line();
        break;
      case "}":
      case "]":
        depth = Math.max(0, depth - 1);
        write((/[[{]$/.test(parts.at(-1) ?? "") ? "" : line()) + token);
        pending = "";
        break;
      case ",":
        pending = `,${line()}`;
        break;
      case ":":
        write(indent === 0 ? ":" : ": ");
        break;
      default:
        if (!isSpace(token)) {
          write(pending + token);
          pending = "";
        }
    }
  }
  return length > most || indent * depth > most ? null : parts.join("");
}

function isSpace(token: string): boolean {
  const first = token.charAt(0);
  return first.trim() === "" || token.startsWith("//") || token.startsWith("/*");
}

/** Where the token that begins at `at` ends: a sign, a string, a word, a comment, or the space up to the next of them. */
function tokenEnd(text: string, at: number): number {
  const first = text.charAt(at);
  if (first === '"') {
    return stringEnd(text, at + 1);
  }
  if (first === "/" && (text[at + 1] === "/" || text[at + 1] === "*")) {
    const end = text[at + 1] === "/" ? text.indexOf("\n", at) : text.indexOf("*/", at + 2) + 2;
    return end < at + 2 ? text.length : end;
  }
  if (first.trim() === "" || /[,:[\]{}/]/.test(first)) {
    return at + 1;
  }
  WORD_END.lastIndex = at + 1;
  return WORD_END.exec(text)?.index ?? text.length;
}

function stringEnd(text: string, from: number): number {
  for (let at = from; ; ) {
    STRING_END.lastIndex = at;
    const found = STRING_END.exec(text);
    if (found === null) {
      return text.length;
    }
    if (found[0] === '"') {
      return found.index + 1;
    }
    at = found.index + 2;
  }
}
