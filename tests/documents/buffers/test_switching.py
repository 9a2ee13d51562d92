"""Texts in editors whose plugin is switched off and on."""

import pytest

from tests.documents.buffers.conftest import URI, Desk
from tests.documents.buffers.test_buffers import names
from tests.fakes import PLUGIN_ID
from thoth_ls.errors import PluginDisabled
from thoth_ls.wire.texts import Area, Edit, TextProblems

OFF = PluginDisabled(PLUGIN_ID, "it is switched off")


def switch(desk: Desk, *, on: bool) -> None:
    desk.loaders.is_off = not on
    if on:
        desk.buffers.plugin_changed(PLUGIN_ID, "It was switched on.")
    else:
        desk.buffers.plugin_stopped(PLUGIN_ID, OFF)


async def test_a_text_is_followed_while_its_plugin_is_off(desk: Desk) -> None:
    """What was told of it is taken back; switched on again, it is read as it is by then."""
    desk.open('{"a": "bad"}')
    assert await names(desk) == ["a"]
    assert (await desk.told.version(1)).total == 1
    switch(desk, on=False)
    assert await names(desk) is None
    assert desk.told.all[-1] == (URI, TextProblems(None, [], 0))
    desk.buffers.change(URI, 2, [Edit(Area((0, 2), (0, 3)), "b")])
    switch(desk, on=True)
    assert await names(desk) == ["b"]
    assert (await desk.told.version(2)).total == 1


@pytest.mark.parametrize("closed", [False, True])
async def test_a_text_opened_meanwhile_is_read_later(desk: Desk, closed: bool) -> None:
    """Unless it was closed again."""
    desk.loaders.is_off = True
    desk.open('{"a": 1}')
    assert await names(desk) is None
    if closed:
        desk.buffers.close(URI)
    switch(desk, on=True)
    assert await names(desk) == (None if closed else ["a"])


async def test_a_text_of_another_kind_is_not_kept(desk: Desk) -> None:
    """Editors may send gigabytes that no plugin would read."""
    desk.loaders.is_off = True
    desk.open("x" * 1000, uri="file:///a.txt")
    assert desk.buffers._idle == {}


async def test_a_text_is_read_anew_when_its_plugin_is_another(desk: Desk) -> None:
    """By a fresh instance."""
    desk.open('{"a": 1}')
    assert await names(desk) == ["a"]
    before = len(desk.loader.sources)
    switch(desk, on=True)
    assert await names(desk) == ["a"]
    assert len(desk.loader.sources) == before + 1
