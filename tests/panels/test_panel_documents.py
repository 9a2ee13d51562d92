"""Handles of panels as documents, where things go wrong or come at the same time."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.panels.callers import Bus, a_plugin
from thoth_ls.calling import UNKNOWN_ID, HostRefusal
from thoth_ls.errors import FileUnreadable, PluginInvalid, PluginRefused, UnknownDocument, UnknownPanel
from thoth_ls.net.http.bodies import Body
from thoth_ls.panels import data as module
from thoth_ls.panels import datasets
from thoth_ls.panels.data import PanelDocuments
from thoth_ls.wire.datasets import DidChangeDatasets, OpenDatasetParams
from thoth_ls.wire.panels import PanelBytesParams, PanelDataParams


class Panel:
    """One that is open; its plugin makes what it is given."""

    panel_id = "p1"
    title = "A panel"

    def __init__(self, made: Any = None) -> None:
        self.plugin = a_plugin()
        self.made = made
        self.instance: Any = self
        self.exports = {"data-producer"} if made is not None else set()

    async def provide(self, *call: str) -> Any:
        assert call == ("data-producer", "provide-dataset")
        return self.made


class Stage:
    """Documents of one panel with one body."""

    def __init__(self, folder: Path, body: Body, panel: Panel | None = None) -> None:
        self.bus = Bus()
        self.folder = folder
        self.panels: dict[str, Panel] = {"p1": panel or Panel()}
        self.held = {"body-1": body}
        self.told: list[DidChangeDatasets] = []
        self.documents = PanelDocuments(
            self, self.bus.places, self.bus.datasets, self._body, folder / "r" / "data", self.told.append
        )

    def get(self, panel_id: str) -> Any:
        if panel_id not in self.panels:
            raise UnknownPanel("not open")
        return self.panels[panel_id]

    def all(self) -> Sequence[Any]:
        return list(self.panels.values())

    async def data(self, name: str = "", handle: str = "body-1") -> str:
        """The address of a body."""
        return (await self.documents.data(PanelDataParams(panel_id="p1", handle=handle, name=name))).uri

    def files(self) -> list[str]:
        """What lies on the disk."""
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())

    def _body(self, panel_id: str, handle: str) -> Body:
        if handle not in self.held:
            raise HostRefusal("no body", UNKNOWN_ID)
        return self.held[handle]


async def test_a_body_in_memory_becomes_a_file_once(tmp_path: Path) -> None:
    """However many ask at the same time; it goes with the body."""
    body = Body(b'{"a":1}', None, 7)
    stage = Stage(tmp_path, body)
    addresses = await asyncio.gather(*(stage.data("a.json") for _ in range(20)))
    assert len(set(addresses)) == 1
    assert stage.files() == ["a.json"]
    place = stage.bus.places.find(addresses[0])
    assert place.path is not None
    assert place.path.read_bytes() == b'{"a":1}'
    body.remove()
    assert stage.files() == ["a.json"]  # it is looked at
    place.release()
    assert stage.files() == []
    with pytest.raises(FileUnreadable):
        stage.bus.places.find(addresses[0])


async def test_a_body_is_handed_over_in_pieces(tmp_path: Path) -> None:
    """What is asked for, less at its end, nothing beyond it; and how much there is of all."""
    stage = Stage(tmp_path, Body(bytes(range(10)), None, 10))

    async def piece(offset: int, handle: str = "body-1") -> tuple[bytes, int]:
        params = PanelBytesParams(panel_id="p1", handle=handle, offset=offset, count=4)
        found = await stage.documents.piece(params)
        return base64.b64decode(found.base64), found.size

    assert [await piece(at) for at in (0, 8, 10, 2**50)] == [(b"\0\1\2\3", 10), (b"\x08\x09", 10), (b"", 10), (b"", 10)]
    with pytest.raises(UnknownDocument):
        await piece(0, "body-2")
    stage.held["body-3"] = Body(b"", tmp_path / "gone.body", 5)
    with pytest.raises(FileUnreadable, match="cannot be read any more"):
        await piece(0, "body-3")
    assert stage.files() == []


async def test_a_body_that_is_let_go_of_while_it_is_laid_out_leaves_nothing(tmp_path: Path) -> None:
    """Whichever comes first."""
    gone = tmp_path / "gone.body"
    stage = Stage(tmp_path, Body(b"", gone, 5))
    with pytest.raises(UnknownDocument):
        await stage.data("a.json")
    body = Body(b"x", None, 1)
    stage.held["body-1"] = body
    asking = asyncio.create_task(stage.data("b.json"))
    await asyncio.sleep(0)
    body.remove()
    await asking
    assert stage.files() == []


async def test_a_disk_that_takes_nothing_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not the panel's fault."""

    def full(*given: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "lay_out", full)
    with pytest.raises(FileUnreadable, match="No space left on device"):
        await Stage(tmp_path, Body(b"x", None, 1)).data("a.json")


