"""Start and stop. Imports nothing that takes long: `initialize` is answered before our own types are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer


COMMAND_LINE = "thoth"
"""The name under which the command line introduces itself."""


def register(server: ThothServer) -> None:
    """Adds initialize, initialized and shutdown."""

    @server.feature(types.INITIALIZE)
    def initialize(ls: ThothServer, params: types.InitializeParams) -> None:
        ls.raw_settings = params.initialization_options
        ls.workspace_folders = [folder.uri for folder in params.workspace_folders or ()]
        ls.at_command_line = params.client_info is not None and params.client_info.name == COMMAND_LINE

    @server.feature(types.INITIALIZED)
    async def initialized(ls: ThothServer, params: types.InitializedParams) -> None:
        await ls.services.start()

    @server.feature(types.SHUTDOWN)
    async def shutdown(ls: ThothServer, params: None) -> None:
        await ls.close_services()
