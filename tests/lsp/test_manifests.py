"""`plugin.toml` open as text, in any editor: completion, hover and problems as it is written."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.lsp.raw import RawServer, raw_server
from tests.lsp.test_texts import ask, greet, open_text, problems, tell

URI = "file:///nowhere/plugin.toml"
MANIFEST = """id = "org.example.p"
name = "😀"
version = "1.0.0"
description = ""
author = ""
capabilities = []
"""
RICH = {
    "hover": {"contentFormat": ["markdown"]},
    "completion": {"completionItem": {"snippetSupport": True}},
}


@pytest_asyncio.fixture(loop_scope="session")
async def raw(home: Path) -> AsyncIterator[RawServer]:
    """A server that has not been greeted."""
    async with raw_server() as raw:
        yield raw


async def complete(raw: RawServer, line: int, character: int, uri: str = URI) -> list[dict[str, Any]]:
    """What fits at a place."""
    found: list[dict[str, Any]] = await ask(raw, "completion", uri, position={"line": line, "character": character})
    return found


async def test_keys_are_completed_with_places_to_fill_in(raw: RawServer) -> None:
    """As the client can take them; the word that is there is replaced."""
    capabilities = await greet(raw, RICH)
    assert capabilities["completionProvider"]["triggerCharacters"] == ['"', "["]
    await open_text(raw, MANIFEST + "[permissions]\nte", "toml", URI)
    items = await complete(raw, 7, 2)
    network = next(item for item in items if item["label"] == "network")
    assert network["textEdit"] == {
        "range": {"start": {"line": 7, "character": 0}, "end": {"line": 7, "character": 2}},
        "newText": 'network = { hosts = ["$1"], reason = "$2" }',
    }
    assert network["insertTextFormat"] == 2
    assert network["documentation"]["value"].startswith("Reach hosts")


async def test_a_client_without_snippets_gets_plain_text(raw: RawServer) -> None:
    """Nothing to be deleted again."""
    await greet(raw, {})
    await open_text(raw, "", "toml", URI)
    first = (await complete(raw, 0, 0))[0]
    assert (first["label"], first["textEdit"]["newText"], first["insertTextFormat"]) == ("id", "id = ", 1)


@pytest.mark.parametrize(("encodings", "column"), [(["utf-16"], 11), (["utf-8"], 13), (["utf-32"], 10)])
async def test_columns_count_as_agreed(raw: RawServer, encodings: list[str], column: int) -> None:
    """Characters outside of the first plane take two units, four bytes or one place."""
    await greet(raw, RICH, encodings)
    await open_text(raw, 'x = "😀"; ze = 1\n' + MANIFEST, "toml", URI)
    (syntax,) = await problems(raw, 1, URI)
    assert syntax["range"]["start"] == {"line": 0, "character": column - 3}


async def test_keys_are_explained(raw: RawServer) -> None:
    """In markdown where it is shown, else in plain text."""
    await greet(raw, RICH)
    await open_text(raw, MANIFEST, "toml", URI)
    found = await ask(raw, "hover", URI, position={"line": 2, "character": 3})
    assert found["contents"]["kind"] == "markdown"
    assert found["contents"]["value"].startswith("**version**\n\nVersion of the plugin, `major.minor.patch`.")
    assert found["range"] == {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 7}}
    assert await ask(raw, "hover", URI, position={"line": 99, "character": 0}) is None


async def test_problems_follow_the_text(raw: RawServer) -> None:
    """Errors and warnings at their places; gone when they are mended, and when the text is closed."""
    await greet(raw, RICH)
    await open_text(raw, MANIFEST.replace('"😀"', "5") + "licence = 'x'\n", "toml", URI)
    found = await problems(raw, 2, URI)
    assert [(item["severity"], item["message"]) for item in found] == [
        (1, "name: expected a text, found 5"),
        (2, "licence: is not a key that Thoth knows; did you mean license?"),
    ]
    assert found[0]["range"] == {"start": {"line": 1, "character": 7}, "end": {"line": 1, "character": 8}}
    area = {"start": {"line": 1, "character": 7}, "end": {"line": 1, "character": 8}}
    await tell(
        raw,
        "didChange",
        textDocument={"uri": URI, "version": 2},
        contentChanges=[{"range": area, "text": '"P"'}],
    )
    (left,) = await problems(raw, 1, URI)
    assert left["message"].startswith("licence")
    await tell(raw, "didClose", textDocument={"uri": URI})
    assert await problems(raw, 0, URI) == []


async def test_manifests_of_other_programs_are_left_alone(raw: RawServer, tmp_path: Path) -> None:
    """Unless a component lies beside them: then it is one of ours that is wrong altogether."""
    await greet(raw, RICH)
    uri = (tmp_path / "plugin.toml").as_uri()
    await open_text(raw, 'name = "other"\n[tool]\nx = 1\n', "toml", uri)
    assert await problems(raw, 0, uri) == []
    assert (await complete(raw, 0, 0, uri))[0]["label"] == "id"
    (tmp_path / "plugin.wasm").write_bytes(b"")
    await tell(raw, "didClose", textDocument={"uri": uri})
    await open_text(raw, 'name = "other"\n[tool]\nx = 1\n', "toml", uri)
    assert len(await problems(raw, 6, uri)) == 6


async def test_a_text_nobody_would_read_is_not_looked_at(raw: RawServer, tmp_path: Path) -> None:
    """A manifest is small."""
    await greet(raw, RICH)
    (tmp_path / "theme.json").write_text("{}")
    uri = (tmp_path / "plugin.toml").as_uri()
    await open_text(raw, "#" * 300_000, "toml", uri)
    (only,) = await problems(raw, 1, uri)
    assert "is larger than 256 KiB" in only["message"]
    assert await ask(raw, "completion", uri, position={"line": 0, "character": 0}) is None


async def test_other_texts_complete_nothing(raw: RawServer) -> None:
    """The request is answered all the same."""
    await greet(raw, RICH)
    await open_text(raw, '{"id": 1}')
    assert await ask(raw, "completion", position={"line": 0, "character": 1}) is None
