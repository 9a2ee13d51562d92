/** The README, and beside it what the manifest says and what the plugin has used up. */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type * as P from "../../generated/protocol";
import type { PageWords } from "../../shared/pluginPage";
import type { Surface } from "../nodes/context";
import { renderNode } from "../nodes/render";
import type { PageParts } from "./page";

export function detailsTab({ plugin, readme }: P.PluginDetails, words: PageWords, { strings }: PageParts, surface: Surface): TemplateResult {
  const about: readonly (readonly [string, string | null])[] = [
    [strings.pageIdentifier, plugin.id],
    [strings.pageVersion, plugin.version],
    [strings.pageOrigin, words.origin],
    [strings.pageLicense, plugin.license],
    [strings.pageKeywords, plugin.keywords.join(", ")],
    [strings.pageFolder, plugin.folder],
  ];
  return html`<div class="page-columns">
    <section class="page-readme" aria-label=${strings.pageReadme}>
      ${readme === null || readme.trim() === ""
        ? html`<p class="page-muted">${strings.pageNoReadme}</p>`
        : renderNode({ type: "markdown", value: readme }, surface)}
    </section>
    <aside class="page-facts">
      ${plugin.capabilities.length === 0
        ? nothing
        : html`<h2>${strings.pageCapabilities}</h2>
            <ul class="page-capabilities">
              ${plugin.capabilities.map((name, index) => html`<li title=${name}>${words.capabilities[index] ?? name}</li>`)}
            </ul>`}
      <h2>${strings.pageAbout}</h2>
      ${facts(about.flatMap(([label, value]) => (value === null || value === "" ? [] : [{ label, value, hint: "" }])))}
      <h2>${strings.pageUsage}</h2>
      ${facts(words.facts)}
    </aside>
  </div>`;
}

function facts(items: PageWords["facts"]): TemplateResult {
  return html`<dl>
    ${items.map(({ label, value, hint }) => html`<div title=${hint === "" ? nothing : hint}><dt>${label}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
