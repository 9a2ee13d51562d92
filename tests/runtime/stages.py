"""A stage for instances: made in one line, closed at the end of the test."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.runtime import components
from thoth_ls.catalog.needs import Rule
from thoth_ls.errors import Limit, PluginLimitHit
from thoth_ls.runtime.crashes import Crashes
from thoth_ls.runtime.guest import Guest, LoadedPlugin, Surroundings
from thoth_ls.runtime.instance import PluginInstance
from thoth_ls.runtime.limits import MIB, Limits
from thoth_ls.runtime.watchdog import Watchdog
from thoth_ls.runtime.worker import Abandoned, Call

SMALL = Limits(fuel_per_call=10**7, memory_bytes=32 * MIB, max_result_bytes=4 * MIB)
FREE = {"host": {"ask": Rule(None)}}
SHORT = Limits(deadline_seconds=0.2, fuel_per_call=10**15)
"""So much fuel that the clock decides."""


@dataclass
class Stage:
    """Makes instances and closes them."""

    watchdog: Watchdog = field(default_factory=Watchdog)
    made: list[PluginInstance] = field(default_factory=list)
    starts: int = 0

    def instance(
        self,
        wasm: bytes = components.MISBEHAVING,
        limits: Limits = SMALL,
        *exports: str,
        restore: Callable[[Call], None] | None = None,
        crashes: Crashes | None = None,
        abandoned: Abandoned | None = None,
    ) -> PluginInstance:
        """An instance of the component in `wasm`."""
        loaded: LoadedPlugin = components.loaded(wasm, *exports)

        def start() -> Guest:
            self.starts += 1
            return Guest(loaded, limits, Surroundings(None, lambda plugin_id, level, text: None))

        instance = PluginInstance(
            components.ID,
            start,
            limits,
            self.watchdog,
            exports=loaded.exports,
            restore=restore,
            crashes=crashes,
            abandoned=abandoned,
        )
        self.made.append(instance)
        return instance


async def limit_of(instance: PluginInstance, function: str, *arguments: object) -> tuple[Limit, str]:
    """Which limit a call hits, and what people are told."""
    with pytest.raises(PluginLimitHit) as caught:
        await instance.call("", function, *arguments)
    assert caught.value.facts() == {
        "pluginId": components.ID,
        "export": function,
        "limit": caught.value.limit.value,
    }
    return caught.value.limit, str(caught.value)
