import { describe, expect, test } from "vitest";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { candidates, findInterpreter, programsOnPath, runProgram, type Run } from "../src/python";
import type { ServerLocation } from "../src/serverLocation";

const sources = {
  setting: "",
  checkout: undefined,
  pythonExtension: () => Promise.resolve(undefined),
  onPath: () => ["/usr/bin/python3", "/usr/bin/python"],
};

describe("the order of candidates", () => {
  test("a setting is meant: nothing else is tried", async () => {
    const found = await candidates({ ...sources, setting: "/opt/python", checkout: "/repo/.venv/bin/python" });
    expect(found).toEqual([{ origin: "setting", command: "/opt/python" }]);
  });

  test("then the checkout's, the Python extension's, the PATH's, each once", async () => {
    const found = await candidates({
      ...sources,
      checkout: "/repo/.venv/bin/python",
      pythonExtension: () => Promise.resolve("/usr/bin/python"),
    });
    expect(found.map(({ origin, command }) => [origin, command])).toEqual([
      ["checkout", "/repo/.venv/bin/python"],
      ["pythonExtension", "/usr/bin/python"],
      ["path", "/usr/bin/python3"],
    ]);
  });
});

describe("looking on the PATH", () => {
  test("by name first, in the order of the folders", () => {
    const here = new Set(["/a/python", "/b/python3", "/b/python", "/b/python3.12"]);
    expect(programsOnPath("/a:/b", (file) => here.has(file), "linux")).toEqual([
      "/b/python3",
      "/a/python",
      "/b/python",
      "/b/python3.12",
    ]);
  });

  test("entries that depend on the current folder are left out", () => {
    expect(programsOnPath(".::bin:/a", () => true, "linux").every((file) => file.startsWith("/a/"))).toBe(true);
    expect(programsOnPath(".;C:\\Python", () => true, "win32")).toEqual(["C:\\Python\\python3.exe", "C:\\Python\\python.exe"]);
  });
});

const location: ServerLocation = {
  kind: "bundled",
  startScript: fileURLToPath(new URL("../server/start.py", import.meta.url)),
  interpreter: undefined,
  folders: { "3.12": ["/libs", "/cp312"] },
  target: "linux-x64",
};

const answers = (table: Record<string, string | Error>): Run => (command) => {
  const answer = table[command];
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? "");
};
const path = (...commands: string[]) => commands.map((command) => ({ origin: "path" as const, command }));

describe("asking", () => {
  const good = JSON.stringify({ version: "3.12", folders: ["/libs", "/cp312"], problem: null });
  const old = JSON.stringify({ version: "3.9", folders: null, problem: "Python 3.9" });

  test("the first that fits is taken, with the folders for its version", async () => {
    const run = answers({ a: new Error("ENOENT\nmore"), b: old, c: good, d: good });
    expect(await findInterpreter(path("a", "b", "c", "d"), location, run)).toEqual({
      found: { origin: "path", command: "c", version: "3.12", folders: ["/libs", "/cp312"] },
      rejected: [
        { origin: "path", command: "a", reason: "ENOENT" },
        { origin: "path", command: "b", reason: "Python 3.9" },
      ],
    });
  });

  test("an answer that is no answer is a reason to go on", async () => {
    const { found, rejected } = await findInterpreter(path("a"), location, answers({ a: "Python was not found" }));
    expect(found).toBeUndefined();
    expect(rejected).toHaveLength(1);
  });

  test("a program that does not answer is given up", async () => {
    await expect(runProgram("sleep", ["30"], 50)).rejects.toThrow("no answer within 0.05 s");
  });
});

describe("a real Python", () => {
  const program = "python3";
  const version = execFileSync(program, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], { encoding: "utf8" }).trim();

  test("without the libraries says what is missing", async () => {
    const folders = { [version]: ["/nowhere"] };
    const { found, rejected } = await findInterpreter(path(program), { ...location, folders });
    expect(found?.version ?? rejected[0]?.reason).toMatch(/^(3\.\d+|Python 3\.\d+: ModuleNotFoundError: .+)$/);
  });

  test("of a version there is nothing for is refused", async () => {
    const { rejected } = await findInterpreter(path(program), { ...location, folders: { "3.1": [] } });
    expect(rejected[0]?.reason).toBe(`Python ${version}`);
  });
});
