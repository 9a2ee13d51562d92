/** What is said above a panel that is not as it should be. */
import * as vscode from "vscode";
import type { ServerApi } from "../serverApi";
import type { PanelBanner } from "../shared/panelPage";
import type { Phase } from "./panel";

export function bannersOf(phase: Phase, server: Pick<ServerApi, "state">): readonly PanelBanner[] {
  const { t } = vscode.l10n;
  switch (phase.name) {
    case "crashed":
      return [{ kind: "error", text: phase.message, actions: ["restart", "showLog"] }];
    case "ended":
      return [{ kind: "warning", text: phase.message, actions: ["reopen", "showPlugin"] }];
    case "offline":
      return server.state === "stopped"
        ? [{ kind: "error", text: phase.failure?.message ?? t("Thoth's server is not running."), actions: ["restartServer"] }]
        : [{ kind: "info", text: t("Thoth's server is being started. What you see is from before."), actions: [] }];
    case "idle":
    case "opening":
    case "live":
      return [];
  }
}
