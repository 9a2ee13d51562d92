"""What is said when a WebSocket does not come about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from websockets.exceptions import InvalidHandshake, InvalidMessage, InvalidStatus, NegotiationError

from thoth_ls.calling import CANNOT_CONNECT
from thoth_ls.catalog.harmless import harmless
from thoth_ls.net.dial import CannotConnect
from thoth_ls.net.redaction import shown_url

if TYPE_CHECKING:
    from thoth_ls.net.model import Target

__all__ = ["CANNOT_CONNECT", "handshake_failed"]

MOST_SHOWN = 200
_REDIRECTS = (301, 302, 303, 307, 308)


def handshake_failed(error: InvalidHandshake | OSError, target: Target) -> CannotConnect:
    """Why the other side opened no WebSocket."""
    match error:
        case InvalidStatus(response=response):
            location = response.headers.get_all("Location")
            if response.status_code in _REDIRECTS and location:
                to = harmless(shown_url(location[0]), MOST_SHOWN)
                return CannotConnect(
                    f"{target} redirects to {to}; WebSockets are not redirected: connect there, if that is meant"
                )
            phrase = harmless(response.reason_phrase, MOST_SHOWN)
            return CannotConnect(
                f"{target} answered {response.status_code} {phrase}".rstrip() + " and opened no WebSocket"
            )
        case InvalidMessage(__cause__=EOFError()):
            return CannotConnect(f"{target} closed the connection without an answer")
        case InvalidMessage(__cause__=cause):
            # What is wrong comes first, then the line that is: that may be a cookie, and all this is written down.
            said = harmless(str(cause or error).partition(": ")[0], MOST_SHOWN)
            return CannotConnect(f"{target} does not speak HTTP: {said}")
        case NegotiationError():
            return CannotConnect(f"{target} chose what was not offered: {harmless(str(error), MOST_SHOWN)}")
        case OSError():
            return CannotConnect(f"the connection to {target} broke: {error.strerror or error}")
    return CannotConnect(f"{target} does not speak WebSocket: {harmless(str(error), MOST_SHOWN)}")
