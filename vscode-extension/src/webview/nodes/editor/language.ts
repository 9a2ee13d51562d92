/** The languages of `highlight.ts` for an editor: colours line by line, and the words to complete with. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { StreamLanguage } from "@codemirror/language";
import type { StringStream } from "@codemirror/language";
import type { Language, TokenKind } from "../highlight";

/** What a line begins within. */
interface State {
  comment: boolean;
  quote: string;
}

const TAGS: Readonly<Record<TokenKind, string | null>> = {
  plain: null,
  keyword: "keyword",
  type: "typeName",
  special: "atom",
  string: "string",
  number: "number",
  comment: "comment",
  key: "propertyName",
};
const WORD = /^[\p{L}_$][\p{L}\p{N}_$]*/u;
const NUMBER = /^(?:0x[\da-f_]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)/i;
const TYPES: Partial<Readonly<Record<TokenKind, string>>> = { keyword: "keyword", type: "type", special: "constant" };

export function editorLanguage(look: Language) {
  const [open, close] = look.blockComment ?? ["", ""];
  const comments = {
    ...(look.lineComment === undefined ? {} : { line: look.lineComment }),
    ...(open === "" ? {} : { block: { open, close } }),
  };
  return StreamLanguage.define<State>({
    startState: () => ({ comment: false, quote: "" }),
    copyState: (state) => ({ ...state }),
    token: (stream, state) => TAGS[token(stream, state, look)],
    languageData: { commentTokens: comments, closeBrackets: { brackets: ["(", "[", "{", ...Array.from(look.quotes)] } },
  });
}

function token(stream: StringStream, state: State, look: Language): TokenKind {
  if (state.comment) {
    return restOfComment(stream, state, look);
  }
  if (state.quote !== "") {
    return restOfText(stream, state, look);
  }
  if (stream.eatSpace()) {
    return "plain";
  }
  if (look.lineComment !== undefined && stream.match(look.lineComment)) {
    stream.skipToEnd();
    return "comment";
  }
  if (look.blockComment !== undefined && stream.match(look.blockComment[0])) {
    state.comment = true;
    return restOfComment(stream, state, look);
  }
  const character = stream.peek() ?? "";
  if (character !== "" && look.quotes.includes(character)) {
    stream.next();
    state.quote = character;
    return restOfText(stream, state, look);
  }
  const word = stream.match(WORD);
  if (Array.isArray(word)) {
    return look.words.get(look.ignoreCase ? word[0].toLowerCase() : word[0]) ?? "plain";
  }
  if (stream.match(NUMBER)) {
    return "number";
  }
  stream.next();
  return "plain";
}

function restOfComment(stream: StringStream, state: State, { blockComment }: Language): TokenKind {
  const close = blockComment?.[1] ?? "";
  if (stream.skipTo(close)) {
    stream.match(close);
    state.comment = false;
  } else {
    stream.skipToEnd();
  }
  return "comment";
}

/** A backslash takes its power from a closing quote. */
function restOfText(stream: StringStream, state: State, { keys }: Language): TokenKind {
  while (!stream.eol()) {
    const character = stream.next();
    if (character === "\\") {
      stream.next();
    } else if (character === state.quote) {
      state.quote = "";
      return keys === true && stream.match(/^\s*:/, false) ? "key" : "string";
    }
  }
  return "string";
}

/** The words of the language that begin like what is being typed, in its capitals. */
export function completeWords(look: Language) {
  const words = [...look.words];
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/[\p{L}_$][\p{L}\p{N}_$]*/u);
    if (typed === null && !context.explicit) {
      return null;
    }
    const isUpper = look.ignoreCase && typed !== null && typed.text === typed.text.toUpperCase();
    const options = words.map(([word, kind]): Completion => ({ label: isUpper ? word.toUpperCase() : word, type: TYPES[kind] ?? "text" }));
    return { from: typed?.from ?? context.pos, options, validFor: /^[\p{L}\p{N}_$]*$/u };
  };
}
