"""Writes what pages need of the tables of themes: how tokens follow from colours of the editor.

    python scripts/generate_theme_tokens.py [--check]

With `--check` nothing is written: 1 when the file is not what would be written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from generated_files import REPOSITORY, write_or_compare
from thoth_ls.themes.from_editor import DERIVED_FROM_EDITOR, FROM_EDITOR, GROUNDS, LEAST_SEEN, Source
from thoth_ls.themes.tokens import DERIVED, defaults
from thoth_ls.themes.workbench import css_variable

FILE = REPOSITORY / "vscode-extension" / "src" / "generated" / "themeTokens.ts"
HEAD = """// Generated from thoth_ls/themes by scripts/generate_theme_tokens.py. Do not edit.

/** Where a token comes from: see `Source` in thoth_ls/themes/from_editor.py. */
export interface TokenSource {
  /** Variables of the editor's colours, the best first. */
  readonly variables: readonly string[];
  /** An expression of tokens above; absent for the default of the same darkness. */
  readonly otherwise?: string;
  /** The token it has to be seen upon. */
  readonly upon?: string;
  readonly isText?: true;
  readonly isWash?: true;
  /** Whether `fg` is written upon it. */
  readonly isGround?: true;
}

"""


def main() -> int:
    """Writes the file, or compares it."""
    return write_or_compare(__doc__, {FILE: source()})


def source() -> str:
    """The whole file."""
    both = {
        kind: {
            name: str(color) for name, color in defaults(dark=kind == "dark").items() if not FROM_EDITOR[name].otherwise
        }
        for kind in ("dark", "light")
    }
    sources = {name: _described(name, where) for name, where in FROM_EDITOR.items()}
    own = {name: [css_variable(color) for color in colors] for name, colors in DERIVED_FROM_EDITOR.items()}
    return HEAD + "\n".join(
        (
            "/** Of the tokens that are made of nothing else. */",
            _constant("DEFAULTS", 'Readonly<Record<"dark" | "light", Readonly<Record<string, string>>>>', both),
            "/** Contrast below which a colour tells nothing apart. */",
            f"export const LEAST_SEEN = {LEAST_SEEN:g};\n",
            "/** The tokens, those first that others are made of. */",
            _constant("FROM_EDITOR", "Readonly<Record<string, TokenSource>>", sources),
            "/** What follows from the tokens, as expressions. */",
            _constant("DERIVED", "Readonly<Record<string, string>>", DERIVED),
            "/** Variables of the editor's colours that come before them. */",
            _constant("DERIVED_FROM_EDITOR", "Readonly<Record<string, readonly string[]>>", own),
        )
    )


def _described(name: str, where: Source) -> dict[str, object]:
    said = {
        "variables": [css_variable(color) for color in where.colors],
        "otherwise": where.otherwise,
        "upon": where.upon,
        "isText": where.text,
        "isWash": where.wash,
        "isGround": name in GROUNDS,
    }
    return {key: value for key, value in said.items() if value or key == "variables"}


def _constant(name: str, kind: str, value: Mapping[str, object]) -> str:
    lines = "\n".join(f"  {json.dumps(key)}: {json.dumps(item)}," for key, item in value.items())
    return f"export const {name}: {kind} = {{\n{lines}\n}};\n"


if __name__ == "__main__":
    sys.exit(main())
