"""Exporters that fail, never end, or say something else than the contract: one sentence, and nothing left behind."""

from typing import Any

import pytest

from tests.exporting.conftest import ODD, PLAIN, Bench
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.errors import (
    PluginDisabled,
    PluginError,
    PluginInvalid,
    PluginLimitHit,
    PluginNotFound,
    PluginRefused,
    PluginTrapped,
)
from thoth_ls.exporting.export import Exports
from thoth_ls.exporting.exporters import StreamingExporter, WholeExporter
from thoth_ls.exporting.installed import extension_of, options_of
from thoth_ls.runtime.custody import NoCustody
from thoth_ls.runtime.marshal import Case
from thoth_ls.wire.exports import ListExportersParams
from thoth_ls.wire.permissions import Need

TABLE = "a,b\n" + "".join(f"{n},value {n}\n" for n in range(20_000))


@pytest.mark.parametrize("where", ["begin", "write", "finish"])
@pytest.mark.parametrize(
    ("how", "error"), [("error", PluginRefused), ("trap", PluginTrapped), ("spin", PluginLimitHit)]
)
async def test_failures_leave_nothing(bench: Bench, how: str, where: str, error: type[PluginError]) -> None:
    """Whichever call fails; the next export works."""
    opened = await bench.open("in.csv", TABLE)
    with pytest.raises(error, match=ODD):
        await bench.export(opened, options={"how": how, "where": where})
    assert bench.names() == ["in.csv"]
    assert (await bench.export(opened)).records == 20_000
    assert not [instance for instance in bench.runtime.instances(ODD) if not instance.closed]


async def test_output_without_end_is_ended(bench: Bench) -> None:
    """By what was given, long before the disk is full."""
    many = "a,b\n" + "".join(f"{n},value {n}\n" for n in range(300_000))
    opened = await bench.open("in.csv", many)
    for options in ({"how": "endless", "where": "write"}, {"how": "wordy"}):
        with pytest.raises(PluginError, match=ODD):
            await bench.export(opened, options=options)
        assert bench.names() == ["in.csv"]


async def test_a_table_that_is_too_large_for_one_call(bench: Bench) -> None:
    """Names the size, and what to do."""
    opened = await bench.open("in.csv", "a,b\n" + "".join(f"{n},{'x' * 100}\n" for n in range(300_000)))
    with pytest.raises(
        PluginLimitHit, match=r"16 MiB of rows given at once, and these are about 3\d MiB; export fewer"
    ):
        await bench.export(opened, PLAIN)
    assert bench.names() == ["in.csv"]
    with pytest.raises(PluginLimitHit, match=r"2\.7 MiB of a file returned at once; export fewer rows or columns"):
        await bench.export(opened, PLAIN, scope={"rows": (0, 100_000)})
    with pytest.raises(PluginLimitHit, match=r"2\.7 MiB"):
        await bench.export(opened, PLAIN, scope={"rows": (0, 1)}, options={"big": "true"})
    assert (await bench.export(opened, PLAIN, scope={"rows": (0, 1_000)})).records == 1_000


async def test_exporters_are_listed_whatever_they_do(bench: Bench) -> None:
    """One that does not work with its reason."""
    folder = bench.runtime.catalog.get(PLAIN)
    assert folder is not None
    folder.wasm.write_bytes(b"\0asm nothing")
    listed = {
        item.plugin_id: item
        for item in (await Exports(bench.runtime, bench.documents).list(ListExportersParams())).exporters
    }
    assert listed[PLAIN].problem is not None
    assert (listed[PLAIN].name, listed[PLAIN].extension, listed[PLAIN].options) == ("Plain", "plain", [])
    assert listed[ODD].problem is None
    assert [option.key for option in listed[ODD].options] == ["how", "where", "records"]


class PlainIsOff(NoCustody):
    """Has one exporter switched off."""

    def refusal(self, plugin: Plugin) -> PluginError | None:
        return PluginDisabled(plugin.id, "it is switched off") if plugin.id == PLAIN else None

    async def admit(self, plugin: Plugin, need: Need | None = None) -> None:
        if (refusal := self.refusal(plugin)) is not None:
            raise refusal


async def test_one_that_is_switched_off_is_not_even_compiled(bench: Bench) -> None:
    """And not listed, whether it works or not."""
    plugin = bench.runtime.catalog.get(PLAIN)
    assert plugin is not None
    plugin.wasm.write_bytes(b"\0asm nothing")
    bench.runtime.custody = PlainIsOff()
    listed = [
        item.plugin_id for item in (await Exports(bench.runtime, bench.documents).list(ListExportersParams())).exporters
    ]
    assert ODD in listed
    assert PLAIN not in listed


class NobodyDecided(NoCustody):
    """Has nobody decided about one exporter; notes what was let run."""

    def __init__(self) -> None:
        super().__init__()
        self.admitted: list[str] = []

    def settled(self, plugin: Plugin) -> bool:
        return plugin.id != ODD

    async def admit(self, plugin: Plugin, need: Need | None = None) -> None:
        self.admitted.append(plugin.id)


