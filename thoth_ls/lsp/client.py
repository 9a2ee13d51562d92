"""A client for the server, over a real process: what the command line, the tests and the benchmarks speak through."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.io_ import run_async
from pygls.lsp.client import LanguageClient
from pygls.protocol import LanguageServerProtocol

from thoth_ls import __version__
from thoth_ls.lsp.protocol import plain_converter
from thoth_ls.wire.base import Empty, Wire
from thoth_ls.wire.methods import Rpc

logger = logging.getLogger(__name__)

SERVER = (sys.executable, "-m", "thoth_ls")
"""The command that starts the server of this installation."""

Told = TypeVar("Told")


class RequestFailed(Exception):
    """The server answered with an error; the text is its message."""

    def __init__(self, code: int, message: str, data: Mapping[str, Any] | None) -> None:
        super().__init__(message)
        self.code = code
        self.data = dict(data or {})

    @property
    def kind(self) -> str:
        """The stable name of the error, empty when the server gave none."""
        return str(self.data.get("kind", ""))


class ServerGone(RequestFailed):
    """The server's process has ended, so there will be no answer."""

    def __init__(self, code: int | None) -> None:
        super().__init__(
            0, f"the server has ended before it answered (exit code {code}); what it said is above", {"kind": "gone"}
        )


class _Protocol(LanguageServerProtocol):
    """Structures a message once, at the top (see `thoth_ls.lsp.protocol`)."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        return data

    def handle_message(self, message: Any) -> None:
        super().handle_message(super().structure_message(message))

    def _handle_response(self, msg_id: int | str, result: Any | None = None, error: Any | None = None) -> None:
        future = self._request_futures.get(msg_id)
        if future is not None and future.cancelled():  # nobody waits for it any more
            del self._request_futures[msg_id]
        else:
            super()._handle_response(msg_id, result, error)

    def _serialize_message(self, data: Any) -> Any:
        return (
            data.model_dump(mode="json", by_alias=True) if isinstance(data, Wire) else super()._serialize_message(data)
        )


class ThothClient(LanguageClient):
    """Typed requests to a running server; made by `connect`."""

    def __init__(self) -> None:
        super().__init__("thoth", __version__, protocol_cls=_Protocol, converter_factory=plain_converter)
        self.process: asyncio.subprocess.Process | None = None
        self._gone = asyncio.Event()
        self._told: Callable[[int | None, str], None] | None = None

    def on(self, rpc: Rpc, told: Callable[[Any], None]) -> None:
        """Calls `told` with each notification of that kind, as its wire type."""

        @self.feature(rpc.method)  # type: ignore[untyped-decorator]
        def receive(params: Any) -> None:
            told(rpc.params.model_validate(params))

    def on_progress(self, told: Callable[[int | None, str], None]) -> None:
        """Calls `told`, and nobody else, with how far requests have come: percent, if known, and a text."""
        if self._told is None:

            @self.feature(types.PROGRESS)  # type: ignore[untyped-decorator]
            def receive(params: types.ProgressParams) -> None:
                value = params.value
                if self._told is not None and isinstance(value, dict) and value.get("kind") == "report":
                    self._told(value.get("percentage"), str(value.get("message") or ""))

        self._told = told

    async def request(self, rpc: Rpc, params: Wire | None = None) -> Any:
        """The result, as its wire type; raises RequestFailed. Cancelling the caller cancels the request."""
        assert rpc.result is not None, f"{rpc.method} is a notification"
        self._require_server()
        request_id = str(uuid.uuid4())
        sent = params if params is not None else Empty()
        try:
            answer = await self.protocol.send_request_async(rpc.method, sent, msg_id=request_id)
        except JsonRpcException as error:
            raise RequestFailed(error.code, error.message, error.data) from None
        except RuntimeError:  # how pygls says that the process has ended
            self._require_server()
            raise
        except asyncio.CancelledError:
            self.cancel_request(types.CancelParams(id=request_id))
            raise
        return rpc.result.model_validate(answer)

    async def unless_gone(self, waiting: asyncio.Future[Told]) -> Told:
        """What `waiting` becomes, for things that only the server can bring about; raises ServerGone."""
        gone = asyncio.ensure_future(self._gone.wait())
        either: tuple[asyncio.Future[Any], ...] = (waiting, gone)
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
        if not waiting.done():
            self._require_server()
        return await waiting

    async def server_exit(self, server: asyncio.subprocess.Process) -> None:
        """Called by pygls when the process has ended."""
        self._gone.set()

    def _require_server(self) -> None:
        if self.process is not None and self.process.returncode is not None:
            raise ServerGone(self.process.returncode)

    async def hello(
        self, settings: Mapping[str, Any] | None = None, folders: Sequence[Path] = ()
    ) -> types.InitializeResult:
        """Says hello, with the settings under `thoth` and open folders; raises ServerGone when there is nobody."""
        params = types.InitializeParams(
            capabilities=types.ClientCapabilities(),
            client_info=types.ClientInfo("thoth", __version__),
            process_id=os.getpid(),
            initialization_options=settings,
            workspace_folders=[types.WorkspaceFolder(uri=path.as_uri(), name=path.name) for path in folders] or None,
        )
        try:
            result = await self.initialize_async(params)
        except RuntimeError:
            self._require_server()
            raise
        self.initialized(types.InitializedParams())
        return result

    async def spawn(self, command: Sequence[str], env: Mapping[str, str] | None) -> None:
        """Starts the server process; its standard error is ours, an interrupt at the terminal is not for it."""
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        self.process = self._server = process
        self.protocol.set_writer(process.stdin)
        reading = run_async(stop_event=self._stop_event, reader=process.stdout, protocol=self.protocol, logger=logger)
        self._async_tasks += [asyncio.create_task(reading), asyncio.create_task(self._server_exit())]  # type: ignore[no-untyped-call]

    async def leave(self, seconds: float = 10) -> None:
        """Says goodbye and waits for the process to end; ends it when it does not."""
        assert self.process is not None
        with contextlib.suppress(Exception):
            async with asyncio.timeout(seconds):
                self._require_server()
                await self.shutdown_async(None)
                self.exit(None)
                await self.process.wait()
        if self.process.returncode is None:
            self.process.kill()
        await self.stop()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def connect(
    settings: Mapping[str, Any] | None = None,
    command: Sequence[str] = SERVER,
    env: Mapping[str, str] | None = None,
    folders: Sequence[Path] = (),
) -> AsyncIterator[ThothClient]:
    """A started and initialized server, ended on leaving."""
    client = ThothClient()
    await client.spawn(command, env)
    try:
        await client.hello(settings, folders)
        yield client
    finally:
        await client.leave()
