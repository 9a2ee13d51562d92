/** Asks for a host as `scheme://host:port`: what the plugin declares is offered, anything else can be typed. */
import * as vscode from "vscode";
import { plain } from "../plugins/untrusted";

interface HostItem extends vscode.QuickPickItem {
  readonly pattern: string;
}

/** The pattern; undefined where the person withdrew. */
export function choosePattern(pluginName: string, declared: readonly string[], begin: string): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const list = vscode.window.createQuickPick<HostItem>();
  list.title = t("Network Access of {0}", pluginName);
  list.placeholder = t("A host, for instance https://api.example.org, http://localhost:8080 or tcp://db.example.org:5432");
  list.value = begin;
  const update = (): void => {
    const typed = list.value.trim();
    const wrong = typed === "" ? undefined : complaint(typed);
    const own: readonly HostItem[] = typed === "" || declared.includes(typed) ? [] : [{ label: plain(typed), description: wrong ?? t("as typed"), alwaysShow: true, pattern: typed }];
    list.items = [...own, ...declared.map((pattern) => ({ label: plain(pattern), description: t("declared by the plugin"), pattern }))];
  };
  update();
  return new Promise((resolve) => {
    list.onDidChangeValue(update);
    list.onDidAccept(() => {
      const pattern = list.selectedItems[0]?.pattern;
      if (pattern !== undefined && complaint(pattern) === undefined) {
        resolve(pattern);
        list.hide();
      }
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

/** Why `text` can be no pattern, in a few words; the server has the last word. */
export function complaint(text: string): string | undefined {
  const { t } = vscode.l10n;
  const [, scheme, rest = ""] = /^(?:([A-Za-z]+):\/\/)?(.*)$/s.exec(text) ?? [];
  if (scheme !== undefined && !/^(https?|wss?|tcp)$/i.test(scheme)) {
    return t("the scheme is one of http, https, ws, wss and tcp");
  }
  if (/[\s@?#\\]/.test(rest) || /\/./.test(rest)) {
    return t("a host and a port only, without path or user");
  }
  if (!/^(\[[0-9a-f:.]+\]|[^:[\]/]+)(:(\*|\d{1,5}))?\/?$/i.test(rest)) {
    return t("written as scheme://host:port");
  }
  if (scheme?.toLowerCase() === "tcp" && !/:(\*|\d+)\/?$/.test(rest)) {
    return t("TCP needs a port");
  }
  return undefined;
}
