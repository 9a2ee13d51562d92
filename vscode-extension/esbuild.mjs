/** Bundles the extension host and the webviews into `dist/`. Options: `--release` (minified), `--watch`. */
import { existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const release = process.argv.includes("--release");
const folder = fileURLToPath(new URL(".", import.meta.url));

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: folder,
  bundle: true,
  minify: release,
  sourcemap: release ? false : "linked",
  legalComments: "none",
  logLevel: "info",
  define: { "process.env.NODE_ENV": release ? '"production"' : '"development"' },
};

const builds = [
  {
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    platform: "node",
    format: "cjs",
    // The oldest VS Code named in package.json (engines.vscode) runs Node 20.
    target: "node20",
    external: ["vscode"],
  },
  {
    ...common,
    entryPoints: {
      grid: "src/webview/grid/main.ts",
      pluginPage: "src/webview/pluginPage/main.ts",
      networkActivity: "src/webview/networkActivity/main.ts",
      panel: "src/webview/panel/main.ts",
    },
    outdir: "dist/webview",
    platform: "browser",
    format: "iife",
    target: "chrome132",
    tsconfig: "src/webview/tsconfig.json",
    // Icons and styles are files beside the script: the content security policy allows no inline ones.
    loader: { ".ttf": "file", ".svg": "text" },
    assetNames: "[name]",
  },
];

const missing = builds.flatMap(({ entryPoints }) => Object.values(entryPoints)).filter((file) => !existsSync(`${folder}${file}`));
if (missing.length > 0) {
  console.error(`Missing: ${missing.join(", ")}`);
  process.exit(1);
}
rmSync(`${folder}dist`, { recursive: true, force: true });
if (process.argv.includes("--watch")) {
  for (const build of builds) await (await esbuild.context(build)).watch();
} else {
  await Promise.all(builds.map((build) => esbuild.build(build)));
}
