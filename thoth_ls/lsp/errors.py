"""How our errors cross the protocol: one function, one table."""

from __future__ import annotations

import logging

from lsprotocol.types import ResponseError

from thoth_ls.errors import ErrorKind, ThothError

logger = logging.getLogger(__name__)

REQUEST_CANCELLED = -32800
INTERNAL_ERROR = -32603
INVALID_PARAMS = -32602
METHOD_NOT_FOUND = -32601
INVALID_REQUEST = -32600
PARSE_ERROR = -32700
SERVER_NOT_INITIALIZED = -32002

CODES: dict[ErrorKind, int] = {
    ErrorKind.INTERNAL: INTERNAL_ERROR,
    ErrorKind.UNKNOWN_DOCUMENT: 1001,
    ErrorKind.DOCUMENT_CHANGED: 1002,
    ErrorKind.FILE_UNREADABLE: 1003,
    ErrorKind.UNKNOWN_ENCODING: 1004,
    ErrorKind.NO_LOADER: 1005,
    ErrorKind.QUERY_INVALID: 1006,
    ErrorKind.FILE_EXISTS: 1007,
    ErrorKind.FILE_UNWRITABLE: 1008,
    ErrorKind.PLUGIN_NOT_FOUND: 1010,
    ErrorKind.PLUGIN_INVALID: 1011,
    ErrorKind.PLUGIN_REFUSED: 1012,
    ErrorKind.PLUGIN_TRAPPED: 1013,
    ErrorKind.PLUGIN_LIMIT_HIT: 1014,
    ErrorKind.PLUGIN_DISABLED: 1015,
    ErrorKind.PERMISSION_DENIED: 1016,
    ErrorKind.INPUT_INVALID: 1017,
    ErrorKind.UNKNOWN_PANEL: 1018,
    ErrorKind.PANEL_BUSY: 1019,
    ErrorKind.BUILD_FAILED: 1021,
    ErrorKind.SECRETS_UNAVAILABLE: 1020,
    ErrorKind.UNKNOWN_THEME: 1022,
    ErrorKind.CANCELLED: REQUEST_CANCELLED,
}
"""The JSON-RPC code of each kind: 1001-1099 is ours, outside what JSON-RPC and LSP reserve."""


def response_error(error: BaseException, method: str) -> ResponseError:
    """What to answer a request that ended in `error`; a traceback goes to the log only."""
    if isinstance(error, ThothError):
        return ResponseError(
            code=CODES[error.kind], message=str(error), data={"kind": error.kind.value, **error.facts()}
        )
    logger.error("%s failed", method, exc_info=error)
    return ResponseError(
        code=INTERNAL_ERROR,
        message=f"{method} failed inside the server ({type(error).__name__}). The log of Thoth says where; "
        "please report it with the output of Thoth: Debug Information.",
        data={"kind": ErrorKind.INTERNAL.value},
    )
