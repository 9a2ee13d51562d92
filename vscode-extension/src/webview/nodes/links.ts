/** Links: only to the web, and always through the host, which asks. */
import type { TemplateResult } from "lit";
import { html } from "lit";
import type { NodeContext } from "./context";

const LONGEST = 4096;

/** The address to open for what a plugin names, or null for anything but http and https. */
export function externalUrl(url: string): string | null {
  if (url.length > LONGEST) {
    return null;
  }
  try {
    const parsed = new URL(url);
    return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
  } catch {
    return null;
  }
}

/** A button that looks like a link: the page itself leads nowhere. */
export function link(url: string, label: unknown, context: NodeContext): TemplateResult {
  return html`<button type="button" role="link" class="n-link" title=${url} @click=${() => context.surface.openLink(url)}>
    ${label}
  </button>`;
}
