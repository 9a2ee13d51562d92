/** Words of plugins' authors, made fit to stand beside our own: on one line, with nothing in them that acts. */

/** Characters that are not seen, or that turn or move what is around them: controls, bidi marks, joiners, tags. */
const ACTING = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
/** Marks that could end a quotation early. */
const QUOTES = /["“”„‟«»″]/gu;
/** Marks that are put over or under a letter; a few are writing, many reach over neighbouring lines. */
const STACKED = /(\p{M}{3})\p{M}+/gu;

/** `text` on one line of at most `longest` characters, without links. */
export function plain(text: string, longest = 300): string {
  return unlinked(oneLine(text, longest));
}

function oneLine(text: string, longest = 300): string {
  const line = text.replace(/\s+/gu, " ").replace(ACTING, "").replace(STACKED, "$1").trim();
  const characters = Array.from(line);
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : line;
}

/**
 * `text` for a message of VS Code's, which makes a link of `[words](command:…)`: one press on it would run any command
 * of the editor, with any arguments. To be used for whatever holds words of plugins, of files or of their names.
 */
export function unlinked(text: string): string {
  return text.replaceAll("](", "] (");
}

/** The same between quotation marks, which it cannot leave. */
export function quoted(text: string, longest?: number): string {
  return `“${plain(text, longest).replace(QUOTES, "'")}”`;
}

/** `text` as words of a MarkdownString: nothing in it is markup, a link or an icon. */
export function escaped(text: string, longest?: number): string {
  const marked = oneLine(text, longest).replace(/[\\`*_{}[\]()#+\-.!|<>~^&$]/gu, (mark) => (mark === "<" ? "&lt;" : mark === "&" ? "&amp;" : `\\${mark}`));
  // A bare address would become a link: an invisible word joiner keeps it from being one.
  return marked.replace(/(?<=:)\/\/|(?<=www)\\\./giu, (mark) => `\u2060${mark}`);
}
