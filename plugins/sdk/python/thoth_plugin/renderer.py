"""Another way to show a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from thoth_plugin.datasets import Table
    from thoth_plugin.nodes import Node


class Renderer:
    """Draws tables; what people do to the drawing is told nobody."""

    name: ClassVar[str] = ""
    """For people, in the list of views."""

    def render(self, table: Table) -> Node:
        """The drawing. Every cell is a text. Raises PluginError."""
        raise NotImplementedError
