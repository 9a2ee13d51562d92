"""Open files whose plugin is switched off, or is another by now."""

from __future__ import annotations

import asyncio

import pytest

from tests.documents.conftest import Bench, rows, settled
from tests.fakes import PLUGIN_ID
from thoth_ls.errors import DocumentChanged, PluginDisabled, UnknownDocument
from thoth_ls.wire.documents import DidChange, DidFail, DidProgress

OFF = PluginDisabled(PLUGIN_ID, "it is switched off")


async def test_whoever_waits_for_rows_is_told_that_the_plugin_is_off(bench: Bench) -> None:
    """Reading on ends, and one event says why."""
    bench.loader.rows = rows(100)
    behaviour = bench.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    opened = await bench.open(bench.file())
    waiting = asyncio.create_task(bench.page(opened, 75, 5))
    await settled(lambda: "advance" in bench.source.calls)
    bench.documents.plugin_stopped(PLUGIN_ID, OFF)
    with pytest.raises(PluginDisabled, match="switched off"):
        await waiting
    with pytest.raises(PluginDisabled, match="switched off"):
        await bench.page(opened, 0, 1)
    [failed] = [event for event in bench.events.all if isinstance(event, DidFail)]
    assert (failed.document_id, failed.generation, failed.kind) == (opened.document_id, 1, "pluginDisabled")
    told = len([event for event in bench.events.all if isinstance(event, DidProgress)])
    behaviour.gate.set()
    await asyncio.sleep(0)
    assert len([event for event in bench.events.all if isinstance(event, DidProgress)]) == told


async def test_files_read_by_others_go_on(bench: Bench) -> None:
    """Only the plugin that is meant is concerned."""
    opened = await bench.open(bench.file())
    bench.documents.plugin_stopped("com.example.other", OFF)
    bench.documents.plugin_changed("com.example.other", "It was reloaded.")
    assert (await bench.page(opened, 0, 1)).count == 1
    assert not any(isinstance(event, DidFail | DidChange) for event in bench.events.all)


async def test_a_file_is_read_anew_when_its_plugin_is_another(bench: Bench) -> None:
    """The client is told once; until it has reopened the file, rows are refused as those of a changed file are."""
    opened = await bench.open(bench.file())
    bench.documents.plugin_changed(PLUGIN_ID, "Plugin x was reloaded.")
    [change] = [event for event in bench.events.all if isinstance(event, DidChange)]
    assert (change.generation, change.change, change.message) == (1, "reloaded", "Plugin x was reloaded.")
    with pytest.raises(DocumentChanged, match=r"Plugin x was reloaded. table.csv has to be read again."):
        await bench.page(opened, 0, 1)
    again = await bench.reopen(opened)
    assert again.generation == 2
    assert (await bench.page(again, 0, 1)).count == 1
    with pytest.raises(UnknownDocument):
        await bench.page(opened, 0, 1)


async def test_a_file_whose_plugin_was_off_is_told_when_it_is_back(bench: Bench) -> None:
    """And can be closed before that."""
    opened, other = await bench.open(bench.file()), await bench.open(bench.file("other.csv"))
    bench.documents.plugin_stopped(PLUGIN_ID, OFF)
    await bench.close(other)
    bench.documents.plugin_changed(PLUGIN_ID, "Plugin x was switched on.")
    changes = [event for event in bench.events.all if isinstance(event, DidChange)]
    assert [change.document_id for change in changes] == [opened.document_id]
    assert (await bench.page(await bench.reopen(opened), 0, 1)).count == 1
