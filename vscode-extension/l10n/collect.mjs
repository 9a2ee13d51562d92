/**
 * Writes l10n/bundle.l10n.json from the sentences in the code: those at calls of `l10n.t`, and the webviews'.
 * `--check` writes nothing and fails when the bundle is not current, or when a translation lacks a sentence, has one too
 * many or has other places for values.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getL10nJson } from "@vscode/l10n-dev";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const bundlePath = join(root, "l10n", "bundle.l10n.json");
const check = process.argv.includes("--check");
const complaints = [];

const read = (path) => readFileSync(join(root, path), "utf8");
const sources = readdirSync(join(root, "src"), { recursive: true })
  .filter((file) => file.endsWith(".ts") && !/^(generated|webview)\b/.test(file))
  // A call through a local name (`const { t } = vscode.l10n`) is not found by the tool, so it is spelled out for it.
  .map((file) => ({ extension: ".ts", contents: read(join("src", file)).replaceAll(/(?<![\w.])t\("/g, 'vscode.l10n.t("') }))
  .map(({ extension, contents }) => ({ extension, contents: `import * as vscode from "vscode";\n${contents}` }));
const contents = ["gridStrings", "pluginStrings", "panelStrings", "activityStrings", "themeGallery"].map((name) => `export * from "./src/shared/${name}";`).join("\n");
const stdin = { contents, resolveDir: root, loader: "ts" };
const { outputFiles } = await build({ stdin, bundle: true, write: false, format: "esm" });
const { GRID_STRINGS, PLUGIN_STRINGS, PANEL_STRINGS, ACTIVITY_STRINGS, GALLERY_STRINGS } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const bundle = await getL10nJson(sources);
for (const text of [GRID_STRINGS, PLUGIN_STRINGS, PANEL_STRINGS, ACTIVITY_STRINGS, GALLERY_STRINGS].flatMap(Object.values)) {
  bundle[text] = text;
}
const sorted = Object.fromEntries(Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1)));
const text = `${JSON.stringify(sorted, undefined, 2)}\n`;
if (!check) {
  writeFileSync(bundlePath, text);
} else if (readFileSync(bundlePath, "utf8") !== text) {
  complaints.push("l10n/bundle.l10n.json is not current. Run: npm run l10n");
}

const places = (message) => [...new Set(message.match(/\{\d+\}/g) ?? [])].sort().join();
function compare(name, original, translated) {
  for (const key of Object.keys(original)) {
    if (!(key in translated)) {
      complaints.push(`${name} lacks ${JSON.stringify(key)}`);
    } else if (places(String(original[key])) !== places(translated[key])) {
      complaints.push(`${name} has other places for values in ${JSON.stringify(key)}`);
    }
  }
  complaints.push(...Object.keys(translated).filter((key) => !(key in original)).map((key) => `${name} has ${JSON.stringify(key)}, which is not used`));
}
for (const file of readdirSync(join(root, "l10n")).filter((name) => /^bundle\.l10n\..+\.json$/.test(name))) {
  compare(file, sorted, JSON.parse(read(join("l10n", file))));
}
const contributed = JSON.parse(read("package.nls.json"));
for (const file of readdirSync(root).filter((name) => /^package\.nls\..+\.json$/.test(name))) {
  compare(file, contributed, JSON.parse(read(file)));
}
const used = [...read("package.json").matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
compare("package.nls.json, as package.json uses it,", Object.fromEntries(used.map((key) => [key, contributed[key] ?? ""])), contributed);

if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exitCode = 1;
}
