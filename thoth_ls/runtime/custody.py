"""What the runtime asks of whoever is responsible for plugins, before and while it runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from thoth_ls.calling import Caller
    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.errors import PluginError
    from thoth_ls.runtime.imports import HostTable, Permit
    from thoth_ls.runtime.usage import Usage
    from thoth_ls.wire.permissions import Need

NO_SETTINGS = "[]"


class Custody(Protocol):
    """Answers for plugins. All but `admit` are called on any thread and must not block for long."""

    def refusal(self, plugin: Plugin) -> PluginError | None:
        """Why the plugin may not run, PluginDisabled where it is switched off; None where nothing stands against it."""

    def settled(self, plugin: Plugin) -> bool:
        """Whether somebody has decided about all it needs, so that nobody would be asked."""

    async def admit(self, plugin: Plugin, need: Need | None = None) -> None:
        """Returns when the plugin may be run; a person may be asked. Called before each instance is made.

        Raises what `refusal` returns, and PermissionDenied where `need`, which it cannot do without, is not granted.
        """

    def settings(self, plugin: Plugin) -> str:
        """The stored settings as `plugin-lifecycle.on-load` takes them: a JSON array of objects with key and value."""

    def host(self, plugin: Plugin, caller: Caller) -> HostTable:
        """The functions this plugin is offered; made anew for each guest, which `caller` is. On the guest's thread."""

    def permit(self, plugin: Plugin) -> Permit:
        """Judges each call of a function that needs something."""

    def usage(self, plugin: Plugin) -> Usage:
        """Where what it uses is counted."""

    def crashed(self, plugin: Plugin, message: str) -> None:
        """A guest trapped or hit a limit and is gone; it has been counted."""


class NoCustody:
    """Nobody is responsible: every plugin may run, and gets what `table` says and nothing is needed for."""

    def __init__(self, table: HostTable | None = None) -> None:
        self._table: HostTable = table or {}

    def refusal(self, plugin: Plugin) -> PluginError | None:
        """Nothing stands against any plugin."""
        return None

    def settled(self, plugin: Plugin) -> bool:
        """Nobody is asked."""
        return True

    async def admit(self, plugin: Plugin, need: Need | None = None) -> None:
        """Admits every plugin."""

    def settings(self, plugin: Plugin) -> str:
        """None are stored."""
        return NO_SETTINGS

    def host(self, plugin: Plugin, caller: Caller) -> HostTable:
        """The same for all."""
        return self._table

    def permit(self, plugin: Plugin) -> Permit:
        """Nothing is granted."""
        from thoth_ls.runtime.imports import nothing_granted

        return nothing_granted

    def usage(self, plugin: Plugin) -> Usage:
        """Is not kept."""
        from thoth_ls.runtime.usage import Usage

        return Usage()

    def crashed(self, plugin: Plugin, message: str) -> None:
        """Is not kept."""
