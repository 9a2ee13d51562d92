/** Lets a person allow or deny a host to a plugin before it asks, in two steps: which host, then how. */
import * as vscode from "vscode";
import { describe } from "../errors";
import type * as P from "../generated/protocol";
import type { PluginStore } from "../plugins/store";
import { quoted, unlinked } from "../plugins/untrusted";
import { chooseCertificates, VERIFIED, type Certificates } from "./certificates";
import { choosePattern } from "./choosePattern";
import { networkNeeds } from "./nodes";
import type { NetworkStore } from "./store";
import { durationTitle, isLocalHost, verificationTitle } from "./words";

type Duration = P.NetworkGrant["duration"];

/** What is decided besides the host. */
interface Terms {
  readonly duration: Duration;
  readonly local: boolean;
  readonly certificates: Certificates;
}

interface TermItem extends vscode.QuickPickItem {
  readonly does: "allowed" | "denied" | "duration" | "local" | "certificates";
}

/** Asks for a host of `plugin`, beginning with `suggested`, and decides as the person says; what is refused is asked again. */
export async function decideHost(store: NetworkStore, plugin: P.PluginInfo, suggested = ""): Promise<void> {
  const name = quoted(plugin.name === "" ? plugin.id : plugin.name, 80);
  let pattern: string | undefined = suggested;
  let isGiven = suggested !== "";
  for (;;) {
    pattern = isGiven ? pattern : await choosePattern(name, declaredHosts(plugin), pattern);
    isGiven = false;
    if (pattern === undefined) {
      return;
    }
    const answer = await askTerms(name, pattern);
    if (answer === undefined) {
      return;
    }
    if (answer === "back") {
      continue;
    }
    const { decision, terms } = answer;
    try {
      await store.decide({ pluginId: plugin.id, pattern, decision, duration: terms.duration, local: terms.local, ...terms.certificates });
      return;
    } catch (error) {
      void vscode.window.showErrorMessage(unlinked(describe(error).message));
    }
  }
}

/** The plugin that is meant, of those that may want to go out; undefined where there is none or the person withdrew. */
export async function choosePlugin(plugins: PluginStore): Promise<P.PluginInfo | undefined> {
  const { t } = vscode.l10n;
  const items = plugins.plugins
    .filter((plugin) => !plugins.isShadowed(plugin) && networkNeeds(plugin).length > 0)
    .map((plugin) => ({ label: plugin.name === "" ? plugin.id : plugin.name, description: plugin.id, detail: declaredHosts(plugin).join(", "), plugin }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(unlinked(plugins.failure?.message ?? t("No installed plugin declares that it needs the network.")));
    return undefined;
  }
  return (await vscode.window.showQuickPick(items, { placeHolder: t("Choose a plugin"), matchOnDescription: true }))?.plugin;
}

function declaredHosts(plugin: P.PluginInfo): readonly string[] {
  return networkNeeds(plugin).flatMap(({ need, scope }) => scope.map((host) => (need === "tcp" && !host.includes("://") ? `tcp://${host}` : host)));
}

async function askTerms(name: string, pattern: string): Promise<{ readonly decision: "allowed" | "denied"; readonly terms: Terms } | "back" | undefined> {
  let terms: Terms = { duration: "user", local: isLocalHost(pattern), certificates: VERIFIED };
  let active: TermItem["does"] | undefined;
  for (;;) {
    const chosen = await showTerms(name, pattern, terms, active);
    if (chosen === undefined || chosen === "back") {
      return chosen;
    }
    active = chosen;
    switch (chosen) {
      case "allowed":
      case "denied":
        return { decision: chosen, terms };
      case "duration":
        terms = { ...terms, duration: (await chooseDuration(terms.duration)) ?? terms.duration };
        break;
      case "local":
        terms = { ...terms, local: !terms.local };
        break;
      case "certificates":
        terms = { ...terms, certificates: (await chooseCertificates(pattern, terms.certificates)) ?? terms.certificates };
        break;
    }
  }
}

/** How long it is kept; undefined where the person withdrew. */
export async function chooseDuration(now: Duration): Promise<Duration | undefined> {
  const { t } = vscode.l10n;
  const item = (duration: Duration, detail: string) => ({ label: duration === now ? `$(check) ${durationTitle(duration)}` : durationTitle(duration), detail, duration });
  const items = [
    item("user", t("Kept for you, in every window, until you forget it")),
    ...(vscode.workspace.workspaceFolders === undefined ? [] : [item("workspace", t("Kept while this folder or workspace is open"))]),
    item("untilClosed", t("Until this window is closed or Thoth's server is restarted")),
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: t("How long is this kept?") }))?.duration;
}

function termItems(name: string, pattern: string, { duration, local, certificates }: Terms): readonly TermItem[] {
  const { t } = vscode.l10n;
  return [
    { label: `$(check) ${t("Allow")}`, description: t("{0} may reach {1}", name, pattern), does: "allowed" },
    { label: `$(circle-slash) ${t("Deny")}`, description: t("it is refused without a question"), does: "denied" },
    { label: t("How"), kind: vscode.QuickPickItemKind.Separator, does: "duration" },
    { label: `$(clock) ${t("Kept")}`, description: durationTitle(duration), does: "duration" },
    {
      label: `$(home) ${t("Addresses")}`,
      description: local ? t("this machine or a private network") : t("public"),
      does: "local",
    },
    ...(pattern.startsWith("http://") ? [] : [{ label: `$(lock) ${t("Certificates")}`, description: verificationTitle(certificates.verification), does: "certificates" as const }]),
  ];
}

function showTerms(name: string, pattern: string, terms: Terms, active: TermItem["does"] | undefined): Promise<TermItem["does"] | "back" | undefined> {
  const list = vscode.window.createQuickPick<TermItem>();
  list.title = vscode.l10n.t("Network Access of {0}: {1}", name, pattern);
  list.placeholder = vscode.l10n.t("Allow or deny, or first change how");
  list.matchOnDescription = true;
  list.buttons = [vscode.QuickInputButtons.Back];
  list.items = termItems(name, pattern, terms);
  list.activeItems = list.items.filter(({ does, kind }) => does === active && kind === undefined);
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]?.does);
      list.hide();
    });
    list.onDidTriggerButton(() => {
      resolve("back");
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}
