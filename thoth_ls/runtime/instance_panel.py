"""What an instance knows of the panel it draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from concurrent.futures import Future

    from thoth_ls.runtime.worker import Call


class InstancePanel(Protocol):
    """What an instance draws, if it draws anything."""

    @property
    def panel_id(self) -> str:
        """As host functions know it."""

    def watch(self, outcome: Future[Any]) -> None:
        """An event of the host was put to the guest; `outcome` is what `drawn` returned. On the event loop."""

    def drawn(self, call: Call, output: Any, waiting: bool) -> Any:
        """Gets the `ui-output` of an event of the host, and whether more wait. On the guest's thread."""

    def settings_told(self) -> None:
        """The guest is told other settings before anything that is put to it from here on. On the event loop."""

    def farewell(self, call: Call) -> None:
        """The guest is about to be closed. On its thread; each call it makes has one second."""

    def closed(self) -> None:
        """The instance takes no more calls, whoever closed it. On the event loop."""
