/** The file of a colour theme of VS Code as one text of JSON: comments out, and what it includes put in. */
import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";
import { Failure } from "../errors";

export type ReadText = (path: string) => Promise<string>;

/** How deep files may include each other. */
const MOST_INCLUDES = 10;
const MOST_CHARACTERS = 4 * 1024 * 1024;

type ThemeFile = Readonly<Record<string, unknown>>;

/** `path` is that of the file, with slashes; `read` gives the text of a file. */
export async function themeText(path: string, read: ReadText): Promise<string> {
  const theme = await whole(path, read, 0);
  const text = JSON.stringify(theme);
  if (text.length > MOST_CHARACTERS) {
    throw new Failure("tooLarge", `${path} has more than ${MOST_CHARACTERS} characters.`);
  }
  return text;
}

async function whole(path: string, read: ReadText, depth: number): Promise<ThemeFile> {
  const own = parsed(path, await read(path));
  const included = own["include"];
  if (typeof included !== "string") {
    return own;
  }
  if (depth >= MOST_INCLUDES) {
    throw new Failure("unusable", `${path} includes files that include others, more than ${MOST_INCLUDES} deep.`);
  }
  const base = await whole(joined(path, included), read, depth + 1);
  return {
    ...base,
    ...own,
    colors: { ...objectOf(base["colors"]), ...objectOf(own["colors"]) },
    tokenColors: [...listOf(base["tokenColors"]), ...listOf(own["tokenColors"])],
  };
}

function parsed(path: string, text: string): ThemeFile {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split("\n").length;
    throw new Failure("unusable", `${path}:${line}: ${printParseErrorCode(error.error)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Failure("unusable", `${path}: a color theme is one JSON object`);
  }
  return value as ThemeFile;
}

/** `relative` as seen from the folder of `path`. */
function joined(path: string, relative: string): string {
  const parts = path.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") {
      parts.pop();
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  return parts.join("/");
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
