"""What a plugin answers to `tree-loader.search` is checked before it is used."""

from __future__ import annotations

import json
from typing import Any

import pytest

from thoth_ls.documents.search.guests import Needle, Wanted
from thoth_ls.errors import PluginInvalid
from thoth_ls.runtime.guest_search import TreeSearch
from thoth_ls.runtime.mailbox import Priority

HIT = {"record": 3, "path": [0, 2], "part": "value", "kind": "string", "text": "ä", "from": 0, "bytes": 2}
ANSWER: dict[str, Any] = {"hits": [HIT], "next": 90, "record": 4, "done": False}


class Instance:
    """Answers every call with the same text."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.calls: list[tuple[Any, ...]] = []
        self.priorities: list[Priority] = []

    async def call(self, *arguments: Any, priority: Priority) -> Any:
        self.calls.append(arguments)
        self.priorities.append(priority)
        return json.dumps(self.answer)


def search(instance: Instance) -> TreeSearch:
    return TreeSearch("com.example", lambda: instance)  # type: ignore[arg-type, return-value]


async def test_a_question_is_asked_as_the_contract_has_it() -> None:
    """In the background; without needles every name and value is asked for."""
    instance = Instance(ANSWER)
    needles = [Needle("a", [["a", "A"]]), Needle("b", None)]
    await search(instance).search(Wanted(needles, keys=True, values=False), 20, 1_000)
    await search(instance).search(Wanted([], keys=True, values=True), 0, 1_000)
    (interface, function, asked, start, most), (_, _, everything, _, _) = instance.calls
    assert (interface, function, start, most) == ("tree-loader", "search", 20, 1_000)
    texts = [{"text": "a", "fold": [["a", "A"]]}, {"text": "b", "fold": None}]
    assert json.loads(asked) == {"texts": texts, "keys": True, "values": False}
    assert json.loads(everything) == {"keys": True, "values": True}
    assert set(instance.priorities) == {Priority.BACKGROUND}


@pytest.mark.parametrize(
    ("change", "cut", "keys"),
    [
        ({}, False, None),
        ({"bytes": 3}, True, None),
        ({"from": 4, "bytes": 6}, True, None),
        ({"keys": ["a", 2]}, False, ["a", 2]),
        ({"keys": ["a"]}, False, None),
    ],
)
async def test_an_answer_is_taken_over(change: dict[str, Any], cut: bool, keys: list[Any] | None) -> None:
    """Whether a text is a part is worked out; names that do not fit the path are not believed."""
    answer = await search(Instance({**ANSWER, "hits": [{**HIT, **change}]})).search(Wanted([], True, True), 0, 1_000)
    [found] = answer.found
    assert (found.record, found.path, found.part, found.kind, found.text) == (3, [0, 2], "value", "string", "ä")
    assert (found.cut, found.keys) == (cut, keys)
    assert (answer.next_byte, answer.record, answer.done) == (90, 4, False)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([], "something else than promised"),
        ({**ANSWER, "hits": [{**HIT, "kind": "date"}]}, "kind"),
        ({**ANSWER, "hits": [{**HIT, "path": [-1]}]}, "path"),
        ({**ANSWER, "next": 10}, "goes back"),
        ({**ANSWER, "hits": [HIT, {**HIT, "record": 2}]}, "file order"),
    ],
)
async def test_an_answer_that_makes_no_sense_is_refused(answer: Any, said: str) -> None:
    """Whatever a plugin does, nobody downstream has to face it."""
    with pytest.raises(PluginInvalid, match=said):
        await search(Instance(answer)).search(Wanted([], True, True), 20, 1_000)
