"""JSON-RPC as pygls speaks it, with three cures.

pygls 2.1 runs `structure_message` on every nested object (a row with a key `jsonrpc` would be mangled), never answers a
request whose params do not fit, and sends tracebacks in error responses. Here a message is structured once, at the
top, and a request always gets an answer.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

from lsprotocol.types import (
    CANCEL_REQUEST,
    EXIT,
    INITIALIZE,
    SHUTDOWN,
    TEXT_DOCUMENT_DID_CHANGE,
    TEXT_DOCUMENT_DID_CLOSE,
    TEXT_DOCUMENT_DID_OPEN,
    WORKSPACE_EXECUTE_COMMAND,
    CancelParams,
    DidChangeTextDocumentParams,
    DidCloseTextDocumentParams,
    DidOpenTextDocumentParams,
    ExecuteCommandParams,
    InitializeParams,
    InitializeResult,
    ResponseError,
    ResponseErrorMessage,
)
from pygls.exceptions import JsonRpcException
from pygls.protocol import (
    JsonRPCNotification,
    JsonRPCRequestMessage,
    JsonRPCResponseMessage,
    LanguageServerProtocol,
    default_converter,
    lsp_method,
)

from thoth_ls import acts
from thoth_ls.lsp.capabilities import announce
from thoth_ls.lsp.errors import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    REQUEST_CANCELLED,
    SERVER_NOT_INITIALIZED,
    response_error,
)

if TYPE_CHECKING:
    from collections.abc import Generator
    from concurrent.futures import Future

    from cattrs import Converter
    from pydantic import ValidationError

    from thoth_ls.lsp.server import ThothServer

logger = logging.getLogger(__name__)

_REQUEST_ID = re.compile(rb'"id"\s*:\s*(-?\d{1,15}|"[^"\\]{1,100}")\s*[,}]')


def plain_converter() -> Converter:
    """Pygls' converter, with params and results of messages it does not know left as the JSON they are."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]
    for message_type in (JsonRPCRequestMessage, JsonRPCResponseMessage, JsonRPCNotification):
        converter.register_structure_hook(message_type, lambda data, cls: cls(**data))
    return converter


_ABOUT_TEXTS = {TEXT_DOCUMENT_DID_OPEN, TEXT_DOCUMENT_DID_CHANGE, TEXT_DOCUMENT_DID_CLOSE}


