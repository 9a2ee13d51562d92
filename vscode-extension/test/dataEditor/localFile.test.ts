import { Uri } from "vscode";
import { beforeEach, expect, test } from "vitest";
import { localFile } from "../../src/dataEditor/localFile";
import { settled } from "../fakes/server";
import { files } from "../fakes/vscode";

const storage = Uri.file("/storage");
const revision = Uri.from({ scheme: "git", path: "/repo/a.csv" });

beforeEach(() => {
  files.clear();
});

test("a file on disk is read where it is", async () => {
  const local = await localFile(Uri.file("/data/a.csv"), storage);
  local.dispose();
  expect(local.uri.toString()).toBe("file:///data/a.csv");
  expect(files.size).toBe(0);
});

test("another is copied under its name, and the copy goes with the editor", async () => {
  files.set(revision.toString(), new Uint8Array([97]));
  const local = await localFile(revision, storage);
  expect(local.uri.toString()).toMatch(/^file:\/\/\/storage\/copies\/[^/]+\/a\.csv$/);
  expect(files.get(local.uri.toString())).toEqual(new Uint8Array([97]));
  local.dispose();
  await settled();
  expect([...files.keys()]).toEqual([revision.toString()]);
});

test("one that is too large to be read whole is refused before it is", async () => {
  files.set(revision.toString(), { byteLength: 300 * 1024 * 1024 } as Uint8Array);
  await expect(localFile(revision, storage)).rejects.toMatchObject({ kind: "fileUnreadable" });
  expect(files.size).toBe(1);
});

test("one that is not there is unreadable", async () => {
  await expect(localFile(revision, storage)).rejects.toMatchObject({ kind: "fileUnreadable" });
});
