"""The server object: what every handler is given as `ls`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from thoth_ls import __version__
from thoth_ls.lsp.protocol import ThothProtocol, plain_converter
from thoth_ls.settings import Settings

if TYPE_CHECKING:
    from thoth_ls.services import Services
    from thoth_ls.wire.base import Wire
    from thoth_ls.wire.methods import Rpc

logger = logging.getLogger(__name__)


class ThothServer(LanguageServer):
    """A language server with the services below it."""

    def __init__(self) -> None:
        super().__init__(
            "thoth-ls",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.None_,
            protocol_cls=ThothProtocol,
            converter_factory=plain_converter,
        )
        self.settings = Settings()
        self._services: Services | None = None

    @property
    def services(self) -> Services:
        """What `initialize` opened; handlers of requests may rely on it."""
        if self._services is None:
            raise RuntimeError("services are opened by initialize and closed by shutdown")
        return self._services

    def open_services(self, services: Services) -> None:
        """Takes the services over; `close_services` ends them."""
        self._services = services

    async def close_services(self) -> None:
        """Ends every document and plugin; calling it twice is no error."""
        services, self._services = self._services, None
        if services is not None:
            await services.close()

    def tell(self, rpc: Rpc, value: Wire) -> None:
        """Sends one of our notifications; must be called on the event loop's thread."""
        self.protocol.notify(rpc.method, value)

    def warn(self, message: str) -> None:
        """Tells the person at the editor something that needs attention."""
        logger.warning("%s", message)
        self.window_show_message(types.ShowMessageParams(type=types.MessageType.Warning, message=message))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Goes to the log: requests are answered with their own error, and a person can do nothing about the rest."""
        logger.error("%s: %s", getattr(source, "__name__", source), error)
