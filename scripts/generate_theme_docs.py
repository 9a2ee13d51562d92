"""Writes the tables of docs/themes.md from the code.

    python scripts/generate_theme_docs.py [--check]

With `--check` nothing is written: 1 when the page is not what would be written.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from generated_files import REPOSITORY, write_or_compare
from thoth_ls.themes.from_editor import DERIVED_FROM_EDITOR, FROM_EDITOR, Source
from thoth_ls.themes.syntax import RULES, SEMANTIC
from thoth_ls.themes.tokens import DERIVED, TOKENS, css_token, defaults
from thoth_ls.themes.workbench import GROUPS, css_variable

PAGE = REPOSITORY / "docs" / "themes.md"
BEGIN, END = "<!-- written by scripts/generate_theme_docs.py -->\n", "<!-- end -->\n"


def main() -> int:
    """Writes the page, or compares it."""
    head, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    return write_or_compare(__doc__, {PAGE: f"{head}{BEGIN}{tables()}{END}{tail}"})


def tables() -> str:
    """All tables, one after the other."""
    dark, light = defaults(dark=True), defaults(dark=False)
    lines = ["", "## Tokens", "", "| token | for | dark default | light default |", "| --- | --- | --- | --- |"]
    lines += [f"| `{token}` | {said} | `{dark[token]}` | `{light[token]}` |" for token, said in TOKENS.items()]
    lines += ["", "## What follows from the tokens", "", "| name | variable of our webviews | made of |"]
    lines += ["| --- | --- | --- |"]
    lines += [f"| `{name}` | `{css_token(name)}` | `{made_of}` |" for name, made_of in DERIVED.items()]
    lines += [
        "",
        "## With no theme",
        "",
        "| name | colors of the editor's theme, the best first | where there is none |",
    ]
    lines += ["| --- | --- | --- |"]
    lines += [_row(name, source) for name, source in FROM_EDITOR.items()]
    for name, own in DERIVED_FROM_EDITOR.items():
        lines.append(f"| `{name}` | {_listed(own)} | `{DERIVED[name]}` |")
    for group, colors in GROUPS.items():
        lines += [
            "",
            f"## {group}",
            "",
            "| workbench color | variable of our webviews | made of |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{name}` | `{css_variable(name)}` | `{expression}` |" for name, expression in colors.items()]
    lines += ["", "## Text", "", "| what | scopes | made of | style |", "| --- | --- | --- | --- |"]
    for rule in RULES:
        lines.append(
            f"| {rule.name} | {', '.join(f'`{scope}`' for scope in rule.scopes)} | `{rule.color}` | {rule.style} |"
        )
    lines += ["", "## Semantic tokens", "", "| selector | made of |", "| --- | --- |"]
    lines += [f"| `{selector}` | `{expression}` |" for selector, expression in SEMANTIC.items()]
    return "\n".join([*lines, "", ""])


def _row(name: str, source: Source) -> str:
    otherwise = f"`{source.otherwise}`" if source.otherwise else "the default of the same darkness"
    return f"| `{name}` | {_listed(source.colors)} | {otherwise} |"


def _listed(colors: Sequence[str]) -> str:
    return ", ".join(f"`{color}`" for color in colors) or "none"


if __name__ == "__main__":
    sys.exit(main())
