/** What stands in the grid's place when there are no rows to show. */
import { html, nothing, render } from "lit";
import type { Action } from "../../../shared/messages";

export interface StateMessage {
  readonly kind: "opening" | "failed" | "empty" | "noRows" | "deleted";
  readonly icon: string;
  readonly title: string;
  readonly text?: string;
  /** A bar below the text: a number up to 100, or null for one without an end. */
  readonly percent?: number | null;
  readonly actions?: readonly Action[];
}

export class StateView {
  readonly element: HTMLElement;
  readonly #act: (action: Action) => void;

  constructor(act: (action: Action) => void) {
    this.#act = act;
    this.element = document.createElement("div");
    this.element.className = "state-view";
    this.element.hidden = true;
  }

  show(message: StateMessage): void {
    this.element.hidden = false;
    this.element.dataset["kind"] = message.kind;
    if (message.kind === "failed" || message.kind === "deleted") {
      this.element.setAttribute("role", "alert");
    } else {
      this.element.removeAttribute("role");
    }
    render(this.#content(message), this.element);
  }

  hide(): void {
    this.element.hidden = true;
  }

  #content(message: StateMessage) {
    return html`<span class="codicon codicon-${message.icon}" aria-hidden="true"></span>
      <h2>${message.title}</h2>
      ${message.text ? html`<p>${message.text}</p>` : nothing}
      ${message.percent === undefined
        ? nothing
        : html`<vscode-progress-bar
            aria-label=${message.title}
            ?indeterminate=${message.percent === null}
            .value=${message.percent ?? 0}
          ></vscode-progress-bar>`}
      ${message.actions && message.actions.length > 0
        ? html`<div class="actions">
            ${message.actions.map(
              (action, index) =>
                html`<vscode-button ?secondary=${index > 0} @click=${() => this.#act(action)}
                  >${action.title}</vscode-button
                >`,
            )}
          </div>`
        : nothing}`;
  }
}
