"""Tables of several chunks: searches in small steps, and what is kept of large cells."""

from __future__ import annotations

import json

import pytest

from thoth_ls.documents.data.rows import CHUNK_BYTES, pack
from thoth_ls.documents.data.source import TableSource
from thoth_ls.documents.data.table import Table
from thoth_ls.documents.source import Query
from thoth_ls.wire.documents import Column

MIB = 1 << 20


def table_of(rows: list[list[str]]) -> Table:
    """A table of one column."""
    table = Table("Result", "com.example.explorer", "Explorer")
    table.replace([Column(name="s", type="text", nulls=[])], pack(rows, 1))
    return table


@pytest.mark.parametrize("max_bytes", [5_000, 100_000])
async def test_a_search_in_small_steps_finds_a_row_once_and_where_it_is(max_bytes: int) -> None:
    """Also where a step stops within a chunk and another chunk follows."""
    texts = [f"r{number:05d} " + "x" * 700 for number in range(3_000)]
    source = TableSource(table_of([[text] for text in texts]).view())
    assert len(source.view.chunks) > 2
    for number in (0, 141, 999, 1_000, 1_500, 2_999):
        found: list[int] = []
        at, done = 0, False
        while not done:
            step = await source.find(Query(texts[number], match_case=True, whole_cell=True), at, max_bytes)
            assert step.next_record > at
            found += [record for record, _ in step.matches]
            at, done = step.next_record, step.done
        assert found == [number]
        assert json.loads(await source.page(number, 1)) == [[texts[number]]]


def test_large_cells_fill_a_chunk_too() -> None:
    """Though pages hold no more than their beginning."""
    chunks = pack([["x" * 100_000] for _ in range(100)], 1)
    assert len(chunks) > 5
    assert all(chunk.size < CHUNK_BYTES + 110_000 for chunk in chunks)


def test_the_newest_rows_are_kept_where_a_table_takes_too_much() -> None:
    """Of large cells as of small ones; the row that was just added is always there."""
    table = table_of([])
    for number in range(40):
        table.append([[f"{number} " + "x" * (MIB // 4)]], 50_000, 4 * MIB)
        assert table.count >= min(number + 1, 8)
    assert table.size <= 4 * MIB
    table.append([["y" * 5 * MIB]], 50_000, 4 * MIB)
    assert table.count >= 1
    last = table.view().chunks[-1]
    assert last.long[len(last) - 1, 0] == b"y" * 5 * MIB
