/** Icons: glyphs of Phosphor's font are drawn as codicons, any other character as it is. */
import type { TemplateResult } from "lit";
import { html } from "lit";
import { textColor } from "./colors";
import { CODICONS } from "../../shared/phosphor";
import { px, styled } from "./styled";

/** Stands for glyphs that have no counterpart. */
const NEUTRAL = "symbol-misc";
const PRIVATE_USE = /^[\ue000-\uf8ff]/;

/** The codicon for a glyph, or null when it is a character that any font has. */
export function codiconOf(glyph: string): string | null {
  const code = glyph.codePointAt(0) ?? 0;
  if (!PRIVATE_USE.test(glyph)) {
    return null;
  }
  return CODICONS[code] ?? NEUTRAL;
}

/** An icon that says nothing by itself: what it stands for is written or spoken beside it. */
export function icon(glyph: string, look: { readonly color?: string | undefined; readonly size?: number | undefined } = {}): TemplateResult {
  const codicon = codiconOf(glyph);
  const styles = { color: textColor(look.color), "font-size": px(look.size) };
  return codicon === null
    ? html`<span class="n-glyph" aria-hidden="true" ${styled(styles)}>${glyph.slice(0, 8)}</span>`
    : html`<span class="n-icon codicon codicon-${codicon}" aria-hidden="true" ${styled(styles)}></span>`;
}
