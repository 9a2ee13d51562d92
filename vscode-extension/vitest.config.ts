import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Two kinds of tests: of the extension host (node, with a stand-in for the `vscode` module) and of the webview (a DOM). */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: { vscode: fileURLToPath(new URL("./test/fakes/vscode.ts", import.meta.url)) } },
        test: { name: "host", environment: "node", include: ["test/**/*.test.ts"], exclude: ["test/webview/**"] },
      },
      {
        test: { name: "webview", environment: "happy-dom", include: ["test/webview/**/*.test.ts"] },
      },
    ],
  },
});
