"""Messages over standard input and output, as the base protocol of LSP frames them.

pygls' own loop drops a message that is no JSON without an answer, takes headers in one spelling only, always returns 0
and frees nothing when the client just goes away.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
import threading
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)

MAX_HEADER_BYTES = 8 * 1024
MAX_BODY_BYTES = 256 << 20
"""A longer message is no message: somebody else is writing into the pipe."""
AHEAD = 32
"""Messages read before the ones ahead of them have been handled."""


class BrokenFraming(Exception):
    """What was read is no header, so nobody can say where the next message begins."""


def read_body(stream: BinaryIO) -> bytes | None:
    """The body of the next message, None at the end of the stream; raises BrokenFraming."""
    length: int | None = None
    while line := stream.readline(MAX_HEADER_BYTES):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = _length(value.strip())
        elif not line.strip() and length is not None:
            body = stream.read(length)
            return body if len(body) == length else None
    return None


def _length(digits: bytes) -> int:
    if not digits.isdigit() or len(digits) > 12 or int(digits) > MAX_BODY_BYTES:
        raise BrokenFraming(f"a message cannot have a length of {digits[:20]!r}")
    return int(digits)


class Incoming:
    """Reads messages on a thread of its own, which nobody has to wait for at the end."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._loop = asyncio.get_running_loop()
        self._bodies: asyncio.Queue[bytes | BrokenFraming | None] = asyncio.Queue()
        self._room = threading.Semaphore(AHEAD)
        threading.Thread(target=self._read, name="thoth-stdin", daemon=True).start()

    async def next(self) -> bytes | None:
        """The body of the next message, None once there are no more; raises BrokenFraming."""
        body = await self._bodies.get()
        self._room.release()
        if isinstance(body, BrokenFraming):
            raise body
        return body

    def end(self) -> None:
        """Makes this the end of the input; what was read before is still handed out."""
        self._bodies.put_nowait(None)

    def _read(self) -> None:
        more = True
        while more:
            self._room.acquire()
            body: bytes | BrokenFraming | None
            try:
                body = read_body(self._stream)
            except BrokenFraming as error:
                body = error
            except (OSError, ValueError):  # the stream was closed
                body = None
            more = isinstance(body, bytes)
            try:
                self._loop.call_soon_threadsafe(self._bodies.put_nowait, body)
            except RuntimeError:  # the loop has ended
                return


async def serve(incoming: Incoming, receive: Callable[[bytes], None]) -> int:
    """Hands on every message until there are no more; returns the exit code. `receive` may raise SystemExit."""
    with _ended_by_signal(incoming):
        while True:
            try:
                body = await incoming.next()
            except BrokenFraming as error:
                logger.error("ending: %s", error)
                return 1
            if body is None:
                return 0
            try:
                receive(body)
            except SystemExit as leaving:
                return leaving.code if isinstance(leaving.code, int) else 1


@contextlib.contextmanager
def _ended_by_signal(incoming: Incoming) -> Iterator[None]:
    """Inside the block, being told to end is like the end of the input, where the platform can do that."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM) if sys.platform != "win32" else ()
    for number in numbers:
        loop.add_signal_handler(number, incoming.end)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
