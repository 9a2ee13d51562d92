/** Speaks to screen readers. */

/** How long a sentence stays to be read. */
const STAY_MS = 3000;

export class Announcer {
  readonly element: HTMLElement;

  constructor() {
    this.element = document.createElement("div");
    this.element.className = "announcer";
    this.element.setAttribute("role", "status");
    this.element.setAttribute("aria-live", "polite");
    this.element.setAttribute("aria-atomic", "false");
  }

  /** Says `text` after what is still being said, also when it is the same. */
  say(text: string): void {
    const line = document.createElement("div");
    line.textContent = text;
    this.element.append(line);
    window.setTimeout(() => line.remove(), STAY_MS);
  }
}
