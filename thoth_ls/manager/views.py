"""What the life of plugins concerns beyond the plugins themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from thoth_ls.errors import PluginError
    from thoth_ls.wire.plugins import DidChangePlugins


class View(Protocol):
    """Whatever shows what plugins read. Called on the event loop; must not raise."""

    def plugin_stopped(self, plugin_id: str, reason: PluginError) -> None:
        """A plugin may not run any more."""

    def plugin_changed(self, plugin_id: str, message: str) -> None:
        """A plugin is another by now, or may run again; `message` is a sentence."""


class PluginEvents(Protocol):
    """Whoever tells the client. Called on the event loop; must not raise."""

    def plugins_changed(self, event: DidChangePlugins) -> None:
        """Plugins came, went or changed their state."""
