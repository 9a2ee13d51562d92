/** Finds a Python that can run the server: asks one candidate after another and takes the first that fits. */
import { execFile } from "node:child_process";
import * as path from "node:path";
import type { ServerLocation } from "./serverLocation";

/** Where a candidate comes from, which decides what to say when it does not fit. */
export type Origin = "setting" | "checkout" | "pythonExtension" | "path";

export interface Candidate {
  readonly origin: Origin;
  readonly command: string;
}

/** A Python that can run the server, and the folders to give it. */
export interface Interpreter {
  readonly origin: Origin;
  readonly command: string;
  readonly version: string;
  readonly folders: readonly string[];
}

/** A candidate that was asked and did not fit. */
export interface Rejected extends Candidate {
  readonly reason: string;
}

export type Search = { readonly found: Interpreter; readonly rejected: readonly Rejected[] } | { readonly found: undefined; readonly rejected: readonly Rejected[] };

/** Runs a program and gives its standard output; rejects when it fails or takes longer than `timeoutMs`. */
export type Run = (command: string, args: readonly string[], timeoutMs: number) => Promise<string>;

export interface Sources {
  /** The setting `thoth.interpreter`; empty for none. */
  readonly setting: string;
  readonly checkout: string | undefined;
  /** The Python extension's choice, asked only when the setting is empty. */
  readonly pythonExtension: () => Promise<string | undefined>;
  /** Programs named python3, python … on the PATH, in that order. */
  readonly onPath: () => readonly string[];
}

const PROBE_TIMEOUT_MS = 10_000;

/** What `server/start.py` answers to `--probe`. */
interface Answer {
  readonly version: string;
  readonly folders: readonly string[];
  readonly problem: string | null;
}

/** The candidates in the order they are asked. A person who names an interpreter means that one and no other. */
export async function candidates(sources: Sources): Promise<readonly Candidate[]> {
  if (sources.setting !== "") {
    return [{ origin: "setting", command: sources.setting }];
  }
  const found: Candidate[] = [];
  if (sources.checkout !== undefined) {
    found.push({ origin: "checkout", command: sources.checkout });
  }
  const chosen = await sources.pythonExtension();
  if (chosen !== undefined) {
    found.push({ origin: "pythonExtension", command: chosen });
  }
  for (const command of sources.onPath()) {
    if (!found.some((candidate) => candidate.command === command)) {
      found.push({ origin: "path", command });
    }
  }
  return found;
}

/** The first candidate that fits, and why those before it did not. */
export async function findInterpreter(
  asked: readonly Candidate[],
  server: ServerLocation,
  run: Run = runProgram,
): Promise<Search> {
  const rejected: Rejected[] = [];
  for (const candidate of asked) {
    const result = await probe(candidate, server, run);
    if ("reason" in result) {
      rejected.push(result);
    } else {
      return { found: result, rejected };
    }
  }
  return { found: undefined, rejected };
}

async function probe(candidate: Candidate, server: ServerLocation, run: Run): Promise<Interpreter | Rejected> {
  try {
    const choices = JSON.stringify(server.folders);
    const output = await run(candidate.command, ["-I", server.startScript, "--", "--probe", choices], PROBE_TIMEOUT_MS);
    const { version, folders, problem } = JSON.parse(output) as Answer;
    return problem === null ? { ...candidate, version, folders } : { ...candidate, reason: problem };
  } catch (error) {
    return { ...candidate, reason: error instanceof Error ? firstLine(error.message) : String(error) };
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}

/** Runs `command` outside any shell and with no window. */
export const runProgram: Run = (command, args, timeoutMs) =>
  new Promise((resolve, reject) => {
    const options = { timeout: timeoutMs, windowsHide: true, maxBuffer: 1 << 20, encoding: "utf8" as const };
    const child = execFile(command, [...args], options, (error, output) => {
      if (error === null) {
        resolve(output);
      } else {
        reject(error.killed === true ? new Error(`no answer within ${timeoutMs / 1000} s`) : error);
      }
    });
    child.stdin?.end();
  });

/**
 * The programs of those names on the PATH, absolute, best name first. Entries that are not absolute are left out:
 * they would be looked up in whatever folder is open.
 */
export function programsOnPath(
  pathVariable: string,
  exists: (file: string) => boolean,
  platform: NodeJS.Platform = process.platform,
): readonly string[] {
  const flavour = platform === "win32" ? path.win32 : path.posix;
  const names =
    platform === "win32"
      ? ["python3.exe", "python.exe"]
      : ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];
  const folders = pathVariable.split(flavour.delimiter).filter((folder) => flavour.isAbsolute(folder));
  return names.flatMap((name) => {
    const files = folders.map((folder) => flavour.join(folder, name)).filter((file) => exists(file));
    // Of each name the first three: behind an old or broken one there may be one that fits.
    return files.slice(0, 3);
  });
}
