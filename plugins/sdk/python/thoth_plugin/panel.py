"""A panel: a tab of the editor or a view of its side bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from thoth_plugin.events import Handlers

if TYPE_CHECKING:
    from thoth_plugin.datasets import Table
    from thoth_plugin.events import Event
    from thoth_plugin.nodes import Node


class Panel:
    """One a tab or view; each has an instance, and state, of its own. Write `render`, and methods marked with `on`."""

    handlers: ClassVar[Handlers]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.handlers = Handlers(cls)

    def render(self) -> Node:
        """What the tab shows. Called after every event, so it only describes and does no work."""
        raise NotImplementedError(f"{type(self).__name__} has no method render")

    def render_sidebar(self) -> Node | None:
        """What the view in the side bar shows; None for no view."""
        return None

    def title(self) -> str:
        """Of the tab; empty for the plugin's name."""
        return ""

    def icon(self) -> str | None:
        """One character of the Phosphor font; None for the plugin's."""
        return None

    def save(self) -> object:
        """All it needs to go on later, as a value that JSON can hold; None for nothing."""
        return None

    def restore(self, state: Any) -> None:
        """Takes in what `save` gave, or `thoth.tabs.open` was told; before `opened`. What it raises people are told."""

    def opened(self) -> Any:
        """Before it is first drawn. May be a coroutine."""

    def event(self, event: Event) -> Any:
        """An event no method takes. May be a coroutine."""

    def settings_changed(self) -> Any:
        """`thoth.settings` holds other values now."""

    def focused(self) -> Any:
        """It came to the front."""

    def blurred(self) -> Any:
        """It is no longer at the front."""

    def closed(self) -> Any:
        """It is being closed. Not called after a crash. Nothing that is begun here is waited for."""

    def provide_dataset(self) -> Table | None:
        """A table for other parts of the editor, made when a person asks for it (capability `data-producer`)."""
        return None


Panel.handlers = Handlers(Panel)