async def test_unknown_handles_and_panels_are_told(tmp_path: Path) -> None:
    """Whatever they look like."""
    stage = Stage(tmp_path, Body(b"x", None, 1))
    for handle in ("", "body-2", "data-1", "x" * 100):
        with pytest.raises(UnknownDocument):
            await stage.data("a", handle)
    del stage.panels["p1"]
    with pytest.raises(UnknownPanel):
        await stage.data()


TABLE = {"name": "Made", "kind": "x", "columns": [{"name": "a", "type_hint": "int"}], "rows": [["1"]]}


async def test_what_is_made_when_it_is_asked_for_is_another_document_each_time(tmp_path: Path) -> None:
    """Of many the oldest make room; all go with the panel."""
    stage = Stage(tmp_path, Body(b"x", None, 1), Panel(TABLE))
    asked = OpenDatasetParams(panel_id="p1", handle="")
    made = [(await stage.documents.open(asked)).uri for _ in range(6)]
    assert len(set(made)) == 6
    with pytest.raises(FileUnreadable):
        stage.bus.places.find(made[0])
    assert stage.bus.places.find(made[-1]).table is not None
    stage.documents.panel_closed(stage.panels["p1"])
    with pytest.raises(FileUnreadable):
        stage.bus.places.find(made[-2])


async def test_what_is_made_counts_towards_what_is_kept_of_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It makes others go, and goes for others, first what nobody looks at; the list says nothing of it."""
    monkeypatch.setattr(datasets, "MOST_BYTES", 100_000)
    stage = Stage(tmp_path, Body(b"x", None, 1), Panel({**TABLE, "rows": [["x" * 1_000]] * 40}))
    panel = stage.bus.panel("p1")
    handle = panel.publish([["y" * 1_000]] * 40, "a")
    asked = OpenDatasetParams(panel_id="p1", handle="")
    first, second = [(await stage.documents.open(asked)).uri for _ in range(2)]
    assert stage.bus.rows("p1", handle) is None
    assert stage.documents.list().datasets[0].kind == "producer"
    looked_at = stage.bus.places.find(first)
    other = stage.bus.panel("p2")
    handle = other.publish([["z" * 1_000]] * 40, "a")
    assert stage.bus.rows("p2", handle) == 40
    with pytest.raises(FileUnreadable):
        stage.bus.places.find(second)
    assert stage.bus.places.find(first) is looked_at
    assert any("Made was let go of" in line for line in stage.bus.log)


async def test_a_plugin_that_makes_too_much_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns, or bytes; and one that makes nothing at all."""
    asked = OpenDatasetParams(panel_id="p1", handle="")
    wide = {**TABLE, "columns": TABLE["columns"] * 20_000}  # type: ignore[operator]
    with pytest.raises(PluginInvalid, match="20,000 columns"):
        await Stage(tmp_path, Body(b"x", None, 1), Panel(wide)).documents.open(asked)
    monkeypatch.setattr(module, "MOST_BYTES", 1_000)
    with pytest.raises(PluginInvalid, match="MiB"):
        await Stage(tmp_path, Body(b"x", None, 1), Panel({**TABLE, "rows": [["x" * 2_000]]})).documents.open(asked)
    with pytest.raises(PluginRefused, match="makes no table"):
        await Stage(tmp_path, Body(b"x", None, 1)).documents.open(asked)


async def test_a_flood_of_changes_is_told_once_in_each_turn(tmp_path: Path) -> None:
    """Ten thousand appends are no ten thousand messages."""
    stage = Stage(tmp_path, Body(b"x", None, 1))
    panel = stage.bus.panel("p1")
    handle = panel.publish([], "a")
    stage.bus.datasets.on_changed = stage.documents.changed
    for number in range(1_000):
        panel.append(handle, [[str(number)]])
    await asyncio.sleep(0.01)
    assert len(stage.told) == 1
    (item,) = stage.documents.list().datasets
    assert (item.rows, item.handle) == (1_000, handle)
