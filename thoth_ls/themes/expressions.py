"""What the tables of colours say: a token, perhaps faded, or what can be read upon one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.themes.colors import Color, ink_on

if TYPE_CHECKING:
    from thoth_ls.themes.tokens import Palette


def evaluated(expression: str, colors: Palette) -> Color:
    """The colour of `name`, `name/40` (40 % of its opacity), `name>behind` (laid over another) or `ink:name`.

    Raises KeyError for a name that is none; the tables are held to that by a test.
    """
    if expression.startswith("ink:"):
        return ink_on(evaluated(expression[4:], colors).over(colors["bg"]))
    top, laid, behind = expression.partition(">")
    name, faded, percent = top.partition("/")
    color = colors[name].faded(float(percent)) if faded else colors[name]
    return color.over(evaluated(behind, colors)) if laid else color
