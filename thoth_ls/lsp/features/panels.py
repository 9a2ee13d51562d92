"""Panels of plugins: each handler passes its request to the panel it names."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from thoth_ls.wire import panels as p
from thoth_ls.wire.base import Empty
from thoth_ls.wire.methods import (
    CLOSE_PANEL,
    FOCUS_PANEL,
    OPEN_PANEL,
    PANEL_EVENT,
    PANEL_STATE,
    PANELS,
    RESTART_PANEL,
    STOP_PANEL,
)

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds every `thoth/panel/*` request but `thoth/panel/data` and `thoth/panel/bytes`."""

    @server.feature(PANELS.method)
    async def list_panels(ls: ThothServer, params: Empty) -> p.PanelList:
        return p.PanelList(panels=await asyncio.to_thread(ls.services.panels.list))

    @server.feature(OPEN_PANEL.method)
    async def open_panel(ls: ThothServer, params: p.OpenPanelParams) -> p.PanelOpened:
        return await ls.services.panels.open(params)

    @server.feature(PANEL_EVENT.method)
    async def event(ls: ThothServer, params: p.PanelEventParams) -> p.PanelEventResult:
        return p.PanelEventResult(revision=await ls.services.panels.get(params.panel_id).event(params))

    @server.feature(PANEL_STATE.method)
    async def state(ls: ThothServer, params: p.PanelRef) -> p.PanelState:
        return p.PanelState(state=await ls.services.panels.get(params.panel_id).state())

    @server.feature(FOCUS_PANEL.method)
    async def focus(ls: ThothServer, params: p.FocusPanelParams) -> Empty:
        await ls.services.panels.get(params.panel_id).focus(params.focused)
        return Empty()

    @server.feature(STOP_PANEL.method)
    async def stop(ls: ThothServer, params: p.PanelRef) -> Empty:
        ls.services.panels.get(params.panel_id).stop()
        return Empty()

    @server.feature(RESTART_PANEL.method)
    async def restart(ls: ThothServer, params: p.PanelRef) -> p.PanelView:
        return await ls.services.panels.get(params.panel_id).restart()

    @server.feature(CLOSE_PANEL.method)
    async def close(ls: ThothServer, params: p.PanelRef) -> Empty:
        await ls.services.panels.close(params.panel_id)
        return Empty()
