"""What commands return: checked, and kept as files that can be opened."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import shutil
import threading
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.commands.strict_json import NotJson, record_texts
from thoth_ls.documents.spool import sweep
from thoth_ls.errors import FileUnwritable, PluginInvalid
from thoth_ls.paths import private

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

RUN = "plugin-cli.run"
MAX_RECORDS = 2_000_000
KEPT = 200
"""Results of one server; the oldest makes room for the next."""


def read_records(plugin_id: str, text: object) -> list[str]:
    """The records in `CliOutput` as JSON text, each an object on one line; raises PluginInvalid."""
    if not isinstance(text, str):
        raise PluginInvalid(plugin_id, f"{RUN} did not return text")
    try:
        records = record_texts(text)
    except NotJson as error:
        said = f'{RUN} returned no {{"records":[{{…}},…]}}: {error}'
        raise PluginInvalid(plugin_id, said) from None
    if len(records) > MAX_RECORDS:
        raise PluginInvalid(plugin_id, f"{RUN} returned {len(records):,} records; {MAX_RECORDS:,} are allowed")
    return records


class ResultFiles:
    """Files of records in a private folder of this process below `folder`, made when it is needed.

    Those of processes that have ended are removed on the way.
    """

    def __init__(self, folder: Path) -> None:
        self._parent = folder
        self._own = folder / f"{os.getpid()}-{os.urandom(4).hex()}"
        self._numbers = itertools.count(1)
        self._kept: deque[Path] = deque()
        self._lock = threading.Lock()
        self._swept = False

    def write(self, name: str, records: Sequence[str]) -> Path:
        """A file with a record a line, named after `name`; raises FileUnwritable. Works on any thread."""
        with self._lock:
            if not self._swept:
                self._swept = True
                sweep(self._parent)
            path = self._own / f"{name}-{next(self._numbers)}.ndjson"
            self._kept.append(path)
            old = self._kept.popleft() if len(self._kept) > KEPT else None
        if old is not None:
            _remove(old)
        try:
            private(self._parent)
            private(self._own)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{record}\n" for record in records)
        except OSError as error:
            _remove(path)
            said = error.strerror or str(error)
            raise FileUnwritable(f"The result cannot be kept in {self._parent}: {said}.") from None
        return path

    def close(self) -> None:
        """Removes the folder with whatever is in it."""
        shutil.rmtree(self._own, ignore_errors=True)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
