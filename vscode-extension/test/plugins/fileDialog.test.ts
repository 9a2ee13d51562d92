import { beforeEach, expect, test } from "vitest";
import { CancellationTokenSource } from "vscode";
import type * as vscode from "vscode";
import type * as P from "../../src/generated/protocol";
import { FileDialog } from "../../src/plugins/fileDialog";
import { Turns } from "../../src/turns";
import { Uri, window, workspace } from "../fakes/vscode";

const { token } = new CancellationTokenSource();
let dialog: FileDialog;
let asked: (vscode.OpenDialogOptions & vscode.SaveDialogOptions)[];
let picked: Uri | undefined;

beforeEach(() => {
  dialog = new FileDialog(new Turns());
  asked = [];
  picked = undefined;
  Object.assign(workspace, { workspaceFolders: [{ uri: Uri.file("/work") }] });
  Object.assign(window, {
    showOpenDialog: (options: vscode.OpenDialogOptions) => {
      asked.push(options);
      return Promise.resolve(picked && [picked]);
    },
    showSaveDialog: (options: vscode.SaveDialogOptions) => {
      asked.push(options);
      return Promise.resolve(picked);
    },
  });
});

function params(change: Partial<P.FileDialogParams> = {}): P.FileDialogParams {
  return { mode: "open", pluginName: "Words", title: "A letter", defaultName: "", extensions: [], ...change };
}

test("the dialog says which plugin asks, in its title and on its button", async () => {
  picked = Uri.file("/home/me/a.txt");
  expect(await dialog.ask(params(), token)).toEqual({ uri: "file:///home/me/a.txt" });
  expect(asked).toMatchObject([{ title: "The plugin “Words” asks for a file to read: “A letter”", openLabel: "Open for Words", canSelectMany: false }]);
  expect(asked[0]?.defaultUri?.path).toBe("/work");
  expect(asked[0]).not.toHaveProperty("filters");
});

test("a place to write to is asked for by the name that is offered", async () => {
  await dialog.ask(params({ mode: "save", title: "", defaultName: "reply.txt", extensions: ["txt"] }), token);
  await dialog.ask(params({ mode: "save" }), token);
  expect(asked).toMatchObject([
    { title: "The plugin “Words” asks where to write a file", saveLabel: "Save for Words", filters: { "*.txt": ["txt"] } },
    { title: "The plugin “Words” asks where to write a file: “A letter”" },
  ]);
  expect(asked.map(({ defaultUri }) => defaultUri?.path)).toEqual(["/work/reply.txt", "/work"]);
});

test("many kinds of files are all offered, and some of them named", async () => {
  const extensions = ["a", "b", "c", "d", "e", "f"];
  await dialog.ask(params({ extensions }), token);
  expect(asked[0]?.filters).toEqual({ "*.a, *.b, *.c, *.d, *.e, …": extensions });
});

test("cancelling picks nothing", async () => {
  expect(await dialog.ask(params(), token)).toEqual({ uri: null });
  expect(await dialog.ask(params({ mode: "save" }), token)).toEqual({ uri: null });
});

test("a question that was taken back is not shown", async () => {
  const source = new CancellationTokenSource();
  source.cancel();
  expect(await dialog.ask(params(), source.token)).toEqual({ uri: null });
  expect(asked).toEqual([]);
});

test("what is no file on disk is not given", async () => {
  picked = Uri.from({ scheme: "vscode-vfs", path: "/x" });
  await expect(dialog.ask(params(), token)).rejects.toMatchObject({ code: -32803, message: "Plugins can be given files on disk only." });
});

test("the plugin's words cannot pass for ours", async () => {
  await dialog.ask(params({ pluginName: "x”\nThoth\u202E", title: "”: it is safe" }), token);
  expect(asked[0]?.title).toBe("The plugin “x' Thoth” asks for a file to read: “': it is safe”");
});