class ThothProtocol(LanguageServerProtocol):
    """LSP plus Thoth's own messages; every request is answered, whatever it is given."""

    _server: ThothServer
    _initialized = False
    _leaving = False
    """Whether `shutdown` was asked: nothing is begun after that, though documents may still be being closed."""

    @lsp_method(INITIALIZE)
    def lsp_initialize(self, params: InitializeParams) -> Generator[Any, Any, InitializeResult]:
        """What this server does, and the version of our own messages."""
        result = yield from super().lsp_initialize(params)
        announce(result.capabilities, params.capabilities)
        return result

    @lsp_method(TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """Hands it on; pygls would keep every text, a waste of gigabytes with the files we are for."""
        yield self.fm.features[TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """Hands it on."""
        yield self.fm.features[TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """Hands it on."""
        yield self.fm.features[TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @lsp_method(WORKSPACE_EXECUTE_COMMAND)
    def lsp_workspace__execute_command(self, params: ExecuteCommandParams) -> Generator[Any, Any, Any]:
        """Hands it on; pygls would look for a handler a command, and make Python types of the arguments."""
        self._server.wake()
        result = yield self.fm.features[WORKSPACE_EXECUTE_COMMAND], (params,), None
        return result

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Leaves nested objects alone: this is json's object hook."""
        return data

    def receive(self, body: bytes) -> None:
        """Handles one message as it came; raises SystemExit when it is `exit`."""
        try:
            message = json.loads(body)
        except (ValueError, RecursionError) as error:
            logger.warning("a message is not JSON (%s)", type(error).__name__)
            self._refuse(self._id_in(body), PARSE_ERROR, "The message is not JSON, or nested or long beyond reason.")
            return
        try:
            self.handle_message(message)
        except Exception:
            logger.exception("a message could not be handled")

    def _id_in(self, body: bytes) -> int | str | None:
        """The id of a request that cannot be read, where it stands before the params and is not in use."""
        head = body.partition(b'"params"')[0]
        found = _REQUEST_ID.search(head)
        if found is None or b'"method"' not in head:
            return None
        msg_id: int | str = json.loads(found[1])
        return None if msg_id in self._request_futures else msg_id

    def handle_message(self, message: Any) -> None:
        """Structures one message and hands it on, or answers why not."""
        if not isinstance(message, dict):
            self._refuse(None, INVALID_REQUEST, f"A message must be an object, not {type(message).__name__}.")
            return
        if "method" in message and "id" in message:
            self._handle_request_message(message)
        elif "method" in message:
            self._handle_notification_message(message)
        else:
            self._handle_response_message(message)

    def _handle_request_message(self, message: dict[str, Any]) -> None:
        msg_id, method = message["id"], message["method"]
        if isinstance(msg_id, bool) or not isinstance(msg_id, int | str):
            self._refuse(None, INVALID_REQUEST, "A request's id must be a number or a string.")
        elif not isinstance(method, str) or message.get("jsonrpc") != self.VERSION:
            self._refuse(msg_id, INVALID_REQUEST, 'A request needs a method name and "jsonrpc": "2.0".')
        elif msg_id in self._request_futures:
            self._refuse(msg_id, INVALID_REQUEST, f"The id {msg_id!r} is in use by a request still being answered.")
        elif self._leaving:
            self._refuse(msg_id, INVALID_REQUEST, "The server is shutting down.")
        elif not self._initialized and method not in (INITIALIZE, SHUTDOWN):
            self._refuse(msg_id, SERVER_NOT_INITIALIZED, f"{method} was sent before initialize.")
        elif self._initialized and method == INITIALIZE:
            self._refuse(msg_id, INVALID_REQUEST, "The server is initialized already.")
        elif self._initialized and self._handle_own_request(msg_id, method, message.get("params")):
            pass
        elif method not in self.fm.features and method not in self.fm.builtin_features:
            self._refuse(msg_id, METHOD_NOT_FOUND, f"This server has no method {method}.")
        else:
            self._handle_standard(message, msg_id, method)

    def _handle_own_request(self, msg_id: int | str, method: str, params: Any) -> bool:
        """Handles a request of ours; false when the method is none."""
        from pydantic import ValidationError

        from thoth_ls.wire.methods import METHODS

        rpc = METHODS.get(method)
        if rpc is None or rpc.result is None or rpc.to != "server":
            return False
        self._server.wake()
        try:
            typed = rpc.params.model_validate({} if params is None else params)
        except ValidationError as error:
            self._refuse(msg_id, INVALID_PARAMS, f"{method}: {summary(error)}", {"kind": "invalidParams"})
        else:
            request = JsonRPCRequestMessage(id=msg_id, method=method, jsonrpc=self.VERSION, params=typed)
            copy_context().run(self._begin, request)
        return True

    def _begin(self, request: JsonRPCRequestMessage) -> None:
        """Handles a request as an act of its own."""
        acts.begin()
        super().handle_message(request)

    def _handle_standard(self, message: dict[str, Any], msg_id: int | str, method: str) -> None:
        try:
            typed = super().structure_message(message)
        except Exception as error:
            logger.debug("%s has params that do not fit", method, exc_info=error)
            self._refuse(msg_id, INVALID_PARAMS, f"{method}: the params do not fit the specification.")
            return
        if method == INITIALIZE:
            self._initialized = True
        self._leaving = method == SHUTDOWN
        super().handle_message(typed)

    def _handle_notification_message(self, message: dict[str, Any]) -> None:
        method = message["method"]
        if method != EXIT:
            if not self._initialized or self._leaving or _is_of_no_concern(method):
                return
            self._server.wake()
        try:
            typed = super().structure_message(message)
        except Exception as error:
            logger.warning("Ignoring the notification %.100r: its params do not fit", method)
            logger.debug("", exc_info=error)
            return
        super().handle_message(typed)

    def _handle_response_message(self, message: dict[str, Any]) -> None:
        if message.get("id") is None and "error" not in message:
            self._refuse(None, INVALID_REQUEST, "A message needs a method or an id.")
            return
        try:
            typed = super().structure_message(message)
        except Exception as error:  # noqa: BLE001 - the request waiting for this answer must not wait for ever
            future = self._request_futures.pop(message.get("id", ""), None)
            if future is not None and not future.done():
                future.set_exception(JsonRpcException(f"The client's answer does not fit: {type(error).__name__}"))
            return
        super().handle_message(typed)

    def withdraw(self, request_id: str) -> None:
        """Tells the client that a request of ours is not awaited any more; should it answer, that is dropped."""
        self._request_futures.pop(request_id, None)
        self._result_types.pop(request_id, None)
        self.notify(CANCEL_REQUEST, CancelParams(id=request_id))

    def _refuse(self, msg_id: int | str | None, code: int, message: str, data: object = None) -> None:
        error = ResponseError(code=code, message=message, data=data)
        self._send_data(ResponseErrorMessage(id=msg_id, error=error, jsonrpc=self.VERSION))

    def _send_handler_result(self, future: Future[Any], *, msg_id: int | str) -> None:
        """Answers a request: with its result, or with an error that holds no traceback."""
        self._request_futures.pop(msg_id, None)
        if future.cancelled() or isinstance(future.exception(), asyncio.CancelledError):
            error = ResponseError(code=REQUEST_CANCELLED, message="Cancelled.", data={"kind": "cancelled"})
        elif (exception := future.exception()) is None:
            self._send_response(msg_id, result=future.result())
            return
        elif isinstance(exception, JsonRpcException):
            error = ResponseError(code=exception.code, message=exception.message)
        else:
            error = response_error(exception, "the request")
        self._send_response(msg_id, error=error)

    def _serialize_message(self, data: Any) -> Any:
        if dump := getattr(data, "model_dump", None):
            return dump(mode="json", by_alias=True)
        return super()._serialize_message(data)

    def _send_data(self, data: Any) -> None:
        """Writes one message; UTF-8 rather than escapes, which doubles the size of most scripts."""
        if self.writer is None:
            return
        body = json.dumps(data, default=self._serialize_message, ensure_ascii=False, separators=(",", ":"))
        # A lone surrogate (of a file name, or in a file of JSON) can only be sent as the escape that JSON has for it.
        encoded = body.encode("utf-8", "backslashreplace")
        try:
            self.writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(encoded), encoded))
        except (OSError, ValueError):  # ValueError: it was closed on our side, by `exit`
            self.writer = None
            self._server.client_is_gone()


def _is_of_no_concern(method: object) -> bool:
    """Whether a notification tells of texts what we did not ask for and do not keep."""
    if not isinstance(method, str) or method in _ABOUT_TEXTS:
        return False
    return method.startswith(("textDocument/", "notebookDocument/"))


def summary(error: ValidationError) -> str:
    """Up to three of the things that are wrong, each with its place: `rows.count: Input should be …`."""
    parts = [
        f"{'.'.join(str(part) for part in item['loc']) or 'params'}: {item['msg']}"
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return "; ".join(parts[:3]) + (f" (and {len(parts) - 3} more)" if len(parts) > 3 else "")
