/** Where the server's code is: bundled with the extension, or a checkout this extension is developed in. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The folders Python is to look in, and what has to be true of the Python. */
export interface ServerLocation {
  readonly kind: "bundled" | "checkout";
  /** Run as `python -I start.py FOLDER… -- ARGUMENT…`. */
  readonly startScript: string;
  /** An interpreter that comes before all others except the one of the settings; a checkout's own environment. */
  readonly interpreter: string | undefined;
  /** The folders Python is given, by its version (such as `3.12`); `*` is any version that has no entry of its own. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
  /** The platform the compiled parts are for, for messages. */
  readonly target: string | undefined;
}

/** What `scripts/build_vsix.py` writes beside the bundled libraries. */
interface Manifest {
  readonly target: string;
  /** Folders relative to the manifest, by Python version: the compiled packages of that version. */
  readonly python: Readonly<Record<string, string>>;
}

/** The bundled server where there is one, else that of the checkout around the extension; undefined for neither. */
export function locateServer(extensionPath: string): ServerLocation | undefined {
  const startScript = path.join(extensionPath, "server", "start.py");
  const bundled = path.join(extensionPath, "bundled");
  const manifestPath = path.join(bundled, "manifest.json");
  if (existsSync(manifestPath)) {
    const manifest = JSON.parse(readFileSync(manifestPath, "utf8")) as Manifest;
    const libraries = path.join(bundled, "libs");
    const folders = Object.entries(manifest.python).map(([version, compiled]) => [
      version,
      [libraries, path.join(bundled, compiled)],
    ]);
    return {
      kind: "bundled",
      startScript,
      interpreter: undefined,
      folders: Object.fromEntries(folders) as Record<string, readonly string[]>,
      target: manifest.target,
    };
  }
  const root = path.dirname(extensionPath);
  if (!existsSync(path.join(root, "thoth_ls", "__main__.py"))) {
    return undefined;
  }
  const windows = process.platform === "win32";
  const interpreter = path.join(root, ".venv", windows ? "Scripts/python.exe" : "bin/python");
  return {
    kind: "checkout",
    startScript,
    interpreter: existsSync(interpreter) ? interpreter : undefined,
    folders: { "*": [root] },
    target: undefined,
  };
}
