"""What is told to the client while it asks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.lsp.diagnostics import Diagnostics
from thoth_ls.news import Latest
from thoth_ls.wire.methods import (
    DID_CHANGE,
    DID_CHANGE_DATASETS,
    DID_CHANGE_NETWORK_GRANTS,
    DID_CHANGE_PLUGINS,
    DID_CHANGE_THEMES,
    DID_CLOSE_PANEL,
    DID_FAIL,
    DID_FAIL_PANEL,
    DID_FIND,
    DID_NETWORK_ACTIVITY,
    DID_PROGRESS,
    DID_RENDER_PANEL,
    DID_SEARCH,
    DID_SIGNAL,
    DID_WORK_PANEL,
)
from thoth_ls.wire.themes import DidChangeThemes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire import documents as d
    from thoth_ls.wire.datasets import DidChangeDatasets
    from thoth_ls.wire.network import DidChangeNetworkGrants, DidNetworkActivity
    from thoth_ls.wire.panels import DidClosePanel, DidFailPanel, DidRenderPanel, DidSignal, DidWorkPanel
    from thoth_ls.wire.plugins import DidChangePlugins
    from thoth_ls.wire.searches import DidSearch
    from thoth_ls.wire.texts import TextProblems

ACTIVITY_SECONDS = 0.2
"""Between two notifications of what goes on in the network."""
DATASETS_SECONDS = 0.5
"""Between two notifications that there are other data sets."""


class LspEvents:
    """What happens to open documents, to plugins and on the network, told to the client."""

    def __init__(self, ls: ThothServer) -> None:
        self._ls = ls
        self._diagnostics = Diagnostics(ls)
        self._datasets: Latest[DidChangeDatasets] = Latest(self._tell_datasets, DATASETS_SECONDS)
        self._activity: Latest[DidNetworkActivity] = Latest(self._tell_activity, ACTIVITY_SECONDS)

    def progress(self, event: d.DidProgress) -> None:
        """More of a file has been read."""
        self._ls.tell(DID_PROGRESS, event)

    def found(self, event: d.DidFind) -> None:
        """A search found cells."""
        self._ls.tell(DID_FIND, event)

    def searched(self, event: DidSearch) -> None:
        """A search found names and values."""
        self._ls.tell(DID_SEARCH, event)

    def changed(self, event: d.DidChange) -> None:
        """A file changed on disk."""
        self._ls.tell(DID_CHANGE, event)

    def failed(self, event: d.DidFail) -> None:
        """Reading on in the background ended."""
        self._ls.tell(DID_FAIL, event)

    def malformed(self, uri: str, problems: Sequence[d.Problem], total: int) -> None:
        """The first malformed records of a file."""
        self._diagnostics.records(uri, problems, total)

    def text_problems(self, uri: str, problems: TextProblems) -> None:
        """What is not well formed in a text."""
        self._diagnostics.text(uri, problems)

    def plugins_changed(self, event: DidChangePlugins) -> None:
        """Plugins came, went or changed their state."""
        self._ls.tell(DID_CHANGE_PLUGINS, event)

    def themes_changed(self) -> None:
        """There are other themes, or they have other colours."""
        self._ls.tell(DID_CHANGE_THEMES, DidChangeThemes())

    def network_activity(self, event: DidNetworkActivity) -> None:
        """Something went on; of a flood the latest is told, now and then."""
        self._activity(event)

    def network_changed(self, event: DidChangeNetworkGrants) -> None:
        """Decisions about the network have changed, or the switch."""
        self._ls.tell(DID_CHANGE_NETWORK_GRANTS, event)

    def datasets_changed(self, event: DidChangeDatasets) -> None:
        """There are other data sets, or other rows in them; told now and then."""
        self._datasets(event)

    def panel_rendered(self, event: DidRenderPanel) -> None:
        """A panel has another tree, title or icon."""
        self._ls.tell(DID_RENDER_PANEL, event)

    def panel_failed(self, event: DidFailPanel) -> None:
        """A call of a panel failed."""
        self._ls.tell(DID_FAIL_PANEL, event)

    def panel_working(self, event: DidWorkPanel) -> None:
        """A panel keeps somebody waiting, or no longer does."""
        self._ls.tell(DID_WORK_PANEL, event)

    def panel_closed(self, event: DidClosePanel) -> None:
        """A panel has ended without being asked to."""
        self._ls.tell(DID_CLOSE_PANEL, event)

    def signals_changed(self, event: DidSignal) -> None:
        """A panel has other signals."""
        self._ls.tell(DID_SIGNAL, event)

    def _tell_datasets(self, event: DidChangeDatasets) -> None:
        self._ls.tell(DID_CHANGE_DATASETS, event)

    def _tell_activity(self, event: DidNetworkActivity) -> None:
        self._ls.tell(DID_NETWORK_ACTIVITY, event)
