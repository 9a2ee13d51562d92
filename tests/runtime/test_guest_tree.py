"""Nested values of plugins with `tree-loader`; whatever they answer is checked."""

import json
from typing import Any

import pytest

from tests.runtime.fake_instance import FILE, FakeInstance, attached
from thoth_ls.errors import PluginInvalid
from thoth_ls.runtime.guest_tree import MOST_CHILDREN, STEPS_AT_ONCE
from thoth_ls.runtime.paged_source import PagedSource
from thoth_ls.wire.documents import CellText


def summary(index: int, **changes: Any) -> dict[str, Any]:
    """What a plugin says of a value."""
    shown = {"index": index, "key": f"k{index}", "kind": "number", "preview": "1", "count": None, "bytes": 1}
    return {**shown, "at": [5, 6], "keyAt": [1, 4], **changes}


def deep(path_json: str) -> dict[str, Any]:
    """A value in objects within objects; the plugin tells positions only."""
    path = json.loads(path_json)
    return summary(0, key=f"level{len(path)}" if path else None, path=[0] * len(path))


class Plugin:
    """Answers with these values."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {
            "roots": {"children": [summary(4, key=None), summary(5, key=None)]},
            "children": {"kind": "object", "count": 9, "children": [summary(4), summary(5)]},
            "value": summary(2, path=[1, 2], keys=["a", "k2"]),
            "text": {"text": "äb", "bytes": 9, "next": 3},
            "locate": {"record": 3, "path": [1], "part": "key"},
        }
        self.instance = FakeInstance(
            {f"tree-loader.{name}": lambda *given, name=name: self.answer(name, given) for name in self.answers}
        )
        self.source = attached(PagedSource(FILE, frozenset({"paged-loader", "tree-loader"})), self.instance)
        self.tree = self.source.tree

    def answer(self, name: str, given: tuple[Any, ...]) -> str:
        """What the plugin returns: text, made from a value where it is none."""
        value = self.answers[name]
        value = value(*given) if callable(value) else value
        return value if isinstance(value, str) else json.dumps(value)

    async def ask(self, name: str) -> Any:
        """What comes of a question."""
        questions: dict[str, Any] = {
            "roots": lambda: self.tree.roots(4, 2),
            "children": lambda: self.tree.children(3, ["a", 0], 4, 2),
            "value": lambda: self.tree.value(3, ["a", 2]),
            "text": lambda: self.tree.text(3, ["a"], True, 0, 3),
            "locate": lambda: self.tree.locate(77),
        }
        return await questions[name]()


async def test_answers_arrive_as_values_of_the_protocol() -> None:
    """Paths go to the plugin as JSON; what it says of values is passed on as text."""
    plugin = Plugin()
    assert json.loads(await plugin.ask("roots"))[1] == {**summary(5, key=None), "duplicate": False}
    found = await plugin.ask("children")
    assert (found.kind, found.count, [item["key"] for item in json.loads(found.children)]) == (
        "object",
        9,
        ["k4", "k5"],
    )
    value = await plugin.ask("value")
    assert (value.positions, value.keys, value.value.key_at) == ([1, 2], ["a", "k2"], (1, 4))
    assert await plugin.ask("text") == CellText(text="äb", size_bytes=9, next=3)
    place = await plugin.ask("locate")
    assert (place.record, place.path, place.part) == (3, [1], "key")
    assert plugin.instance.calls == [
        ("roots", 4, 2),
        ("children", 3, '["a", 0]', 4, 2),
        ("value", 3, '["a", 2]'),
        ("text", 3, '["a"]', True, 0, 3),
        ("locate", 77),
    ]


async def test_a_place_without_a_value_is_an_answer() -> None:
    """Between records, for instance."""
    plugin = Plugin()
    plugin.answers["locate"] = "null"
    assert (await plugin.ask("locate")).record is None


async def test_half_characters_survive() -> None:
    """A name of JSON can be what no encoding has; it stays an escape all the way."""
    plugin = Plugin()
    plugin.answers["roots"] = {"children": [summary(4, preview="\ud800"), summary(5)]}
    text = await plugin.ask("roots")
    assert "\\ud800" in text
    text.encode("utf-8")
    plugin.answers["value"] = summary(2, key="\udc00", path=[1, 2], keys=["a", "\udc00"])
    assert (await plugin.ask("value")).keys == ["a", "\udc00"]
    await plugin.tree.children(3, ["\udc00"], 4, 2)
    assert plugin.instance.calls[-1] == ("children", 3, '["\\udc00"]', 4, 2)


async def test_names_on_the_way_are_asked_for_where_the_plugin_does_not_tell_them() -> None:
    """In bounded groups, so that a page can come between."""
    plugin = Plugin()
    steps = STEPS_AT_ONCE + 50
    plugin.answers["value"] = lambda record, path: deep(path)
    found = await plugin.tree.value(3, [0] * steps)
    assert found.keys == [f"level{number}" for number in range(1, steps + 1)]
    assert (await plugin.tree.value(3, [])).keys == []


async def test_windows_are_bounded() -> None:
    """However many are asked for: checking them takes its time."""
    plugin = Plugin()
    plugin.answers["roots"] = {"children": []}
    await plugin.tree.roots(0, 10_000)
    assert plugin.instance.calls == [("roots", 0, MOST_CHILDREN)]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("roots", "{"),
        ("roots", "[" * 100_000),
        ("roots", '{"children":[NaN]}'),
        ("roots", {"children": [summary(4), summary(5), summary(6)]}),
        ("roots", {"children": [summary(5)]}),
        ("roots", {"children": [summary(4, kind="text")]}),
        ("roots", {"children": [summary(4, preview="x" * 1001)]}),
        ("roots", {"children": [summary(4, at=[-1, 3])]}),
        ("roots", {"children": [summary(4, bytes="9")]}),
        ("children", {"kind": "string", "count": 1, "children": []}),
        ("children", {"kind": "array", "count": -1, "children": []}),
        ("children", {"kind": "array", "count": 1}),
        ("value", summary(2)),
        ("value", summary(2, path=[1])),
        ("value", summary(2, path=[1, 2], keys=["a"])),
        ("value", summary(2, path=["a", 2])),
        ("text", {"text": "x", "bytes": 9, "next": 0}),
        ("text", {"text": "x" * 8, "bytes": 9, "next": None}),
        ("locate", {"record": 1, "path": [], "part": "middle"}),
        ("locate", {"record": 2**60, "path": [], "part": "key"}),
    ],
)  # fmt: skip
async def test_an_answer_that_is_not_as_promised_is_refused(name: str, answer: Any) -> None:
    """The error names the function; nothing of the answer gets through."""
    plugin = Plugin()
    plugin.answers[name] = answer
    with pytest.raises(PluginInvalid, match=rf"plugin a\.b: tree-loader\.{name} "):
        await plugin.ask(name)
