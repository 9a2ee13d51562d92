import { beforeEach, expect, test } from "vitest";
import type * as vscode from "vscode";
import { MOST_KEYS, SecretVault } from "../../src/plugins/secretVault";

const OWNER = "org.example.words";

/** VS Code's store: everything takes a moment. */
class Storage {
  readonly kept = new Map<string, string>();
  failure: Error | undefined;
  keys: (() => Promise<string[]>) | undefined;

  get(key: string): Promise<string | undefined> {
    return this.#soon(() => this.kept.get(key));
  }

  store(key: string, value: string): Promise<void> {
    return this.#soon(() => void this.kept.set(key, value));
  }

  delete(key: string): Promise<void> {
    return this.#soon(() => void this.kept.delete(key));
  }

  async #soon<T>(act: () => T): Promise<T> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failure !== undefined) {
      throw this.failure;
    }
    return act();
  }
}

let storage: Storage;
let vault: SecretVault;

beforeEach(() => {
  storage = new Storage();
  vault = new SecretVault(storage as unknown as vscode.SecretStorage);
});

const read = async (key: string, owner = OWNER): Promise<string | null> => (await vault.read({ owner, key })).value;

test("a secret is kept, replaced and forgotten", async () => {
  expect(await read("token")).toBeNull();
  await vault.store({ owner: OWNER, key: "token", value: "one" });
  await vault.store({ owner: OWNER, key: "token", value: "two" });
  expect(await read("token")).toBe("two");
  await vault.store({ owner: OWNER, key: "token", value: null });
  await vault.store({ owner: OWNER, key: "token", value: null });
  expect(await read("token")).toBeNull();
  expect(storage.kept.size).toBe(0);
});

test("an empty secret is one", async () => {
  await vault.store({ owner: OWNER, key: "token", value: "" });
  expect(await read("token")).toBe("");
});

test("owners see and forget their own alone, whatever their keys are called", async () => {
  await vault.store({ owner: OWNER, key: "a:b", value: "mine" });
  await vault.store({ owner: `${OWNER}@0123456789abcdef`, key: "a:b", value: "theirs" });
  await vault.store({ owner: "org.example", key: "words:a:b", value: "another's" });
  expect(await read("a:b")).toBe("mine");
  await vault.forgetAll({ owner: OWNER });
  expect(await read("a:b")).toBeNull();
  expect(await read("a:b", `${OWNER}@0123456789abcdef`)).toBe("theirs");
  expect(await read("words:a:b", "org.example")).toBe("another's");
});

test("changes at the same time lose nothing: all are forgotten in the end", async () => {
  const keys = Array.from({ length: 20 }, (_, number) => `key ${number}`);
  await Promise.all(keys.map((key) => vault.store({ owner: OWNER, key, value: key })));
  expect(await Promise.all(keys.map((key) => read(key)))).toEqual(keys);
  await vault.forgetAll({ owner: OWNER });
  expect([...storage.kept]).toEqual([]);
});

test("a window with another list loses none where VS Code can say what it keeps", async () => {
  await vault.store({ owner: OWNER, key: "listed", value: "1" });
  storage.kept.set(`secret:${OWNER}:unlisted`, "2");
  storage.kept.set("secret:org.example.other:x", "3");
  storage.keys = () => Promise.resolve([...storage.kept.keys()]);
  await vault.forgetAll({ owner: OWNER });
  expect([...storage.kept.keys()]).toEqual(["secret:org.example.other:x"]);
});

test("one plugin keeps so many and no more; those it has can be replaced", async () => {
  for (let number = 0; number < MOST_KEYS; number++) {
    await vault.store({ owner: OWNER, key: String(number), value: "x" });
  }
  await expect(vault.store({ owner: OWNER, key: "more", value: "hunter2" })).rejects.toThrow("The plugin keeps 100 secrets, more are not kept.");
  await vault.store({ owner: OWNER, key: "5", value: "y" });
  expect(await read("5")).toBe("y");
  expect(await read("more")).toBeNull();
});

test("a store that fails says so without the secret, and works again afterwards", async () => {
  storage.failure = new Error("cannot encrypt hunter2");
  const failing = [vault.store({ owner: OWNER, key: "token", value: "hunter2" }), vault.read({ owner: OWNER, key: "token" }), vault.forgetAll({ owner: OWNER })];
  for (const answer of await Promise.allSettled(failing)) {
    expect(answer).toMatchObject({ status: "rejected", reason: { code: -32803, message: "VS Code's store of secrets cannot be used. Its log says more." } });
  }
  storage.failure = undefined;
  await vault.store({ owner: OWNER, key: "token", value: "x" });
  expect(await read("token")).toBe("x");
});

test("a list that makes no sense is made anew", async () => {
  storage.kept.set(`keys:${OWNER}`, "{");
  await vault.store({ owner: OWNER, key: "token", value: "x" });
  await vault.forgetAll({ owner: OWNER });
  expect([...storage.kept]).toEqual([]);
});
