"""The commands of `thoth`, each a client of a real server process."""

from __future__ import annotations

import argparse

from thoth_ls.cli.info import info
from thoth_ls.cli.show import open_file
from thoth_ls.cli.table import printable
from thoth_ls.lsp.client import RequestFailed, connect
from thoth_ls.wire.methods import PLUGINS

__all__ = ["RequestFailed", "info", "list_plugins", "open_file"]


async def list_plugins(options: argparse.Namespace) -> int:
    """Prints the installed plugins; returns 1 when one of them cannot be used."""
    async with connect() as client:
        answer = await client.request(PLUGINS)
    for plugin in answer.plugins:
        print(printable(f"{plugin.id}  {plugin.version}  {plugin.name}  [{' '.join(plugin.extensions)}]"))
        if plugin.problem:
            print(printable(f"    cannot be used: {plugin.problem}"))
    return 1 if any(plugin.problem for plugin in answer.plugins) else 0
