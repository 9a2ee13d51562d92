/** Whether a server that ended by itself is started again: a few times, not for ever. */
export class RestartPolicy {
  readonly #allowed: number;
  readonly #withinMs: number;
  readonly #now: () => number;
  #ends: number[] = [];

  constructor(allowed = 3, withinMs = 60_000, now: () => number = Date.now) {
    this.#allowed = allowed;
    this.#withinMs = withinMs;
    this.#now = now;
  }

  /** Notes that the server ended; true when it may be started again. */
  mayRestart(): boolean {
    const now = this.#now();
    this.#ends = this.#ends.filter((end) => now - end < this.#withinMs);
    this.#ends.push(now);
    return this.#ends.length <= this.#allowed;
  }

  /** Forgets what happened, since a person asked for a fresh start. */
  reset(): void {
    this.#ends = [];
  }
}
