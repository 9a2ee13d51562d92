/** Brings the server's notifications to whoever has the document open. */
import type * as P from "./generated/protocol";

export interface DocumentListener {
  progress(event: P.DidProgress): void;
  found(event: P.DidFind): void;
  searched(event: P.DidSearch): void;
  changed(event: P.DidChange): void;
  failed(event: P.DidFail): void;
}

type Told = (listener: DocumentListener) => void;

/**
 * Listeners by document id. A notification can overtake the answer that tells the id: of documents nobody listens to
 * yet, the last few are kept and handed over when somebody does.
 */
export class DocumentEvents {
  readonly #listeners = new Map<string, DocumentListener>();
  readonly #early = new Map<string, Told[]>();

  /** Whether anybody has a document open. */
  get isListenedTo(): boolean {
    return this.#listeners.size > 0;
  }

  /** Hands `told` to the listener of `documentId`, now or as soon as there is one. */
  tell(documentId: string, told: Told): void {
    const listener = this.#listeners.get(documentId);
    if (listener !== undefined) {
      told(listener);
      return;
    }
    const kept = this.#early.get(documentId) ?? [];
    kept.push(told);
    this.#early.set(documentId, kept.slice(-EARLY_EVENTS));
    while (this.#early.size > EARLY_DOCUMENTS) {
      const [oldest] = this.#early.keys();
      this.#early.delete(oldest ?? "");
    }
  }

  /** Sends everything about `documentId` to `listener`; the result ends that. */
  listen(documentId: string, listener: DocumentListener): () => void {
    this.#listeners.set(documentId, listener);
    const early = this.#early.get(documentId) ?? [];
    this.#early.delete(documentId);
    for (const told of early) {
      told(listener);
    }
    return () => {
      if (this.#listeners.get(documentId) === listener) {
        this.#listeners.delete(documentId);
      }
    };
  }

  /** Forgets everything: the server that made these ids is gone. */
  clear(): void {
    this.#listeners.clear();
    this.#early.clear();
  }
}

const EARLY_EVENTS = 20;
const EARLY_DOCUMENTS = 32;
