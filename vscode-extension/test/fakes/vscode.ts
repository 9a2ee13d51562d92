/** As much of the `vscode` module as the code under test touches. */
import { basename } from "node:path";
import { FakeView, opened, providers, serializers } from "./webviews";

type Listener<T> = (event: T) => void;

export class Disposable {
  static from(...parts: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) {
        part.dispose();
      }
    });
  }

  constructor(private readonly end: () => unknown) {}

  dispose(): void {
    this.end();
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();

  readonly event = (listener: Listener<T>): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) {
      listener(event);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class CancellationTokenSource {
  readonly #requested = new EventEmitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.#requested.event };

  cancel(): void {
    if (!this.token.isCancellationRequested) {
      this.token.isCancellationRequested = true;
      this.#requested.fire();
    }
  }

  dispose(): void {
    this.#requested.dispose();
  }
}

export class Uri {
  static file(path: string): Uri {
    return new Uri("file", path);
  }

  static from({ scheme, authority = "", path }: { scheme: string; authority?: string; path: string }): Uri {
    return new Uri(scheme, path, authority);
  }

  static parse(text: string): Uri {
    const { protocol, host, pathname } = new URL(text);
    return new Uri(protocol.slice(0, -1), decodeURIComponent(pathname), host);
  }

  static joinPath(base: Uri, ...parts: string[]): Uri {
    return new Uri(base.scheme, [base.path, ...parts].join("/"));
  }

  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly authority = "",
  ) {}

  with({ path }: { path: string }): Uri {
    return new Uri(this.scheme, path);
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}://${this.authority}${this.path}`;
  }

  get name(): string {
    return basename(this.path);
  }
}

export const l10n = {
  t: (message: string, ...values: (string | number)[]): string =>
    message.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place)),
};

/** The files of `workspace.fs`, by URI; a test fills it. */
export const files = new Map<string, Uint8Array>();

/** Settings under `thoth`, by name, where a test wants others than the defaults. */
export const settings: Record<string, unknown> = {};

/** Those who are told once the person trusts the workspace. */
export const trustGranted: (() => void)[] = [];

export const workspace = {
  isTrusted: true,
  getWorkspaceFolder: (uri: Uri) => (uri.path.startsWith("/data/") ? { uri: Uri.file("/data") } : undefined),
  onDidChangeConfiguration: () => new Disposable(() => undefined),
  onDidGrantWorkspaceTrust: (told: () => void) => {
    trustGranted.push(told);
    return new Disposable(() => undefined);
  },
  getConfiguration: () => ({ get: (name: string, otherwise?: unknown) => settings[name] ?? otherwise }),
  fs: {
    stat: (uri: Uri) => Promise.resolve({ size: contents(uri).byteLength }),
    readFile: (uri: Uri) => Promise.resolve(contents(uri)),
    writeFile: (uri: Uri, bytes: Uint8Array) => Promise.resolve(files.set(uri.toString(), bytes)),
    delete: (uri: Uri) => {
      for (const name of [...files.keys()].filter((name) => name.startsWith(uri.toString()))) {
        files.delete(name);
      }
      return Promise.resolve();
    },
  },
};

function contents(uri: Uri): Uint8Array {
  const found = files.get(uri.toString());
  if (found === undefined) {
    throw new Error(`${uri.toString()} does not exist`);
  }
  return found;
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export enum TreeItemCollapsibleState {
  None = 0,
  Collapsed = 1,
  Expanded = 2,
}

export enum TreeItemCheckboxState {
  Unchecked = 0,
  Checked = 1,
}

export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState: TreeItemCollapsibleState,
  ) {}
}

export class MarkdownString {
  constructor(
    readonly value: string,
    readonly supportThemeIcons: boolean,
  ) {}
}

export enum FileType {
  File = 1,
  Directory = 2,
}

/** What `window` was asked to show, and what it answers next: an item by its title, or nothing for a dismissal. */
export const shown: { readonly message: string; readonly detail: string; readonly items: readonly string[] }[] = [];
export const answers: (string | readonly string[] | undefined)[] = [];

interface Item {
  readonly title: string;
}

/** Every item that was made for the status bar. */
export interface FakeStatusItem {
  text: string;
  isShown: boolean;
  backgroundColor?: ThemeColor;
  command?: unknown;
  accessibilityInformation?: { readonly label: string };
}
export const statusItems: FakeStatusItem[] = [];

export enum ConfigurationTarget {
  Global = 1,
}

export enum ColorThemeKind {
  Light = 1,
  Dark = 2,
  HighContrast = 3,
  HighContrastLight = 4,
}

export const extensions = { all: [] };

export const window = {
  activeColorTheme: { kind: ColorThemeKind.Dark },
  onDidChangeActiveColorTheme: () => new Disposable(() => undefined),
  registerWebviewViewProvider: (id: string, provider: never) => {
    providers.set(id, provider);
    return new Disposable(() => providers.delete(id));
  },
  registerWebviewPanelSerializer: (id: string, serializer: never) => {
    serializers.set(id, serializer);
    return new Disposable(() => serializers.delete(id));
  },
  createWebviewPanel: (_type: string, title: string) => {
    const view = new FakeView();
    view.title = title;
    opened.push(view);
    return view;
  },
  createStatusBarItem: () => {
    const item = { text: "", isShown: false, show: () => (item.isShown = true), hide: () => (item.isShown = false), dispose: () => (item.isShown = false) };
    statusItems.push(item);
    return item;
  },
  showWarningMessage: (message: string, options: { readonly detail?: string }, ...items: readonly Item[]) => {
    shown.push({ message, detail: options.detail ?? "", items: items.map(({ title }) => title) });
    const answer = answers.shift();
    return Promise.resolve(items.find(({ title }) => title === answer));
  },
  showInformationMessage: (message: string, ...items: readonly string[]) => {
    shown.push({ message, detail: "", items });
    const answer = answers.shift();
    return Promise.resolve(items.find((item) => item === answer));
  },
  showQuickPick: (items: readonly { readonly label: string }[]) => {
    shown.push({ message: "", detail: "", items: items.map(({ label }) => label) });
    const answer = answers.shift();
    return Promise.resolve(Array.isArray(answer) ? items.filter(({ label }) => answer.includes(label)) : undefined);
  },
};

export const env = { language: "en", uiKind: 1 };
export enum UIKind {
  Desktop = 1,
  Web = 2,
}
export enum QuickPickItemKind {
  Separator = -1,
  Default = 0,
}
export enum ProgressLocation {
  Notification = 15,
}
export const QuickInputButtons = { Back: { tooltip: "Back" } };

/** What was executed, for tests. */
export const executed: unknown[][] = [];
export const commands = {
  executeCommand: (...call: unknown[]) => {
    executed.push(call);
    return Promise.resolve();
  },
};
export enum ViewColumn {
  Active = -1,
}
export enum StatusBarAlignment {
  Left = 1,
  Right = 2,
}
export enum LogLevel {
  Trace = 1,
}
export const version = "1.100.0";
