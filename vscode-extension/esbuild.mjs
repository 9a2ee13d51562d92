/** Bundles the extension host and the webviews into `dist/`. Options: `--release` (minified), `--watch`. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
    // Its other form loads parts by names that no bundler sees.
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  },
  {
    ...common,
    entryPoints: {
      grid: "src/webview/grid/main.ts",
      pluginPage: "src/webview/pluginPage/main.ts",
      networkActivity: "src/webview/networkActivity/main.ts",
      panel: "src/webview/panel/main.ts",
      themeGallery: "src/webview/themeGallery/main.ts",
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
await writeTabIcons();
if (process.argv.includes("--watch")) {
  for (const build of builds) await (await esbuild.context(build)).watch();
} else {
  await Promise.all(builds.map((build) => esbuild.build(build)));
}

/** Tabs have files for icons, and these have a colour of their own: VS Code's for icons in light and in dark. */
async function writeTabIcons() {
  const stdin = { contents: 'export * from "./src/shared/phosphor";', resolveDir: folder, loader: "ts" };
  const { outputFiles } = await esbuild.build({ stdin, bundle: true, write: false, format: "esm" });
  const { CODICONS } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  const codicons = fileURLToPath(new URL("../src/", import.meta.resolve("@vscode/codicons/dist/codicon.css")));
  // An icon can have several names, of which one is that of its file.
  const names = Object.values(JSON.parse(readFileSync(`${codicons}template/mapping.json`, "utf8")));
  const fileOf = (name) => names.find((all) => all.includes(name)).map((each) => `${codicons}icons/${each}.svg`).find(existsSync);
  for (const [theme, color] of [["light", "#424242"], ["dark", "#c5c5c5"]]) {
    const target = `${folder}dist/icons/${theme}`;
    mkdirSync(target, { recursive: true });
    for (const name of new Set(Object.values(CODICONS))) {
      writeFileSync(`${target}/${name}.svg`, readFileSync(fileOf(name), "utf8").replaceAll("currentColor", color));
    }
  }
}
