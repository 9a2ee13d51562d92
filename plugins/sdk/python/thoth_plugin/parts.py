"""Parts of nodes that are written in more than one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from thoth_plugin.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thoth_plugin.nodes import Child

    class Part(dict[str, Any]):
        """A part of a node, such as an item of a list."""

else:
    Part = dict  # as Node


Choice: TypeAlias = "Part | str | tuple[str, str]"
"""One of several: a value that is its own label, a value and a label, or what `ui.option` and `ui.choice` make."""


def options_of(options: Iterable[Choice]) -> list[Part]:
    """Options, which need no label."""
    return [Part(value=each) if isinstance(each, str) else _choice(each) for each in options]


def choices_of(choices: Iterable[Choice]) -> list[Part]:
    """Choices, all with a label."""
    return [_choice((each, each) if isinstance(each, str) else each) for each in choices]


def rows_of(rows: Iterable[Sequence[Child]]) -> list[list[Node | None]]:
    """Rows of cells; None is a cell without a value."""
    return [[Node(type="text", text=cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def icon_before(glyph: str, color: str | None = None, *, tile: bool = False) -> Part:
    """An icon before an item of a list: `ui.item("…", prefix=…)`."""
    icon = Part(glyph=glyph) if color is None else Part(glyph=glyph, color=color)
    return Part({"IconTile" if tile else "Icon": icon})


def image_before(content: bytes, name: str = "") -> Part:
    """A picture before an item of a list."""
    return Part(Image=Part(uri=name, bytes=[*content]))


def badge_at_end(text: str, color: str | None = None) -> Part:
    """A badge behind an item of a list: `ui.item("…", postfix=…)`."""
    return Part(Badge=Part(text=text) if color is None else Part(text=text, color=color))


def _choice(choice: Part | tuple[str, str]) -> Part:
    return choice if isinstance(choice, Part) else Part(value=choice[0], label=choice[1])
