/**
 * Writes docs/ui-nodes.schema.json and the reference in docs/ui-nodes.md from the table that nodes are read by
 * (`src/webview/nodes/schema`). `--check` writes nothing and fails when one of them is not current.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const docs = join(root, "..", "docs");
const SCHEMA = join(docs, "ui-nodes.schema.json");
const PAGE = join(docs, "ui-nodes.md");
const PICTURES = join(docs, "images", "nodes");

const stdin = {
  contents: 'export * from "./jsonSchema"; export * from "./reference";',
  resolveDir: join(root, "src", "webview", "nodes", "schema"),
  loader: "ts",
};
const { outputFiles } = await build({ stdin, bundle: true, write: false, format: "esm" });
const { nodesSchema, nodesReference, encodings } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

/** The page with other lines between the marks of that name. */
function between(text, name, lines) {
  const [begin, end] = [`<!-- ${name}: written by vscode-extension/scripts/describeNodes.mjs -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) {
    throw new Error(`${PAGE} has no ${begin} … ${end}`);
  }
  return `${text.slice(0, from + begin.length)}\n\n${lines}\n${text.slice(to)}`;
}

const pictures = existsSync(PICTURES) ? readdirSync(PICTURES).map((name) => name.replace(/\.png$/, "")) : [];
const page = readFileSync(PAGE, "utf8");
const wanted = {
  [SCHEMA]: `${JSON.stringify(nodesSchema(), undefined, 2)}\n`,
  [PAGE]: between(between(page, "encodings", encodings()), "kinds", nodesReference(new Set(pictures))),
};
for (const [path, text] of Object.entries(wanted)) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  if (process.argv.includes("--check")) {
    console.error(`${path} is not current. Run: npm --prefix vscode-extension run nodes`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}
