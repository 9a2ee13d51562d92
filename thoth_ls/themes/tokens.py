"""The 22 colours a theme is made of, and those that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from thoth_ls.themes.colors import BLACK, Color, parse
from thoth_ls.themes.expressions import evaluated

TOKENS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bg": "main background",
        "bg_panel": "side panels, bars of tools and status",
        "bg_sunken": "inset areas, such as fields",
        "surface": "cards, controls at rest",
        "surface_raised": "hovered controls, borders",
        "surface_active": "pressed controls",
        "fg": "text",
        "fg_muted": "secondary text, comments",
        "syntax_key": "keys, links, keywords",
        "syntax_string": "strings",
        "syntax_number": "numbers",
        "syntax_bool": "booleans and null",
        "syntax_punctuation": "brackets and commas",
        "success": "what went well",
        "warning": "what may go wrong",
        "error": "what went wrong",
        "info": "what is to be known",
        "accent": "buttons, selection",
        "accent_secondary": "focus",
        "sidebar_hover": "wash over what the pointer is on",
        "sidebar_header": "headings of sections",
        "indent_guide": "lines of indentation",
    }
)
"""What each is for, in the order of `theme.json`."""

_DARK: Final = """
#1e1e2e #181825 #11111b #313244 #45475a #585b70 #cdd6f4 #7f849c #89b4fa #a6e3a1 #fab387 #cba6f7 #9399b2
#a6e3a1 #f9e2af #f38ba8 #74c7ec #cba6f7 #b4befe #6c708633 #9399b2 #45475a
"""
_LIGHT: Final = """
#eff1f5 #e6e9ef #dce0e8 #ccd0da #bcc0cc #acb0be #4c4f69 #8c8fa1 #1e66f5 #40a02b #fe640b #8839ef #7c7f93
#40a02b #df8e1d #d20f39 #209fb5 #8839ef #7287fd #9ca0b033 #7c7f93 #bcc0cc
"""

Palette = Mapping[str, Color]
"""A colour for every token."""


def defaults(*, dark: bool) -> Palette:
    """What stands for a token that a theme leaves out: the default of the same darkness."""
    values = (_DARK if dark else _LIGHT).split()
    return {token: parse(value) for token, value in zip(TOKENS, values, strict=True)}


DERIVED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fg_subtle": "fg_muted~50~fg",
        "fg_faint": "surface_active~50~fg_muted",
        "edge": "surface_raised/34",
        "focus": "accent_secondary/90",
        "selection": "accent/23.5",
        "link": "syntax_key",
        "text_fg": "text:fg",
        "text_muted": "text:fg_muted",
        "text_key": "text:syntax_key",
        "text_string": "text:syntax_string",
        "text_number": "text:syntax_number",
        "text_bool": "text:syntax_bool",
        "text_success": "text:success",
        "text_warning": "text:warning",
        "text_error": "text:error",
        "text_info": "text:info",
        "text_accent": "text:accent",
        "text_secondary": "text:accent_secondary",
    }
)
"""What follows from the tokens, by names that are none: expressions of `expressions.evaluated`.

`text_muted` and the like are the tokens made readable upon whatever text stands on: themes may be paler than that.
"""


def derived(palette: Palette) -> Palette:
    """The palette, its background opaque, and what follows from it."""
    colors = {**palette, "bg": palette["bg"].over(BLACK)}
    return {**colors, **{name: evaluated(expression, colors) for name, expression in DERIVED.items()}}


def css_token(name: str) -> str:
    """What webviews call a token, or what follows from tokens."""
    return f"--thoth-{name.replace('_', '-')}"


CHART: Final = ("accent", "accent_secondary", "syntax_key", "success", "syntax_number", "error", "warning", "info")
"""Series of charts, in order."""
