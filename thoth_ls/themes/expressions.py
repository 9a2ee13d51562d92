"""What the tables of colours say: a token, perhaps faded or mixed, or what can be read upon one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.themes.colors import Color, ink_on, mixed, readable

if TYPE_CHECKING:
    from thoth_ls.themes.tokens import Palette


def evaluated(expression: str, colors: Palette) -> Color:
    """The colour that an expression stands for; raises KeyError for a name that is none, which a test rules out.

    `name`, `name/40` (40 % of its opacity), `name>behind` (laid over another), `name~18~other` (18 % of the way to
    another), `ink:name` (black or white upon it), `text:name` (made readable upon `bg`). Pages evaluate the same in
    `vscode-extension/src/webview/theming/expressions.ts`.
    """
    if expression.startswith("ink:"):
        return ink_on(evaluated(expression[4:], colors).over(colors["bg"]))
    if expression.startswith("text:"):
        return readable(colors[expression[5:]], colors["bg"])
    if "~" in expression:
        one, percent, other = expression.split("~")
        return mixed(colors[one], colors[other], float(percent) / 100)
    top, laid, behind = expression.partition(">")
    name, faded, percent = top.partition("/")
    color = colors[name].faded(float(percent)) if faded else colors[name]
    return color.over(evaluated(behind, colors)) if laid else color
