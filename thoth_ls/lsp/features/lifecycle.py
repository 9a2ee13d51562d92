"""Start, settings, stop, and questions about the server itself."""

from __future__ import annotations

import asyncio
import logging
import platform
import sys
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from thoth_ls import __version__
from thoth_ls.lsp.features.documents import LspEvents
from thoth_ls.lsp.progress import Compilations
from thoth_ls.settings import Settings, load_settings
from thoth_ls.wire.base import Empty
from thoth_ls.wire.methods import DID_LOG, PING, PROTOCOL_VERSION, SERVER_INFO
from thoth_ls.wire.server import DidLog, ServerInfo

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer

logger = logging.getLogger(__name__)


def register(server: ThothServer) -> None:
    """Adds initialize, settings, shutdown, `thoth/server/info` and `thoth/server/ping`."""

    @server.feature(types.INITIALIZE)
    async def initialize(ls: ThothServer, params: types.InitializeParams) -> None:
        problems: list[str] = []
        ls.settings = load_settings(params.initialization_options, problems.append)
        _apply_log_level(ls.settings)
        _open(ls)
        for problem in problems:
            ls.warn(problem)

    @server.feature(types.INITIALIZED)
    async def initialized(ls: ThothServer, params: types.InitializedParams) -> None:
        await ls.services.start()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def change_settings(ls: ThothServer, params: types.DidChangeConfigurationParams) -> None:
        sent: Any = params.settings
        raw = sent.get("thoth") if isinstance(sent, dict) else sent
        ls.settings = load_settings(raw, ls.warn)
        _apply_log_level(ls.settings)
        ls.services.reconfigure(ls.settings)

    @server.feature(types.SHUTDOWN)
    async def shutdown(ls: ThothServer, params: None) -> None:
        await ls.close_services()

    @server.feature(PING.method)
    async def ping(ls: ThothServer, params: Empty) -> Empty:
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
            open_documents=services.documents.open_count,
        )


def _open(ls: ThothServer) -> None:
    from thoth_ls.paths import Paths
    from thoth_ls.services import Services

    loop = asyncio.get_running_loop()

    def log(plugin_id: str, level: str, text: str) -> None:
        """Called on a plugin's thread; the protocol is written on the loop's."""
        message = DidLog.model_validate({"pluginId": plugin_id, "level": level, "text": text})
        loop.call_soon_threadsafe(ls.tell, DID_LOG, message)

    def compiling(name: str, begins: bool) -> None:
        """Called on a thread of its own."""
        asyncio.run_coroutine_threadsafe(compilations.tell(name, begins), loop)

    compilations = Compilations(ls)
    ls.open_services(Services(ls.settings, Paths.standard(), LspEvents(ls), log, compiling))


def _apply_log_level(settings: Settings) -> None:
    logging.getLogger("thoth_ls").setLevel(settings.log_level.upper())
