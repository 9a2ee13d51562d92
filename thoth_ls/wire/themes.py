"""Colour themes of plugins."""

from typing import Annotated, Literal

from pydantic import Field

from thoth_ls.wire.base import Wire

EditorKind = Literal["dark", "light", "highContrastDark", "highContrastLight"]
"""Of the editor's own colour theme. Plugins that make themes when they are asked are told."""


class ThemesParams(Wire):
    """Asks for all themes as they are for an editor of this kind."""

    editor_kind: EditorKind


class ThemeInfo(Wire):
    """One theme that can be chosen."""

    theme_id: str
    """`<plugin id>/<variant>`: variants of the same name of several plugins are kept apart."""
    name: str
    """Made harmless, as is the family."""
    family: str
    dark: bool
    plugin_id: str
    plugin_name: str
    dynamic: bool
    """Whether a plugin makes it when it is asked, so that it may be another next time."""
    colors: dict[str, str]
    """Every token (docs/themes.md) as `#rrggbb` or `#rrggbbaa`, for previews."""
    remarks: list[str]
    """What its author should read: wrong colours, missing tokens."""


class ThemeFailure(Wire):
    """A plugin whose themes cannot be had."""

    plugin_id: str
    plugin_name: str
    message: str


class ThemeList(Wire):
    """By family and name; what fails of one plugin changes nothing about the others."""

    themes: list[ThemeInfo]
    failures: list[ThemeFailure]


class ResolveThemeParams(Wire):
    """Asks what a theme looks like everywhere; an unknown one is an error `unknownTheme`.

    So is an empty id: the server does not know the colours of the editor's own theme. A client that shows web views
    without a theme makes the tokens of them by itself (docs/themes.md, “With no theme”).
    """

    theme_id: Annotated[str, Field(max_length=500)]
    editor_kind: EditorKind


class TextMateSettings(Wire):
    """How a scope is written."""

    foreground: str
    font_style: str
    """`italic`, `bold`, `underline`, or nothing."""


class TextMateRule(Wire):
    """As in `editor.tokenColorCustomizations.textMateRules`."""

    name: str
    scope: list[str]
    settings: TextMateSettings


class ResolvedTheme(Wire):
    """What becomes of a theme (docs/themes.md)."""

    theme_id: str
    name: str
    dark: bool
    css: dict[str, str]
    """Variable of our webviews → colour."""
    workbench: dict[str, str]
    """Workbench colour id → colour."""
    text_mate_rules: list[TextMateRule]
    semantic_rules: dict[str, str]
    """Selector of semantic tokens → colour."""


class DidChangeThemes(Wire):
    """Themes came, went or have other colours; all of them may have."""


class ReadVsCodeThemeParams(Wire):
    """Has a colour theme of VS Code made into one of ours."""

    text: Annotated[str, Field(max_length=4 << 20)]
    """Of its file, JSON with comments; what it includes has been put in already."""
    name: Annotated[str, Field(max_length=200)]
    editor_kind: EditorKind


class InstallThemeParams(Wire):
    """Keeps a theme among the user's plugins, as a plugin of its own."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    dark: bool
    colors: dict[str, str]
    """By token; what is left out is the default of the same darkness."""


class InstallThemeResult(Wire):
    """It can be chosen now."""

    theme_id: str
    folder: str
    """The plugin's folder, as an address (`file:`)."""


class VsCodeThemeRead(Wire):
    """A theme made of a colour theme of VS Code."""

    name: str
    dark: bool
    colors: dict[str, str]
    """Every token."""
    remarks: list[str]
    """Which tokens had to be guessed, and from what."""
