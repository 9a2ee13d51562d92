/** Asks the person whether a plugin may reach a host: one question at a time, with everything that is known of it. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import { plain, quoted } from "../plugins/untrusted";
import { count, originHint } from "../plugins/words";
import type { Turns } from "../turns";
import { hostAndPort, isLoopback, shortTarget } from "./words";

const DENIED: P.ConsentAnswer = { choice: "deny" };

/**
 * A dialog comes up in the midst of something else, often typing: a key or a click this soon after it was not meant for
 * it, so that nothing is allowed by it and the question is put again.
 */
export const TOO_SOON_MS = 500;

/** A name has up to 253 characters, and who owns it stands at its end: of it nothing may be left out. */
const LONGEST_PLACE = 300;

/** Of one name; more of them say nothing more. */
const SHOWN_ADDRESSES = 4;

interface Button extends vscode.MessageItem {
  readonly choice: P.ConsentAnswer["choice"];
}

export class ConsentPrompt {
  readonly #turns: Turns;
  readonly #now: () => number;

  constructor(turns: Turns, now: () => number = () => performance.now()) {
    this.#turns = turns;
    this.#now = now;
  }

  /** What the person decided; `deny` where the dialog was dismissed or the question was taken back before it was shown. */
  ask(question: P.ConsentQuestion, token: vscode.CancellationToken): Promise<P.ConsentAnswer> {
    return this.#turns.take(token, () => this.#show(question, token), DENIED);
  }

  async #show(question: P.ConsentQuestion, token: vscode.CancellationToken): Promise<P.ConsentAnswer> {
    const { t } = vscode.l10n;
    for (let isAgain = false; ; isAgain = true) {
      const shownAt = this.#now();
      const choice = await showDialog(question, isAgain);
      if (token.isCancellationRequested) {
        // A dialog cannot be taken away; whoever has chosen must know that it was in vain.
        if (choice !== "deny") {
          void vscode.window.showInformationMessage(t("{0} no longer asks for {1}: nothing was decided.", nameOf(question), plain(question.host, LONGEST_PLACE)));
        }
        return DENIED;
      }
      if (choice === "deny" || this.#now() - shownAt >= TOO_SOON_MS) {
        return { choice };
      }
    }
  }
}

async function showDialog(question: P.ConsentQuestion, isAgain: boolean): Promise<P.ConsentAnswer["choice"]> {
  const { t } = vscode.l10n;
  const chosen = await vscode.window.showWarningMessage<Button>(
    consentTitle(question),
    { modal: true, detail: consentDetail(question, isAgain) },
    { title: t("Allow Once"), choice: "once" },
    { title: t("Allow for This Session"), choice: "untilClosed" },
    { title: t("Always Allow"), choice: "always" },
    { title: t("Deny Always"), choice: "denyAlways" },
    { title: t("Deny"), choice: "deny", isCloseAffordance: true },
  );
  return chosen?.choice ?? "deny";
}

export function consentTitle(question: P.ConsentQuestion): string {
  const { t } = vscode.l10n;
  const name = nameOf(question);
  const place = placeOf(question);
  if (!question.local) {
    return t("The plugin {0} wants to reach {1}.", name, place);
  }
  return isThisMachine(question)
    ? t("The plugin {0} wants to reach {1}, a server on this machine.", name, place)
    : t("The plugin {0} wants to reach {1} in your private network.", name, place);
}

/** What would be sent where, who asks and why, and what each answer means. */
export function consentDetail(question: P.ConsentQuestion, isAgain = false): string {
  const { t } = vscode.l10n;
  const { pluginId, version, origin, reason, redirectedFrom, waiting } = question;
  const facts = [
    `• ${what(question)}`,
    `• ${where(question)}`,
    ...(redirectedFrom === null ? [] : [`• ${t("Redirected here by {0}", plain(shortTarget(redirectedFrom), LONGEST_PLACE))}`]),
    ...(question.target.startsWith("http://") && !isThisMachine(question) ? [`• ${t("Not encrypted: others on the way can read and change it")}`] : []),
  ];
  if (waiting > 1) {
    facts.push(`• ${t("{0} of these are waiting: “Allow Once” is for all of them", count(waiting))}`);
  }
  return [
    ...(isAgain ? [t("That was too quick to have been read. Please choose again.")] : []),
    `${plain(pluginId, 100)} ${plain(version, 40)} · ${originHint(origin)}`,
    reason.trim() === "" ? t("The author gives no reason.") : t("The author says: {0}", quoted(reason)),
    facts.join("\n"),
    question.local
      ? t("Programs there often trust whoever can reach them. What you allow holds for this plugin and these addresses; you can change your mind in the view “Network Access”.")
      : t("What you allow holds for this plugin and this host; you can change your mind in the view “Network Access”."),
  ].join("\n\n");
}

function what({ kind, method, target }: P.ConsentQuestion): string {
  const { t } = vscode.l10n;
  const place = plain(shortTarget(target), LONGEST_PLACE);
  switch (kind) {
    case "http":
      return t("Request: {0}", `${plain(method, 40)} ${place}`);
    case "websocket":
      return t("WebSocket: {0}", place.replace(/^http/, "ws"));
    case "tcp":
      return t("TCP connection: {0}", place);
  }
}

function where(question: P.ConsentQuestion): string {
  const { t } = vscode.l10n;
  const { addresses, local } = question;
  if (addresses.length === 0) {
    return t("Address: found by the proxy, not checked here");
  }
  const more = addresses.length - SHOWN_ADDRESSES;
  const list = addresses.slice(0, SHOWN_ADDRESSES).map((address) => plain(address, 60)).join(", ") + (more > 0 ? ` (+${more})` : "");
  if (!local) {
    return t("Address: {0} (public)", list);
  }
  return isThisMachine(question) ? t("Address: {0} (this machine)", list) : t("Address: {0} (private network)", list);
}

function isThisMachine({ local, addresses }: P.ConsentQuestion): boolean {
  return local && addresses.length > 0 && addresses.every(isLoopback);
}

function placeOf({ host, port, target }: P.ConsentQuestion): string {
  return plain(hostAndPort(host, port, /^[a-z]+/.exec(target)?.[0] ?? ""), LONGEST_PLACE);
}

function nameOf({ pluginName, pluginId }: P.ConsentQuestion): string {
  return quoted(pluginName === "" ? pluginId : pluginName, 80);
}
