/** Commands of plugins in words: what plugins say is made harmless, and what was called is written as at a terminal. */
import type * as P from "../generated/protocol";
import { plain as onOneLine } from "../plugins/untrusted";

export type Values = P.RunCommandParams["values"];

/** What a plugin says, on one line of at most `longest` characters; no icon either. */
export function plain(text: string, longest = 300): string {
  return onOneLine(text, longest).replaceAll("$(", "$ (");
}

/** How a person would name an argument. */
export function argumentName({ kind, id, long, valueName }: P.CommandArgument): string {
  return kind === "positional" || long === null ? plain(valueName ?? "", 40) || id : `--${long}`;
}

/** What a command was called with, as at a terminal: `Ada --shout`. */
export function shownValues(values: Values): string {
  const words = Object.entries(values).flatMap(([id, value]) => {
    if (typeof value === "boolean") {
      return value ? [`--${id}`] : [];
    }
    return [/^[\w./:-]+$/u.test(value) ? value : JSON.stringify(value)];
  });
  return plain(words.join(" "), 120);
}

/** The text of a single short result: the value of the one member of its one record. */
export function shortText({ records, text }: P.RunCommandResult): string | undefined {
  if (records !== 1 || text === null) {
    return undefined;
  }
  const record = JSON.parse(text) as Record<string, unknown>;
  const values = Object.values(record);
  const [value] = values;
  return values.length === 1 && typeof value === "string" && value !== "" && value.length <= 200 ? plain(value) : undefined;
}
