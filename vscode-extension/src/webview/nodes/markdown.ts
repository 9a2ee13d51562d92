/**
 * Markdown as elements of the page. markdown-it reads it (CommonMark with tables, HTML switched off) and gives tokens; the
 * elements are made from those here, so that no text of a plugin ever is markup of the page. Links lead to the web only;
 * images are named, not loaded.
 */
import type { TemplateResult } from "lit";
import { html, nothing } from "lit";
import type { Token } from "markdown-it";
import MarkdownIt from "markdown-it";
import { codeBlock } from "./code";
import type { Drawn, NodeContext } from "./context";
import { externalUrl, link } from "./links";
import type { Node } from "./schema/kinds";

const LIMIT = 200_000;
const reader = new MarkdownIt("commonmark", { html: false, linkify: false, maxNesting: 50 }).enable(["table", "strikethrough"]);

export function markdown(node: Node<"markdown">, context: NodeContext): TemplateResult {
  const tokens = reader.parse(context.words(node.value, LIMIT), {});
  return html`<div class="n-markdown">${new Builder(tokens, context).rest()}</div>`;
}

type Wrap = (content: readonly Drawn[], token: Token, context: NodeContext) => Drawn;

const WRAPS: Readonly<Record<string, Wrap>> = {
  paragraph: (content, token) => (token.hidden ? html`${content}` : html`<p>${content}</p>`),
  heading: (content, token) => html`<div class="n-md-heading n-md-${token.tag}" role="heading" aria-level=${token.tag.slice(1)}>${content}</div>`,
  bullet_list: (content) => html`<ul>${content}</ul>`,
  ordered_list: (content, token) => html`<ol start=${token.attrGet("start") ?? nothing}>${content}</ol>`,
  list_item: (content) => html`<li>${content}</li>`,
  blockquote: (content) => html`<blockquote>${content}</blockquote>`,
  table: (content) => html`<table class="n-md-table">${content}</table>`,
  thead: (content) => html`<thead>${content}</thead>`,
  tbody: (content) => html`<tbody>${content}</tbody>`,
  tr: (content) => html`<tr>${content}</tr>`,
  th: (content) => html`<th scope="col">${content}</th>`,
  td: (content) => html`<td>${content}</td>`,
  strong: (content) => html`<strong>${content}</strong>`,
  em: (content) => html`<em>${content}</em>`,
  s: (content) => html`<s>${content}</s>`,
  link: (content, token, context) => {
    const url = externalUrl(String(token.attrGet("href") ?? ""));
    return url === null ? html`${content}` : link(url, content, context);
  },
};

/** Goes through tokens and makes an element of each pair of an opening and a closing one. */
class Builder {
  readonly #tokens: readonly Token[];
  readonly #context: NodeContext;
  #at = 0;

  constructor(tokens: readonly Token[], context: NodeContext) {
    this.#tokens = tokens;
    this.#context = context;
  }

  /** What is left up to the closing of the element that is open, or to the end. */
  rest(): readonly Drawn[] {
    const drawn: Drawn[] = [];
    for (;;) {
      const token = this.#tokens[this.#at++];
      if (!token || token.nesting < 0) {
        return drawn;
      }
      if (!this.#context.takeNode()) {
        this.#at = this.#tokens.length;
        return drawn;
      }
      drawn.push(token.nesting > 0 ? this.#element(token) : this.#leaf(token));
    }
  }

  #element(token: Token): Drawn {
    const content = this.rest();
    const wrap = WRAPS[token.type.replace(/_open$/, "")];
    return wrap ? wrap(content, token, this.#context) : html`${content}`;
  }

  #leaf(token: Token): Drawn {
    switch (token.type) {
      case "inline":
        return html`${new Builder(token.children ?? [], this.#context).rest()}`;
      case "fence":
      case "code_block":
        return codeBlock(token.content, token.info.trim().split(/\s+/)[0] ?? "", this.#context);
      case "code_inline":
        return html`<code>${token.content}</code>`;
      case "softbreak":
        return "\n";
      case "hardbreak":
        return html`<br />`;
      case "hr":
        return html`<hr />`;
      case "image":
        return html`<span class="n-muted"><span class="codicon codicon-file-media" aria-hidden="true"></span> ${token.content}</span>`;
      default:
        return token.content;
    }
  }
}
