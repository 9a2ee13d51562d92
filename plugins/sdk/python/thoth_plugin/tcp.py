"""Byte streams through the host, for wire protocols. Needs `tcp`; all of it raises HostError."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from thoth_plugin import current

if TYPE_CHECKING:
    from types import TracebackType


class Stream:
    """One connection; use it in a `with` block, or close it."""

    def __init__(self, number: int) -> None:
        self._number = number

    def read(self, count: int = 65536) -> bytes:
        """Waits for at least one byte; at most `count`, none where the other side has closed."""
        found: bytes = current.host_call("tcp-client", "read", self._number, count)
        return found

    def write(self, data: bytes) -> None:
        """Sends all of it."""
        current.host_call("tcp-client", "write", self._number, data)

    def start_tls(self, host: str) -> None:
        """Goes over to TLS; `host` is the name the certificate has to carry."""
        current.host_call("tcp-client", "start-tls", self._number, host)

    def close(self) -> None:
        """Ends it; closing twice is no error."""
        current.host_call("tcp-client", "close", self._number)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(host: str, port: int, *, tls: bool = False) -> Stream:
    """Connects, with TLS from the first byte if asked to. Waits for the person where they have to be asked."""
    return Stream(current.host_call("tcp-client", "connect", host, port, tls))
