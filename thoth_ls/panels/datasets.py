"""The tables of plugins, published (`dataset-bus`) or made when asked: whose, how many, how large, and for how long."""

from __future__ import annotations

import itertools
import secrets
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.catalog.harmless import harmless
from thoth_ls.documents.data.rows import pack
from thoth_ls.documents.data.table import Table
from thoth_ls.panels.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.documents.data.places import Place, Places
    from thoth_ls.documents.data.rows import Chunk
    from thoth_ls.wire.documents import Column

    Described = Sequence[Mapping[str, Any]]
    """`list<dataset-column>` as it comes from a guest."""
    Rows = Sequence[Sequence[str]]

MIB: Final = 1 << 20
MOST_SETS: Final = 32
MOST_BYTES: Final = 128 * MIB
"""Of all of them, as they are kept: about the length of their rows as JSON text."""
STREAM_ROWS: Final = 50_000
"""A table that rows are added to keeps so many, the newest."""
MOST_PRODUCED: Final = 4
"""Tables of one panel that were made when they were asked for; the oldest makes room for the next."""
MOST_COLUMNS: Final = 10_000
MOST_NAME: Final = 200
BUS: Final = "dataset-bus"


class TooMuch(Exception):
    """A table is not taken; the text says why."""


@dataclass(eq=False, slots=True)
class Dataset:
    """One table."""

    handle: str
    """Told to the panel that published it; one that was made when asked for is told to nobody."""
    owner: str
    panel_id: str | None
    """Of the panel that published it; None for one that no panel has published."""
    plugin: Plugin
    table: Table
    place: Place
    used: int
    """When it was last published, changed or opened: a number that grows."""


