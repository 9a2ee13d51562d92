"""What a person sees of an open panel and does to it, whichever host it is open in."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoth_plugin.testing.tree import Found, Tree


class Acts(ABC):
    """Eyes and hands; how the panel is drawn and told of events is the host's."""

    @property
    @abstractmethod
    def tree(self) -> Tree:
        """What it shows."""

    @abstractmethod
    def event(self, id: str, kind: str, value: str = "") -> Tree:
        """Any event, of a widget that may not be there."""

    @property
    def text(self) -> str:
        """All that people read in it."""
        return self.tree.text

    def find(self, id: str) -> Found:
        """The widget of that id; AssertionError where there is none."""
        return self.tree.find(id)

    def click(self, id: str) -> Tree:
        """Clicks a widget that is there and can be clicked."""
        return self._act(id, "click", "")

    def change(self, id: str, value: object) -> Tree:
        """Changes a widget: a text as it is typed; numbers, booleans and lists as the editor writes them."""
        return self._act(id, "change", value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))

    def submit(self, id: str, value: str | None = None) -> Tree:
        """Presses Enter in a field."""
        return self._act(id, "submit", str(self.find(id).value or "") if value is None else value)

    def _act(self, id: str, kind: str, value: str) -> Tree:
        found = self.find(id)
        assert found.enabled, f"{id!r} is disabled: a person cannot {kind} it"
        return self.event(id, kind, value)
