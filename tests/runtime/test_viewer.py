"""Records drawn by a plugin: what it may return, and what becomes of the rest when one record fails."""

import json
from typing import Any

import pytest

from tests.runtime.fake_instance import FILE, FakeInstance, attached
from thoth_ls.errors import Limit, PluginDisabled, PluginError, PluginLimitHit, PluginRefused, PluginTrapped
from thoth_ls.runtime.nodes import NODE_DEPTH
from thoth_ls.runtime.paged_source import PagedSource
from thoth_ls.runtime.plain_source import PlainSource
from thoth_ls.runtime.viewer import HEIGHT, NODE_BYTES

EXPORTS = frozenset({"file-loader", "file-viewer", "paged-loader"})
TEXT = '{"type": "text", "text": "Oslo"}'


def failing(error: PluginError) -> Any:
    """A function that raises it."""

    def fail(*arguments: Any) -> Any:
        raise error

    return fail


class Plugin:
    """A plugin whose records are the answers of `render-record` or the errors it raises, opened."""

    def __init__(self, *answers: str | PluginError, height: int = 0) -> None:
        self.answers = answers
        self.height = height
        self.instance = FakeInstance(
            {
                "file-loader.open": lambda path: len(answers),
                "file-loader.get": lambda number: json.dumps(number),
                "file-loader.get-range": lambda start, count: [
                    json.dumps(number) for number in range(start, min(start + count, len(answers)))
                ],
                "file-viewer.column-headers": lambda: None,
                "file-viewer.preferred-display": lambda: "custom",
                "file-viewer.render-record": self._render,
            }
        )
        self.source = attached(PlainSource(FILE, EXPORTS), self.instance)

    def _render(self, record: str) -> dict[str, Any]:
        answer = self.answers[int(record)]
        if isinstance(answer, PluginError):
            raise answer
        return {"node_json": answer, "height_hint": self.height}

    async def draw(self, start: int = 0, count: int = 100) -> list[dict[str, Any]]:
        """Records as they leave."""
        assert self.source.viewer is not None
        return [json.loads(item) for item in await self.source.viewer.draw(start, count)]


async def test_a_plugin_is_asked_once_how_its_file_is_to_be_shown() -> None:
    """After it has been opened."""
    plugin = Plugin(TEXT)
    await plugin.source.open({})
    assert (await plugin.source.describe()).display == "custom"
    assert [call[0] for call in plugin.instance.calls].count("preferred-display") == 1
    plugin.instance.functions["file-viewer.preferred-display"] = lambda: "table"
    await plugin.source.open({})
    assert (await plugin.source.describe()).display == "table"


async def test_a_plugin_that_reads_in_steps_is_asked_too() -> None:
    """`custom` of its viewer goes before what `columns` says."""
    progress = {"records": 1, "bytes_done": 1, "bytes_total": 1, "done": True}
    instance = FakeInstance(
        {
            "paged-loader.open": lambda path, options: progress,
            "paged-loader.columns": lambda: '{"columns": [], "display": "tree"}',
            "file-viewer.preferred-display": lambda: "custom",
        }
    )
    source = attached(PagedSource(FILE, EXPORTS), instance)
    await source.open({})
    assert (await source.describe()).display == "custom"
    instance.functions["file-viewer.preferred-display"] = lambda: "table"
    await source.open({})
    assert (await source.describe()).display == "tree"


async def test_only_who_exports_a_viewer_draws() -> None:
    """A plain loader is a table."""
    assert PlainSource(FILE, frozenset({"file-loader"})).viewer is None
    assert PagedSource(FILE).viewer is None


async def test_records_are_drawn_as_the_plugin_says() -> None:
    """From any place on, with the height it wants, as long as that is sane."""
    assert await Plugin(TEXT, '{"type":"spacer"}', height=24).draw(1, 5) == [{"node": {"type": "spacer"}, "height": 24}]
    assert (await Plugin(TEXT, height=2**32 - 1).draw())[0]["height"] == HEIGHT


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (PluginRefused("a.b", "no picture"), "no picture"),
        (PluginTrapped("a.b", "file-viewer.render-record", "unreachable"), "crashed"),
        (PluginLimitHit("a.b", "file-viewer.render-record", Limit.FUEL, "5"), "fuel limit"),
        ('{"type":', "a node that is not JSON"),
        ('{"type": "text", "size": NaN}', "a node that is not JSON"),
        ("[" * 100_000, "a node that is not JSON"),
        ("[]", "has to be an object with a text `type`"),
        ('{"type": 3}', "has to be an object with a text `type`"),
        (f'{{"type": "text", "text": "{"x" * NODE_BYTES}"}}', "a node of more than 1 MiB"),
        (f'{{"type": "json-tree", "value": {"[" * NODE_DEPTH}{"]" * NODE_DEPTH}}}', "more than 200 levels"),
    ],
)
async def test_a_record_that_fails_costs_itself_alone(answer: str | PluginError, said: str) -> None:
    """Its neighbours are drawn; in its place stands a sentence."""
    first, failed, last = await Plugin(TEXT, answer, TEXT).draw()
    assert first == last == {"node": {"type": "text", "text": "Oslo"}, "height": 0}
    assert list(failed) == ["error"]
    assert said in failed["error"]
    assert len(failed["error"]) < 500


async def test_the_deepest_node_is_taken() -> None:
    """The limit is the limit, not one less."""
    node = f'{{"type": "json-tree", "value": {"[" * (NODE_DEPTH - 1)}{"]" * (NODE_DEPTH - 1)}}}'
    assert "node" in (await Plugin(node).draw())[0]


async def test_a_disabled_plugin_draws_no_more() -> None:
    """What was drawn before is shown; whoever asks for the next record is told."""
    plugin = Plugin(TEXT, PluginDisabled("a.b", "it crashed three times"), TEXT)
    assert len(await plugin.draw()) == 1
    with pytest.raises(PluginDisabled):
        await plugin.draw(1)


async def test_records_that_are_too_large_together_are_read_one_by_one() -> None:
    """One of them that is too large by itself has an error in its place."""
    plugin = Plugin(TEXT, TEXT)
    too_large = PluginLimitHit("a.b", "file-loader.get-range", Limit.RESULT_SIZE, "64 MiB")
    plugin.instance.functions["file-loader.get-range"] = failing(too_large)
    assert [list(item) for item in await plugin.draw(0, 2)] == [["node", "height"]] * 2
    plugin.instance.functions["file-loader.get"] = failing(too_large)
    assert [list(item) for item in await plugin.draw(0, 2)] == [["error"]] * 2
    with pytest.raises(PluginLimitHit):
        await plugin.draw(0, 1)


async def test_a_long_window_ends_early() -> None:
    """The rest is asked for from where it stops."""
    long = f'{{"type": "text", "text": "{"x" * (NODE_BYTES - 100)}"}}'
    drawn = await Plugin(*[long] * 30).draw()
    assert 16 <= len(drawn) < 20
