/** A page in a document, and a host that answers when the test says so. */
import type { FromPluginPage, PageState, ToPluginPage } from "../../../src/shared/pluginPage";
import { pluginStrings } from "../../../src/shared/pluginStrings";
import { Messenger } from "../../../src/webview/messenger";
import { PluginPageView } from "../../../src/webview/pluginPage/page";
import { details } from "../../fakes/plugins";

interface Sent {
  readonly id: number;
  readonly request: keyof FromPluginPage;
  readonly params: unknown;
}

export class PageHost {
  readonly sent: Sent[] = [];
  readonly root: HTMLElement;
  state: unknown;
  readonly #messenger: Messenger<FromPluginPage, ToPluginPage>;

  constructor(state: PageState = { pluginId: "org.example.words", tab: "details" }, hasWorkspace = true) {
    document.body.innerHTML = '<main id="root"></main>';
    const api = {
      postMessage: (message: unknown) => this.sent.push(message as Sent),
      getState: () => this.state,
      setState: (kept: unknown) => (this.state = kept),
    };
    this.#messenger = new Messenger<FromPluginPage, ToPluginPage>(api);
    const page = new PluginPageView(document.body, api, this.#messenger);
    page.start(pluginStrings({}), state, hasWorkspace);
    this.root = document.querySelector<HTMLElement>("#root")!;
  }

  tell<K extends keyof ToPluginPage>(event: K, body: ToPluginPage[K]): void {
    this.#messenger.receive({ event, body });
  }

  content(change: Parameters<typeof details>[0] = {}): void {
    const told = details(change);
    const needs = Object.fromEntries(told.plugin.permissions.map(({ need, title }) => [need, title]));
    const words = { origin: "Installed by you", capabilities: ["Opens files: .words"], needs, facts: [{ label: "Calls", value: "4", hint: "" }] };
    this.tell("content", { details: told, message: "", words });
  }

  last(request: keyof FromPluginPage): Sent {
    return this.sent.findLast((sent) => sent.request === request)!;
  }

  async answer(request: keyof FromPluginPage, ok: unknown): Promise<void> {
    this.#messenger.receive({ replyTo: this.last(request).id, ok });
    await settled();
  }

  async refuse(request: keyof FromPluginPage, kind: string, message: string): Promise<void> {
    this.#messenger.receive({ replyTo: this.last(request).id, error: { kind, message } });
    await settled();
  }

  find(selector: string): HTMLElement {
    const found = this.root.querySelector<HTMLElement>(selector);
    if (found === null) {
      throw new Error(`${selector} is not in ${this.root.innerHTML}`);
    }
    return found;
  }

  input(selector: string): HTMLInputElement {
    return this.find(selector) as HTMLInputElement;
  }

  button(text: string): HTMLButtonElement {
    return [...this.root.querySelectorAll("button")].find((button) => button.textContent.trim() === text)!;
  }
}

export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
