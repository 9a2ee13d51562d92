"""A panel that is open in the fake host: a person's hands and eyes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from thoth_plugin.testing.acts import Acts
from thoth_plugin.testing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_plugin.instance import Instance
    from thoth_plugin.panel import Panel
    from thoth_plugin.testing.host import FakeHost


class OpenedPanel(Acts):
    """Made by `FakeHost.open`. Each act is one event; afterwards `tree` is what the person sees."""

    def __init__(self, host: FakeHost, instance: Instance, place: str) -> None:
        self.host = host
        self.instance = instance
        self.place = place
        self.open = True
        self.note: str | None = None
        """Why its state was not taken in."""
        self.drawn: list[Tree] = []
        """Every tree so far."""

    @property
    def panel(self) -> Panel:
        """The author's object."""
        return self.instance.panel

    @property
    def tree(self) -> Tree:
        """What it shows."""
        return self.drawn[-1]

    @property
    def title(self) -> str:
        """Of the tab."""
        return str(self._served(self.instance.tab_title))

    @property
    def icon(self) -> str | None:
        """Of the tab."""
        icon: str | None = self._served(self.instance.tab_icon)
        return icon

    def event(self, id: str, kind: str, value: str = "") -> Tree:
        """Any event, of a widget that may not be there."""
        self._served(lambda: self.instance.take_event(id, kind, value))
        self._draw()
        self.host.flush()
        return self.tree

    def hear(self, number: str, kind: str, value: str) -> None:
        """An event of the host."""
        if self.open:
            self._served(lambda: self.instance.take_event(number, kind, value))
            self._draw()

    def focus(self) -> None:
        """Brings it to the front."""
        self._served(self.instance.tab_focused)

    def blur(self) -> None:
        """Brings another to the front."""
        self._served(self.instance.tab_blurred)

    def settings_changed(self) -> None:
        """Takes in the settings of the host."""
        self._served(lambda: self.instance.on_setting_change(self.host.told_settings()))
        self._draw()

    def state(self) -> Any:
        """What it would be opened with again, for `FakeHost.open(state=…)`; has gone through JSON."""
        text = self._served(self.instance.get_state)
        return json.loads(text) if text else None

    def close(self) -> None:
        """Closes it."""
        self._served(self.instance.tab_closed)
        self._served(self.instance.on_close)
        self.open = False
        self.host.flush()

    def begin(self, state: str) -> None:
        """Starts it, as the host does."""
        from thoth_plugin.errors import PluginError

        try:
            self._served(lambda: self.instance.init_with_state(state))
        except PluginError as error:
            self.note = error.message
        self._draw(first=True)
        self.host.flush()

    def _draw(self, *, first: bool = False) -> None:
        instance = self.instance
        if self.place == "sidebar":
            text = self._served(instance.render_sidebar)
        else:
            text = self._served(instance.render_ui if first else instance.tree)
        self.drawn.append(Tree(json.loads(text) if text is not None else {"type": "column", "children": []}))

    def _served(self, act: Callable[[], Any]) -> Any:
        """Runs something of the plugin, as the host calls it: one at a time."""
        self.host.calling(self)
        try:
            with self.instance.entered():
                return act()
        finally:
            self.host.calling(None)
