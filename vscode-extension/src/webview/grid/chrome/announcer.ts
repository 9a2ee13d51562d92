/** Speaks to screen readers, one sentence at a time. */
export class Announcer {
  readonly element: HTMLElement;

  constructor() {
    this.element = document.createElement("div");
    this.element.className = "announcer";
    this.element.setAttribute("role", "status");
    this.element.setAttribute("aria-live", "polite");
  }

  /** Says `text`, also when it is the same as the last time. */
  say(text: string): void {
    const line = document.createElement("div");
    line.textContent = text;
    this.element.replaceChildren(line);
  }
}
