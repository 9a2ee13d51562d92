"""What the tables of colours say: a token, perhaps faded or mixed, or what can be read upon one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from thoth_ls.themes.colors import Color, ink_on, mixed, readable

if TYPE_CHECKING:
    from thoth_ls.themes.tokens import Palette

STANDS_ON: Final = ("bg_sunken", "bg_panel", "fg/4", "bg")
"""What text stands on: fields and code, side bars, every other row; and at last, as what counts most, `bg`."""


def evaluated(expression: str, colors: Palette) -> Color:
    """The colour that an expression stands for; raises KeyError for a name that is none, which a test rules out.

    `name`, `name/40` (40 % of its opacity), `name>behind` (laid over another), `name~18~other` (18 % of the way to
    another), `ink:name` (black or white upon it), `text:name` (made readable upon `STANDS_ON`), `name@ground` (made
    readable upon another). Pages evaluate the same in `vscode-extension/src/webview/theming/expressions.ts`.
    """
    text, at, ground = expression.partition("@")
    if at:
        return readable(evaluated(text, colors), evaluated(ground, colors).over(colors["bg"]))
    if expression.startswith("ink:"):
        return ink_on(evaluated(expression[4:], colors).over(colors["bg"]))
    if expression.startswith("text:"):
        return _text(colors[expression[5:]], colors)
    if "~" in expression:
        one, percent, other = expression.split("~")
        return mixed(colors[one], colors[other], float(percent) / 100)
    top, laid, behind = expression.partition(">")
    name, faded, percent = top.partition("/")
    color = colors[name].faded(float(percent)) if faded else colors[name]
    return color.over(evaluated(behind, colors)) if laid else color


def _text(color: Color, colors: Palette) -> Color:
    """The colour made readable upon all that text stands on, as far as that is of one kind with the main background."""
    bg = colors["bg"]
    color = color.over(bg)
    for ground in STANDS_ON:
        behind = evaluated(ground, colors).over(bg)
        if ink_on(behind) == ink_on(bg):
            color = readable(color, behind)
    return color
