"""What a panel looks like, and what the client knows of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.news import Latest
from thoth_ls.wire.panels import DidRenderPanel, PanelView

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.panels.drawing import Look

FRAME_SECONDS = 1 / 30
"""Between two trees that nobody asked for."""


class Views:
    """Belongs to the event loop, but for `drawn`."""

    def __init__(self, panel_id: str, title: str, tell: Callable[[DidRenderPanel], None]) -> None:
        self.now = PanelView(revision=0, node=None, height_hint=0, title=title, icon=None)
        """The newest."""
        self._panel_id = panel_id
        self._tell = tell
        self._look: Look | None = None
        self._told: int | None = None
        """Revision the client has; None while it does not know of the panel, or no longer cares."""
        self.soon: Latest[PanelView] = Latest(self.publish, FRAME_SECONDS)
        """Tells a view that nobody waits for; of many the last."""

    def drawn(self, look: Look, *, again: bool = True) -> PanelView:
        """The view of `look`; without `again` the last one where that looks the same. On the guest's thread."""
        if again or look != self._look:
            self._look = look
            self.now = PanelView(
                revision=self.now.revision + 1,
                node=look.node,
                height_hint=look.height,
                title=look.title,
                icon=look.icon,
            )
        return self.now

    def known(self, revision: int) -> None:
        """The client knows of the panel, and has the view of that revision."""
        self._told = revision
        self.publish(self.now)

    def answered(self) -> PanelView:
        """The newest view, which the client is about to be given."""
        self._told = self.now.revision
        return self.now

    def taken_in(self, view: PanelView) -> None:
        """Tells what came of an event of a person; what comes of that next is told at once, too: they wait for it."""
        self.publish(view)
        self.soon.begin_anew()  # a view that waits there is older than this

    def publish(self, view: PanelView) -> None:
        """Tells the client, unless it has this one or a newer one."""
        if self._told is not None and view.revision > self._told:
            self._told = view.revision
            self._tell(DidRenderPanel(panel_id=self._panel_id, view=view))

    def dismiss(self) -> None:
        """Nothing more is told."""
        self._told = None
