/** Brings notifications about things the server has made to whoever has them. */

type Told<L> = (listener: L) => void;

/**
 * Listeners by the id of what they listen to. A notification can overtake the answer that tells the id: of ids nobody
 * listens to yet, the last few are kept and handed over when somebody does.
 */
export class EventsById<L> {
  readonly #listeners = new Map<string, L>();
  readonly #early = new Map<string, Told<L>[]>();

  /** Whether anybody listens to anything. */
  get isListenedTo(): boolean {
    return this.#listeners.size > 0;
  }

  /** Hands `told` to the listener of `id`, now or as soon as there is one. */
  tell(id: string, told: Told<L>): void {
    const listener = this.#listeners.get(id);
    if (listener !== undefined) {
      told(listener);
      return;
    }
    const kept = this.#early.get(id) ?? [];
    kept.push(told);
    this.#early.set(id, kept.slice(-EARLY_EVENTS));
    while (this.#early.size > EARLY_IDS) {
      const [oldest] = this.#early.keys();
      this.#early.delete(oldest ?? "");
    }
  }

  /** Sends everything about `id` to `listener`; the result ends that. */
  listen(id: string, listener: L): () => void {
    this.#listeners.set(id, listener);
    const early = this.#early.get(id) ?? [];
    this.#early.delete(id);
    for (const told of early) {
      told(listener);
    }
    return () => {
      if (this.#listeners.get(id) === listener) {
        this.#listeners.delete(id);
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
const EARLY_IDS = 32;
