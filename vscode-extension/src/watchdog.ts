/** Notices a server that is there but does not answer. What to do about it is for a person to decide. */

/** How often it is asked, and after how many askings without an answer it counts as hung: generous, see below. */
export const PING_EVERY_MS = 15_000;
const MISSED = 4;

export interface Watched {
  /** Whether there is anything to watch now; while not, nothing is asked. */
  readonly isNeeded: () => boolean;
  /** Resolves when the server answers; how it answers does not matter. */
  readonly ping: () => Promise<unknown>;
  /** Told once when it does not answer, and again only after it has answered in between. */
  readonly hangs: () => void;
}

/**
 * Counts beats that pass without an answer, not time: on a computer that was asleep, or is so busy that this process
 * does not get its turn, beats are late too, and a late one counts for nothing.
 */
export class Watchdog {
  readonly #watched: Watched;
  readonly #now: () => number;
  #lastBeat: number | undefined;
  #missed = 0;
  #told = false;
  /** The asking that is waited for. */
  #asked: Promise<unknown> | undefined;

  constructor(watched: Watched, now: () => number = Date.now) {
    this.#watched = watched;
    this.#now = now;
  }

  /** To be called every `PING_EVERY_MS`. */
  beat(): void {
    const now = this.#now();
    const isLate = this.#lastBeat !== undefined && now - this.#lastBeat > 2 * PING_EVERY_MS;
    this.#lastBeat = now;
    if (!this.#watched.isNeeded()) {
      this.reset();
    } else if (this.#asked === undefined) {
      this.#ask();
    } else if (isLate) {
      this.#missed = 0;
    } else if (++this.#missed >= MISSED && !this.#told) {
      this.#told = true;
      this.#watched.hangs();
    }
  }

  /** Forgets what was asked: the server is another. */
  reset(): void {
    this.#asked = undefined;
    this.#missed = 0;
    this.#told = false;
  }

  #ask(): void {
    const asked = this.#watched.ping();
    this.#asked = asked;
    const answered = (): void => {
      if (this.#asked === asked) {
        this.reset();
      }
    };
    asked.then(answered, answered);
  }
}
