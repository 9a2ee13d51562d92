/** Signals of plugins in the status bar: whose they are, how serious, and what they say. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import { escaped, plain } from "../plugins/untrusted";
import type { ServerApi } from "../serverApi";

/** As much of a panel as its signals need. */
export interface Signalling {
  readonly panelId: string | undefined;
  readonly title: string;
  /** Whether its signals are of interest as long as it is open: it is in front, or in the side bar. */
  readonly isNear: boolean;
}

export interface SignalSource {
  readonly panels: readonly Signalling[];
  readonly onDidChange: vscode.Event<void>;
}

interface Told {
  readonly event: P.DidSignal;
  /** When it came, in milliseconds. */
  readonly at: number;
}

/** Signals that came before their panel was known, at most. */
const MOST_UNKNOWN = 50;

export class Signals implements vscode.Disposable {
  readonly #source: SignalSource;
  readonly #told = new Map<string, Told>();
  readonly #items = new Map<string, { readonly item: vscode.StatusBarItem; readonly told: Told; readonly title: string }>();
  readonly #subscriptions: vscode.Disposable;

  constructor(server: ServerApi, source: SignalSource) {
    this.#source = source;
    this.#subscriptions = vscode.Disposable.from(
      server.panels.onDidSignal((event) => {
        this.#told.delete(event.panelId);
        if (event.signals.length > 0) {
          this.#told.set(event.panelId, { event, at: Date.now() });
        }
        this.#update();
      }),
      server.onDidChangeState((state) => {
        if (state === "stopped") {
          this.#told.clear();
          this.#update();
        }
      }),
      source.onDidChange(() => this.#update()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const { item } of this.#items.values()) {
      item.dispose();
    }
  }

  #update(): void {
    const { panels } = this.#source;
    const shown = new Set<string>();
    for (const { panelId, title, isNear } of panels) {
      const told = panelId === undefined ? undefined : this.#told.get(panelId);
      // A panel that is behind others has something to say as long as it waits for something, or something is wrong.
      if (told !== undefined && (isNear || severity(told.event.signals) !== "ready")) {
        shown.add(told.event.panelId);
        this.#show(told, title);
      }
    }
    for (const [panelId, { item }] of this.#items) {
      if (!shown.has(panelId)) {
        item.dispose();
        this.#items.delete(panelId);
      }
    }
    const unknown = [...this.#told.keys()].filter((id) => !panels.some(({ panelId }) => panelId === id));
    for (const panelId of unknown.slice(0, Math.max(0, unknown.length - MOST_UNKNOWN))) {
      this.#told.delete(panelId);
    }
  }

  #show(told: Told, title: string): void {
    const { event } = told;
    const known = this.#items.get(event.panelId);
    if (known?.told === told && known.title === title) {
      return; // each tree of a panel leads here
    }
    const item = known?.item ?? vscode.window.createStatusBarItem(`thoth.signals.${event.panelId}`, vscode.StatusBarAlignment.Left, 10);
    this.#items.set(event.panelId, { item, told, title });
    const level = severity(event.signals);
    item.name = vscode.l10n.t("Thoth: Signals of {0}", plain(event.pluginName, 60));
    item.text = signalText(event);
    item.tooltip = signalTooltip(told, title);
    item.backgroundColor = level === "error" ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    item.color = level === "error" ? new vscode.ThemeColor("statusBarItem.errorForeground") : undefined;
    item.command = { title: vscode.l10n.t("Show Panel"), command: "thoth.panel.show", arguments: [event.panelId] };
    item.accessibilityInformation = { label: spoken(event) };
    item.show();
  }
}

/** The worst of all: error before loading before ready. */
export function severity(signals: readonly P.Signal[]): P.Signal["status"] {
  const all = signals.map(({ status }) => status);
  return all.includes("error") ? "error" : all.includes("loading") ? "loading" : "ready";
}

/** For instance "Words: GET 200 · 3 open"; a plugin's text makes no icons. */
export function signalText({ pluginName, signals }: P.DidSignal): string {
  const icons = { error: "$(error) ", loading: "$(loading~spin) ", ready: "" };
  const values = signals.map(({ key, value }) => (value === "" ? key : value)).join(" · ");
  return `${icons[severity(signals)]}${withoutIcons(plain(pluginName, 30))}: ${withoutIcons(plain(values, 60))}`;
}

export function signalTooltip({ event: { pluginName, signals }, at }: Told, title: string): vscode.MarkdownString {
  const icons = { error: "error", loading: "loading~spin", ready: "pass" };
  const heading = title === pluginName || title === "" ? escaped(pluginName, 60) : `${escaped(pluginName, 60)} — ${escaped(title, 60)}`;
  const until = (ends: number): string => ` — ${vscode.l10n.t("until {0}", new Date(at + ends).toLocaleTimeString(vscode.env.language))}`;
  const lines = signals.map(
    ({ key, value, status, endsInMs }) => `$(${icons[status]}) ${escaped(key, 64)}: ${escaped(value, 256)}${endsInMs === null ? "" : until(endsInMs)}`,
  );
  return new vscode.MarkdownString([`**${heading}**`, ...lines].join("\n\n"), true);
}

function spoken({ pluginName, signals }: P.DidSignal): string {
  const { t } = vscode.l10n;
  const words = { error: t("error"), loading: t("working"), ready: t("ready") };
  return `${plain(pluginName, 60)}: ${signals.map(({ key, value, status }) => `${plain(key)} ${plain(value)} (${words[status]})`).join(", ")}`;
}

function withoutIcons(text: string): string {
  return text.replaceAll("$(", "$\u200b(");
}
