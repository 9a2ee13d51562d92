/** Asks the person what a plugin may do: one question at a time, each in a dialog that lists what is asked for and why. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import type { Turns } from "../turns";
import { plain, quoted } from "./untrusted";
import { needWithScope, originHint } from "./words";

const UNDECIDED: P.PermissionAnswer = { granted: [], denied: [] };

type Choice = "allow" | "choose" | "deny" | "later";

interface Button extends vscode.MessageItem {
  readonly choice: Choice;
}

export class PermissionPrompt {
  readonly #turns: Turns;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** What the person decided; nothing where the dialog was dismissed or the question was taken back before it was shown. */
  ask(question: P.PermissionQuestion, token: vscode.CancellationToken): Promise<P.PermissionAnswer> {
    return this.#turns.take(token, () => this.#show(question), UNDECIDED);
  }

  async #show(question: P.PermissionQuestion): Promise<P.PermissionAnswer> {
    const { t } = vscode.l10n;
    const choose: Button[] = question.permissions.length > 1 ? [{ title: t("Choose…"), choice: "choose" }] : [];
    const chosen = await vscode.window.showWarningMessage<Button>(
      promptTitle(question),
      { modal: true, detail: promptDetail(question) },
      { title: t("Allow"), choice: "allow" },
      ...choose,
      { title: t("Deny"), choice: "deny" },
      { title: t("Ask Me Later"), choice: "later", isCloseAffordance: true },
    );
    const needs = question.permissions.map(({ need }) => need);
    switch (chosen?.choice) {
      case "allow":
        return { granted: needs, denied: [] };
      case "deny":
        return { granted: [], denied: needs };
      case "choose":
        return choosePermissions(question);
      default:
        return UNDECIDED;
    }
  }
}

export function promptTitle({ pluginName, pluginId, update }: P.PermissionQuestion): string {
  const name = quoted(pluginName === "" ? pluginId : pluginName, 80);
  return update
    ? vscode.l10n.t("The plugin {0} asks for more permissions than before.", name)
    : vscode.l10n.t("The plugin {0} asks for permissions.", name);
}

/** Everything that is asked for, in our words, and why, in the author's. */
export function promptDetail({ pluginId, version, origin, permissions }: P.PermissionQuestion): string {
  const { t } = vscode.l10n;
  const needs = permissions.map((permission) => {
    const need = `• ${needWithScope(permission, (text) => plain(text))}`;
    return permission.reason.trim() === "" ? `${need}\n${t("The author gives no reason.")}` : `${need}\n${t("The author says: {0}", quoted(permission.reason))}`;
  });
  return [
    `${plain(pluginId, 100)} ${plain(version, 40)} · ${originHint(origin)}`,
    ...needs,
    t("What you deny is refused when the plugin tries it. You can change your mind in the view “Plugins”."),
  ].join("\n\n");
}

/** One need a line, all picked to begin with: what is left is granted, the rest denied. */
async function choosePermissions(question: P.PermissionQuestion): Promise<P.PermissionAnswer> {
  const { t } = vscode.l10n;
  const items = question.permissions.map((permission) => ({
    label: needWithScope(permission, (text) => plain(text)),
    detail: t("The author says: {0}", quoted(permission.reason)),
    picked: true,
    need: permission.need,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    ignoreFocusOut: true,
    title: promptTitle(question),
    placeHolder: t("Checked permissions are allowed, the others denied"),
  });
  if (picked === undefined) {
    return UNDECIDED;
  }
  const granted = picked.map(({ need }) => need);
  return { granted, denied: items.map(({ need }) => need).filter((need) => !granted.includes(need)) };
}
