"""What plugins are told of requests that failed on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import h2.exceptions
import httpx

from thoth_ls.calling import INVALID, IO_FAILED, HostRefusal
from thoth_ls.catalog.harmless import harmless
from thoth_ls.net.dial import CannotConnect

if TYPE_CHECKING:
    from thoth_ls.net.model import Target
    from thoth_ls.settings import NetworkSettings

MOST_SAID: Final = 200


def explained(error: Exception, target: Target, settings: NetworkSettings) -> HostRefusal:
    """The error as the plugin is told it; raises it again where it is none of the network."""
    said = _without_content(str(error))
    match error:
        case httpx.ConnectTimeout():
            limit = f"{settings.connect_seconds:g} s (setting thoth.network.connectSeconds)"
            return CannotConnect(f"{target} did not agree on a connection within {limit}")
        case httpx.TimeoutException():
            limit = f"{settings.read_seconds:g} s (setting thoth.network.readSeconds)"
            return HostRefusal(f"{target} was silent for more than {limit}", IO_FAILED)
        case httpx.ProxyError():
            return HostRefusal(f"the proxy does not lead to {target}: {said}", IO_FAILED)
        case httpx.LocalProtocolError() if not is_of_http2(error):
            return HostRefusal(f"the request to {target} cannot be sent: {said}", INVALID)
        case httpx.ProtocolError() | h2.exceptions.H2Error():
            return HostRefusal(f"{target} did not answer as HTTP demands: {said}", IO_FAILED)
        case httpx.NetworkError() | OSError():
            return HostRefusal(f"the connection to {target} was lost: {said or type(error).__name__}", IO_FAILED)
    raise error


def is_of_http2(error: Exception) -> bool:
    """Whether HTTP/2 broke off: the library takes that for our fault, but what we send was checked before."""
    cause = error.__cause__
    return cause is not None and any(isinstance(each, h2.exceptions.H2Error) for each in cause.args)


def _without_content(text: str) -> str:
    """What a library says of an error, without headers it quotes: errors are written down, and those may be secret."""
    if text.startswith("<"):  # an event of HTTP/2
        return "it broke off"
    return harmless(re.split(r": |\bb['\"]|bytearray", text)[0], MOST_SAID)
