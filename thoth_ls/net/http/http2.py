"""Streams of HTTP/2 that are given up: the library forgets them, and their connection would not get over it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

import h2.exceptions
import httpcore
from h2.errors import ErrorCodes

WINDOW: Final = 1 << 24
"""Bytes a connection may be behind with, as the library begins with."""
TELLING_SECONDS: Final = 1.0
"""For the other side to take in that nobody reads; one that takes nothing in loses its connection."""


async def give_up(connections: list[httpcore.AsyncConnectionInterface]) -> None:
    """Tells the other sides that nobody reads the streams any more that httpcore has closed and they have not.

    Else they would go on sending, and what they sent would count for the connection for ever: once that is as much as
    its window, the other requests on it stand still. Never raises.
    """
    inner = (getattr(connection, "_connection", None) for connection in connections)
    await asyncio.gather(
        *(_told(each) for each in inner if isinstance(each, httpcore.AsyncHTTP2Connection) and not each.is_closed())
    )


async def _told(connection: httpcore.AsyncHTTP2Connection) -> None:
    with suppress(httpcore.NetworkError, httpcore.TimeoutException, h2.exceptions.H2Error):
        try:
            async with asyncio.timeout(TELLING_SECONDS):
                await _give_up(connection)
        except TimeoutError:
            await connection.aclose()


async def _give_up(connection: httpcore.AsyncHTTP2Connection) -> None:
    state = connection._h2_state
    orphans = [number for number, stream in state.streams.items() if stream.open and number not in connection._events]
    for number in orphans:
        state.reset_stream(number, ErrorCodes.CANCEL)
    if orphans:
        missing = WINDOW - state.inbound_flow_control_window
        if missing > 0:
            state.increment_flow_control_window(missing)
        await connection._write_outgoing_data(httpcore.Request("GET", "https://nowhere.invalid/"))