async def test_one_nobody_has_decided_about_is_not_run_for_the_list(bench: Bench) -> None:
    """It is listed as its manifest has it, and run when it is asked for by its id."""
    custody = bench.runtime.custody = NobodyDecided()
    exports = Exports(bench.runtime, bench.documents)
    listed = {item.plugin_id: item for item in (await exports.list(ListExportersParams())).exporters}
    assert ODD not in custody.admitted
    assert PLAIN in custody.admitted
    assert (listed[ODD].undecided, listed[ODD].options, listed[ODD].problem) == (True, [], None)
    assert (listed[ODD].name, listed[ODD].extension) == ("Odd", "odd")
    assert not listed[PLAIN].undecided
    (known,) = (await exports.list(ListExportersParams(plugin_id=ODD))).exporters
    assert custody.admitted[-1] == ODD
    assert (known.undecided, known.streaming) == (False, True)
    assert [option.key for option in known.options] == ["how", "where", "records"]


async def test_the_one_that_is_asked_for_has_to_be_there(bench: Bench) -> None:
    """And switched on, and an exporter."""
    bench.runtime.custody = PlainIsOff()
    exports = Exports(bench.runtime, bench.documents)
    for plugin_id, error in (
        (PLAIN, PluginDisabled),
        ("org.example.none", PluginNotFound),
        ("com.thoth.csv-loader", PluginInvalid),
    ):
        with pytest.raises(error):
            await exports.list(ListExportersParams(plugin_id=plugin_id))


class Instance:
    """Answers what it was told to, whatever it is asked."""

    plugin_id = "com.example.odd"

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    async def call(self, interface: str, function: str, *arguments: Any, **how: Any) -> Any:
        return self.answer


OPTION = {"key": "a", "label": "A", "default_value": "", "input_type": "text", "choices": []}


@pytest.mark.parametrize(
    "answer",
    [
        *(None, 5, "x", [5], [{}], [{"key": 5}], Case("text", "x")),
        [OPTION, OPTION],
        [OPTION | {"key": ""}],
        [OPTION | {"input_type": "select"}],
        [OPTION | {"choices": ["x" * 2_000], "input_type": "select"}],
        [OPTION | {"key": str(n)} for n in range(101)],
    ],
)
async def test_options_of_another_type(answer: Any) -> None:
    """Are refused as a whole."""
    with pytest.raises(PluginInvalid, match="available-options returned"):
        await options_of(Instance(answer))  # type: ignore[arg-type]


async def test_options_are_made_to_make_sense() -> None:
    """An unknown kind is a text, a default that cannot be is the first."""
    given = [
        OPTION | {"key": "t", "input_type": "colour", "label": ""},
        OPTION | {"key": "b", "input_type": "bool", "default_value": "yes"},
        OPTION | {"key": "s", "input_type": "select", "default_value": "z", "choices": ["x", "y"], "label": "S\nx"},
    ]
    made = await options_of(Instance(given))  # type: ignore[arg-type]
    assert [(item.key, item.label, item.kind, item.default, item.choices) for item in made] == [
        ("t", "t", "text", "", []),
        ("b", "A", "bool", "false", []),
        ("s", "S x", "select", "x", ["x", "y"]),
    ]


@pytest.mark.parametrize("said", ["csv/../../.profile", "a b", "x" * 40, "..", "c\x1b[2J"])
async def test_an_ending_that_would_lead_elsewhere_is_refused(said: str) -> None:
    """It becomes part of the name that is proposed for the file."""
    instance: Any = Instance(None)
    with pytest.raises(PluginInvalid, match=r"output-extension returned .* which no file name can end in"):
        extension_of(instance, said)
    assert [extension_of(instance, text) for text in ("csv", " .ndjson\n", "")] == ["csv", "ndjson", ""]


@pytest.mark.parametrize("answer", [None, 5, "x", Case("text", 5), Case("bytes", "x"), Case("bytes", [1])])
async def test_pieces_of_another_type(answer: Any) -> None:
    """End the export."""
    streaming = StreamingExporter(Instance(answer), [], "cells")  # type: ignore[arg-type]
    if answer == Case("bytes", "x"):
        assert await streaming.finish() == b"x"  # a text, whatever it is called
        return
    with pytest.raises(PluginInvalid, match="something else than a piece"):
        await streaming.write("[]", 0)
    with pytest.raises(PluginInvalid, match="something else than bytes"):
        await WholeExporter(Instance(answer), [], 64 << 20).finish()  # type: ignore[arg-type]


async def test_bytes_are_taken_up_to_a_size() -> None:
    """As the contract says."""
    fits, too_much = Case("bytes", b"x" * (1 << 20)), Case("bytes", b"x" * ((1 << 20) + 1))
    assert len(await StreamingExporter(Instance(fits), [], "cells").finish()) == 1 << 20  # type: ignore[arg-type]
    with pytest.raises(PluginInvalid, match="more than 1 MiB of bytes at once"):
        await StreamingExporter(Instance(too_much), [], "cells").finish()  # type: ignore[arg-type]
