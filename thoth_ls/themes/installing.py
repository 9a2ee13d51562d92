"""A theme as a plugin of its own, in the user's plugin folder."""

from __future__ import annotations

import json
import shutil
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thoth_ls.catalog.words import word
from thoth_ls.errors import FileUnwritable, InputInvalid
from thoth_ls.themes.colors import parse
from thoth_ls.themes.tokens import TOKENS, defaults

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "imported.theme."
"""Of the ids of such plugins."""
MOST_WORD: Final = 60
MOST_TRIES: Final = 1_000


def install(plugins: Path, name: str, colors: Mapping[str, str], *, dark: bool) -> tuple[str, Path]:
    """The id of the plugin and its folder; all of it is there, or nothing. Blocks.

    One of the same name keeps its folder, and the new one has another. Raises InputInvalid for colours that are none
    and names nobody can write, FileUnwritable.
    """
    name = " ".join(name.split())
    palette = {token: str(color) for token, color in defaults(dark=dark).items()}
    for token, color in colors.items():
        if token not in TOKENS:
            raise InputInvalid("", "colors", f"there is no token {token[:40]!r}")
        try:
            palette[token] = str(parse(color))
        except ValueError as error:
            raise InputInvalid("", "colors", f"{token}: {error}") from None
    if not name:
        raise InputInvalid("", "name", "write a name for the theme")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in name):
        raise InputInvalid("", "name", "the name has a control character, or half a character; write it anew")
    try:
        plugins.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=plugins, prefix=".making-") as making:
            plugin_id, folder = _free(plugins, word(name)[:MOST_WORD].strip("-") or "theme")
            made = Path(making) / "theme"
            made.mkdir()
            (made / "plugin.toml").write_text(_manifest(plugin_id, name, dark=dark), "utf-8")
            theme = {name: {"name": name, "dark_mode": dark, **palette}}
            (made / "theme.json").write_text(json.dumps(theme, indent=2, ensure_ascii=False) + "\n", "utf-8")
            shutil.move(made, folder)
    except OSError as error:
        raise FileUnwritable(f"the theme was not written to {plugins}: {error.strerror or error}") from None
    return plugin_id, folder


def _free(plugins: Path, called: str) -> tuple[str, Path]:
    for number in range(1, MOST_TRIES):
        plugin_id = f"{PREFIX}{called}" if number == 1 else f"{PREFIX}{called}-{number}"
        folder = plugins / plugin_id
        if not folder.exists():
            return plugin_id, folder
    raise FileUnwritable(f"there are {MOST_TRIES:,} themes called {called} in {plugins} already: delete some of them")


def _manifest(plugin_id: str, name: str, *, dark: bool) -> str:
    quoted = json.dumps(name, ensure_ascii=False)
    return f"""id = "{plugin_id}"
name = {quoted}
version = "1.0.0"
description = "A color theme that was imported from VS Code"
author = "Imported"
api = "0.1"
capabilities = ["theme"]

[theme]
family = "Imported"
catalog = [[{quoted}, {"true" if dark else "false"}]]
"""
