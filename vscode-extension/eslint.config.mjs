import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist", "bundled", "src/generated", "node_modules", "**/*.mjs", "vitest.config.mts"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers in messages are meant to be read as numbers.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-imports": "off",
      // "void" in a map of params and results says that there are none.
      "@typescript-eslint/no-invalid-void-type": "off",
      // VS Code's interfaces are met by any object of their shape, its class Disposable among them.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      eqeqeq: "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Where code runs decides what it may import: the webview has no vscode and no node, shared code neither of both.
    files: ["src/webview/**", "src/shared/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex: "^(vscode$|vscode-|node:)" }, { group: ["**/client", "**/dataEditor/*", "**/requests"] }] }],
    },
  },
  { files: ["src/shared/**"], rules: { "no-restricted-globals": ["error", "document", "window", "process", "Buffer"] } },
  { files: ["test/**"], rules: { "max-lines": "off", "@typescript-eslint/no-non-null-assertion": "off" } },
);