class Datasets:
    """All of them. For any thread; `log` and `on_changed` are called on the thread of whoever changes something."""

    def __init__(self, places: Places, log: Callable[[str, str, str], None]) -> None:
        """`log` gets a plugin's id, a level and a sentence for its log."""
        self._places = places
        self._log = log
        self.on_changed: Callable[[], None] = lambda: None
        """Hears that the list is another, or other rows are in it; may be replaced."""
        self._lock = threading.Lock()
        self._sets: dict[str, Dataset] = {}
        self._clock = itertools.count(1)

    def imports(self, plugin: Plugin, caller: Caller) -> Mapping[str, Callable[..., Any]]:
        """The functions of `dataset-bus` for one guest. What a panel published stays when its guest dies."""
        owner = f"panel {caller.panel_id}" if caller.panel_id is not None else f"guest {caller.number}"
        if caller.panel_id is None:
            caller.at_end(lambda: self._drop_all(owner))
        return {
            "publish": lambda name, columns, rows: self._publish(plugin, owner, caller.panel_id, name, columns, rows),
            "update": lambda handle, columns, rows: self._update(owner, handle, columns, rows),
            "append": lambda handle, rows: self._append(owner, handle, rows),
            "release": lambda handle: self._release(owner, handle),
        }

    def of_panel(self, panel_id: str, handle: str) -> Dataset | None:
        """A table that panel published and has not let go of; it counts as used."""
        with self._lock:
            found = self._sets.get(handle)
            if found is None or found.panel_id != panel_id:
                return None
            found.used = next(self._clock)
            return found

    def all(self) -> Sequence[Dataset]:
        """Those of panels, in the order of their publishing."""
        with self._lock:
            return [item for item in self._sets.values() if item.panel_id is not None]

    def keep_produced(self, plugin: Plugin, panel_id: str, table: Table) -> Place:
        """Keeps a table that a panel made when it was asked, of the last few that it made."""
        owner = _producer(panel_id)
        place = self._places.hand_over(table.name, plugin.id, table=table)
        with self._lock:
            made = self._added(owner, None, plugin, table, place)
            gone = [item for item in self._sets.values() if item.owner == owner][:-MOST_PRODUCED]
            for item in gone:
                del self._sets[item.handle]
            gone += self._evicted(made)
        if gone:
            self._over(gone)
        return place

    def panel_closed(self, panel_id: str) -> None:
        """Drops what a panel published or made."""
        self._drop_all(f"panel {panel_id}")
        self._drop_all(_producer(panel_id))

    def _publish(
        self, plugin: Plugin, owner: str, panel_id: str | None, name: str, described: Described, rows: Rows
    ) -> str:
        try:
            columns, chunks = _packed(described, rows)
        except TooMuch as error:
            self._log(plugin.id, "warning", f"{BUS}.publish: {error}")
            return ""
        table = table_of(plugin, name, columns, chunks)
        if table.size > MOST_BYTES:
            self._log(plugin.id, "warning", f"{BUS}.publish: {_too_large(table.size)}")
            return ""
        place = self._places.hand_over(table.name, plugin.id, table=table)
        with self._lock:
            gone = [item for item in self._sets.values() if item.owner == owner]
            for item in gone:
                del self._sets[item.handle]
            made = self._added(owner, panel_id, plugin, table, place)
            gone += self._evicted(made)
        self._over(gone)
        return made.handle

    def _added(self, owner: str, panel_id: str | None, plugin: Plugin, table: Table, place: Place) -> Dataset:
        handle = f"data-{secrets.token_hex(16)}"
        self._sets[handle] = Dataset(handle, owner, panel_id, plugin, table, place, next(self._clock))
        return self._sets[handle]

    def _update(self, owner: str, handle: str, described: Described, rows: Rows) -> None:
        item = self._own(owner, handle, "update")
        if item is None:
            return
        try:
            columns, chunks = _packed(described, rows)
        except TooMuch as error:
            self._log(item.plugin.id, "warning", f"{BUS}.update: {error}")
            return
        size = sum(chunk.size for chunk in chunks)
        if size > MOST_BYTES:
            self._log(item.plugin.id, "warning", f"{BUS}.update: {_too_large(size)}")
            return
        item.table.replace(columns, chunks)
        self._grown(item)

    def _append(self, owner: str, handle: str, rows: Rows) -> None:
        item = self._own(owner, handle, "append")
        if item is not None and rows:
            item.table.append(rows, STREAM_ROWS, MOST_BYTES)
            self._grown(item)

    def _release(self, owner: str, handle: str) -> None:
        item = self._own(owner, handle, "release")
        if item is not None:
            with self._lock:
                self._sets.pop(handle, None)
            self._over([item])

    def _own(self, owner: str, handle: str, function: str) -> Dataset | None:
        """The table, where it is this owner's; that it is none is said in the log alone, as the contract has it."""
        with self._lock:
            item = self._sets.get(handle)
            if item is not None and item.owner == owner:
                item.used = next(self._clock)
                return item
        return None

    def _grown(self, item: Dataset) -> None:
        with self._lock:
            gone = self._evicted(item)
        self._over(gone)

    def _evicted(self, but: Dataset) -> list[Dataset]:
        """Takes out what there is no more room for: first what nobody looks at, of that what was longest not used."""
        gone = []
        size = sum(item.table.size for item in self._sets.values())
        for item in sorted(self._sets.values(), key=lambda item: (item.place.in_use, item.used)):
            if len(self._sets) <= MOST_SETS and size <= MOST_BYTES:
                break
            if item is not but:
                del self._sets[item.handle]
                size -= item.table.size
                gone.append(item)
                said = f"{item.table.name} was let go of: {MOST_SETS} tables of {MOST_BYTES // MIB} MiB are kept"
                self._log(item.plugin.id, "warning", f"{BUS}: {said}")
        return gone

    def _drop_all(self, owner: str) -> None:
        with self._lock:
            gone = [item for item in self._sets.values() if item.owner == owner]
            for item in gone:
                del self._sets[item.handle]
        if gone:
            self._over(gone)

    def _over(self, gone: Sequence[Dataset]) -> None:
        for item in gone:
            self._places.withdraw(item.place)
        self.on_changed()


def _producer(panel_id: str) -> str:
    """The owner of what a panel makes when it is asked."""
    return f"producer {panel_id}"


def table_of(plugin: Plugin, name: str, columns: Sequence[Column], chunks: Sequence[Chunk]) -> Table:
    """A table as a document, under a name that can be shown."""
    manifest = plugin.manifest
    table = Table(
        harmless(name, MOST_NAME) or "Table", plugin.id, harmless(manifest.name, MOST_NAME) if manifest else plugin.id
    )
    table.replace(columns, chunks)
    return table


def _packed(described: Described, rows: Rows) -> tuple[list[Column], list[Chunk]]:
    if len(described) > MOST_COLUMNS:
        raise TooMuch(f"the table has {len(described):,} columns, and {MOST_COLUMNS:,} are taken")
    columns = columns_of(described)
    return columns, pack(rows, len(columns))


def _too_large(size: int) -> str:
    return f"the table takes {size / MIB:,.0f} MiB, and {MOST_BYTES // MIB} MiB are kept altogether"
