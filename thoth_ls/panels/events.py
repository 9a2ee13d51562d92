"""Whoever is told what panels do while nobody is asking, and where they are open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from thoth_ls.panels.panel import Panel
    from thoth_ls.wire.datasets import DidChangeDatasets
    from thoth_ls.wire.panels import DidClosePanel, DidFailPanel, DidRenderPanel, DidSignal, DidWorkPanel


class PanelEvents(Protocol):
    """Called on the event loop; must not raise."""

    def datasets_changed(self, event: DidChangeDatasets) -> None:
        """There are other data sets, or other rows in them; may come in floods."""

    def panel_rendered(self, event: DidRenderPanel) -> None:
        """A panel has another tree, title or icon."""

    def panel_failed(self, event: DidFailPanel) -> None:
        """A call of a panel failed."""

    def panel_working(self, event: DidWorkPanel) -> None:
        """A panel keeps somebody waiting, or no longer does."""

    def panel_closed(self, event: DidClosePanel) -> None:
        """A panel has ended without being asked to."""

    def signals_changed(self, event: DidSignal) -> None:
        """A panel has other signals."""


class House(Protocol):
    """Where a panel is open. Called on the event loop."""

    def panel_known(self, panel: Panel) -> None:
        """The client has its id by now."""

    def panel_closed(self, panel: Panel) -> None:
        """It takes nothing any more."""
