"""A colour theme of VS Code made into one of ours: each token from the colours and scopes that mean the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.errors import InputInvalid
from thoth_ls.themes.colors import BLACK, Color, contrast, luminance, mixed, parse, readable
from thoth_ls.themes.tokens import TOKENS, defaults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from thoth_ls.themes.tokens import Palette

WORKBENCH: Final[Mapping[str, Sequence[str]]] = {
    "bg": ("editor.background",),
    "bg_panel": (
        "sideBar.background",
        "panel.background",
        "editorGroupHeader.tabsBackground",
        "activityBar.background",
    ),
    "bg_sunken": ("input.background", "terminal.background", "editorWidget.background"),
    "surface": ("list.inactiveSelectionBackground", "button.secondaryBackground", "editorWidget.background"),
    "surface_raised": ("list.activeSelectionBackground", "widget.border", "panel.border", "editorGroup.border"),
    "surface_active": ("input.border", "checkbox.border", "scrollbarSlider.activeBackground"),
    "fg": ("editor.foreground", "foreground"),
    "fg_muted": ("descriptionForeground", "editorLineNumber.foreground", "tab.inactiveForeground"),
    "success": ("testing.iconPassed", "gitDecoration.addedResourceForeground", "terminal.ansiGreen", "charts.green"),
    "warning": ("editorWarning.foreground", "list.warningForeground", "terminal.ansiYellow", "charts.yellow"),
    "error": ("editorError.foreground", "errorForeground", "terminal.ansiRed", "charts.red"),
    "info": ("editorInfo.foreground", "terminal.ansiCyan", "charts.blue", "terminal.ansiBlue"),
    "accent": ("button.background", "badge.background", "activityBarBadge.background", "progressBar.background"),
    "accent_secondary": ("focusBorder", "textLink.foreground", "editorCursor.foreground"),
    "sidebar_hover": ("list.hoverBackground",),
    "sidebar_header": ("sideBarSectionHeader.foreground", "sideBarTitle.foreground"),
    "indent_guide": ("editorIndentGuide.background1", "editorIndentGuide.background", "tree.indentGuidesStroke"),
}
"""Colours of the workbench by token, the best first."""
SCOPES: Final[Mapping[str, Sequence[str]]] = {
    "syntax_key": ("support.type.property-name.json", "support.type.property-name", "keyword", "entity.name.tag"),
    "syntax_string": ("string", "string.quoted"),
    "syntax_number": ("constant.numeric", "constant"),
    "syntax_bool": ("constant.language", "constant"),
    "syntax_punctuation": ("punctuation", "meta.brace", "keyword.operator"),
}
"""Scopes by token, the best first."""
KINDS: Final = {
    **dict.fromkeys(("dark", "vs-dark", "hc", "hcdark", "hc-black"), True),
    **dict.fromkeys(("light", "vs", "hclight", "hc-light"), False),
}
"""What files call themselves in `type`, and whether that is dark."""
READ_ON: Final[Mapping[str, str]] = {
    **dict.fromkeys(("fg", "fg_muted", *SCOPES, "success", "warning", "error", "info"), "bg"),
    "sidebar_header": "bg_panel",
}
"""Tokens that are text, and what they are read upon: paler ones are made readable."""


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
    usual = defaults(dark=dark)
    bg = colors.get("editor.background", usual["bg"]).over(BLACK)
    fg = next((colors[item] for item in WORKBENCH["fg"] if item in colors), usual["fg"]).over(bg)
    palette: dict[str, Color] = {"bg": bg}
    remarks = []
    for key in TOKENS:
        if key in palette:
            continue
        found = _found(key, colors, theme, bg)
        if found is None:
            found = _guessed(key, palette, fg, usual)
            remarks.append(f"{key}: the theme has no color for it; {found} stands for it")
        palette[key] = found
    for token, behind in READ_ON.items():
        before = palette[token]
        palette[token] = readable(before, palette[behind].over(bg))
        if palette[token] != before and contrast(before.over(bg), palette[behind].over(bg)) < 3:
            remarks.append(f"{token}: {before} could hardly be read; it is {palette[token]} now")
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


def _found(key: str, colors: Mapping[str, Color], theme: Mapping[str, Any], bg: Color) -> Color | None:
    if key in SCOPES:
        return next((color for scope in SCOPES[key] if (color := _scope(theme, scope)) is not None), None)
    for name in WORKBENCH[key]:
        color = colors.get(name)
        if color is not None and color.alpha > 0:
            return color if key == "sidebar_hover" else color.over(bg)
    return None


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


def _guessed(key: str, palette: Palette, fg: Color, usual: Palette) -> Color:
    """Of grounds and lines something between background and text; of what has a meaning the usual colour."""
    bg = palette["bg"]
    shares = {
        "bg_panel": 0.04,
        "bg_sunken": 0.0,
        "surface": 0.1,
        "surface_raised": 0.18,
        "surface_active": 0.28,
        "indent_guide": 0.2,
        "fg_muted": 0.7,
        "sidebar_header": 0.7,
        "syntax_punctuation": 0.7,
    }
    if key in shares:
        return mixed(bg, fg, shares[key])
    if key == "sidebar_hover":
        return fg.faded(12)
    if key == "accent_secondary" and "accent" in palette:
        return palette["accent"]
    return usual[key]
