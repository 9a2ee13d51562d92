"""Records as JSON text, as many as fit into one answer."""

from __future__ import annotations

from thoth_ls.documents.portions import Portions
from thoth_ls.documents.reading import Reading
from thoth_ls.wire.records import RecordsResult

TEXT_LIMIT = 8 << 20
"""An answer of more characters ends early; whoever asked goes on from where it stops."""


async def record_texts(reading: Reading, start: int, count: int) -> RecordsResult:
    """Records from `start` on, of which the first is waited for."""
    await reading.finish(start)
    records: list[str] = []
    size = 0
    too_large = False
    portions = Portions(reading.source, most=count)
    while len(records) < count and size < TEXT_LIMIT:
        texts = await portions.next(start + len(records), count - len(records))
        if not texts:
            too_large = texts is None
            break
        records += texts
        size += sum(map(len, texts))
        if start + len(records) >= reading.progress.records:
            break
    await reading.watcher.verify()
    return RecordsResult(records=records, too_large=too_large)
