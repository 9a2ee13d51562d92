"""The outline of a text as LSP has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thoth_ls.wire.texts import Area, Symbol

KINDS = {
    "object": types.SymbolKind.Module,
    "array": types.SymbolKind.Array,
    "string": types.SymbolKind.String,
    "number": types.SymbolKind.Number,
    "boolean": types.SymbolKind.Boolean,
    "null": types.SymbolKind.Null,
    "invalid": types.SymbolKind.Event,
    "more": types.SymbolKind.Null,
}


def nested_symbols(symbols: Iterable[Symbol]) -> list[types.DocumentSymbol]:
    """For clients that show a tree. Not by recursion: a text may be nested deeper than Python's stack."""
    top: list[types.DocumentSymbol] = []
    waiting = [(symbol, top) for symbol in symbols]
    waiting.reverse()
    while waiting:
        symbol, into = waiting.pop()
        children: list[types.DocumentSymbol] = []
        into.append(
            types.DocumentSymbol(
                name=symbol.name,
                kind=KINDS[symbol.kind],
                range=_range(symbol.area),
                selection_range=_range(symbol.name_area),
                detail=symbol.detail,
                children=children,
            )
        )
        waiting += [(child, children) for child in reversed(symbol.children)]
    return top


def flat_symbols(symbols: Iterable[Symbol], uri: str) -> list[types.SymbolInformation]:
    """For clients that show a list, in the order of the text."""
    return [
        types.SymbolInformation(
            name=symbol.name,
            kind=KINDS[symbol.kind],
            location=types.Location(uri, _range(symbol.area)),
            container_name=container,
        )
        for symbol, container in _in_order(symbols)
    ]


def _in_order(symbols: Iterable[Symbol]) -> Iterator[tuple[Symbol, str | None]]:
    waiting: list[tuple[Symbol, str | None]] = [(symbol, None) for symbol in symbols]
    waiting.reverse()
    while waiting:
        symbol, container = waiting.pop()
        yield symbol, container
        waiting += [(child, symbol.name) for child in reversed(symbol.children)]


def _range(area: Area) -> types.Range:
    return types.Range(types.Position(*area.start), types.Position(*area.end))
