"""A colour theme of VS Code made into one of ours: each token from the colours and scopes that mean the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.errors import InputInvalid
from thoth_ls.themes.colors import Color, luminance, parse
from thoth_ls.themes.from_editor import from_editor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from thoth_ls.themes.tokens import Palette

SCOPES: Final[Mapping[str, Sequence[str]]] = {
    "syntax_key": ("support.type.property-name.json", "support.type.property-name", "keyword", "entity.name.tag"),
    "syntax_string": ("string", "string.quoted"),
    "syntax_number": ("constant.numeric", "constant"),
    "syntax_bool": ("constant.language", "constant"),
    "syntax_punctuation": ("punctuation", "meta.brace", "keyword.operator"),
}
"""Scopes by token, the best first; they count before the colours of the workbench."""
KINDS: Final = {
    **dict.fromkeys(("dark", "vs-dark", "hc", "hcdark", "hc-black"), True),
    **dict.fromkeys(("light", "vs", "hclight", "hc-light"), False),
}
"""What files call themselves in `type`, and whether that is dark."""


@dataclass(frozen=True, slots=True)
class Made:
    """A theme, and what had to be guessed for it."""

    name: str
    dark: bool
    palette: Palette
    remarks: Sequence[str]


def made_of(text: str, name: str, *, dark: bool) -> Made:
    """The theme in the JSON text of a colour theme file (`colors`, `tokenColors`, `type`, `name`).

    `dark` counts where the file does not say. Raises InputInvalid where it is no such file.
    """
    theme = _object(text)
    colors = dict(_colors(theme.get("colors")))
    kind = theme.get("type")
    if isinstance(kind, str) and kind.lower() in KINDS:
        dark = KINDS[kind.lower()]
    elif "editor.background" in colors:
        dark = luminance(colors["editor.background"]) < 0.18
    if not colors and not theme.get("tokenColors"):
        raise InputInvalid("", "text", "it has neither colors nor tokenColors: this is no color theme of VS Code")
    known = {token: color for token in SCOPES if (color := _first(theme, SCOPES[token])) is not None}
    found = from_editor(colors, dark=dark, known=known)
    palette = found.palette
    remarks = [
        f"{token}: the theme has no color for it; {color} stands for it" for token, color in found.guessed.items()
    ]
    remarks += [
        f"{token}: {color} could hardly be read; it is {palette[token]} now" for token, color in found.mended.items()
    ]
    said = theme.get("name")
    return Made(said if isinstance(said, str) and said.strip() else name, dark, palette, remarks)


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputInvalid("", "text", f"it is not valid JSON: {error}") from None
    if not isinstance(found, dict):
        raise InputInvalid("", "text", "a color theme is one JSON object")
    return found


def _colors(found: object) -> Iterator[tuple[str, Color]]:
    for key, value in found.items() if isinstance(found, dict) else ():
        if isinstance(key, str) and isinstance(value, str):
            try:
                yield key, parse(value)
            except ValueError:
                continue  # `default`, or a mistake of the theme


def _first(theme: Mapping[str, Any], scopes: Sequence[str]) -> Color | None:
    return next((color for scope in scopes if (color := _scope(theme, scope)) is not None), None)


def _scope(theme: Mapping[str, Any], wanted: str) -> Color | None:
    """What the rule that fits best says of a scope; of equal ones the last, as VS Code has it."""
    best, found = -1, None
    rules = theme.get("tokenColors")
    for rule in rules if isinstance(rules, list) else ():
        if not isinstance(rule, dict) or not isinstance(settings := rule.get("settings"), dict):
            continue
        foreground = settings.get("foreground")
        scopes = rule.get("scope", "")
        listed = scopes if isinstance(scopes, list) else str(scopes).split(",")
        for scope in (str(item).strip() for item in listed):
            if (
                (wanted == scope or wanted.startswith(f"{scope}."))
                and len(scope) >= best
                and isinstance(foreground, str)
            ):
                try:
                    best, found = len(scope), parse(foreground)
                except ValueError:
                    continue
    return found
