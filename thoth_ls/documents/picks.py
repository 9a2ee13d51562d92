"""Rows of single records: runs of consecutive ones are read as pages, and joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thoth_ls.documents.pages import TEXT_LIMIT, join_rows, read_rows
from thoth_ls.documents.reading import Reading
from thoth_ls.wire.picks import PickResult


async def pick(reading: Reading, records: Sequence[int]) -> PickResult:
    """The rows of `records`, waiting for them to be read; ends early at a record that is not there."""
    pieces: list[str] = []
    count = size = longest = 0
    for start, length in runs(records):
        await reading.reach(start + length - 1)
        rows = await read_rows(reading.source, start, length, reading.progress.records)
        longest = max(longest, rows.cells)
        if rows.count:
            pieces.append(rows.text)
            count += rows.count
            size += len(rows.text)
        if rows.count < length or size >= TEXT_LIMIT:
            break
    await reading.reach_columns(longest)
    await reading.watcher.verify()
    return PickResult(count=count, rows=join_rows(pieces))


def runs(records: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Records that follow each other, as where each run begins and how long it is."""
    start = length = 0
    for record in records:
        if length and record == start + length:
            length += 1
            continue
        if length:
            yield start, length
        start, length = record, 1
    if length:
        yield start, length
