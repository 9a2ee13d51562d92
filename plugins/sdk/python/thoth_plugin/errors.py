"""What goes wrong, as authors see it and as they say it.

PluginError            a sentence for the person, with a code for programs
├── HostError          the host refused or could not do what it was asked
└── http.HttpError, websocket.WebSocketError, queries.QueryError
Cancelled              what was awaited, or the task itself, was cancelled
"""

from __future__ import annotations


class PluginError(Exception):
    """Something the person should read. Raised by a plugin it is shown as it is, without a traceback in the log."""

    def __init__(self, message: str, code: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        """For programs; 0 where there is nothing to tell apart."""


class HostError(PluginError):
    """The host refused, or what it was asked went wrong.

    Its codes: 1 cannot connect or no key store, 2 input/output or TLS, 4 unknown id, 400 cannot be meant, 403 not
    allowed, 429 too many.
    """


class Cancelled(Exception):
    """What was awaited was cancelled, or the task was. A handler that ends by it ends quietly."""
