"""Texts an editor has open: which are kept, which version is read, what is told."""

import asyncio
import json

import pytest

from tests.documents.buffers.conftest import URI, Desk
from thoth_ls.errors import PluginInvalid
from thoth_ls.wire.texts import Area, Edit, TextProblem, TextProblems

NONE = TextProblems(None, [], 0)


def held(desk: Desk) -> tuple[asyncio.Event, asyncio.Event]:
    """Makes the plugin wait in `open`: an event that says that it has come there, and one that lets it go on."""
    started, go_on = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        started.set()
        await go_on.wait()

    desk.behaviour.before["open"] = wait
    return started, go_on


async def names(desk: Desk) -> list[str] | None:
    """What is at the top of the outline."""
    found = await desk.buffers.outline(URI)
    return None if found is None else [symbol.name for symbol in found]


async def test_a_text_is_answered_for_in_its_newest_version(desk: Desk) -> None:
    """Whoever asks waits for it, without waiting for a pause in the changes."""
    desk.open('{"a": 1}')
    assert await names(desk) == ["a"]
    desk.change('{"b": 1}', 2)
    desk.change('{"c": 1}', 3)
    assert await names(desk) == ["c"]
    desk.buffers.change(URI, 4, [Edit(Area((0, 2), (0, 3)), "d"), Edit(Area((0, 7), (0, 7)), ', "e": 2')])
    assert await names(desk) == ["d", "e"]
    await desk.told.version(4)


async def test_a_version_that_is_overtaken_is_not_read_to_its_end(desk: Desk) -> None:
    """Its instance is closed, and nothing is told of it."""
    started, _ = held(desk)
    desk.open('{"a": 1}')
    await started.wait()
    desk.change('{"b": 1}', 2)
    del desk.behaviour.before["open"]
    assert await names(desk) == ["b"]
    assert [source.closed for source in desk.loader.sources] == [True, False]
    assert [problems.version for _, problems in desk.told.all] == [2]


async def test_problems_are_told_of_each_version_at_rest(desk: Desk) -> None:
    """Where they stand in the text, as many as wanted, and how many there are."""
    desk.open('["x",\n "é bad", "bad"]')
    first = await desk.told.version(1)
    assert first.total == 2
    assert first.problems[0] == TextProblem(Area((1, 4), (1, 7)), "bad", "a bad word")
    desk.change('["x"]', 2)
    assert await desk.told.version(2) == TextProblems(2, [], 0)
    desk.change(json.dumps(["bad"] * 20), 3)
    last = await desk.told.version(3)
    assert (len(last.problems), last.total) == (10, 20)
    desk.told.all.clear()
    desk.buffers.problem_limit = 3
    desk.buffers.tell_again()
    assert len((await desk.told.version(3)).problems) == 3


async def test_a_text_that_the_plugin_refuses_has_its_sentence_as_a_problem(desk: Desk) -> None:
    """And no outline, until it is right again."""
    desk.open("refuse")
    told = await desk.told.version(1)
    assert told.problems == [TextProblem(Area((0, 0), (0, 1)), "pluginRefused", "no JSON: it begins with a word")]
    assert await names(desk) is None
    assert await desk.buffers.folds(URI, 10) is None
    assert await desk.buffers.value_at(URI, (0, 0)) is None
    desk.change('{"a": 1}', 2)
    assert await names(desk) == ["a"]


async def test_options_are_for_the_plugin_that_knows_them(desk: Desk) -> None:
    """Another one reads the text in its own way."""
    desk.open('{"a": 1}', form="document")
    assert await names(desk) == ["a"]


async def test_texts_that_no_plugin_knows_trees_of_are_not_kept(desk: Desk) -> None:
    """Neither of other endings, nor of plugins that read tables."""
    desk.open('{"a": 1}', uri="file:///a.txt")
    assert await desk.buffers.outline("file:///a.txt") is None
    desk.loader.nested = False
    desk.open('{"a": 1}')
    assert await names(desk) is None
    desk.change('{"a": 2}', 2)
    assert await names(desk) is None
    assert desk.loader.sources == []
    desk.buffers.change("file:///never-opened", 1, [Edit(None, "x")])
    assert desk.told.all == []


async def test_a_plugin_that_cannot_be_loaded_costs_nothing_else(desk: Desk) -> None:
    """Its error is told where the text begins."""
    desk.loader.failure = PluginInvalid("a.b", "is not WebAssembly")
    desk.open("{}")
    assert (await desk.told.version(1)).problems[0].message == "is not WebAssembly"


async def test_closing_a_text_takes_back_what_was_told(desk: Desk) -> None:
    """Whoever waits for it is answered."""
    desk.open('["bad"]')
    await desk.told.version(1)
    started, _ = held(desk)
    desk.change('["bad", 1]', 2)
    waiting = asyncio.create_task(names(desk))
    await started.wait()
    desk.buffers.close(URI)
    assert await waiting is None
    assert desk.told.all[-1] == (URI, NONE)
    assert await names(desk) is None
    desk.buffers.close(URI)
    assert len(desk.told.all) == 2


async def test_whoever_withdraws_leaves_the_others_waiting(desk: Desk) -> None:
    """A request can be cancelled while the text is being read."""
    started, go_on = held(desk)
    desk.open('{"a": 1}')
    first, second = asyncio.create_task(names(desk)), asyncio.create_task(names(desk))
    await started.wait()
    first.cancel()
    go_on.set()
    assert await second == ["a"]
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_an_index_lives_as_long_as_it_is_asked(desk: Desk) -> None:
    """A change does not take it away from an outline that is being made."""
    desk.open('{"a": 1}')
    await names(desk)
    (source,) = desk.loader.sources
    buffer = desk.buffers._buffers[URI]
    async with buffer.index() as index:
        assert index is not None
        desk.change('{"b": 1}', 2)
        assert await names(desk) == ["b"]
        assert not source.closed
        assert (await index.roots(1))[0].preview == '{"a": 1}'
    assert source.closed
