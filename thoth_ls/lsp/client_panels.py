"""Tabs that plugins open, shown by the client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygls.exceptions import JsonRpcException

from thoth_ls.calling import IO_FAILED, HostRefusal
from thoth_ls.lsp.capabilities import declares
from thoth_ls.wire.methods import SHOW_PANEL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.panels import ShowPanelParams

MOST_SAID = 200


def panel_shower(ls: ThothServer) -> Callable[[ShowPanelParams], Awaitable[None]] | None:
    """Has the client open a tab; raises HostRefusal. None where it does not say that it shows panels."""
    if not declares(ls.client_capabilities, "panels"):
        return None

    async def show(params: ShowPanelParams) -> None:
        try:
            await ls.ask(SHOW_PANEL.method, params)
        except JsonRpcException as error:
            raise HostRefusal(" ".join(str(error.message).split())[:MOST_SAID], IO_FAILED) from None

    return show
