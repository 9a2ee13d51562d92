"""The built plugin: tables in, cards out."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from thoth_ls.errors import PluginRefused
from thoth_ls.paths import Paths
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.nodes import check_node
from thoth_ls.runtime.runtime import PluginRuntime

PLUGIN = "com.thoth.card-view"
Node = dict[str, Any]


@pytest.fixture
async def plugin(tmp_path: Path) -> AsyncIterator[PluginInstance]:
    """An instance with far less memory than a user's setting allows."""
    runtime = PluginRuntime(Paths.under(tmp_path), Limits(memory_bytes=64 << 20), lambda *said: None)
    found = runtime.catalog.get(PLUGIN)
    assert found is not None, "build the plugins first: make plugins"
    yield await runtime.instance(found)
    await runtime.close()


async def drawn(plugin: PluginInstance, columns: list[str], rows: list[list[str]]) -> Node:
    """The node of a table."""
    text = await plugin.call("data-renderer", "render", json.dumps({"columns": columns, "rows": rows}))
    check_node(PLUGIN, "render", text, 4 << 20)
    node: Node = json.loads(text)
    return node


def cards(node: Node) -> list[Node]:
    """The cards of all lines of the grid."""
    lines = [line for line in node["children"] if line["type"] == "row"]
    return [card for line in lines for card in line["children"] if card["type"] == "card"]


def pairs(card: Node) -> list[tuple[str, str]]:
    """Names and values of a card."""
    return [(line["key"], line["value"]["text"]) for line in card["body"]["children"] if line["type"] == "key-value"]


async def test_it_is_called_cards(plugin: PluginInstance) -> None:
    """In the list of views."""
    assert await plugin.call("data-renderer", "name") == "Cards"
    assert (await plugin.call("plugin-meta", "get-info"))["id"] == PLUGIN


async def test_the_first_column_is_the_title_and_the_others_are_lines(plugin: PluginInstance) -> None:
    """Two cards beside each other, values in a font of one width."""
    node = await drawn(
        plugin, ["city", "people", "since"], [["Oslo", "709037", "1048"], ["Bergen", "289330", ""], ["X"]]
    )
    assert [card["title"] for card in cards(node)] == ["Oslo", "Bergen", "X"]
    assert pairs(cards(node)[0]) == [("people", "709037"), ("since", "1048")]
    assert pairs(cards(node)[1]) == [("people", "289330"), ("since", "")]
    assert pairs(cards(node)[2]) == [("people", ""), ("since", "")]
    assert all(line["value"]["variant"] == "mono" for card in cards(node) for line in card["body"]["children"])
    assert [len(line["children"]) for line in node["children"]] == [2, 2]
    assert node["children"][1]["children"][1] == {"type": "column"}


async def test_no_rows_are_said_to_be_none(plugin: PluginInstance) -> None:
    """With and without columns."""
    for columns in (["a"], []):
        node = await drawn(plugin, columns, [])
        assert node == {"type": "text", "variant": "body-muted", "text": "No records to show."}


async def test_a_table_without_columns_is_drawn(plugin: PluginInstance) -> None:
    """As titles that say nothing, and one column as titles alone."""
    assert [card["title"] for card in cards(await drawn(plugin, [], [[], []]))] == ["-", "-"]
    assert [card.get("body") for card in cards(await drawn(plugin, ["a"], [["x"]]))] == [None]


async def test_what_does_not_fit_is_counted(plugin: PluginInstance) -> None:
    """More cards, more lines and longer texts than are drawn."""
    node = await drawn(plugin, ["n"], [[str(number)] for number in range(1002)])
    assert len(cards(node)) == 1000
    assert node["children"][-1] == {"type": "text", "variant": "caption", "text": "… 2 more rows not shown."}
    node = await drawn(plugin, [f"c{number}" for number in range(102)], [["x"] * 102])
    assert len(pairs(cards(node)[0])) == 100
    assert cards(node)[0]["body"]["children"][-1]["text"] == "… 1 more column"
    node = await drawn(plugin, ["t", "v"], [["ö" * 1000, "ü" * 1000]])
    assert cards(node)[0]["title"] == "ö" * 100 + "…"
    assert pairs(cards(node)[0]) == [("v", "ü" * 300 + "…")]


async def test_as_many_cards_are_drawn_as_fit(plugin: PluginInstance) -> None:
    """Texts that grow when they are escaped, and the rest in the caption."""
    rows = [["\0" * 600] * 60 for _ in range(100)]
    node = await drawn(plugin, ["c"] * 60, rows)
    drawn_cards = len(cards(node))
    assert 0 < drawn_cards < 100
    assert node["children"][-1]["text"] == f"… {100 - drawn_cards} more rows not shown."


async def test_the_largest_cards_fit(plugin: PluginInstance) -> None:
    """A hundred lines of texts that all grow sixfold, twice beside each other."""
    node = await drawn(plugin, ["\0" * 200] * 101, [["\0" * 600] * 101] * 2)
    assert [len(pairs(card)) for card in cards(node)] == [100, 100]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"columns":[1],"rows":[]}', '{"columns":[]}', '{"columns":[],"rows":[[1]]}']
)
async def test_what_is_no_table_is_refused(plugin: PluginInstance, text: str) -> None:
    """With a sentence, and the plugin goes on."""
    with pytest.raises(PluginRefused, match="not a table"):
        await plugin.call("data-renderer", "render", text)
    assert await plugin.call("data-renderer", "name") == "Cards"
