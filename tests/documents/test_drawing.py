"""Records drawn by a plugin, as documents pass them on."""

import json
from collections.abc import Sequence

import pytest

from tests.documents.conftest import Bench, rows
from thoth_ls.errors import DocumentChanged, PluginRefused
from thoth_ls.wire.documents import OpenDocumentResult
from thoth_ls.wire.views import RenderParams, RenderResult


class Drawings:
    """Draws a record as its number, five at a time."""

    async def draw(self, start: int, count: int) -> Sequence[str]:
        """The numbers."""
        return [json.dumps(number) for number in range(start, start + min(count, 5))]


async def render(bench: Bench, opened: OpenDocumentResult, start: int, count: int) -> RenderResult:
    """Asks for drawn records."""
    same = {"document_id": opened.document_id, "generation": opened.generation}
    return await bench.documents.render(RenderParams(**same, start=start, count=count))


async def test_only_records_that_are_there_are_drawn(bench: Bench) -> None:
    """A plugin is not asked for what is behind the end; where it stops early, the answer says so."""
    bench.loader.rows = rows(7)
    opened = await bench.open(bench.file())
    bench.source.viewer = Drawings()
    assert (await render(bench, opened, 0, 7)).nodes == "[0,1,2,3,4]"
    assert await render(bench, opened, 5, 100) == RenderResult(start=5, count=2, nodes="[5,6]")
    assert await render(bench, opened, 7, 1) == RenderResult(start=7, count=0, nodes="[]")
    assert (await render(bench, opened, 0, 0)).count == 0


async def test_nothing_is_drawn_of_a_file_that_has_changed(bench: Bench) -> None:
    """As with rows."""
    path = bench.file()
    opened = await bench.open(path)
    bench.source.viewer = Drawings()
    path.write_bytes(b"other,content\n")
    with pytest.raises(DocumentChanged):
        await render(bench, opened, 0, 1)


async def test_a_plugin_that_cannot_draw_says_so(bench: Bench) -> None:
    """And how its records can be shown."""
    with pytest.raises(PluginRefused, match="does not draw records; they can be shown as a table"):
        await render(bench, await bench.open(bench.file()), 0, 1)
