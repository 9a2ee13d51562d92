"""The calls that draw a panel, made on its guest's thread, and what becomes of the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thoth_ls.catalog.harmless import harmless
from thoth_ls.runtime.nodes import check_node
from thoth_ls.runtime.viewer import HEIGHT

if TYPE_CHECKING:
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.runtime.worker import Call
    from thoth_ls.wire.panels import PanelPlace

COMPONENT, TAB = "ui-component", "tab-host"
TREE_BYTES = 8 << 20
"""Of one tree as JSON text."""
TITLE_BYTES = 200
"""Of UTF-8."""
FONT = ("\ue000", "\uf8ff")
"""Where the characters of icon fonts are."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a panel looks like, checked."""

    node: str | None
    height: int
    title: str
    icon: str | None


class Drawing:
    """Knows which calls a panel takes. Only `blank` may be used on another thread than the guest's."""

    def __init__(self, plugin: Plugin, place: PanelPlace) -> None:
        manifest = plugin.manifest
        self.name = one_line(manifest.name if manifest else plugin.id) or plugin.id
        self._plugin_id = plugin.id
        self._icon = icon_of(manifest.icon if manifest else None)
        self._place = place
        self._checked: str | None = None
        """The text that was checked last: many events change nothing."""
        self.has_tab_host = False
        """Whether the guest can be asked for a title and a state; set once it is known."""

    def first(self, call: Call) -> Look:
        """The first tree of a guest that is ready; raises PluginError."""
        return self.after(call, call(COMPONENT, "render-ui"), "render-ui")

    def after(self, call: Call, output: Any, function: str = "handle-event") -> Look:
        """What there is to see once `function` has answered; raises PluginError."""
        if self._place == "sidebar":
            output, function = call(COMPONENT, "render-sidebar"), "render-sidebar"
        title = one_line(call(TAB, "tab-title")) if self.has_tab_host else ""
        icon = icon_of(call(TAB, "tab-icon")) if self.has_tab_host else None
        node, height = None, 0
        if output is not None:
            node, height = output["node_json"], min(output["height_hint"], HEIGHT)
            if node != self._checked:
                check_node(self._plugin_id, f"{COMPONENT}.{function}", node, TREE_BYTES)
                self._checked = node
        return Look(node, height, title or self.name, icon or self._icon)


def one_line(text: str) -> str:
    """A title of a plugin's own, made harmless and at most 200 bytes long."""
    line = harmless(text, TITLE_BYTES)
    if len(line.encode()) <= TITLE_BYTES:
        return line
    return f"{line.encode()[: TITLE_BYTES - 3].decode('utf-8', 'ignore').rstrip()}…"


def icon_of(text: str | None) -> str | None:
    """One character of an icon font, or none."""
    return text if text is not None and len(text) == 1 and FONT[0] <= text <= FONT[1] else None
