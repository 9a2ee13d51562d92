"""What people see and authors read when something of a plugin fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from thoth_plugin import log
from thoth_plugin.errors import PluginError
from thoth_plugin.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

DISMISS: Final = "thoth-plugin/dismiss"
AGAIN: Final = "thoth-plugin/again"
"""Ids of the SDK's own buttons."""


def told(error: BaseException, doing: str) -> str:
    """The sentence for the person. What nobody meant to happen goes to the log with its traceback."""
    if isinstance(error, PluginError):
        return error.message or type(error).__name__
    log.exception(error, doing)
    hint = ""
    if isinstance(error, ModuleNotFoundError | LookupError) and (
        isinstance(error, ModuleNotFoundError) or "unknown encoding" in str(error)
    ):
        hint = " Modules and codecs have to be imported at the top of a file: later they are not there."
    return f"{doing} failed: {type(error).__name__}: {error}.{hint} The traceback is in the plugin's log."


def banner(messages: Sequence[str]) -> Node:
    """What failed, above what is still shown."""
    lines = [Node(type="text", text=message, color="error") for message in messages]
    button = Node(type="button", id=DISMISS, label="Dismiss", **{"button-type": "Text", "button_size": "Small"})
    return Node(type="column", framed=True, padding=8, gap=6, children=[*lines, Node(type="row", children=[button])])


def above(messages: Sequence[str], tree: Node) -> Node:
    """A tree with a banner over it."""
    return Node(type="column", gap=8, children=[banner(messages), tree])


def instead(message: str) -> Node:
    """What stands where nothing could be drawn."""
    return Node(
        type="column",
        framed=True,
        padding=12,
        gap=8,
        children=[
            Node(type="text", text="This panel could not be drawn", variant="heading"),
            Node(type="text", text=message, color="error"),
            Node(type="row", children=[Node(type="button", id=AGAIN, label="Try Again")]),
        ],
    )
