"""Deleting a plugin the user installed."""

from __future__ import annotations

import os
import secrets
import shutil
from typing import TYPE_CHECKING

from thoth_ls.errors import FileUnwritable, PluginInvalid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from thoth_ls.catalog.discovery import Plugin

KINDS = {
    "bundled": "it came with Thoth and cannot be uninstalled; it can be switched off",
    "development": "it is in a development folder, which Thoth does not delete; take the folder out of the setting"
    " thoth.plugins.devFolders",
    "workspace": "it is part of the workspace (.thoth/plugins), which Thoth does not delete; it can be switched off",
}


def check_removable(plugin: Plugin, root: Path) -> None:
    """Raises PluginInvalid unless the plugin is a real folder of its own in `root`, the user's plugins."""
    why = KINDS.get(plugin.origin)
    if why is not None:
        raise PluginInvalid(plugin.id, why)
    folder = plugin.folder
    if folder.parent != root:
        raise PluginInvalid(plugin.id, f"its folder {folder} is not in {root}, so it is not deleted")
    if folder.is_symlink() or _is_junction(folder):
        raise PluginInvalid(plugin.id, f"{folder} is a link to another place, so it is not deleted; remove the link")


def check_data(plugin: Plugin, used: Plugin) -> None:
    """Raises PluginInvalid where what is kept under the plugin's id belongs to `used`, which is run in its place."""
    if used.problem is None and used.origin in ("bundled", "user"):  # others have stores of their own
        said = f"{used.folder} has the same id, is used instead of {plugin.folder} and needs the data"
        raise PluginInvalid(plugin.id, f"{said}; uninstall it without deleting data")


def delete(plugin: Plugin, root: Path, on_failure: Callable[[str], None]) -> None:
    """Deletes the folder. It is out of sight at once, whatever becomes of its files. Raises FileUnwritable.

    Links in it are removed, never followed. What cannot be deleted is reported.
    """
    check_removable(plugin, root)
    gone = root / f".removed-{secrets.token_hex(8)}"  # discovery does not look at names that begin with a dot
    try:
        plugin.folder.rename(gone)
    except OSError as error:
        raise FileUnwritable(f"{plugin.folder} was not deleted: {error.strerror or error}.") from None
    failed: list[str] = []
    shutil.rmtree(gone, onerror=lambda function, path, info: failed.append(str(path)))
    if failed:
        on_failure(f"Plugin {plugin.id} is uninstalled, but {failed[0]} could not be deleted. Delete it by hand.")


def _is_junction(folder: Path) -> bool:
    """Windows has folders that are links but no symbolic ones."""
    return bool(getattr(os.path, "isjunction", lambda path: False)(folder))
