/** A panel's page in a document, and a host that answers when the test says so. */
import type { FromPanelPage, PanelStatus, PanelTree, ToPanelPage } from "../../../src/shared/panelPage";
import { panelStrings } from "../../../src/shared/panelStrings";
import { Messenger } from "../../../src/webview/messenger";
import { PanelPage } from "../../../src/webview/panel/page";

interface Sent {
  readonly id: number;
  readonly request: keyof FromPanelPage;
  readonly params: unknown;
}

export class PanelHost {
  readonly sent: Sent[] = [];
  readonly root: HTMLElement;
  state: unknown;
  readonly #messenger: Messenger<FromPanelPage, ToPanelPage>;

  constructor(state?: unknown) {
    this.state = state;
    document.body.innerHTML = '<main id="root"></main>';
    const api = {
      postMessage: (message: unknown) => this.sent.push(message as Sent),
      getState: () => this.state,
      setState: (kept: unknown) => (this.state = kept),
    };
    this.#messenger = new Messenger<FromPanelPage, ToPanelPage>(api);
    const page = new PanelPage(document.body, api, this.#messenger);
    page.start(panelStrings({}), "Words", "tab");
    this.root = document.querySelector<HTMLElement>("#root")!;
  }

  async tell<K extends keyof ToPanelPage>(event: K, body: ToPanelPage[K]): Promise<void> {
    this.#messenger.receive({ event, body });
    await drawn();
  }

  tree(node: unknown, change: Partial<PanelTree> = {}): Promise<void> {
    return this.tell("tree", { session: 1, node: JSON.stringify(node), heightHint: 0, ...change });
  }

  status(change: Partial<PanelStatus> = {}): Promise<void> {
    return this.tell("status", { isLive: true, isOpening: false, work: "none", banners: [], ...change });
  }

  events(): unknown[] {
    return this.sent.filter(({ request }) => request === "event").map(({ params }) => params);
  }

  last(request: keyof FromPanelPage): Sent {
    return this.sent.findLast((sent) => sent.request === request)!;
  }

  async answer(request: keyof FromPanelPage): Promise<void> {
    this.#messenger.receive({ replyTo: this.last(request).id, ok: undefined });
    await drawn();
  }

  async refuse(request: keyof FromPanelPage, kind: string, message: string): Promise<void> {
    this.#messenger.receive({ replyTo: this.last(request).id, error: { kind, message } });
    await drawn();
  }

  find(selector: string): HTMLElement {
    const found = this.root.querySelector<HTMLElement>(selector);
    if (found === null) {
      throw new Error(`${selector} is not in ${this.root.innerHTML}`);
    }
    return found;
  }

  get field(): HTMLInputElement {
    return this.find("input") as HTMLInputElement;
  }

  type(text: string): void {
    this.field.value = text;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  button(text: string): HTMLButtonElement {
    return [...this.root.querySelectorAll("button")].find((button) => button.textContent.trim() === text)!;
  }
}

/** After the next frame, and whatever waited for an answer. */
export const drawn = (): Promise<void> => new Promise((resolve) => setTimeout(() => requestAnimationFrame(() => setTimeout(resolve, 0)), 0));
