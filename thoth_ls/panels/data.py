"""What nodes `data-view` show, and what people open from the list of data: tables and bodies as documents."""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
import threading
from typing import TYPE_CHECKING, Any, Final, Protocol

from thoth_ls.calling import HostRefusal, soon
from thoth_ls.catalog.harmless import harmless
from thoth_ls.documents.data.rows import pack
from thoth_ls.errors import FileUnreadable, PluginInvalid, PluginRefused, UnknownDocument
from thoth_ls.net.http.showing import file_name, lay_out
from thoth_ls.panels.columns import columns_of
from thoth_ls.panels.datasets import MIB, MOST_BYTES, MOST_COLUMNS, MOST_NAME, table_of
from thoth_ls.wire.datasets import DatasetInfo, DatasetList, DidChangeDatasets
from thoth_ls.wire.panels import PanelBytes, PanelData

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.documents.data.places import Place, Places
    from thoth_ls.documents.data.table import Table
    from thoth_ls.net.http.bodies import Body
    from thoth_ls.panels.datasets import Datasets
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.wire.datasets import OpenDatasetParams
    from thoth_ls.wire.panels import PanelBytesParams, PanelDataParams

PRODUCER: Final = "data-producer"
MOST_LAID_OUT: Final = 8
"""Names under which one body is a document at a time; the oldest makes room for the next."""


class Open(Protocol):
    """An open panel, as far as it counts here."""

    panel_id: str
    plugin: Plugin

    @property
    def title(self) -> str:
        """As it is now, made harmless."""

    @property
    def instance(self) -> PluginInstance:
        """The instance that draws it."""

    async def provide(self, interface: str, function: str) -> Any:
        """What another export of its guest returns; raises ThothError."""


class OpenPanels(Protocol):
    """Those that are open."""

    def get(self, panel_id: str) -> Open:
        """The panel of that id; raises UnknownPanel."""

    def all(self) -> Sequence[Open]:
        """All of them."""


