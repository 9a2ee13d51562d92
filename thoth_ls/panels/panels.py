"""All open panels of one server."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from thoth_ls.calling import soon
from thoth_ls.catalog.manifest import Capability
from thoth_ls.errors import PanelBusy, PluginInvalid, PluginReloaded, UnknownPanel
from thoth_ls.panels.drawing import COMPONENT, icon_of, one_line
from thoth_ls.panels.panel import Panel
from thoth_ls.panels.signals import Signals
from thoth_ls.panels.tabs import Tabs
from thoth_ls.wire.panels import PanelInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.errors import PluginError
    from thoth_ls.panels.events import PanelEvents
    from thoth_ls.panels.tabs import ShowPanel
    from thoth_ls.runtime.imports import HostTable
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.wire.panels import OpenPanelParams, PanelOpened

MOST_PANELS = 100
"""Open at the same time; each has a thread and a memory of its own."""
RELOADS = 3
"""That are waited out when a panel is opened."""
HAVE_PANELS = {Capability.NEW_UI_COMPONENT, Capability.DATA_SOURCE}


class Panels:
    """Opens panels, and finds them by their ids. All but `list`, `imports` and `storage_written` is for the loop."""

    def __init__(
        self,
        runtime: PluginRuntime,
        events: PanelEvents,
        log: Callable[[str, str, str], None],
        show: ShowPanel | None = None,
    ) -> None:
        """`log` gets a plugin's id, a level and a sentence for its log, on any thread.

        `show` has the client open a tab; None where it cannot.
        """
        self.signals = Signals(self._knows, events, log)
        self.tabs = Tabs(show, log)
        self._runtime = runtime
        self._events = events
        self._log = log
        self._loop = asyncio.get_running_loop()
        self._open: dict[str, Panel] = {}
        self._opening = 0
        self.on_opened: Callable[[Panel], None] = lambda panel: None
        """Called when one has been opened; may be replaced."""
        self.on_closed: Callable[[Panel], None] = lambda panel: None
        """Called when one has ended, or could not be opened; may be replaced."""

    def all(self) -> Sequence[Panel]:
        """Those that are open."""
        return list(self._open.values())

    def list(self) -> list[PanelInfo]:
        """The plugins that may have panels, by name. Runs nothing; looks at files, for any thread."""
        found = [
            _info(plugin)
            for plugin in self._runtime.catalog.usable
            if plugin.manifest is not None
            and HAVE_PANELS.intersection(plugin.manifest.capabilities)
            and self._runtime.custody.refusal(plugin) is None
        ]
        return sorted(found, key=lambda info: (info.name.casefold(), info.plugin_id))

    def get(self, panel_id: str) -> Panel:
        """The open panel of that id; raises UnknownPanel."""
        panel = self._open.get(panel_id)
        if panel is None:
            raise UnknownPanel("This panel is not open any more; open it again.")
        return panel

    def find(self, panel_id: str) -> Panel | None:
        """The open panel of that id; None where it was closed, or is not open yet."""
        return self._open.get(panel_id)

    async def open(self, params: OpenPanelParams) -> PanelOpened:
        """Starts a panel, which runs until it is closed; a person may be asked what the plugin may do.

        Raises PluginNotFound, PluginInvalid where it has no panels, PanelBusy, and whatever its start raises.
        """
        if len(self._open) + self._opening >= MOST_PANELS:
            raise PanelBusy(f"{MOST_PANELS} panels are open already; close some of them first.")
        self._opening += 1
        try:
            for _ in range(RELOADS):
                with suppress(PluginReloaded):  # while it was compiled, perhaps: whoever writes it goes on writing
                    return await self._start(params)
            return await self._start(params)
        finally:
            self._opening -= 1

    async def close(self, panel_id: str) -> None:
        """Ends a panel; one that is not open is none to be ended."""
        panel = self._open.pop(panel_id, None)
        if panel is not None:
            await panel.close()

    async def close_all(self) -> None:
        """Ends all of them."""
        self.tabs.close()
        await asyncio.gather(*(self.close(panel_id) for panel_id in list(self._open)), return_exceptions=True)

    def storage_written(self, plugin: Plugin, panel_id: str | None) -> None:
        """Tells the panels of a plugin, but for the one of that id, that what it keeps is different. For any thread."""
        soon(self._loop, self._storage_changed, plugin.id, panel_id)

    def plugin_stopped(self, plugin_id: str, reason: PluginError) -> None:
        """See `manager.views.View`."""
        for panel in self._of(plugin_id):
            panel.reloading, panel.ends_for = False, str(reason)

    def plugin_changed(self, plugin_id: str, message: str) -> None:
        """See `manager.views.View`."""
        for panel in self._of(plugin_id):
            panel.reloading, panel.ends_for = True, message

    def panel_known(self, panel: Panel) -> None:
        """See `panel.House`."""
        self.signals.tell(panel.panel_id)

    def panel_closed(self, panel: Panel) -> None:
        """See `panel.House`."""
        self._open.pop(panel.panel_id, None)
        self.signals.forget(panel.panel_id)
        self.on_closed(panel)

    def imports(self, plugin: Plugin, caller: Caller) -> HostTable:
        """What panels offer to plugins; on the thread of the guest that `caller` is."""
        return {"signals": self.signals.imports(plugin, caller), "ui-tabs": self.tabs.imports(plugin, caller)}

    async def _start(self, params: OpenPanelParams) -> PanelOpened:
        plugin = self._runtime.catalog.installed(params.plugin_id)
        if plugin.problem is not None:
            raise PluginInvalid(plugin.id, plugin.problem)
        panel = Panel(plugin, params.place, params.state, self._events, self._log, self)
        instance = await self._runtime.instance(plugin, restore=panel.restore, panel=panel)
        try:
            if COMPONENT not in instance.exports:
                raise PluginInvalid(plugin.id, f"it has no panels: it exports no {COMPONENT}")
            opened = await panel.open(instance)
        except BaseException:
            panel.dismiss()
            await asyncio.shield(instance.close())
            raise
        self._open[panel.panel_id] = panel
        self.on_opened(panel)
        return opened

    def _knows(self, panel_id: str) -> bool:
        panel = self._open.get(panel_id)
        return panel is not None and panel.known

    def _of(self, plugin_id: str) -> Sequence[Panel]:
        return [panel for panel in self._open.values() if panel.plugin.id == plugin_id]

    def _storage_changed(self, plugin_id: str, by: str | None) -> None:
        for panel in self._of(plugin_id):
            if panel.panel_id != by:
                panel.storage_changed()


def _info(plugin: Plugin) -> PanelInfo:
    info = plugin.info()
    return PanelInfo(
        plugin_id=plugin.id,
        name=one_line(info.name) or plugin.id,
        icon=icon_of(info.icon),
        description=info.description,
    )
