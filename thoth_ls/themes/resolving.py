"""What becomes of a palette: variables of webviews, colours of the editor, colours of its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thoth_ls.themes.expressions import evaluated
from thoth_ls.themes.syntax import RULES, SEMANTIC
from thoth_ls.themes.tokens import css_token, derived
from thoth_ls.themes.workbench import COLORS, css_variable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_ls.themes.syntax import Rule
    from thoth_ls.themes.tokens import Palette


@dataclass(frozen=True, slots=True)
class Resolved:
    """The three maps; every colour as `#rrggbb` or `#rrggbbaa`."""

    css: Mapping[str, str]
    """Variable of our webviews → colour."""
    workbench: Mapping[str, str]
    """Workbench colour id → colour, as in `workbench.colorCustomizations`."""
    rules: Sequence[tuple[Rule, str]]
    """As in `editor.tokenColorCustomizations.textMateRules`, with their colours."""
    semantic: Mapping[str, str]
    """As in `editor.semanticTokenColorCustomizations.rules`."""


def resolved(palette: Palette) -> Resolved:
    """What a theme looks like everywhere."""
    colors = derived(palette)
    workbench = {name: str(evaluated(expression, colors)) for name, expression in COLORS.items()}
    return Resolved(
        css={
            **{css_variable(name): color for name, color in workbench.items()},
            **{css_token(name): str(color) for name, color in colors.items()},
        },
        workbench=workbench,
        rules=[(rule, str(evaluated(rule.color, colors))) for rule in RULES],
        semantic={selector: str(evaluated(expression, colors)) for selector, expression in SEMANTIC.items()},
    )
