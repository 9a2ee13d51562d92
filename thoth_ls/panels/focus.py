"""Whether a panel is the one in front, and what its guest has been told of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.panels.drawing import TAB

if TYPE_CHECKING:
    from thoth_ls.runtime.worker import Call


class Focus:
    """`wanted` belongs to the event loop, all else to the guest's thread."""

    def __init__(self) -> None:
        self.wanted = False
        """Whether it is in front now; may be replaced."""
        self._told = False
        self._dies_of_it = False
        """Whether the last guest that was told of it did not come back: the next one is spared."""

    def begin(self, call: Call) -> None:
        """Tells a guest that has just started; raises PluginError."""
        self._told = False
        if not self._dies_of_it:
            self.tell(call)

    def tell(self, call: Call) -> None:
        """Tells the guest, where it has been told something else; raises PluginError."""
        if self.wanted != self._told:
            self._told, self._dies_of_it = self.wanted, True
            call(TAB, "on-tab-focused" if self._told else "on-tab-blurred")
            self._dies_of_it = False
