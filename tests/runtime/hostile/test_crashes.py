"""A guest that crashes costs the call, never the server, and is not revived for ever."""

from __future__ import annotations

import asyncio

import pytest

from tests.runtime.hostile.attacks import TRAP
from tests.runtime.hostile.guests import ANSWER, MEMORY, TO_ANSWER, guest
from tests.runtime.hostile.stage import PLUGIN, Stage
from thoth_ls.errors import PluginDisabled, PluginInvalid, PluginTrapped

COUNTER = MEMORY + "(global $opened (mut i64) (i64.const 0))"
COUNT = f"""
  (global.set $opened (i64.add (global.get $opened) (i64.const 1)))
  (i64.store (i32.const {ANSWER + 8}) (global.get $opened))
  {TO_ANSWER}
"""
"""Returns how often it was called in the life of this guest."""


async def test_after_a_trap_the_next_call_meets_a_fresh_guest(stage: Stage) -> None:
    """A trapped guest cannot be entered again; its state is gone with it."""
    instance = await stage.put_on(guest({"file-loader#open": COUNT, "file-loader#get": TRAP}, memory=COUNTER))
    assert await instance.call("file-loader", "open", "/data/a.csv") == 1
    assert await instance.call("file-loader", "open", "/data/a.csv") == 2
    with pytest.raises(PluginTrapped) as caught:
        await instance.call("file-loader", "get", 0)
    assert caught.value.facts() == {"pluginId": PLUGIN, "export": "file-loader.get"}
    assert await instance.call("file-loader", "open", "/data/a.csv") == 1


async def test_calls_that_wait_behind_a_crash_are_answered_by_the_next_guest(stage: Stage) -> None:
    """Whoever stood in the queue does not pay for the one before."""
    instance = await stage.put_on(guest({"file-loader#open": COUNT, "file-loader#get": TRAP}, memory=COUNTER))
    crash, waiting = await asyncio.gather(
        instance.call("file-loader", "get", 0),
        instance.call("file-loader", "open", "/data/a.csv"),
        return_exceptions=True,
    )
    assert isinstance(crash, PluginTrapped)
    assert waiting == 1


async def test_three_crashes_within_a_minute_are_enough(stage: Stage) -> None:
    """Then every call is refused at once, until the user asks for another try."""
    instance = await stage.put_on(guest({"file-loader#get": TRAP}))
    for _ in range(3):
        with pytest.raises(PluginTrapped):
            await instance.call("file-loader", "get", 0)
    for _ in range(2):
        with pytest.raises(PluginDisabled) as caught:
            await instance.call("file-loader", "open", "/data/a.csv")
        assert caught.value.plugin_id == PLUGIN
    instance.retry()
    assert await instance.call("file-loader", "open", "/data/a.csv") == 0


async def test_a_crash_in_on_load_is_not_retried_for_ever(stage: Stage) -> None:
    """A guest that never gets ready is given up like any other."""
    instance = await stage.put_on(guest({"plugin-lifecycle#on-load": TRAP}))
    for _ in range(3):
        with pytest.raises(PluginTrapped) as caught:
            await instance.call("file-loader", "get", 0)
        assert caught.value.export == "plugin-lifecycle.on-load"
    with pytest.raises(PluginDisabled):
        await instance.call("file-loader", "get", 0)


async def test_a_crash_in_on_close_is_no_error(stage: Stage) -> None:
    """There is nobody left to tell."""
    instance = await stage.put_on(guest({"plugin-lifecycle#on-close": TRAP}))
    await instance.call("file-loader", "open", "/data/a.csv")
    await instance.close()


async def test_an_export_that_is_missing_is_said(stage: Stage) -> None:
    """A plugin may lack what its manifest promises; it stays usable for the rest."""
    instance = await stage.put_on(guest(world="file-loader-plugin"))
    with pytest.raises(PluginInvalid, match=r"paged-loader\.page"):
        await instance.call("paged-loader", "page", 0, 10)
    assert await instance.call("file-loader", "open", "/data/a.csv") == 0
