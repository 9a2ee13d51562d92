"""The outline of a text, what can be folded in it, and what stands at a place."""

import json

import pytest

from tests.documents.buffers.conftest import URI, Desk
from thoth_ls.documents.buffers.folds import MOST_LEVELS as FOLD_LEVELS
from thoth_ls.documents.buffers.outline import MOST_CHILDREN, MOST_LEVELS, MOST_SYMBOLS
from thoth_ls.documents.buffers.places import normalized
from thoth_ls.wire.texts import Area, Fold, Symbol, ValueAt

TEXT = """{
  "name": "Oslo",
  "": [1, true, null],
  "nested": {
    "a": {"b": -1.5}
  }
}
"""


async def outline(desk: Desk, text: str) -> list[Symbol]:
    """The symbols of a text."""
    desk.open(text)
    found = await desk.buffers.outline(URI)
    assert found is not None
    return found


def shape(symbols: list[Symbol]) -> list[object]:
    """Names and kinds, nested as the symbols are."""
    return [[symbol.name, symbol.kind, *shape(symbol.children)] for symbol in symbols]


def count(symbols: list[Symbol]) -> int:
    """How many there are altogether."""
    waiting, total = list(symbols), 0
    while waiting:
        symbol = waiting.pop()
        total += 1
        waiting += symbol.children
    return total


async def test_the_values_of_a_text_are_its_outline(desk: Desk) -> None:
    """Members by their names, elements by their positions; a name that cannot be seen is in quotes."""
    symbols = await outline(desk, TEXT)
    assert shape(symbols) == [
        ["name", "string"],
        ['""', "array", ["0", "number"], ["1", "boolean"], ["2", "null"]],
        ["nested", "object", ["a", "object", ["b", "number"]]],
    ]
    assert symbols[0].detail == '"Oslo"'
    assert symbols[0].area == Area((1, 2), (1, 16))
    assert symbols[0].name_area == Area((1, 2), (1, 8))
    assert symbols[2].area == Area((3, 2), (5, 3))


async def test_several_records_are_at_the_top(desk: Desk) -> None:
    """A single one that holds nothing is there as the whole."""
    assert shape(await outline(desk, '{"a": 1}\n[2]')) == [
        ["Record 1", "object", ["a", "number"]],
        ["Record 2", "array", ["0", "number"]],
    ]
    assert shape(await outline(desk, "12")) == [["$", "number"]]
    assert await outline(desk, "") == []


async def test_many_children_are_cut_with_a_word_about_the_rest(desk: Desk) -> None:
    """It stands where they are."""
    text = json.dumps(list(range(MOST_CHILDREN + 1_234)))
    symbols = await outline(desk, text)
    assert len(symbols) == MOST_CHILDREN + 1
    assert (symbols[-1].kind, symbols[-1].detail) == ("more", "1,234 more")
    assert symbols[-1].area == Area(symbols[-2].area.end, (0, len(text)))
    symbols = await outline(desk, "1\n" * (MOST_CHILDREN + 1))
    assert (len(symbols), symbols[-1].detail) == (MOST_CHILDREN + 1, "1 more")


async def test_an_outline_has_its_measure(desk: Desk) -> None:
    """The outermost values are listed first, however many there are inside and however deep."""
    symbols = await outline(desk, json.dumps([[[0] * 20 for _ in range(20)] for _ in range(300)]))
    assert len(symbols) == 300
    assert [len(symbol.children) for symbol in symbols[:200]] == [20] * 200
    assert symbols[-1].children == symbols[0].children[0].children == []
    assert MOST_SYMBOLS <= count(symbols) < MOST_SYMBOLS + 400
    assert count(await outline(desk, "[" * 300 + "]" * 300)) == MOST_LEVELS


async def test_what_is_on_several_lines_can_be_folded(desk: Desk) -> None:
    """From behind the opening bracket to the closing one, in the order of the text; the outermost go first."""
    desk.open(TEXT)
    whole, nested = Fold((0, 1), (6, 0)), Fold((3, 13), (5, 2))
    assert await desk.buffers.folds(URI, 10) == [whole, nested]
    assert await desk.buffers.folds(URI, 1) == [whole]
    assert await desk.buffers.folds(URI, 0) == []


async def test_folds_are_not_looked_for_without_end(desk: Desk) -> None:
    """In a long array of numbers nothing is to be found, and far down nobody folds."""
    desk.open(json.dumps(list(range(20_000)), indent=1))
    assert await desk.buffers.folds(URI, 5_000) == [Fold((0, 1), (20_001, 0))]
    assert desk.asked() < 10
    desk.open("[\n" * 300 + "]\n" * 300)
    assert len(await desk.buffers.folds(URI, 5_000) or ()) == FOLD_LEVELS + 1


async def test_a_place_is_told_by_its_path(desk: Desk) -> None:
    """The value or the name that stands there; between values what is around."""
    desk.open(TEXT)
    assert await desk.buffers.value_at(URI, (4, 16)) == ValueAt(
        "$['nested']['a']['b']", None, "number", None, 4, False, Area((4, 15), (4, 19))
    )
    at_name = await desk.buffers.value_at(URI, (4, 5))
    assert at_name is not None
    assert (at_name.path, at_name.kind, at_name.count, at_name.area) == (
        "$['nested']['a']", "object", 1, Area((4, 4), (4, 7))
    )  # fmt: skip
    root = await desk.buffers.value_at(URI, (1, 0))
    assert root is not None
    assert (root.path, root.count) == ("$", 3)
    assert await desk.buffers.value_at(URI, (9, 0)) is None


async def test_the_record_is_told_where_there_are_several(desk: Desk) -> None:
    """Its path begins at it."""
    desk.open('{"a": 1}\n{"b": [true]}')
    found = await desk.buffers.value_at(URI, (1, 8))
    assert found is not None
    assert (found.path, found.record) == ("$['b'][0]", 2)


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ([], "$"),
        (["a", 0, "b"], "$['a'][0]['b']"),
        (["it's", "a\\b", '"'], r"""$['it\'s']['a\\b']['"']"""),
        (["\b\t\n\f\r", "\x00\x1f\x7f", "\u2028ä"], "$['\\b\\t\\n\\f\\r']['\\u0000\\u001f\x7f']['\u2028ä']"),
    ],
)
def test_paths_are_normalized(keys: list[str | int], path: str) -> None:
    """As RFC 9535 has it: single quotes, and escapes only where they are needed."""
    assert normalized(keys) == path
