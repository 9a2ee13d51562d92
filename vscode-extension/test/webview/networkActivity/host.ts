/** The page in a document, and a host that answers when the test says so. */
import type * as P from "../../../src/generated/protocol";
import { activityStrings } from "../../../src/shared/activityStrings";
import { NO_FILTER, type ActivityFilter, type FromActivityPage, type NetworkSwitch, type ToActivityPage } from "../../../src/shared/networkActivity";
import { Messenger } from "../../../src/webview/messenger";
import { ActivityPageView } from "../../../src/webview/networkActivity/page";

interface Sent {
  readonly id: number;
  readonly request: keyof FromActivityPage;
  readonly params: unknown;
}

export class ActivityHost {
  readonly sent: Sent[] = [];
  readonly root: HTMLElement;
  state: unknown;
  readonly #messenger: Messenger<FromActivityPage, ToActivityPage>;

  constructor(filter: ActivityFilter = NO_FILTER, told: NetworkSwitch = { enabled: true, whyNot: "", isSwitchedOff: false }) {
    document.body.innerHTML = '<main id="root"></main>';
    const api = {
      postMessage: (message: unknown) => this.sent.push(message as Sent),
      getState: () => this.state,
      setState: (kept: unknown) => (this.state = kept),
    };
    this.#messenger = new Messenger<FromActivityPage, ToActivityPage>(api);
    const page = new ActivityPageView(document.body, api, this.#messenger);
    page.start(activityStrings({}), "en", filter, told);
    this.root = document.querySelector<HTMLElement>("#root")!;
  }

  tell<K extends keyof ToActivityPage>(event: K, body: ToActivityPage[K]): void {
    this.#messenger.receive({ event, body });
  }

  last(request: keyof FromActivityPage): Sent {
    return this.sent.findLast((sent) => sent.request === request)!;
  }

  /** Answers the last question for attempts. */
  entries(entries: readonly P.NetworkActivity[], change: Partial<P.NetworkActivities> = {}): Promise<void> {
    const last = entries.at(-1)?.number ?? 0;
    return this.answer("entries", { entries, last, dropped: 0, logFile: "/state/network.log", names: { "org.example.courier": "Courier" }, ...change });
  }

  async answer(request: keyof FromActivityPage, ok: unknown): Promise<void> {
    this.#messenger.receive({ replyTo: this.last(request).id, ok });
    await settled();
  }

  async refuse(request: keyof FromActivityPage, message: string): Promise<void> {
    this.#messenger.receive({ replyTo: this.last(request).id, error: { kind: "serverStopped", message } });
    await settled();
  }

  /** The address of every row. */
  get addresses(): string[] {
    return this.rows.map((row) => row.querySelector(".attempt-url")!.textContent.trim());
  }

  get rows(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(".attempt")];
  }

  find(selector: string): HTMLElement {
    const found = this.root.querySelector<HTMLElement>(selector);
    if (found === null) {
      throw new Error(`${selector} is not in ${this.root.innerHTML}`);
    }
    return found;
  }

  button(text: string): HTMLButtonElement {
    return [...this.root.querySelectorAll("button")].find((button) => button.textContent.trim() === text)!;
  }

  type(text: string): void {
    const input = this.find(".filter-text") as HTMLInputElement;
    input.value = text;
    input.dispatchEvent(new Event("input"));
  }

  choose(label: string, value: string): void {
    const select = this.find(`select[aria-label="${label}"]`) as HTMLSelectElement;
    select.value = value;
    select.dispatchEvent(new Event("change"));
  }

  press(element: Element, key: string, change: KeyboardEventInit = {}): void {
    element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...change }));
  }
}

export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
