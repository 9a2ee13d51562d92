"""Completion and hover in texts named `plugin.toml`; their problems are published as those of other texts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.texts import Area, Explanation, Position, Proposal

MANIFEST_NAME = "plugin.toml"
KINDS = {
    "key": types.CompletionItemKind.Property,
    "section": types.CompletionItemKind.Module,
    "value": types.CompletionItemKind.Value,
}


def register(server: ThothServer) -> None:
    """Adds textDocument/completion."""

    @server.feature(types.TEXT_DOCUMENT_COMPLETION)
    async def completion(ls: ThothServer, params: types.CompletionParams) -> list[types.CompletionItem] | None:
        place = params.position.line, params.position.character
        found = await ls.services.manifests.proposals(params.text_document.uri, place)
        if found is None:
            return None
        where, with_snippets = _range(found.area), _knows_snippets(ls)
        return [_item(item, index, where, with_snippets) for index, item in enumerate(found.items)]


async def hover_of_manifest(ls: ThothServer, uri: str, place: Position) -> types.Hover | None:
    """What is known of a place in such a text."""
    found = await ls.services.manifests.explanation(uri, place)
    if found is None:
        return None
    area, explained = found
    kind = hover_kind(ls)
    text = described(explained, markdown=kind == types.MarkupKind.Markdown)
    return types.Hover(types.MarkupContent(kind, text), _range(area))


def hover_kind(ls: ThothServer) -> types.MarkupKind:
    """Markdown where the client shows it."""
    texts = ls.client_capabilities.text_document
    formats = (texts.hover.content_format if texts and texts.hover else None) or ()
    return types.MarkupKind.Markdown if types.MarkupKind.Markdown in formats else types.MarkupKind.PlainText


def described(explained: Explanation, *, markdown: bool) -> str:
    """An explanation as text of one kind or the other."""
    title = f"**{explained.title}**" if markdown else explained.title
    meaning = explained.meaning if markdown else explained.meaning.replace("`", "")
    return "\n\n".join(part for part in (title, meaning, explained.facts) if part)


def _item(item: Proposal, index: int, where: types.Range, with_snippets: bool) -> types.CompletionItem:
    return types.CompletionItem(
        label=item.label,
        kind=KINDS[item.kind],
        detail=item.explanation.facts or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, item.explanation.meaning),
        sort_text=f"{index:03}",
        filter_text=item.text.removesuffix(" = ").removesuffix("\n"),
        insert_text_format=types.InsertTextFormat.Snippet if with_snippets else types.InsertTextFormat.PlainText,
        text_edit=types.TextEdit(where, item.snippet if with_snippets else item.text),
    )


def _knows_snippets(ls: ThothServer) -> bool:
    texts = ls.client_capabilities.text_document
    item = texts.completion.completion_item if texts and texts.completion else None
    return bool(item and item.snippet_support)


def _range(area: Area) -> types.Range:
    return types.Range(types.Position(*area.start), types.Position(*area.end))
