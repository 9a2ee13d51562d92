"""The server object: what every handler is given as `ls`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from thoth_ls import __version__
from thoth_ls.lsp.protocol import ThothProtocol, plain_converter

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.services import Services
    from thoth_ls.settings import Settings
    from thoth_ls.wire.base import Wire
    from thoth_ls.wire.methods import Rpc

logger = logging.getLogger(__name__)


class ThothServer(LanguageServer):
    """A language server with the services below it."""

    def __init__(self, register_features: Callable[[ThothServer], None]) -> None:
        super().__init__(
            "thoth-ls",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.None_,
            protocol_cls=ThothProtocol,
            converter_factory=plain_converter,
        )
        self.raw_settings: object = None
        """What the client sent with `initialize`."""
        self.settings: Settings
        """Set by `wake`."""
        self._register_features = register_features
        self._awake = False
        self._services: Services | None = None

    def wake(self) -> None:
        """Loads what the answer to `initialize` need not wait for: our own types, the handlers, the settings."""
        if not self._awake:
            self._awake = True
            self._register_features(self)
            self.take_settings(self.raw_settings)

    def take_settings(self, raw: object) -> None:
        """Uses the settings in `raw`, telling the person which of them could not be used."""
        from thoth_ls.settings import load_settings

        self.settings = load_settings(raw, self.warn)
        logging.getLogger("thoth_ls").setLevel(self.settings.log_level.upper())

    @property
    def services(self) -> Services:
        """What is below the protocol, opened by the first use and closed by `close_services`."""
        self.wake()
        if self._services is None:
            from thoth_ls.lsp.opening import open_services

            self._services = open_services(self)
        return self._services

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
