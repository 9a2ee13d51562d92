"""Texts an editor has open, where a plugin tells what is in them: JSON, with the plugins that come with Thoth."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from lsprotocol import types

from thoth_ls.lsp.features.manifests import MANIFEST_NAME, hover_kind, hover_of_manifest
from thoth_ls.lsp.symbols import flat_symbols, nested_symbols
from thoth_ls.services import OpenedText
from thoth_ls.wire.texts import Area, Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.texts import Fold, PositionUnit, ValueAt

LANGUAGES: dict[str, tuple[str, dict[str, str]]] = {
    "json": ("json", {"format": "document"}),
    "jsonc": ("jsonc", {"format": "document", "comments": "allowed"}),
    "geojson": ("geojson", {"format": "document"}),
    "jsonl": ("jsonl", {"format": "lines"}),
    "ndjson": ("ndjson", {"format": "lines"}),
}
"""By language, or else by the ending of the name (editors have other names for JSON): the ending that says which plugin
reads the text, whatever its file is named, and how the plugin should."""
MOST_FOLDS = 5_000


def register(server: ThothServer) -> None:
    """Adds what is told of texts, and the standard requests about them."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: ThothServer, params: types.DidOpenTextDocumentParams) -> None:
        _open(ls, params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: ThothServer, params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        edits = [_edit(item) for item in params.content_changes]
        ls.services.manifests.change(document.uri, document.version, edits)
        ls.services.texts.change(document.uri, document.version, edits)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: ThothServer, params: types.DidCloseTextDocumentParams) -> None:
        ls.services.manifests.close(params.text_document.uri)
        ls.services.texts.close(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(
        ls: ThothServer, params: types.DocumentSymbolParams
    ) -> Sequence[types.DocumentSymbol] | Sequence[types.SymbolInformation] | None:
        uri = params.text_document.uri
        found = await ls.services.texts.outline(uri)
        if found is None:
            return None
        texts = ls.client_capabilities.text_document
        offered = texts.document_symbol if texts else None
        if offered and offered.hierarchical_document_symbol_support:
            return nested_symbols(found)
        return flat_symbols(found, uri)

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folding(ls: ThothServer, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
        texts = ls.client_capabilities.text_document
        offered = (texts.folding_range if texts else None) or types.FoldingRangeClientCapabilities()
        most = min(MOST_FOLDS, offered.range_limit if offered.range_limit is not None else MOST_FOLDS)
        found = await ls.services.texts.folds(params.text_document.uri, most)
        if found is None:
            return None
        whole_lines = bool(offered.line_folding_only)
        return [_folding_range(fold, whole_lines) for fold in found if not whole_lines or _hides_lines(fold)]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: ThothServer, params: types.HoverParams) -> types.Hover | None:
        place = params.position.line, params.position.character
        if ls.services.manifests.holds(params.text_document.uri):
            return await hover_of_manifest(ls, params.text_document.uri, place)
        found = await ls.services.texts.value_at(params.text_document.uri, place)
        if found is None:
            return None
        kind = hover_kind(ls)
        contents = types.MarkupContent(kind, _described(found, markdown=kind == types.MarkupKind.Markdown))
        start, end = types.Position(*found.area.start), types.Position(*found.area.end)
        return types.Hover(contents, types.Range(start, end))


def _open(ls: ThothServer, document: types.TextDocumentItem) -> None:
    """Hands a text to those who know what is in it: a manifest of a plugin, or what a plugin reads."""
    name = unquote(document.uri).rpartition("/")[2]
    if name == MANIFEST_NAME:
        ls.services.manifests.open(document.uri, document.version, document.text, position_unit(ls))
        return
    known = LANGUAGES.get(document.language_id) or LANGUAGES.get(name.rpartition(".")[2].lower())
    if known is not None:
        name = f"text.{known[0]}"
    options = known[1] if known is not None else {}
    opened = OpenedText(document.uri, document.version, document.text, position_unit(ls), name, options)
    ls.services.texts.open(opened)


def position_unit(ls: ThothServer) -> PositionUnit:
    """What columns count, as agreed on with the client."""
    match ls.server_capabilities.position_encoding:
        case types.PositionEncodingKind.Utf8:
            return "utf-8"
        case types.PositionEncodingKind.Utf32:
            return "utf-32"
        case _:
            return "utf-16"


def _edit(change: types.TextDocumentContentChangeEvent) -> Edit:
    if isinstance(change, types.TextDocumentContentChangePartial):
        start, end = change.range.start, change.range.end
        return Edit(Area((start.line, start.character), (end.line, end.character)), change.text)
    return Edit(None, change.text)


def _hides_lines(fold: Fold) -> bool:
    """Whether folding whole lines hides any: the last line, with the closing bracket, stays."""
    return fold.end[0] - 1 > fold.start[0]


def _folding_range(fold: Fold, whole_lines: bool) -> types.FoldingRange:
    (first, begin), (last, end) = fold.start, fold.end
    if whole_lines:
        return types.FoldingRange(start_line=first, end_line=last - 1)
    return types.FoldingRange(start_line=first, start_character=begin, end_line=last, end_character=end)


def _described(found: ValueAt, *, markdown: bool) -> str:
    facts: list[str] = [found.kind]
    if found.count is not None:
        facts.append("1 child" if found.count == 1 else f"{found.count:,} children")
    facts.append("1 byte" if found.size == 1 else f"{found.size:,} bytes")
    if found.record is not None:
        facts.append(f"in record {found.record:,}")
    if found.duplicate:
        facts.append("another member of the object has the same name")
    path = f"```\n{found.path}\n```" if markdown else found.path
    return f"{path}\n\n{', '.join(facts)}" if markdown else f"{path}\n{', '.join(facts)}"
