/** The page of settings that a plugin draws itself; what is done on it goes to the plugin, which draws it anew. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type * as P from "../../generated/protocol";
import { format } from "../../shared/gridStrings";
import type { NodeEvent } from "../nodes/context";
import { renderNode } from "../nodes/render";
import { px, styled } from "../nodes/styled";
import type { PageParts } from "./page";
import { surface } from "./surface";

const TALLEST = 4000;

export class OwnPage {
  readonly #parts: PageParts;
  #node: string | null = null;
  #height = 0;
  #problem: string | null = null;
  /** Settled when the plugin has dealt with the event before. */
  #last: Promise<unknown> = Promise.resolve();
  #sent = 0;

  constructor(parts: PageParts) {
    this.#parts = parts;
  }

  take({ node, height, problem }: P.PluginSettingsResult): void {
    this.#node = node;
    this.#height = height;
    this.#problem = problem;
  }

  draw(): TemplateResult {
    const { strings } = this.#parts;
    return html`<section class="settings-own" aria-label=${strings.settingsOwn}>
      <h2>${strings.settingsOwn}</h2>
      ${this.#problem === null
        ? nothing
        : html`<div class="page-banner page-error" role="alert">
            <span class="codicon codicon-error" aria-hidden="true"></span><span>${format(strings.settingsOwnFailed, this.#problem)}</span>
          </div>`}
      ${this.#node === null ? nothing : this.#drawn(this.#node)}
    </section>`;
  }

  #drawn(node: string): TemplateResult {
    const height = px(this.#height > 0 ? Math.min(this.#height, TALLEST) : undefined);
    return html`<div class="settings-node" ${styled({ "min-height": height })}>
      ${renderNode(parsed(node), surface("own", this.#parts, (event) => this.#emit(event)))}
    </div>`;
  }

  /** Events reach the plugin in the order they happened; of its answers only the one to the last of them is drawn. */
  #emit(event: NodeEvent): void {
    const sent = ++this.#sent;
    this.#last = this.#last.then(async () => {
      try {
        const { node, height } = await this.#parts.messenger.request("settingsEvent", event);
        if (sent === this.#sent) {
          this.take({ settings: [], node, height, problem: null });
        }
      } catch (error) {
        this.#problem = error instanceof Error ? error.message : String(error);
      }
      this.#parts.changed();
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the renderer says that it is no node
  }
}
