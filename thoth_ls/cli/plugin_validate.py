"""`thoth plugins validate`: judges a plugin folder, without a server."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from thoth_ls.cli.progress import Progress
from thoth_ls.cli.table import counted, printable
from thoth_ls.paths import Paths
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.runtime.validation import validate
from thoth_ls.themes.judging import judged

if TYPE_CHECKING:
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.runtime.validation import Finding


async def validate_folder(folder: Path, as_json: bool) -> int:
    """Prints what is wrong; returns 0 when the plugin can be used, 1 when it cannot, 2 when there is no such folder."""
    if not folder.is_dir():
        print(f"thoth: {printable(str(folder))} is not a folder; name the one with plugin.toml in it", file=sys.stderr)
        return 2
    progress = Progress()

    def compiling(name: str, begins: bool) -> None:
        progress.show(f"compiling {printable(name)}") if begins else progress.clear()

    runtime = PluginRuntime(Paths.standard(), Limits(), lambda plugin_id, level, text: None, compiling)
    try:
        plugin, found = await validate(folder.absolute(), runtime)
        found = [*found, *judged(plugin)]
    finally:
        await runtime.close()
    errors = sum(finding.severity == "error" for finding in found)
    if as_json:
        print(json.dumps(_facts(plugin, found, errors), ensure_ascii=False, indent=2))
    else:
        for finding in found:
            print(printable(str(finding)))
        print(printable(_verdict(plugin, errors, len(found) - errors)))
    return 1 if errors else 0


def _verdict(plugin: Plugin, errors: int, warnings: int) -> str:
    version = f" {plugin.manifest.version}" if plugin.manifest else ""
    can = "cannot be used" if errors else "can be used"
    counts = [counted(count, what) for count, what in ((errors, "error"), (warnings, "warning")) if count]
    return f"{plugin.id}{version} {can}{': ' if counts else ''}{', '.join(counts)}"


def _facts(plugin: Plugin, found: list[Finding], errors: int) -> dict[str, object]:
    return {
        "folder": str(plugin.folder),
        "id": plugin.id,
        "version": plugin.manifest.version if plugin.manifest else None,
        "valid": not errors,
        "problems": [
            {
                "severity": finding.severity,
                "file": finding.file,
                "line": finding.line,
                "key": finding.key or None,
                "message": finding.message,
            }
            for finding in found
        ],
    }
