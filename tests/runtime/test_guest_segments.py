"""Files read in parts by several instances of a plugin."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.runtime.fake_instance import FILE, FakeInstance, attached
from thoth_ls.errors import PluginInvalid, PluginRefused
from thoth_ls.runtime import guest_segments
from thoth_ls.runtime.guest_segments import STEP_BYTES, GuestSegments
from thoth_ls.runtime.paged_source import PagedSource
from thoth_ls.runtime.plugin_source import OpenFile

MIB = 1 << 20
TOTAL = 200 * MIB
EXPORTS = frozenset({"paged-loader", "segmented-loader"})


class Guest:
    """One guest of a plugin whose surveys are `begin-end`."""

    def __init__(self) -> None:
        self.at = 0
        self.survey: Any = lambda begin, end: f"{begin}-{end}"
        self.instance = FakeInstance(
            {
                "paged-loader.open": self.open,
                "paged-loader.advance": self.advance,
                "segmented-loader.segmented": lambda: True,
                "segmented-loader.survey": lambda begin, end: self.survey(begin, end),
                "segmented-loader.accept": self.accept,
            }
        )

    def open(self, path: str, options: str) -> dict[str, Any]:
        """The beginning."""
        return self._come_to(MIB)

    def advance(self, count: int) -> dict[str, Any]:
        """The next bytes."""
        return self._come_to(self.at + count)

    def accept(self, survey: str) -> dict[str, Any]:
        """Takes over what fits."""
        begin, end = map(int, survey.split("-"))
        if begin != self.at:
            raise PluginRefused("a.b", "it does not fit")
        return self._come_to(end)

    def _come_to(self, at: int) -> dict[str, Any]:
        self.at = min(at, TOTAL)
        return {"records": 0, "bytes_done": self.at, "bytes_total": TOTAL, "done": self.at == TOTAL}


class Plugin:
    """A source, and the further instances that were started for it."""

    def __init__(self) -> None:
        self.main = Guest()
        self.further: list[Guest] = []
        file = OpenFile(FILE.plugin_id, FILE.plugin_name, FILE.sandbox, self.instance)
        self.source = attached(PagedSource(file, EXPORTS), self.main.instance)

    async def instance(self, restore: Callable[..., None]) -> Any:
        """Starts one more."""
        guest = Guest()
        self.further.append(guest)
        restore(guest.instance.now)
        return guest.instance

    @property
    def segments(self) -> GuestSegments:
        """What reads the file in parts."""
        assert isinstance(self.source.segments, GuestSegments)
        return self.source.segments

    async def opened(self) -> "Plugin":
        """The same, with the file open."""
        await self.source.open({"records": "/x"})
        return self


async def test_further_instances_open_the_same_file_in_the_same_way() -> None:
    """They see the same path and are given the same options."""
    plugin = await Plugin().opened()
    assert await plugin.segments.possible()
    surveyor = await plugin.segments.surveyor()
    assert await surveyor.survey(MIB, 9 * MIB) == f"{MIB}-{9 * MIB}"
    assert plugin.further[0].instance.calls == [
        ("open", "/data/x.csv", json.dumps({"records": "/x"})),
        ("survey", MIB, 9 * MIB),
    ]
    now = await plugin.segments.accept(MIB, f"{MIB}-{9 * MIB}")
    assert now.bytes_done == 9 * MIB
    assert "accept" in plugin.main.instance.background


async def test_closing_a_source_closes_the_further_instances() -> None:
    """None is left, whoever asked for them."""
    plugin = await Plugin().opened()
    surveyor = await plugin.segments.surveyor()
    await plugin.segments.surveyor()
    await surveyor.close()
    await plugin.source.close()
    assert [guest.instance.closed for guest in plugin.further] == [True, True]
    await plugin.segments.surveyor()
    assert plugin.further[-1].instance.closed


async def test_a_fresh_guest_goes_the_way_of_the_last_one() -> None:
    """Surveys are accepted again; only what was read otherwise is read again."""
    plugin = await Plugin().opened()
    await plugin.segments.accept(MIB, f"{MIB}-{17 * MIB}")
    await plugin.source.advance(MIB)
    await plugin.segments.accept(18 * MIB, f"{18 * MIB}-{150 * MIB}")
    plugin.main.instance.calls.clear()
    plugin.main.at = 0
    plugin.source.restore(plugin.main.instance.now)
    assert plugin.main.at == 150 * MIB
    assert [call for call in plugin.main.instance.calls if call[0] != "open"] == [
        ("accept", f"{MIB}-{17 * MIB}"),
        ("advance", MIB),
        ("accept", f"{18 * MIB}-{150 * MIB}"),
    ]


async def test_what_is_not_kept_or_not_taken_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded, and a survey is never believed to fit."""
    monkeypatch.setattr(guest_segments, "KEPT_CHARACTERS", 20)
    plugin = await Plugin().opened()
    await plugin.segments.accept(MIB, f"{MIB}-{17 * MIB}")
    await plugin.segments.accept(17 * MIB, f"{17 * MIB}-{100 * MIB}")
    plugin.main.instance.functions["segmented-loader.accept"] = Guest().accept
    plugin.main.instance.calls.clear()
    plugin.source.restore(plugin.main.instance.now)
    assert plugin.main.at == 100 * MIB
    assert [call[0] for call in plugin.main.instance.calls] == ["open", "accept", *["advance"] * 4]
    assert max(call[1] for call in plugin.main.instance.calls[2:]) == STEP_BYTES


async def test_opening_anew_forgets_the_surveys() -> None:
    """They were of the file as it was read before."""
    plugin = await Plugin().opened()
    await plugin.segments.accept(MIB, f"{MIB}-{17 * MIB}")
    await plugin.source.open({})
    plugin.main.instance.calls.clear()
    plugin.source.restore(plugin.main.instance.now)
    assert [call[0] for call in plugin.main.instance.calls] == ["open"]


@pytest.mark.parametrize("answer", [7, "x" * ((1 << 20) + 1)])
async def test_a_survey_that_is_not_as_promised_is_refused(answer: Any) -> None:
    """Text, and not too long."""
    plugin = await Plugin().opened()
    surveyor = await plugin.segments.surveyor()
    plugin.further[0].survey = lambda begin, end: answer
    with pytest.raises(PluginInvalid, match=r"segmented-loader\.survey"):
        await surveyor.survey(0, 1)
