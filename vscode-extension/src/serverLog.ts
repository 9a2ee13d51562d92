/** The server's own log, which it writes to its standard error. */
import type { LogOutputChannel } from "vscode";

type Level = "error" | "warn" | "info" | "debug";

const LEVELS: readonly (readonly [string, Level])[] = [
  ["ERROR ", "error"],
  ["CRITICAL ", "error"],
  ["WARNING ", "warn"],
  ["INFO ", "info"],
  ["DEBUG ", "debug"],
];

/** Writes the lines of a server's standard error to `log` at their own level; a traceback follows its first line's. */
export function forwardLog(input: NodeJS.ReadableStream, log: Pick<LogOutputChannel, Level>): void {
  let rest = "";
  let level: Level = "info";
  input.setEncoding("utf8");
  input.on("data", (chunk: string) => {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const known = LEVELS.find(([prefix]) => line.startsWith(prefix));
      level = known?.[1] ?? (line.startsWith("Traceback ") ? "error" : level);
      log[level](known === undefined ? line : line.slice(known[0].length));
    }
  });
}
