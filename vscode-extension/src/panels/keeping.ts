/** When to ask a panel for its state: soon after it changed, not at each key, and never twice at once. */
import type * as vscode from "vscode";

const QUIET_MS = 200;
const AT_LATEST_MS = 1000;
/** One that was too busy to say in time is asked once more. */
const AGAIN_MS = 2000;

export class Keeping implements vscode.Disposable {
  readonly #ask: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  /** When the first change happened that has not been asked for. */
  #since: number | undefined;
  #isAsking = false;
  #isDisposed = false;

  constructor(ask: () => Promise<void>) {
    this.#ask = ask;
  }

  /** There may be something else to keep. */
  soon(): void {
    if (this.#isDisposed) {
      return;
    }
    const now = Date.now();
    this.#since ??= now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#go(false), Math.max(0, Math.min(QUIET_MS, this.#since + AT_LATEST_MS - now)));
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  async #go(isLast: boolean): Promise<void> {
    if (this.#isAsking) {
      return; // it is asked again when that has been answered
    }
    this.#isAsking = true;
    this.#since = undefined;
    // A panel that cannot say begins with what it said last; what is wrong with it is told where it is used.
    await this.#ask().catch(() => undefined);
    this.#isAsking = false;
    this.#again(isLast);
  }

  #again(isLast: boolean): void {
    if (this.#since !== undefined) {
      this.soon();
    } else if (!isLast && !this.#isDisposed) {
      this.#timer = setTimeout(() => void this.#go(true), AGAIN_MS);
    }
  }
}
