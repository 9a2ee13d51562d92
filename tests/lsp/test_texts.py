"""JSON that is open as text, in any editor: outline, hover, folding and problems from the plugin's index."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from lsprotocol import types

from tests.lsp.raw import PATIENCE, RawServer, raw_server

URI = "file:///nowhere/settings.json"
TEXT = '{\n  "nÄme": "😀",\n  "list": [\n    1,\n    {"deep": tru}\n  ]\n}\n'
RICH = {
    "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    "hover": {"contentFormat": ["plaintext", "markdown"]},
    "foldingRange": {"rangeLimit": 100, "lineFoldingOnly": True},
}


@pytest_asyncio.fixture(loop_scope="session")
async def raw(home: Path) -> AsyncIterator[RawServer]:
    """A server that has not been greeted."""
    async with raw_server() as raw:
        yield raw


async def greet(raw: RawServer, texts: dict[str, Any], encodings: list[str] | None = None) -> dict[str, Any]:
    """Says hello with an editor's capabilities; what the server can do."""
    capabilities = {"textDocument": texts, "general": {"positionEncodings": encodings}}
    answer = await raw.request("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
    await raw.send({"jsonrpc": "2.0", "method": "initialized", "params": {}})
    found: dict[str, Any] = answer["result"]["capabilities"]
    return found


async def tell(raw: RawServer, method: str, **params: Any) -> None:
    """Sends a notification about the text."""
    await raw.send({"jsonrpc": "2.0", "method": f"textDocument/{method}", "params": params})


async def open_text(raw: RawServer, text: str = TEXT, language: str = "json", uri: str = URI) -> None:
    """Opens a text."""
    await tell(raw, "didOpen", textDocument={"uri": uri, "languageId": language, "version": 1, "text": text})


async def ask(raw: RawServer, method: str, uri: str = URI, **params: Any) -> Any:
    """The result of a request about the text."""
    answer = await raw.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, **params})
    return answer["result"]


async def hover(raw: RawServer, line: int, character: int) -> Any:
    """What is told of a place."""
    return await ask(raw, "hover", position={"line": line, "character": character})


