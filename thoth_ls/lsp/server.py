"""The server object: what every handler is given as `ls`."""

from __future__ import annotations

import asyncio
import logging
import sys
import uuid
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.io_ import StdoutWriter
from pygls.lsp.server import LanguageServer

from thoth_ls import __version__
from thoth_ls.errors import Cancelled
from thoth_ls.lsp.messages import unlinked
from thoth_ls.lsp.protocol import ThothProtocol, plain_converter
from thoth_ls.lsp.transport import Incoming, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.services import Services
    from thoth_ls.settings import Settings
    from thoth_ls.wire.base import Wire
    from thoth_ls.wire.methods import Rpc

logger = logging.getLogger(__name__)

CLOSING_SECONDS = 10.0
"""Longest wait for documents to be closed once the client has gone; what then is left, the next server removes."""


class ThothServer(LanguageServer):
    """A language server with the services below it."""

    protocol: ThothProtocol

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
        self.workspace_folders: Sequence[str] = ()
        """Addresses of the folders open in the client."""
        self.at_command_line = False
        """Whether the client is `thoth`, so that nobody can be asked anything."""
        self.settings: Settings
        """Set by `wake`."""
        self._register_features = register_features
        self._awake = False
        self._services: Services | None = None
        self._closing: asyncio.Task[None] | None = None
        self._incoming: Incoming | None = None

    def serve(self) -> int:
        """Serves over standard input and output until the client leaves; returns the exit code."""
        self.protocol.set_writer(StdoutWriter(sys.stdout.buffer))
        return asyncio.run(self._serve())

    async def _serve(self) -> int:
        # A stream of its own, never closed: a thread waits in it, and closing (as at the interpreter's end, for the one
        # of `sys`) would wait for that thread.
        incoming = self._incoming = Incoming(open(sys.stdin.fileno(), "rb", closefd=False))  # noqa: ASYNC230, SIM115
        try:
            return await serve(incoming, self.protocol.receive)
        finally:
            try:
                await asyncio.wait_for(self.close_services(), CLOSING_SECONDS)
            except TimeoutError:
                logger.warning("documents were not closed within %s s", CLOSING_SECONDS)

    def client_is_gone(self) -> None:
        """Nobody reads what is said any more: ends the server as if its input had ended."""
        if self._incoming is not None:
            self._incoming.end()

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
        """What is below the protocol, opened by the first use and closed by `close_services` for good."""
        self.wake()
        if self._closing is not None:
            raise Cancelled("The server is shutting down.")
        if self._services is None:
            from thoth_ls.lsp.opening import open_services

            self._services = open_services(self)
        return self._services

    async def close_services(self) -> None:
        """Ends every document and plugin; whoever calls it, again too, waits until that is done."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close_services())
        await asyncio.shield(self._closing)

    async def _close_services(self) -> None:
        services, self._services = self._services, None
        if services is not None:
            await services.close()

    def tell(self, rpc: Rpc, value: Wire) -> None:
        """Sends one of our notifications; must be called on the event loop's thread."""
        self.protocol.notify(rpc.method, value)

    async def ask(self, method: str, params: object) -> Any:
        """What the client answers to a request of ours, however long a person takes; raises JsonRpcException.

        When the caller is cancelled the request is withdrawn.
        """
        request_id = f"thoth-{uuid.uuid4()}"
        try:
            return await self.protocol.send_request_async(method, params, msg_id=request_id)
        except asyncio.CancelledError:
            self.protocol.withdraw(request_id)
            raise

    def warn(self, message: str) -> None:
        """Tells the person at the editor something that needs attention; links in it are made plain text."""
        logger.warning("%s", message)
        self.window_show_message(types.ShowMessageParams(type=types.MessageType.Warning, message=unlinked(message)))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Goes to the log: requests are answered with their own error, and a person can do nothing about the rest."""
        logger.error("%s: %s", getattr(source, "__name__", source), error)
