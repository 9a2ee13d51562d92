import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Two kinds of tests: of the extension host (node, with a stand-in for the `vscode` module) and of the webview (a DOM). */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: {
          alias: {
            vscode: file("./test/fakes/vscode.ts"),
            // The client itself needs VS Code; the types of its messages do not.
            "vscode-languageclient/node": file("./test/fakes/languageClient.ts"),
          },
        },
        test: { name: "host", environment: "node", include: ["test/**/*.test.ts"], exclude: ["test/webview/**"] },
      },
      {
        test: { name: "webview", environment: "happy-dom", include: ["test/webview/**/*.test.ts"] },
      },
    ],
  },
});
