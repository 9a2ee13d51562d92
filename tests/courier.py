"""The fixture courier as tests use it: installed where they say, one instance that is kept, its commands and events."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.runtime.instance import PluginInstance

ROOT = Path(__file__).parents[1]
COURIER = "org.thoth.fixture.courier"
WASM = ROOT / "build" / "fixtures" / "courier.wasm"
MANIFEST = ROOT / "plugins" / "fixtures" / "courier.toml"

Record = dict[str, Any]


def install_courier(folder: Path) -> Path:
    """The courier as a plugin in `folder`, which holds plugins."""
    assert WASM.exists(), "build the fixtures first: make plugins"
    plugin = folder / "courier"
    plugin.mkdir(parents=True)
    shutil.copy(MANIFEST, plugin / "plugin.toml")
    shutil.copy(WASM, plugin / "plugin.wasm")
    return plugin


class Courier:
    """One instance of it."""

    def __init__(self, instance: PluginInstance) -> None:
        self.instance = instance

    async def run(self, command: str, *, kill: bool = False, **values: str | bool | int) -> list[Record]:
        """What a command returns; raises PluginError. `_` in names stands for `-`, numbers for their digits."""
        given = {
            name.replace("_", "-"): value if isinstance(value, bool) else str(value) for name, value in values.items()
        }
        asked = json.dumps({"subcommand": command.replace("_", "-"), "values": given})
        answer = await self.instance.call("plugin-cli", "run", asked, kill=kill)
        records: list[Record] = json.loads(answer)["records"]
        return records

    async def one(self, command: str, **values: str | bool | int) -> Record:
        """The one record a command returns."""
        (record,) = await self.run(command, **values)
        return record

    async def heard(self, **values: str | bool) -> list[Record]:
        """The events that have come so far; `value` is what its JSON text says where it is JSON."""
        events = await self.run("heard", **values)
        for event in events:
            if event.get("value", "").startswith("{"):
                event["value"] = json.loads(event["value"])
        return events

    async def until(self, enough: Callable[[list[Record]], object], seconds: float = 20, **values: str) -> list[Record]:
        """The events, once they are enough; fails with those there are."""
        events: list[Record] = []
        try:
            async with asyncio.timeout(seconds):
                while not enough(events := await self.heard(**values)):  # noqa: ASYNC110 - asking is the only way
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"not enough was heard in {seconds} s: {events[-20:]}") from None
        return events

    async def hears(self, count: int, seconds: float = 20, **values: str) -> list[Record]:
        """The events, once they are so many; the cheaper way where they are many."""
        there = 0
        try:
            async with asyncio.timeout(seconds):
                while (there := (await self.one("heard", count=True, **values))["events"]) < count:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"{count} events were not heard in {seconds} s, but {there}") from None
        return await self.heard(**values)
