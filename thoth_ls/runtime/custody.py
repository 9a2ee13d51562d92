"""What the runtime asks of whoever is responsible for plugins, before and while it runs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.runtime.imports import HostTable, Permit

NO_SETTINGS = "[]"


@dataclass(frozen=True, slots=True)
class Used:
    """What one call of a guest took."""

    export: str
    fuel: int
    seconds: float
    memory_bytes: int
    """0 where that cannot be told."""


class Custody(Protocol):
    """Answers for plugins. All but `admit` are called on the threads of instances and must not block for long."""

    async def admit(self, plugin: Plugin) -> None:
        """Returns when the plugin may be run; a person may be asked. Called before each instance is made.

        Raises PluginDisabled where it is switched off and PermissionDenied where it cannot do without what was denied.
        """

    def settings(self, plugin: Plugin) -> str:
        """The stored settings as `plugin-lifecycle.on-load` takes them: a JSON array of objects with key and value."""

    def host(self, plugin: Plugin) -> HostTable:
        """The functions this plugin is offered."""

    def permit(self, plugin: Plugin) -> Permit:
        """Judges each call of a function that needs something."""

    def used(self, plugin: Plugin, used: Used) -> None:
        """A call has ended, well or not."""

    def crashed(self, plugin: Plugin, message: str) -> None:
        """A guest trapped or hit a limit and is gone."""


class NoCustody:
    """Nobody is responsible: every plugin may run, and gets what `table` says and nothing is needed for."""

    def __init__(self, table: HostTable | None = None) -> None:
        self._table: HostTable = table or {}

    async def admit(self, plugin: Plugin) -> None:
        """Admits every plugin."""

    def settings(self, plugin: Plugin) -> str:
        """None are stored."""
        return NO_SETTINGS

    def host(self, plugin: Plugin) -> HostTable:
        """The same for all."""
        return self._table

    def permit(self, plugin: Plugin) -> Permit:
        """Nothing is granted."""
        from thoth_ls.runtime.imports import nothing_granted

        return nothing_granted

    def used(self, plugin: Plugin, used: Used) -> None:
        """Is not kept."""

    def crashed(self, plugin: Plugin, message: str) -> None:
        """Is not kept."""
