"""What is told below fields: problems, hints, empty places."""

from collections.abc import Iterable
from typing import Final

from explorer import glyphs
from rest.variables import Problem
from thoth_plugin import ui
from thoth_plugin.nodes import Node

NETWORK: Final = "thoth:network-access"
"""The id of buttons that lead to the view of what plugins may reach; the editor takes it."""


def hint(text: str) -> Node:
    """A quiet sentence."""
    return ui.text(text, variant="body-muted")


def problem(text: str, level: str = "error") -> Node:
    """A sentence about something that is wrong."""
    color = "error" if level == "error" else "warning"
    glyph = glyphs.FAILED if level == "error" else glyphs.WARNING
    return ui.row(ui.icon(glyph, color=color), ui.text(text, color=color), gap=6)


def about(problems: Iterable[Problem], *places: str) -> list[Node]:
    """The problems of some places of a request: `url`, `headers` (and `headers[2]`), `body` (and `body.query`)."""
    return [problem(one.message, one.level) for one in problems if _within(one.where, places)]


def elsewhere(problems: Iterable[Problem], *places: str) -> list[Node]:
    """Those of all other places."""
    return [problem(f"{one.where}: {one.message}", one.level) for one in problems if not _within(one.where, places)]


def empty(glyph: str, title: str, sentence: str, *actions: Node) -> Node:
    """What stands where nothing is yet."""
    return ui.column(
        ui.spacer(24),
        ui.row(ui.icon(glyph, color="muted", size=24), align="center"),
        ui.row(ui.text(title, variant="title"), align="center"),
        ui.row(hint(sentence), align="center"),
        ui.row(*actions, gap=8, align="center") if actions else None,
        gap=8,
    )


def network_access() -> Node:
    """A small button that leads to the view of what plugins may reach."""
    return ui.button(NETWORK, "Network Access", icon=glyphs.SHIELD, button_type="Text", button_size="Small")


def _within(where: str, places: tuple[str, ...]) -> bool:
    return any(where == place or where.startswith((f"{place}[", f"{place}.")) for place in places)
