/** What stands around a plugin's tree: sentences with what can be done about them, and what tells that it is working. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import { format } from "../../shared/gridStrings";
import type { PanelAction, PanelBanner, PanelStatus } from "../../shared/panelPage";
import type { PanelStrings } from "../../shared/panelStrings";

export function banners(all: readonly PanelBanner[], strings: PanelStrings, act: (name: PanelAction) => void): readonly TemplateResult[] {
  return all.map(
    ({ kind, text, detail, actions }) =>
      html`<div class="panel-banner panel-${kind}" role=${kind === "error" ? "alert" : "note"}>
        <span class="codicon codicon-${kind}" aria-hidden="true"></span>
        <div class="panel-banner-text">
          <div class="panel-banner-words">${text}${detail === "" ? nothing : html`<div class="panel-banner-detail">${detail}</div>`}</div>
          ${actions.some((name) => name !== "dismiss")
            ? html`<div class="panel-banner-actions">
                ${actions.filter((name) => name !== "dismiss").map((name, index) => actionButton(name, index === 0, strings, act))}
              </div>`
            : nothing}
        </div>
        ${actions.includes("dismiss")
          ? html`<button type="button" class="panel-dismiss codicon codicon-close" title=${strings.panelDismiss} aria-label=${strings.panelDismiss} @click=${() => act("dismiss")}></button>`
          : nothing}
      </div>`,
  );
}

function actionButton(name: PanelAction, isFirst: boolean, strings: PanelStrings, act: (name: PanelAction) => void): TemplateResult {
  return html`<button type="button" class="panel-button ${isFirst ? "panel-primary" : ""}" data-action=${name} @click=${() => act(name)}>${labelOf(name, strings)}</button>`;
}

function labelOf(name: PanelAction, strings: PanelStrings): string {
  switch (name) {
    case "stop":
      return strings.panelStop;
    case "restart":
      return strings.panelRestart;
    case "reopen":
      return strings.panelReopen;
    case "restartServer":
      return strings.panelRestartServer;
    case "showLog":
      return strings.panelShowLog;
    case "showPlugin":
      return strings.panelShowPlugin;
    case "dismiss":
      return strings.panelDismiss;
  }
}

/** A bar that moves along the top edge, and what ends the work. Nothing below moves for it. */
export function working({ work, isOpening }: PanelStatus, name: string, strings: PanelStrings, stop: () => void): TemplateResult | typeof nothing {
  if (work === "none" && !isOpening) {
    return nothing;
  }
  const label = format(isOpening ? strings.panelOpening : strings.panelBusy, name);
  return html`<div class="panel-working">
    <div class="panel-bar" role="progressbar" aria-label=${label}></div>
    ${work === "none"
      ? nothing
      : html`<button type="button" class="panel-stop" title=${strings.panelStopHint} ?disabled=${work === "stopping"} @click=${stop}>
          <span class="codicon codicon-debug-stop" aria-hidden="true"></span><span>${work === "stopping" ? strings.panelStopping : strings.panelStop}</span>
        </button>`}
  </div>`;
}
