"""Judges the color themes of a plugin for its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.catalog.discovery import THEME
from thoth_ls.catalog.manifest import ManifestError, read_bytes
from thoth_ls.runtime.validation import Finding
from thoth_ls.themes.theme_text import hard_to_read, read

if TYPE_CHECKING:
    from thoth_ls.catalog.plugin import Plugin


def judged(plugin: Plugin) -> list[Finding]:
    """What is to be said of its theme.json; nothing where it has none, or no manifest that can be used. Blocks.

    What is wrong with the file as a whole and does not go together with the manifest is an error. A wrong or missing
    color is a warning, since another stands for it, and so is text that is hard to read: nothing is refused for taste.
    """
    path = plugin.file(THEME)
    if plugin.manifest is None or path is None:
        return []
    try:
        raw = read_bytes(path)
    except ManifestError as error:
        return [Finding("error", THEME, str(error).removeprefix(f"{THEME} "))]
    section = plugin.manifest.theme
    file = read(raw, section.darkness if section else {})
    found = [
        Finding("error" if item.wrong and not item.token else "warning", THEME, str(item)) for item in file.remarks
    ]
    hard = (remark for variant in file.variants for remark in hard_to_read(variant))
    return [*found, *(Finding("warning", THEME, str(remark)) for remark in hard)]
