/** What became of an attempt, in a word and a sign. */
import type * as P from "../../generated/protocol";
import type { ActivityStrings } from "../../shared/activityStrings";
import type { Verdict } from "../../shared/networkActivity";

const WORDS = {
  allowed: "activityAllowed",
  connected: "activityConnected",
  refused: "activityRefused",
  asked: "activityAsked",
  failed: "activityFailed",
  cancelled: "activityCancelled",
} as const satisfies Record<Verdict, keyof ActivityStrings>;

const ICONS: Readonly<Record<Verdict, string>> = {
  allowed: "pass",
  connected: "plug",
  refused: "circle-slash",
  asked: "question",
  failed: "error",
  cancelled: "debug-stop",
};

export function verdictWord(verdict: Verdict, strings: ActivityStrings): string {
  return strings[WORDS[verdict]];
}

/** A codicon; what was allowed and answered with an error of HTTP is marked. */
export function verdictIcon(entry: P.NetworkActivity): string {
  return isErrorAnswer(entry) ? "warning" : ICONS[entry.verdict];
}

/** What styles depend on. */
export function verdictTone(entry: P.NetworkActivity): "good" | "bad" | "odd" {
  if (entry.verdict === "allowed") {
    return isErrorAnswer(entry) ? "odd" : "good";
  }
  if (entry.verdict === "connected") {
    return "good";
  }
  return entry.verdict === "asked" || entry.verdict === "cancelled" ? "odd" : "bad";
}

/** The status where there is one, else the verdict. */
export function resultText(entry: P.NetworkActivity, strings: ActivityStrings): string {
  const word = verdictWord(entry.verdict, strings);
  if (entry.status === null) {
    return word;
  }
  return entry.verdict === "allowed" ? String(entry.status) : `${word} (${entry.status})`;
}

/** HTTP answers from 400 on are errors; close codes of WebSockets are others. */
function isErrorAnswer({ verdict, status, kind }: P.NetworkActivity): boolean {
  return verdict === "allowed" && kind === "http" && status !== null && status >= 400;
}
