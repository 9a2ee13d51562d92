"""The pages of settings that plugins draw themselves: one instance each, kept while somebody works on the page."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from thoth_ls.errors import InputInvalid, PluginDisabled, PluginError, PluginInvalid
from thoth_ls.runtime.nodes import check_node
from thoth_ls.runtime.viewer import HEIGHT, NODE_BYTES

if TYPE_CHECKING:
    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.wire.plugin_settings import PluginSettingsEventParams

SETTINGS, COMPONENT = "plugin-settings", "ui-component"
RENDER = "plugin-settings.render-settings"
IDLE_SECONDS = 300.0
"""How long a page nobody touches keeps its instance."""

Page = tuple[str, int]
"""A node as JSON text, and the height it wants."""


class SettingsPages:
    """Belongs to the event loop."""

    def __init__(self, runtime: PluginRuntime) -> None:
        self._runtime = runtime
        self._instances: dict[str, PluginInstance] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def render(self, plugin: Plugin) -> Page | None:
        """The page as it is now; None where the plugin has none or an empty one. Raises PluginError."""
        if plugin.problem is not None or not plugin.wasm.is_file():
            return None
        refusal = self._runtime.custody.refusal(plugin)
        if refusal is not None:
            raise refusal
        if not self._runtime.custody.settled(plugin):
            said = "its own page is shown once it has been decided what it may do (view Plugins)"
            raise PluginDisabled(plugin.id, said)
        if SETTINGS not in (await self._runtime.load(plugin)).exports:
            return None
        output = await self._call(plugin, SETTINGS, "render-settings")
        text = output["node_json"]
        check_node(plugin.id, RENDER, text, NODE_BYTES)
        if _is_empty(text):
            return None
        return text, min(output["height_hint"], HEIGHT)

    async def handle(self, plugin: Plugin, event: PluginSettingsEventParams) -> None:
        """Hands an event to the plugin; raises InputInvalid where it takes none, PluginError where it may not run."""
        if plugin.problem is not None:
            raise PluginInvalid(plugin.id, plugin.problem)
        if COMPONENT not in (await self._runtime.load(plugin)).exports:
            said = (
                f"its page has a widget {event.widget_id[:64]!r} that is no declared setting, and it exports no"
                f" {COMPONENT} that would take in what is done there"
            )
            raise InputInvalid(plugin.id, "widgetId", said)
        given = {"widget_id": event.widget_id, "kind": event.kind, "value": event.value}
        await self._call(plugin, COMPONENT, "handle-event", given)

    async def _call(self, plugin: Plugin, interface: str, function: str, *arguments: Any) -> Any:
        instance = self._instances.get(plugin.id)
        if instance is not None and instance.closed:  # the plugin was reloaded or switched off meanwhile
            instance = None
        if instance is None:
            instance = await self._runtime.instance(plugin)
            other = self._instances.get(plugin.id)
            if other is not None and not other.closed:
                await instance.close()
                instance = other
            self._instances[plugin.id] = instance
        self._wait(plugin.id)
        return await instance.call(interface, function, *arguments)

    def _wait(self, plugin_id: str) -> None:
        timer = self._timers.pop(plugin_id, None)
        if timer is not None:
            timer.cancel()
        self._timers[plugin_id] = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._forget, plugin_id)

    def _forget(self, plugin_id: str) -> None:
        self._timers.pop(plugin_id, None)
        instance = self._instances.pop(plugin_id, None)
        if instance is not None:
            task = asyncio.create_task(_close(instance))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def close(self) -> None:
        """Ends the waiting; the runtime ends the instances."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._instances.clear()


def _is_empty(text: str) -> bool:
    """Whether a page holds nothing: plugins without settings return an empty column."""
    node = json.loads(text)
    return not node.get("children") and node["type"] in ("column", "row") and "child" not in node


async def _close(instance: PluginInstance) -> None:
    with contextlib.suppress(PluginError):
        await instance.close()
