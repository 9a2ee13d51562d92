"""Columns that turn up while a file is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from thoth_ls.documents.pace import Rhythm
from thoth_ls.documents.reading import Reading
from thoth_ls.errors import PluginInvalid
from thoth_ls.wire.documents import Column

ASK_SECONDS = 0.3


class Growth:
    """Asks the plugin for its columns again, where it says that there may be more: a few times a second at most."""

    def __init__(self, reading: Reading, rhythm: Callable[[], bool] | None = None) -> None:
        self._reading = reading
        self._due = rhythm or Rhythm(ASK_SECONDS).due
        self._growing = reading.opened.description.growing
        self._records = reading.opened.progress.records

    async def look(self) -> Sequence[Column] | None:
        """All columns when some have turned up since they were told last, None otherwise."""
        reading = self._reading
        records = reading.progress.records
        if not self._growing or records == self._records or not (reading.progress.done or self._due()):
            return None
        self._records = records
        now = await reading.source.describe()
        self._growing = now.growing
        known = reading.columns
        if [column.name for column in now.columns[: len(known)]] != [column.name for column in known]:
            raise PluginInvalid(reading.source.plugin_id, "moved or took back columns that it had told before")
        if len(now.columns) == len(known):
            return None
        reading.columns = now.columns
        return now.columns