async def problems(raw: RawServer, wanted: int, uri: str = URI) -> list[dict[str, Any]]:
    """The diagnostics published last, once they are so many; the editor goes on asking meanwhile."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for told in reversed(raw.notifications):
                if told["method"] == "textDocument/publishDiagnostics" and told["params"]["uri"] == uri:
                    found: list[dict[str, Any]] = told["params"]["diagnostics"]
                    if len(found) == wanted:
                        return found
                    break
            await raw.request("thoth/server/ping")


def place(line: int, character: int) -> dict[str, int]:
    """A position."""
    return {"line": line, "character": character}


def span(start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    """A range."""
    return {"start": place(*start), "end": place(*end)}


def shape(symbols: list[dict[str, Any]]) -> list[Any]:
    """Names and kinds, nested as the symbols are."""
    return [[symbol["name"], types.SymbolKind(symbol["kind"]).name, *shape(symbol["children"])] for symbol in symbols]


async def test_a_text_has_an_outline(raw: RawServer) -> None:
    """Nested, each with a preview, at places in UTF-16."""
    assert (await greet(raw, RICH))["documentSymbolProvider"] is True
    await open_text(raw)
    symbols = await ask(raw, "documentSymbol")
    assert shape(symbols) == [
        ["nÄme", "String"],
        ["list", "Array", ["0", "Number"], ["1", "Module", ["deep", "Event"]]],
    ]
    assert symbols[0]["detail"] == "😀"
    assert symbols[0]["range"] == span((1, 2), (1, 14))
    assert symbols[0]["selectionRange"] == span((1, 2), (1, 8))


async def test_an_editor_that_knows_no_trees_gets_a_list(raw: RawServer) -> None:
    """With the name of what each is in."""
    await greet(raw, {})
    await open_text(raw)
    symbols = await ask(raw, "documentSymbol")
    assert [(symbol["name"], symbol.get("containerName")) for symbol in symbols] == [
        ("nÄme", None), ("list", None), ("0", "list"), ("1", "list"), ("deep", "1")
    ]  # fmt: skip
    assert symbols[0]["location"] == {"uri": URI, "range": span((1, 2), (1, 14))}


async def test_a_place_is_told_by_its_path(raw: RawServer) -> None:
    """In markdown where the editor shows it."""
    await greet(raw, RICH)
    await open_text(raw)
    found = await hover(raw, 1, 11)
    assert found["contents"] == {"kind": "markdown", "value": "```\n$['nÄme']\n```\n\nstring, 6 bytes"}
    assert found["range"] == span((1, 10), (1, 14))
    assert (await hover(raw, 2, 4))["contents"]["value"].endswith("array, 2 children, 30 bytes")
    assert (await hover(raw, 2, 4))["range"] == span((2, 2), (2, 8))
    assert await hover(raw, 8, 0) is None


async def test_folding_is_what_the_editor_can_do(raw: RawServer) -> None:
    """Whole lines, so that closing brackets stay to be seen, and no more than it wants."""
    await greet(raw, RICH)
    await open_text(raw)
    assert await ask(raw, "foldingRange") == [{"startLine": 0, "endLine": 5}, {"startLine": 2, "endLine": 4}]
    await open_text(raw, "[\n]\n")
    assert await ask(raw, "foldingRange") == []


async def test_folding_goes_by_characters_where_the_editor_can(raw: RawServer) -> None:
    """From bracket to bracket."""
    await greet(raw, {"foldingRange": {"rangeLimit": 1}})
    await open_text(raw)
    (fold,) = await ask(raw, "foldingRange")
    assert fold == {"startLine": 0, "startCharacter": 1, "endLine": 6, "endCharacter": 0}


async def test_problems_follow_the_text(raw: RawServer) -> None:
    """Underlined where they are; gone when the text is put right, and when it is closed."""
    await greet(raw, RICH)
    await open_text(raw)
    (problem,) = await problems(raw, 1)
    assert (problem["range"], problem["severity"], problem["source"]) == (span((4, 13), (4, 16)), 1, "thoth")
    edit = {"range": span((4, 16), (4, 16)), "text": "e"}
    await tell(raw, "didChange", textDocument={"uri": URI, "version": 2}, contentChanges=[edit])
    assert shape(await ask(raw, "documentSymbol"))[1][3][2] == ["deep", "Boolean"]
    assert await problems(raw, 0) == []
    await tell(raw, "didChange", textDocument={"uri": URI, "version": 3}, contentChanges=[{"text": "[1,,2]"}])
    await problems(raw, 1)
    await tell(raw, "didClose", textDocument={"uri": URI})
    assert await problems(raw, 0) == []
    assert await ask(raw, "documentSymbol") is None


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 17), ("utf-16", 14), ("utf-32", 13)])
async def test_columns_count_what_was_agreed_on(raw: RawServer, encoding: str, column: int) -> None:
    """In both directions."""
    assert (await greet(raw, RICH, [encoding]))["positionEncoding"] == encoding
    await open_text(raw)
    end = (await ask(raw, "documentSymbol"))[0]["range"]["end"]
    assert end == place(1, column)
    edit = {"range": {"start": place(1, column - 1), "end": place(1, column - 1)}, "text": "!"}
    await tell(raw, "didChange", textDocument={"uri": URI, "version": 2}, contentChanges=[edit])
    assert (await ask(raw, "documentSymbol"))[0]["detail"] == "😀!"


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("jsonc", '{"a": 1, // one\n}', [["a", "Number"]]),
        ("jsonl", '{"a": 1}\n[2]\n', [["Record 1", "Module", ["a", "Number"]], ["Record 2", "Array", ["0", "Number"]]]),
        ("geojson", '{"features": [{}]}', [["features", "Array", ["0", "Module"]]]),
    ],
)
async def test_the_language_says_how_a_text_is_read(
    raw: RawServer, language: str, text: str, wanted: list[Any]
) -> None:
    """Whatever the file is named."""
    await greet(raw, RICH)
    await open_text(raw, text, language, "untitled:Untitled-1")
    assert shape(await ask(raw, "documentSymbol", "untitled:Untitled-1")) == wanted
    assert await problems(raw, 0, "untitled:Untitled-1") == []


async def test_other_texts_are_of_no_concern(raw: RawServer) -> None:
    """Of another language the ending of the name decides; CSV has no tree."""
    await greet(raw, RICH)
    await open_text(raw, "[1]", "js-json")
    assert shape(await ask(raw, "documentSymbol")) == [["0", "Number"]]
    await open_text(raw, '{"a": 1}', "plaintext", "file:///x/a%20b.webmanifest")
    assert shape(await ask(raw, "documentSymbol", "file:///x/a%20b.webmanifest")) == [["a", "Number"]]
    for name in ("a.csv", "a.py", "a"):
        uri = f"file:///x/{name}"
        await open_text(raw, '{"a": 1}', "plaintext", uri)
        assert await ask(raw, "documentSymbol", uri) is None
        assert await ask(raw, "foldingRange", uri) is None


async def test_diagnostics_of_a_text_and_of_an_open_document_are_one_list(raw: RawServer, tmp_path: Path) -> None:
    """An address has one list of them; closing either takes back its own."""
    path = tmp_path / "a.ndjson"
    path.write_text('{"a": 1}\n{"a": }\n')
    await greet(raw, RICH)
    opened = (await raw.request("thoth/document/open", {"uri": path.as_uri()}))["result"]
    record = (await problems(raw, 1, path.as_uri()))[0]
    await open_text(raw, '{"b": tru}', "jsonl", path.as_uri())
    both = await problems(raw, 2, path.as_uri())
    assert both[1] == record
    await raw.request("thoth/document/close", {"documentId": opened["documentId"]})
    assert await problems(raw, 1, path.as_uri()) == both[:1]
    await tell(raw, "didClose", textDocument={"uri": path.as_uri()})
    assert await problems(raw, 0, path.as_uri()) == []
