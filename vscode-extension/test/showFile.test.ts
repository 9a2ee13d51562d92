import { beforeEach, expect, test } from "vitest";
import { showFile } from "../src/showFile";
import { plugin } from "./fakes/plugins";
import { executed, Uri } from "./fakes/vscode";

const plugins = [plugin({ extensions: ["csv", "json"] }), plugin({ state: "disabled", extensions: ["diary"] })];

beforeEach(() => {
  executed.length = 0;
  Object.assign(Uri, {
    parse: (text: string) => {
      const [scheme, path] = text.split("://");
      return Uri.from({ scheme: scheme ?? "", path: path ?? "" });
    },
  });
});

test("a file that a plugin opens is shown by Thoth, any other by whichever editor there is", async () => {
  for (const name of ["body.JSON", "page.html", "my.diary", "csv"]) {
    expect(await showFile({ uri: `file:///tmp/${name}`, title: name }, plugins)).toEqual({});
  }
  expect(executed.map(([command, uri, ...rest]) => [command, (uri as Uri).name, ...rest])).toEqual([
    ["vscode.openWith", "body.JSON", "thoth.dataEditor", { preview: false }],
    ["vscode.open", "page.html", { preview: false }],
    ["vscode.open", "my.diary", { preview: false }],
    ["vscode.open", "csv", { preview: false }],
  ]);
});

test("only files on disk are shown", async () => {
  await expect(showFile({ uri: "command://workbench.action.quit", title: "x" }, plugins)).rejects.toMatchObject({ message: "x is not a file on disk." });
  expect(executed).toEqual([]);
});
