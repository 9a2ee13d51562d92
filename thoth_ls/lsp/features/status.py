"""Settings, and questions about the server itself."""

from __future__ import annotations

import asyncio
import platform
import sys
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from thoth_ls import __version__
from thoth_ls.wire.base import Empty
from thoth_ls.wire.methods import PING, SERVER_INFO
from thoth_ls.wire.server import ServerInfo
from thoth_ls.wire.version import PROTOCOL_VERSION

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


def register(server: ThothServer) -> None:
    """Adds changes of settings, `thoth/server/info` and `thoth/server/ping`."""

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def change_settings(ls: ThothServer, params: types.DidChangeConfigurationParams) -> None:
        sent: Any = params.settings
        if isinstance(sent, dict):
            if "thoth" not in sent:
                return  # said of somebody else's settings
            sent = sent["thoth"]
        elif sent is None:
            return  # "something changed", from editors that want to be asked what
        ls.take_settings(sent)
        ls.services.reconfigure(ls.settings)

    @server.feature(PING.method)
    def ping(ls: ThothServer, params: Empty) -> Empty:
        return Empty()

    @server.feature(SERVER_INFO.method)
    async def info(ls: ThothServer, params: Empty) -> ServerInfo:
        services = ls.services
        return ServerInfo(
            version=__version__,
            protocol_version=PROTOCOL_VERSION,
            python=platform.python_version(),
            platform=f"{sys.platform} {platform.machine()}",
            wasmtime=await asyncio.to_thread(services.wasmtime_version),
            cache_folder=str(services.paths.cache),
            plugins_folder=str(services.paths.plugins),
            open_documents=services.documents.open_count,
        )
