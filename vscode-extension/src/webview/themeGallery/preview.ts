/** A miniature of Thoth's views, painted in a theme's own colours. */
import type { TemplateResult } from "lit";
import { html } from "lit";
import { styled } from "../nodes/styled";

type Colors = Readonly<Record<string, string>>;

/** Lines of the miniature: pieces as `[token, width in percent]`. */
const LINES: readonly (readonly (readonly [string, number])[])[] = [
  [["syntax_punctuation", 4]],
  [["indent_guide", 6], ["syntax_key", 22], ["syntax_punctuation", 3], ["syntax_string", 34]],
  [["indent_guide", 6], ["syntax_key", 16], ["syntax_punctuation", 3], ["syntax_number", 18]],
  [["indent_guide", 6], ["syntax_key", 26], ["syntax_punctuation", 3], ["syntax_bool", 14]],
  [["indent_guide", 6], ["fg_muted", 46]],
  [["syntax_punctuation", 4]],
];

export function preview(colors: Colors): TemplateResult {
  const color = (token: string): string => colors[token] ?? "transparent";
  return html`<span class="miniature" aria-hidden="true" ${styled({ background: color("bg"), "border-color": color("surface_raised") })}>
    <span class="miniature-side" ${styled({ background: color("bg_panel") })}>
      <i ${styled({ background: color("sidebar_header"), width: "60%" })}></i>
      <i ${styled({ background: color("fg"), width: "80%" })}></i>
      <i class="miniature-chosen" ${styled({ background: color("surface_raised") })}></i>
      <i ${styled({ background: color("fg_muted"), width: "70%" })}></i>
      <i class="miniature-button" ${styled({ background: color("accent") })}></i>
    </span>
    <span class="miniature-text">
      ${LINES.map((line) => html`<span class="miniature-line">${line.map(([token, width]) => html`<i ${styled({ background: color(token), width: `${width}%` })}></i>`)}</span>`)}
      <span class="miniature-line">${["success", "warning", "error", "info"].map((token) => html`<b ${styled({ background: color(token) })}></b>`)}</span>
    </span>
  </span>`;
}
