/**
 * What stands in a field while its plugin draws trees. A tree can be older than what was typed since, so the plugin's word
 * counts when it says something new, and not when it only says again what it said before or what it was told meanwhile.
 */

/** So many texts that were told are looked out for. */
const MOST = 50;

export class Draft {
  text = "";
  #said: string | undefined;
  #told: string[] = [];
  #losses: number;

  /** `losses` as in `lost`, until now. */
  constructor(losses = 0) {
    this.#losses = losses;
  }

  /** How often something that was told has never reached the plugin: then what it says counts, also when that is not new. */
  lost(losses: number): void {
    if (losses !== this.#losses) {
      this.#losses = losses;
      this.#said = undefined;
      this.#told = [];
    }
  }

  /** Takes what the plugin says. `pending` is what it was told and has not dealt with: until then its word is old. */
  take(said: string, pending: string | undefined, isSame: (one: string, other: string) => boolean = (one, other) => one === other): void {
    if (pending !== undefined) {
      if (this.#said === undefined) {
        this.#said = said;
        this.text = pending;
      }
      return;
    }
    const before = this.#said;
    this.#said = said;
    if (said === before) {
      return;
    }
    const at = this.#told.lastIndexOf(said);
    if (before !== undefined && at >= 0 && at < this.#told.length - 1) {
      this.#told.splice(0, at + 1); // an echo of what was typed before
      return;
    }
    this.#told = [];
    if (before === undefined || !isSame(said, this.text)) {
      this.text = said;
    }
  }

  typed(text: string): void {
    this.text = text;
  }

  told(text: string): void {
    this.#told.push(text);
    this.#told.splice(0, this.#told.length - MOST);
  }
}
