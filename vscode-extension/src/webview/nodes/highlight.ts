/** Colours for code: a small tokenizer that knows words, texts, numbers and comments of a handful of languages. */

export type TokenKind = "plain" | "keyword" | "type" | "special" | "string" | "number" | "comment" | "key";

export interface CodeToken {
  readonly kind: TokenKind;
  readonly text: string;
}

/** What a language looks like. */
export interface Language {
  readonly lineComment?: string;
  readonly blockComment?: readonly [string, string];
  readonly quotes: string;
  readonly ignoreCase: boolean;
  readonly words: ReadonlyMap<string, TokenKind>;
  /** Whether a text in front of a colon is a name. */
  readonly keys?: boolean;
}

export function language(
  look: Omit<Language, "words">,
  words: Partial<Readonly<Record<"keyword" | "type" | "special", readonly string[]>>>,
): Language {
  const kinds = new Map<string, TokenKind>();
  for (const kind of ["keyword", "type", "special"] as const) {
    for (const word of words[kind] ?? []) {
      kinds.set(look.ignoreCase ? word.toLowerCase() : word, kind);
    }
  }
  return { ...look, words: kinds };
}

const listed = (words: string): readonly string[] => words.split(" ");

const SQL = language(
  { lineComment: "--", blockComment: ["/*", "*/"], quotes: "'\"`", ignoreCase: true },
  {
    keyword: listed(
      "select from where and or not in is null as on join left right inner outer full cross group by order having limit offset insert into values update set delete create table view index drop alter add primary key foreign references unique default check constraint union all distinct case when then else end exists between like with recursive returning begin commit rollback explain using asc desc true false",
    ),
    type: listed("int integer bigint smallint text varchar char boolean bool numeric decimal real double float date time timestamp uuid json jsonb blob serial"),
    special: listed("count sum avg min max coalesce cast now lower upper length round"),
  },
);
const RUST = language(
  { lineComment: "//", blockComment: ["/*", "*/"], quotes: '"', ignoreCase: false },
  {
    keyword: listed("as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self static struct super trait type unsafe use where while"),
    type: listed("Self bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize String Vec Option Result Box"),
    special: listed("true false Some None Ok Err"),
  },
);
const SHELL = language(
  { lineComment: "#", quotes: "'\"`", ignoreCase: false },
  {
    keyword: listed("if then else elif fi for while until do done case esac in function return exit break continue local export"),
    special: listed("echo cd set unset read source test eval exec trap shift"),
  },
);
const JSON_LANGUAGE = language({ quotes: '"', ignoreCase: false, keys: true }, { special: listed("true false null") });

const LANGUAGES: Readonly<Record<string, Language>> = {
  json: JSON_LANGUAGE,
  jsonc: { ...JSON_LANGUAGE, lineComment: "//", blockComment: ["/*", "*/"] },
  sql: SQL,
  rust: RUST,
  rs: RUST,
  shell: SHELL,
  sh: SHELL,
  bash: SHELL,
};

/** The language of that name, or null when its code is left as it is. */
export function languageOf(name: string | undefined): Language | null {
  const key = name?.toLowerCase() ?? "";
  return Object.hasOwn(LANGUAGES, key) ? (LANGUAGES[key] ?? null) : null;
}

/** `code` in pieces; together they are the whole of it. */
export function tokenize(code: string, look: Language): CodeToken[] {
  const tokens: CodeToken[] = [];
  let plain = 0;
  let at = 0;
  const put = (kind: TokenKind, end: number): void => {
    if (plain < at) {
      tokens.push({ kind: "plain", text: code.slice(plain, at) });
    }
    tokens.push({ kind, text: code.slice(at, end) });
    plain = end;
    at = end;
  };
  while (at < code.length) {
    const found = tokenAt(code, at, look);
    if (found.kind === "plain") {
      at = found.end;
    } else {
      put(found.kind, found.end);
    }
  }
  if (plain < code.length) {
    tokens.push({ kind: "plain", text: code.slice(plain) });
  }
  return tokens;
}

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER = /-?(?:0x[\da-f_]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)/iy;

function tokenAt(code: string, at: number, look: Language): { readonly kind: TokenKind; readonly end: number } {
  if (look.lineComment !== undefined && code.startsWith(look.lineComment, at)) {
    return { kind: "comment", end: endOf(code, "\n", at, 0) };
  }
  const [open, close] = look.blockComment ?? ["", ""];
  if (open !== "" && code.startsWith(open, at)) {
    return { kind: "comment", end: endOf(code, close, at + open.length, close.length) };
  }
  const character = code.charAt(at);
  if (look.quotes.includes(character)) {
    const end = endOfQuoted(code, at, character);
    return { kind: look.keys && /^\s*:/.test(code.slice(end, end + 100)) ? "key" : "string", end };
  }
  const word = matchAt(WORD, code, at);
  if (word !== "") {
    const kind = look.words.get(look.ignoreCase ? word.toLowerCase() : word) ?? "plain";
    return { kind, end: at + word.length };
  }
  const number = matchAt(NUMBER, code, at);
  return number === "" ? { kind: "plain", end: at + 1 } : { kind: "number", end: at + number.length };
}

function matchAt(pattern: RegExp, code: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(code)?.[0] ?? "";
}

function endOf(code: string, mark: string, from: number, length: number): number {
  const found = mark === "" ? -1 : code.indexOf(mark, from);
  return found < 0 ? code.length : found + length;
}

/** Behind the closing quote; a backslash takes its power from one. */
function endOfQuoted(code: string, at: number, quote: string): number {
  for (let index = at + 1; index < code.length; index++) {
    const character = code.charAt(index);
    if (character === "\\") {
      index++;
    } else if (character === quote) {
      return index + 1;
    }
  }
  return code.length;
}
