"""What a plugin says of itself when it runs is compared with its manifest, apart from what it was run for."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.runtime.components import MISBEHAVING, loaded
from tests.runtime.test_runtime import Stage
from thoth_ls.catalog.manifest import parse_manifest
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.errors import PluginDisabled, PluginError
from thoth_ls.runtime import meta
from thoth_ls.runtime.custody import NoCustody
from thoth_ls.runtime.guest import Guest, Surroundings
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.meta import ask, differences
from thoth_ls.runtime.watchdog import Watchdog

MANIFEST = parse_manifest(
    b'id = "a.b"\nname = "N"\nversion = "1.0.0"\ndescription = ""\nauthor = ""\ncapabilities = ["theme", "cli"]\n'
)
SAME = {"id": "a.b", "name": "N", "version": "1.0.0", "capabilities": ["cli"], "description": "another"}


def test_what_is_the_same_is_not_told() -> None:
    """A theme has no word in the contract, and descriptions are for people."""
    assert differences(MANIFEST, SAME) == []


def test_every_difference_is_told_without_what_could_harm() -> None:
    """The plugin's words are not trusted."""
    told = differences(MANIFEST, {**SAME, "id": "a.c\x1b[31m\n", "version": "2" * 500, "capabilities": ["cli", "cli"]})
    assert told[0] == "Its get-info says id “a.c [31m”, its plugin.toml “a.b”; what plugin.toml says holds."
    assert [line.split()[3] for line in told] == ["id", "version", "capabilities"]
    assert max(map(len, told)) < 400


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A stage whose plugins are asked at once."""
    monkeypatch.setattr(meta, "LATER_SECONDS", 0.0)
    stage = Stage(tmp_path)
    yield stage
    await stage.runtime.close()


async def told(stage: Stage, plugin: Plugin) -> list[str]:
    """Warnings once the plugin was asked."""
    told: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    stage.runtime.introductions.on_warning = lambda plugin_id, text: told.put_nowait((plugin_id, text))
    instance = await stage.runtime.instance(plugin)
    await instance.call("plugin-meta", "get-info")
    plugin_id, text = await asyncio.wait_for(told.get(), 30)
    assert (plugin_id, text) == (plugin.id, " ".join(stage.runtime.introductions.warnings(plugin)))
    return list(stage.runtime.introductions.warnings(plugin))


async def test_a_plugin_is_asked_after_it_was_first_run(stage: Stage) -> None:
    """Not before; then once, whatever is run again."""
    stage.install("org.example.other")
    plugin = stage.runtime.catalog.get("org.example.other")
    assert plugin is not None
    assert stage.runtime.introductions.warnings(plugin) == ()
    warnings = await told(stage, plugin)
    assert "says id “" in warnings[0]
    assert "“org.example.other”" in warnings[0]
    await stage.runtime.instance(plugin)
    assert len(stage.runtime.introductions._asked) == 1


async def test_another_build_is_asked_again(stage: Stage) -> None:
    """What was said of the earlier one is gone."""
    folder = stage.install("org.example.other")
    plugin = stage.runtime.catalog.get("org.example.other")
    assert plugin is not None
    first = await told(stage, plugin)
    text = (folder / "plugin.toml").read_text()
    (folder / "plugin.toml").write_text(text.replace("0.1.0", "9.9.9"))
    stage.runtime.adopt(stage.runtime.discover(), [folder])
    rebuilt = stage.runtime.catalog.get("org.example.other")
    assert rebuilt is not None
    second = await told(stage, rebuilt)
    assert len(second) == len(first) + 1


class OffAgain(NoCustody):
    """Switches every plugin off once it has been run."""

    def __init__(self) -> None:
        super().__init__()
        self.off = False

    def refusal(self, plugin: Plugin) -> PluginError | None:
        return PluginDisabled(plugin.id, "it is switched off") if self.off else None


async def test_a_plugin_that_was_switched_off_meanwhile_is_not_run_for_it(stage: Stage) -> None:
    """But asked when it is run again."""
    stage.install("org.example.other")
    custody = stage.runtime.custody = OffAgain()
    plugin = stage.runtime.catalog.get("org.example.other")
    assert plugin is not None
    await (await stage.runtime.instance(plugin)).close()
    custody.off = True
    introductions = stage.runtime.introductions
    await asyncio.wait_for(asyncio.gather(*introductions._tasks), 30)
    assert introductions.warnings(plugin) == ()
    custody.off = False
    assert await told(stage, plugin)


async def test_a_plugin_that_does_not_answer_is_no_worse_for_it() -> None:
    """What it was run for goes on: the crash is that of an instance of its own."""
    watchdog = Watchdog()
    code = loaded(MISBEHAVING)
    instance = PluginInstance(
        code.plugin_id, lambda: Guest(code, Limits(), Surroundings(None, lambda *said: None)), Limits(), watchdog
    )
    (warning,) = await ask(instance, MANIFEST)
    assert warning.startswith("Its get-info could not be compared with plugin.toml: it does not export")
    watchdog.close()


async def test_closing_waits_for_nobody(tmp_path: Path) -> None:
    """A plugin that was to be asked later is not asked any more."""
    stage = Stage(tmp_path)
    stage.install("org.example.other")
    plugin = stage.runtime.catalog.get("org.example.other")
    assert plugin is not None
    await stage.runtime.instance(plugin)
    async with asyncio.timeout(meta.LATER_SECONDS / 2 + 5):
        await stage.runtime.close()
    assert stage.runtime.introductions.warnings(plugin) == ()
