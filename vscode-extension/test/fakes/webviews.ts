/** Web views that a test looks into, and panels of them in tabs and in the side bar. */
import { EventEmitter } from "vscode";

export class FakeWebview {
  readonly received = new EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.received.event;
  readonly posted: { readonly event?: string; readonly body?: unknown; readonly replyTo?: number; readonly ok?: unknown }[] = [];
  readonly cspSource = "https://webview";
  options: unknown;
  html = "";

  postMessage(message: never): Promise<boolean> {
    this.posted.push(message);
    return Promise.resolve(true);
  }

  asWebviewUri(uri: unknown): unknown {
    return uri;
  }

  /** What it was told last under that name. */
  told(event: string): unknown {
    return this.posted.findLast((message) => message.event === event)?.body;
  }
}

/** A tab or a view of the side bar. */
export class FakeView {
  readonly webview = new FakeWebview();
  readonly #turned = new EventEmitter<void>();
  readonly #disposed = new EventEmitter<void>();
  readonly onDidChangeViewState = this.#turned.event;
  readonly onDidChangeVisibility = this.#turned.event;
  readonly onDidDispose = this.#disposed.event;
  title = "";
  iconPath: unknown;
  visible = true;
  active = true;
  revealed = 0;

  reveal(): void {
    this.revealed++;
  }

  turn(change: { readonly visible?: boolean; readonly active?: boolean }): void {
    Object.assign(this, change);
    this.#turned.fire();
  }

  dispose(): void {
    this.#disposed.fire();
  }
}

interface Provider {
  resolveWebviewView(view: FakeView): void;
}
interface Serializer {
  deserializeWebviewPanel(view: FakeView, state: unknown): Promise<void>;
}

/** What was registered and opened, by its id. */
export const providers = new Map<string, Provider>();
export const serializers = new Map<string, Serializer>();
export const opened: FakeView[] = [];

export function forgetWebviews(): void {
  providers.clear();
  serializers.clear();
  opened.length = 0;
}
