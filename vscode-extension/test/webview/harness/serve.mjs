/**
 * Serves the grid with made-up data, under `gallery` every kind of node and under `tree` one tree for tests: `node test/webview/harness/serve.mjs [port]`,
 * then open the address printed.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = `${here}../../../`;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf" };

/** Builds all scripts in memory, as they are released if asked to, and answers with them on 127.0.0.1; returns the address and a way to stop. */
export async function serve(port = 0, release = false) {
  const built = await esbuild.build({
    absWorkingDir: root,
    entryPoints: {
      grid: "src/webview/grid/main.ts",
      harness: "test/webview/harness/harness.ts",
      gallery: "test/webview/harness/gallery.ts",
      tree: "test/webview/harness/tree.ts",
      nodes: "test/webview/harness/gallery.css",
    },
    outdir: "out",
    bundle: true,
    write: false,
    format: "iife",
    target: "chrome132",
    ...(release ? { minify: true, define: { "process.env.NODE_ENV": '"production"' }, conditions: ["production"] } : {}),
    tsconfig: "src/webview/tsconfig.json",
    loader: { ".ttf": "file", ".svg": "text" },
    assetNames: "[name]",
  });
  const files = new Map(built.outputFiles.map((file) => [`/${file.path.split("/").at(-1)}`, file.contents]));
  files.set("/", readFileSync(`${here}index.html`));
  files.set("/gallery", readFileSync(`${here}gallery.html`));
  files.set("/tree", readFileSync(`${here}tree.html`));
  files.set("/harness.css", readFileSync(`${here}harness.css`));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const body = files.get(pathname);
    const type = TYPES[extname(pathname)] ?? "text/html";
    response.writeHead(body ? 200 : 404, { "content-type": `${type}; charset=utf-8` }).end(body ?? "");
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: used } = server.address();
  return { address: `http://127.0.0.1:${used}/`, stop: () => server.close() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await serve(Number(process.argv[2] ?? 0))).address);
}
