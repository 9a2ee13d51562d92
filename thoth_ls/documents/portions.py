"""Records as JSON text, asked for in portions of about the same size."""

from __future__ import annotations

from collections.abc import Sequence

from thoth_ls.documents.source import Source
from thoth_ls.errors import Limit, PluginLimitHit, PluginRefused

PORTION = 1 << 20
"""Characters to ask for at once, about."""
AIM_SECONDS = 0.04
"""Time to spend on one portion, about: after each the work can be cancelled and tell what it found."""
FIRST_RECORDS = 16
MOST_RECORDS = 5_000


class Portions:
    """Asks for as many records at a time as make up a portion, by the size of those before."""

    def __init__(self, source: Source, most: int = MOST_RECORDS) -> None:
        self._source = source
        self._most = most
        self._count = FIRST_RECORDS

    async def next(self, start: int, most: int = MOST_RECORDS) -> Sequence[str] | None:
        """Records from `start` on, none at the end of what has been read; None where the first of them is too large."""
        while True:
            try:
                texts = await self._source.records(start, min(self._count, most))
            except (PluginRefused, PluginLimitHit) as error:
                if isinstance(error, PluginLimitHit) and error.limit is not Limit.RESULT_SIZE:
                    raise
                if self._count == 1:
                    return None
                self._count = max(1, self._count // 8)
                continue
            self._sized(len(texts), sum(map(len, texts)))
            return texts

    def took(self, seconds: float) -> None:
        """Working on the last portion took so long; the next one is smaller if that was too long."""
        if seconds > 2 * AIM_SECONDS:
            self._count = max(1, int(self._count * AIM_SECONDS / seconds))

    def _sized(self, count: int, size: int) -> None:
        if count:
            fits = max(1, PORTION * count // max(1, size))
            self._count = min(fits, self._count * 4, self._most)
