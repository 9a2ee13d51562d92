"""The one table of the editor's colours: workbench colour id → expression of `expressions.evaluated`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from thoth_ls.themes.workbench_controls import CONTROLS
from thoth_ls.themes.workbench_editor import BASE, DIFF, EDITOR
from thoth_ls.themes.workbench_frame import MEANINGS, TERMINAL, WORKBENCH

GROUPS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "Everything": BASE,
        "Editor": EDITOR,
        "Changes": DIFF,
        "Bars, tabs and panels": WORKBENCH,
        "Fields, lists, menus and messages": CONTROLS,
        "Terminal": TERMINAL,
        "Charts, tests, symbols and states": MEANINGS,
    }
)
"""By what they are of."""
COLORS: Final[Mapping[str, str]] = MappingProxyType(
    {name: expression for group in GROUPS.values() for name, expression in group.items()}
)
"""All of them."""


def css_variable(name: str) -> str:
    """What webviews call a workbench colour."""
    return f"--vscode-{name.replace('.', '-')}"
