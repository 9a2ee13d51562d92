/** Secrets of plugins, in VS Code's own store, which encrypts them. */
import * as vscode from "vscode";
import { LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import type * as P from "../generated/protocol";

/** Secrets of one plugin. */
export const MOST_KEYS = 100;

/** Newer than what we are built for: lists what the extension keeps. */
interface Listing {
  readonly keys?: () => Thenable<readonly string[]>;
}

/**
 * Each secret is an entry of its own. The keys of an owner are another one, beside them: an older VS Code cannot say what
 * it keeps, and all of an owner must be forgotten when its plugin goes. Owners hold no colon.
 */
export class SecretVault {
  readonly #secrets: vscode.SecretStorage & Listing;
  /** Settled when the change before has been made: each reads the list of keys and writes it again. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  async read({ owner, key }: P.SecretRef): Promise<P.SecretValue> {
    return { value: (await told(this.#secrets.get(entry(owner, key)))) ?? null };
  }

  /** Keeps a secret or, without a value, forgets it; rejects with a sentence for people. */
  store({ owner, key, value }: P.StoreSecretParams): Promise<P.Empty> {
    return this.#inTurn(() => (value === null ? this.#forget(owner, [key]) : this.#keep(owner, key, value)));
  }

  forgetAll({ owner }: P.SecretOwner): Promise<P.Empty> {
    return this.#inTurn(async () => {
      const listed = (await told(this.#secrets.keys?.())) ?? [];
      const begin = entry(owner, "");
      const others = listed.filter((name) => name.startsWith(begin)).map((name) => name.slice(begin.length));
      await this.#forget(owner, [...new Set([...(await this.#keys(owner)), ...others])]);
    });
  }

  async #keep(owner: string, key: string, value: string): Promise<void> {
    const keys = await this.#keys(owner);
    if (!keys.includes(key)) {
      if (keys.length >= MOST_KEYS) {
        throw failed(vscode.l10n.t("The plugin keeps {0} secrets, more are not kept.", MOST_KEYS));
      }
      // First: a key without a secret does no harm, a secret that nobody knows of would stay.
      await this.#list(owner, [...keys, key]);
    }
    await told(this.#secrets.store(entry(owner, key), value));
  }

  async #forget(owner: string, gone: readonly string[]): Promise<void> {
    for (const key of gone) {
      await told(this.#secrets.delete(entry(owner, key)));
    }
    const keys = await this.#keys(owner);
    const left = keys.filter((key) => !gone.includes(key));
    if (left.length < keys.length) {
      await this.#list(owner, left);
    }
  }

  async #keys(owner: string): Promise<readonly string[]> {
    try {
      const found: unknown = JSON.parse((await told(this.#secrets.get(index(owner)))) ?? "[]");
      return Array.isArray(found) ? found.filter((key) => typeof key === "string") : [];
    } catch (error) {
      if (error instanceof SyntaxError) {
        return [];
      }
      throw error;
    }
  }

  async #list(owner: string, keys: readonly string[]): Promise<void> {
    await told(keys.length === 0 ? this.#secrets.delete(index(owner)) : this.#secrets.store(index(owner), JSON.stringify(keys)));
  }

  async #inTurn(change: () => Promise<void>): Promise<P.Empty> {
    const made = this.#last.then(change);
    this.#last = made.catch(() => undefined);
    await made;
    return {};
  }
}

function entry(owner: string, key: string): string {
  return `secret:${owner}:${key}`;
}

function index(owner: string): string {
  return `keys:${owner}`;
}

/** What the store says; what it has against it is not repeated, for it may hold the secret. */
async function told<T>(answer: T | Thenable<T>): Promise<T> {
  try {
    return await answer;
  } catch {
    throw failed(vscode.l10n.t("VS Code's store of secrets cannot be used. Its log says more."));
  }
}

function failed(message: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
