"""The other way: each token from colours of the editor's own theme, for pages where no theme of ours is chosen.

Pages read the same table, from which `scripts/generate_theme_tokens.py` writes their part, and follow it in
`vscode-extension/src/webview/theming/editorTokens.ts`: only they know every colour of the editor's theme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from thoth_ls.themes.colors import BLACK, Color, contrast, readable, showing
from thoth_ls.themes.expressions import evaluated
from thoth_ls.themes.tokens import defaults

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_SEEN: Final = 1.5
"""Contrast below which a colour tells nothing apart: of those that shall, the next is taken."""

HARDLY: Final = 3.0
"""Contrast below which it is said that a text was mended."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a token comes from."""

    colors: Sequence[str]
    """Workbench colour ids, the best first. What is missing, or cannot be seen where it shall, is passed over."""
    otherwise: str = ""
    """What stands for it where there is none: an expression of tokens above; empty for the default of that darkness."""
    upon: str = ""
    """The token it has to be seen upon."""
    text: bool = False
    """Whether it is text there, which is made readable."""
    wash: bool = False
    """Whether it may be transparent. Others are what they look like over the background."""


def _text(*colors: str, otherwise: str = "", upon: str = "bg") -> Source:
    return Source(colors, otherwise, upon, text=True)


FROM_EDITOR: Final[Mapping[str, Source]] = MappingProxyType(
    {
        "bg": Source(("editor.background",)),
        "fg": _text("editor.foreground", "foreground"),
        "bg_panel": Source(
            (
                "sideBar.background",
                "panel.background",
                "editorGroupHeader.tabsBackground",
                "activityBar.background",
            ),
            "bg~4~fg",
        ),
        "bg_sunken": Source(("input.background", "terminal.background", "editorWidget.background"), "bg"),
        "surface": Source(
            ("list.inactiveSelectionBackground", "button.secondaryBackground", "editorWidget.background"), "bg~10~fg"
        ),
        "surface_raised": Source(
            ("list.activeSelectionBackground", "widget.border", "panel.border", "editorGroup.border"), "bg~18~fg"
        ),
        "surface_active": Source(("input.border", "checkbox.border", "scrollbarSlider.activeBackground"), "bg~28~fg"),
        "fg_muted": _text(
            "descriptionForeground", "editorLineNumber.foreground", "tab.inactiveForeground", otherwise="bg~70~fg"
        ),
        "syntax_key": _text("debugTokenExpression.name", "symbolIcon.propertyForeground", "symbolIcon.keyForeground"),
        "syntax_string": _text("debugTokenExpression.string", "symbolIcon.stringForeground", "terminal.ansiGreen"),
        "syntax_number": _text("debugTokenExpression.number", "symbolIcon.numberForeground", "terminal.ansiYellow"),
        "syntax_bool": _text("debugTokenExpression.boolean", "symbolIcon.booleanForeground", "terminal.ansiBlue"),
        "syntax_punctuation": _text(otherwise="bg~70~fg"),
        "success": _text(
            *("gitDecoration.untrackedResourceForeground", "gitDecoration.addedResourceForeground"),
            *("testing.iconPassed", "terminal.ansiGreen", "charts.green"),
        ),
        "warning": _text("list.warningForeground", "editorWarning.foreground", "terminal.ansiYellow", "charts.yellow"),
        "error": _text(
            *("list.errorForeground", "errorForeground", "editorError.foreground", "terminal.ansiRed", "charts.red")
        ),
        "info": _text("editorInfo.foreground", "terminal.ansiCyan", "charts.blue", "terminal.ansiBlue"),
        "accent": Source(
            ("button.background", "badge.background", "activityBarBadge.background", "progressBar.background"),
            upon="bg",
        ),
        "accent_secondary": Source(
            ("symbolIcon.methodForeground", "focusBorder", "textLink.foreground", "editorCursor.foreground"),
            "accent",
            upon="bg",
        ),
        "sidebar_hover": Source(("list.hoverBackground",), "fg/12", wash=True),
        "sidebar_header": _text(
            "sideBarSectionHeader.foreground", "sideBarTitle.foreground", otherwise="bg~70~fg", upon="bg_panel"
        ),
        "indent_guide": Source(
            ("editorIndentGuide.background1", "editorIndentGuide.background", "tree.indentGuidesStroke"), "bg~20~fg"
        ),
    }
)
"""Every token, those first that others are made of."""
GROUNDS: Final = ("bg_panel", "bg_sunken", "surface", "surface_raised", "surface_active")
"""What `fg` is written upon besides `bg`: where it could not be read, they are brought nearer to `bg`."""
DERIVED_FROM_EDITOR: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {"edge": ("contrastBorder",), "focus": ("focusBorder", "contrastActiveBorder")}
)
"""What follows from the tokens, and in high contrast themes of the editor is theirs all the same."""


@dataclass(frozen=True, slots=True)
class FromEditor:
    """A palette, and what of it is not in the theme as it is."""

    palette: dict[str, Color]
    guessed: dict[str, Color]
    """Tokens the theme has no colour for, and what stands for them."""
    mended: dict[str, Color]
    """Texts that could hardly be read, as they were."""


def from_editor(
    colors: Mapping[str, Color], *, dark: bool, known: Mapping[str, Color] = MappingProxyType({})
) -> FromEditor:
    """The palette of an editor's theme from its workbench colours; `known` tokens come before what the table names.

    Every text has a contrast of 4.5 to what it is read upon.
    """
    usual = defaults(dark=dark)
    bg = colors.get("editor.background", usual["bg"]).over(BLACK)
    made = FromEditor({"bg": bg}, {}, {})
    palette = made.palette
    for name, source in FROM_EDITOR.items():
        if name in palette:
            continue
        behind = palette[source.upon] if source.upon else bg
        found = next(
            (color for color in _candidates(name, source, colors, known) if _is_seen(color, behind, source)), None
        )
        if found is None:
            found = made.guessed[name] = evaluated(source.otherwise, palette) if source.otherwise else usual[name]
        color = found if source.wash else found.over(bg)
        if name in GROUNDS:
            color = showing(color, palette["fg"], bg)
        if source.text:
            if contrast(color, behind) < HARDLY:
                made.mended[name] = color
            color = readable(color, behind)
        palette[name] = color
    return made


def _candidates(name: str, source: Source, colors: Mapping[str, Color], known: Mapping[str, Color]) -> Iterator[Color]:
    if name in known:
        yield known[name]
    yield from (colors[workbench] for workbench in source.colors if workbench in colors)


def _is_seen(color: Color, behind: Color, source: Source) -> bool:
    if color.alpha == 0:
        return False
    return not source.upon or contrast(color.over(behind), behind) >= LEAST_SEEN
