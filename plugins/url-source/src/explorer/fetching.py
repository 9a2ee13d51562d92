"""Requests that are waited for at once: of commands and of the data source, which are told no events."""

import json
from collections.abc import Iterator
from typing import Final

import thoth_plugin as thoth
from rest import digest
from rest.prepared import Prepared
from thoth_plugin import current
from thoth_plugin.http import Response, Stored, response_of

PREVIEW: Final = 1 << 20
TRIES: Final = 2
"""How often who asks is proven: once more where what the server gave for it had grown stale."""


def fetch(prepared: Prepared) -> Response:
    """The response; where the server wants to be proven who asks, that of the second request. Raises HostError."""
    response, session = _fetched(prepared), None
    for _ in range(TRIES):
        again = answered(prepared, response, session)
        if again is None:
            return response
        proven, session = again
        response = _fetched(proven)
    return response


def answered(
    prepared: Prepared, response: Response, session: digest.Session | None
) -> tuple[Prepared, digest.Session] | None:
    """The request once more, with the proof that a response asks for; None where it asks for none.

    Lets go of the response's body then. Raises PluginError for a proof that cannot be given.
    """
    if prepared.digest is None or response.status != 401:
        return None
    try:
        again = digest.answer(prepared, response.status, response.headers, _read, session)
    except digest.Unanswerable as error:
        raise thoth.PluginError(f"{error}") from None
    if again is not None and response.stored is not None:
        response.stored.release()
    return again


def _read(handle: str) -> Iterator[bytes]:
    stored, offset = Stored(handle), 0
    while piece := stored.read(offset):
        yield piece
        offset += len(piece)


def _fetched(prepared: Prepared) -> Response:
    record = {"url": prepared.url, "method": prepared.method, "headers": list(prepared.headers), "body": None}
    options = {**prepared.submit_options(), "preview_bytes": PREVIEW}
    return response_of(json.loads(current.host_call("http-control", "fetch", record, json.dumps(options))))
