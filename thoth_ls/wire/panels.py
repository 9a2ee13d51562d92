"""Panels of plugins: one instance a tab or side bar view, its trees and its events."""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire
from thoth_ls.wire.documents import Count

PanelPlace = Literal["tab", "sidebar"]
"""A tab shows `render-ui`, a view of the side bar `render-sidebar`. Each has an instance of its own."""

MOST_STATE = 1 << 20
"""Characters of what a panel keeps of itself."""

MOST_PIECE = 1 << 20
"""Bytes of a body that are handed over at a time."""

State = Annotated[str, Field(max_length=MOST_STATE)]
"""What `tab-host.get-state` gave, or what `ui-tabs.open-tab` was told. The plugin's own text."""


class PanelInfo(Wire):
    """A plugin that may have panels. Nothing of it is run to tell this."""

    plugin_id: str
    name: str
    """Made harmless."""
    icon: str | None
    """One character of the Phosphor font."""
    description: str


class PanelList(Wire):
    """All of them, switched on and usable, by name."""

    panels: list[PanelInfo]


class OpenPanelParams(Wire):
    """Starts an instance for a tab or a view of the side bar. The person may be asked what the plugin may do."""

    plugin_id: str
    place: PanelPlace
    state: State | None
    """What it was when it was last seen, or what it is to begin with; null for a fresh one."""


class PanelView(Wire):
    """What a panel looks like now."""

    revision: int
    """Grows by at least one each time; a view that is older than one already drawn is to be thrown away."""
    node: str | None
    """One node as JSON text (docs/ui-nodes.md); null where the plugin shows nothing at this place."""
    height_hint: int
    """Logical pixels, 0 for whatever there is."""
    title: str
    """Made harmless, at most 200 bytes."""
    icon: str | None


class PanelOpened(Wire):
    """A panel that runs until it is closed."""

    panel_id: str
    view: PanelView
    note: str | None
    """A sentence for the person where not all went well, for instance a state that was refused."""


class PanelRef(Wire):
    """An open panel; an unknown one is an error `unknownPanel`."""

    panel_id: str


class PanelEventParams(Wire):
    """Something the person did. Events of a panel are handled one at a time, in order.

    Cancelling the request drops an event that waits, and leaves one that runs to its end (`thoth/panel/stop` ends it).
    """

    panel_id: str
    widget_id: Annotated[str, Field(max_length=1000)]
    kind: Annotated[str, Field(max_length=100)]
    value: Annotated[str, Field(max_length=8 << 20)]


class PanelEventResult(Wire):
    """The plugin has taken it in. Its tree came before, as `thoth/panel/didRender`."""

    revision: int


class PanelState(Wire):
    """What to give to `thoth/panel/open` to continue from here."""

    state: str | None
    """Null where the plugin keeps nothing or would not say."""


class FocusPanelParams(Wire):
    """The panel came to the front, or is no longer there."""

    panel_id: str
    focused: bool


class PanelDataParams(Wire):
    """Asks for what a node `data-view` shows: a data set this plugin published, or a body it received."""

    panel_id: str
    handle: Annotated[str, Field(max_length=100)]
    name: Annotated[str, Field(max_length=255)]
    """A file name for a body, whose ending says what it is; empty for none."""


class PanelData(Wire):
    """A document that `thoth/document/open` opens, until the panel is closed or lets go of it."""

    uri: str
    """`thoth-data:/<token>/<name>`; nobody can guess one."""
    name: str


class PanelBytesParams(Wire):
    """Asks for a piece of a body that this plugin received, to be drawn by a node `image`."""

    panel_id: str
    handle: Annotated[str, Field(max_length=100)]
    offset: Count
    count: Annotated[int, Field(ge=1, le=MOST_PIECE)]


class PanelBytes(Wire):
    """A piece of a body: as much as was asked for, less only at its end."""

    base64: str
    size: Count
    """Bytes of the whole body."""


class DidRenderPanel(Wire):
    """The panel has another tree, title or icon."""

    panel_id: str
    view: PanelView


class DidFailPanel(Wire):
    """A call of the plugin failed. What it looked like last stays; what was done to it may have been lost."""

    panel_id: str
    kind: str
    """As in errors: `pluginTrapped`, `pluginLimitHit`, `pluginRefused` …"""
    message: str
    ended: bool
    """Whether it takes no more events until `thoth/panel/restart`."""


class DidWorkPanel(Wire):
    """A call has been running for a moment, or no longer runs."""

    panel_id: str
    busy: bool


class DidClosePanel(Wire):
    """The panel has ended without being asked to: its plugin was switched off, removed or changed."""

    panel_id: str
    message: str
    state: str | None
    """Where it can be opened again with this state at once, because the plugin was only built anew."""
    again: bool


class ShowPanelParams(Wire):
    """Has the client open a tab of a plugin (`ui-tabs.open-tab`), by `thoth/panel/open` with this state."""

    plugin_id: str
    title: str
    icon: str | None
    state: str | None


SignalStatus = Literal["ready", "loading", "error"]


class Signal(Wire):
    """A short fact for the status bar."""

    key: str
    value: str
    status: SignalStatus
    ends_in_ms: int | None
    """How long it still holds when it is told; null for as long as the guest that gave it."""


class DidSignal(Wire):
    """All signals of a panel that hold now; those that ran out are not among them."""

    panel_id: str
    plugin_name: str
    signals: list[Signal]