class PanelDocuments:
    """Makes documents of what panels hold. Belongs to the event loop, but for what bodies tell of their end.

    `body` finds a body by the id of a panel and its handle, and raises HostRefusal; `folder` is this process's alone.
    """

    def __init__(
        self,
        panels: OpenPanels,
        places: Places,
        datasets: Datasets,
        body: Callable[[str, str], Body],
        folder: Path,
        tell: Callable[[DidChangeDatasets], None],
    ) -> None:
        self._panels = panels
        self._places = places
        self._datasets = datasets
        self._body = body
        self._folder = folder
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        datasets.on_changed = self.changed
        self._told = threading.Event()
        """Set while it is about to be told that the list is another."""
        self._numbers = itertools.count(1)
        self._bodies: dict[Body, dict[str, Place]] = {}
        self._lock = threading.Lock()

    async def data(self, params: PanelDataParams) -> PanelData:
        """A table or a body of a panel as a document; raises UnknownPanel, FileUnreadable, and UnknownDocument."""
        panel = self._panels.get(params.panel_id)
        dataset = self._datasets.of_panel(panel.panel_id, params.handle)
        if dataset is not None:
            return _told(dataset.place)
        try:
            body = self._body(panel.panel_id, params.handle)
        except HostRefusal:
            raise _unknown(params.handle) from None
        name = file_name(params.name)
        with self._lock:
            known = self._bodies.get(body, {}).get(name)
        return _told(known or await self._laid_out(panel.plugin, body, name, params.handle))

    async def piece(self, params: PanelBytesParams) -> PanelBytes:
        """A piece of a body of a panel; raises UnknownPanel, UnknownDocument, and FileUnreadable."""
        panel = self._panels.get(params.panel_id)
        try:
            body = self._body(panel.panel_id, params.handle)
        except HostRefusal:
            raise _unknown(params.handle) from None
        try:
            read = await asyncio.to_thread(body.read, params.offset, params.count)
        except HostRefusal as refusal:
            raise FileUnreadable(f"Cannot show this body: {refusal}.") from None
        return PanelBytes(base64=base64.b64encode(read).decode("ascii"), size=body.size)

    def list(self) -> DatasetList:
        """What was published, and the panels that make a table when they are asked."""
        published = [
            DatasetInfo(
                panel_id=item.panel_id or "",
                plugin_id=item.plugin.id,
                plugin_name=item.table.plugin_name,
                kind="published",
                handle=item.handle,
                name=item.table.name,
                rows=item.table.count,
                columns=len(item.table.columns),
                revision=item.table.revision,
            )
            for item in self._datasets.all()
        ]
        producers = [
            DatasetInfo(
                panel_id=panel.panel_id,
                plugin_id=panel.plugin.id,
                plugin_name=_name(panel.plugin),
                kind="producer",
                handle="",
                name=panel.title,
                rows=0,
                columns=0,
                revision=0,
            )
            for panel in self._panels.all()
            if PRODUCER in panel.instance.exports
        ]
        return DatasetList(datasets=[*published, *producers])

    async def open(self, params: OpenDatasetParams) -> PanelData:
        """A published table, or the one that a plugin makes now. Raises UnknownPanel, UnknownDocument, PluginError."""
        panel = self._panels.get(params.panel_id)
        if params.handle:
            dataset = self._datasets.of_panel(panel.panel_id, params.handle)
            if dataset is None:
                raise _unknown(params.handle)
            return _told(dataset.place)
        if PRODUCER not in panel.instance.exports:
            raise PluginRefused(panel.plugin.id, "it makes no table for others; choose one that it has published")
        made = await panel.provide(PRODUCER, "provide-dataset")
        table = await asyncio.to_thread(_produced, panel.plugin, made)
        self._panels.get(params.panel_id)  # it may have been closed meanwhile
        return _told(self._datasets.keep_produced(panel.plugin, panel.panel_id, table))

    def panel_opened(self, panel: Open) -> None:
        """It may be asked for a table."""
        if PRODUCER in panel.instance.exports:
            self.changed()

    def panel_closed(self, panel: Open) -> None:
        """Lets go of what was made of a panel; its bodies end with its guest."""
        self._datasets.panel_closed(panel.panel_id)
        self.changed()

    def changed(self) -> None:
        """What `list` says is different now. For any thread."""
        if not self._told.is_set():
            self._told.set()
            soon(self._loop, self._tell_changed)

    def _tell_changed(self) -> None:
        self._told.clear()
        self._tell(DidChangeDatasets())

    async def _laid_out(self, plugin: Plugin, body: Body, name: str, handle: str) -> Place:
        """The body as a file of that name, in a folder of its own."""
        folder = self._folder / str(next(self._numbers))
        try:
            await asyncio.to_thread(lay_out, body, self._folder, folder / name)
        except OSError as error:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            if isinstance(error, FileNotFoundError):  # the plugin has let go of the body meanwhile
                raise _unknown(handle) from None
            said = f"Cannot show {name}: it cannot be written to {self._folder}: {error.strerror or error}."
            raise FileUnreadable(said) from None
        place = self._places.hand_over(
            name, plugin.id, path=folder / name, discard=lambda: shutil.rmtree(folder, ignore_errors=True)
        )
        with self._lock:
            first = body not in self._bodies
            names = self._bodies.setdefault(body, {})
            other = names.setdefault(name, place)
            old = names.pop(next(iter(names))) if len(names) > MOST_LAID_OUT else None
        if other is not place:  # somebody else was asked for the same meanwhile
            self._places.withdraw(place)
        if old is not None:
            self._places.withdraw(old)
        if first:
            body.at_removal(lambda: self._removed(body))
        return other

    def _removed(self, body: Body) -> None:
        with self._lock:
            gone = list(self._bodies.pop(body, {}).values())
        for place in gone:
            self._places.withdraw(place)


def _produced(plugin: Plugin, made: Any) -> Table:
    """The table that a plugin has made; raises PluginInvalid."""
    said = f"{PRODUCER}.provide-dataset returned"
    if len(made["columns"]) > MOST_COLUMNS:
        raise PluginInvalid(plugin.id, f"{said} {len(made['columns']):,} columns; {MOST_COLUMNS:,} are taken")
    columns = columns_of(made["columns"])
    table = table_of(plugin, made["name"], columns, pack(made["rows"], len(columns)))
    if table.size > MOST_BYTES:
        raise PluginInvalid(plugin.id, f"{said} more than {MOST_BYTES // MIB} MiB, as much as is kept of tables")
    return table


def _told(place: Place) -> PanelData:
    return PanelData(uri=place.uri, name=place.name)


def _unknown(handle: str) -> UnknownDocument:
    return UnknownDocument(
        f"The panel has no data {handle[:50]!r}: it has let go of it, or never had it. Have it show the data again."
    )


def _name(plugin: Plugin) -> str:
    return harmless(plugin.manifest.name, MOST_NAME) if plugin.manifest else plugin.id
