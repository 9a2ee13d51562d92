/** What is said above a panel that is not as it should be. */
import * as vscode from "vscode";
import type * as P from "../generated/protocol";
import type { ServerApi } from "../serverApi";
import type { PanelBanner } from "../shared/panelPage";
import type { Phase } from "./phases";

export function bannersOf(phase: Phase, name: string, server: Pick<ServerApi, "state">): readonly PanelBanner[] {
  const { t } = vscode.l10n;
  switch (phase.name) {
    case "crashed":
      return [{ kind: "error", text: t("{0} has crashed. What you see is from before.", name), detail: phase.message, actions: ["restart", "showLog"] }];
    case "ended":
      return [{ kind: "warning", text: t("The panel of {0} is not open.", name), detail: phase.message, actions: ["reopen", "showPlugin"] }];
    case "offline":
      return server.state === "stopped"
        ? [{ kind: "error", text: phase.failure?.message ?? t("Thoth's server is not running."), detail: "", actions: ["restartServer"] }]
        : [{ kind: "info", text: t("Thoth's server is being started. What you see is from before."), detail: "", actions: [] }];
    case "idle":
    case "opening":
    case "live":
      return [];
  }
}

/** What is said of a call that failed in a panel that goes on. */
export function failureNote({ kind, message }: P.DidFailPanel, name: string): PanelBanner {
  const { t } = vscode.l10n;
  switch (kind) {
    case "pluginTrapped":
      return { kind: "warning", text: t("{0} crashed and was started again. What was done last may be lost.", name), detail: message, actions: ["showLog", "dismiss"] };
    case "pluginLimitHit":
      return { kind: "warning", text: t("{0} took more than it may, and was started again. What was done last may be lost.", name), detail: message, actions: ["showLog", "dismiss"] };
    default:
      return { kind: "warning", text: t("{0} could not do that.", name), detail: message, actions: ["showLog", "dismiss"] };
  }
}
