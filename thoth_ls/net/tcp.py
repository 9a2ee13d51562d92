"""`tcp-client`: what guests call, from their threads, to have streams of their own on the event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, TypeVar

from thoth_ls.calling import HostRefusal, begun, soon
from thoth_ls.net.dial import dial
from thoth_ls.net.model import Attempt, ConsentPending
from thoth_ls.net.target import parse_tcp
from thoth_ls.net.tcp_streams import GuestStreams, Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping
    from concurrent.futures import Future

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.activity import ActivityLog
    from thoth_ls.net.gate import Gate
    from thoth_ls.net.model import Checked, Consent
    from thoth_ls.net.tcp_streams import Dial

T = TypeVar("T")

GRACE: Final = 5.0
"""Seconds that a guest waits longer for the loop than the loop for the other side."""


class TcpClient:
    """The streams of all plugins. Belongs to the event loop `loop`, but for `imports`."""

    def __init__(
        self,
        gate: Gate,
        consent: Consent,
        activity: ActivityLog,
        loop: asyncio.AbstractEventLoop,
        dial: Dial = dial,
    ) -> None:
        self._ways = Ways(gate, consent, activity, dial)
        self._loop = loop
        self._guests: set[GuestStreams] = set()

    def imports(self, plugin: Plugin, caller: Caller) -> Mapping[str, Callable[..., Any]]:
        """The functions of the interface for one guest, to be called on its thread; as this is, too."""
        guest = GuestStreams(self._ways, plugin)
        loop, gate = self._loop, self._ways.gate
        answers: list[tuple[Attempt, Future[Checked]]] = []

        def run(work: Coroutine[Any, Any, T], seconds: float) -> T:
            return caller.wait(begun(loop, work), seconds + GRACE)

        def connect(host: str, port: int, tls: bool) -> int:
            attempt = Attempt("tcp", parse_tcp(host, port))
            limit = 2 * gate.settings.network.connect_seconds  # one for finding the host, one for connecting
            try:
                return run(guest.connect(attempt, tls), limit)
            except ConsentPending as pending:
                asked = answered(attempt) or begun(loop, guest.ask(attempt))
                if not asked.done() and caller.put_off(asked):
                    answers.append((attempt, asked))
                    raise HostRefusal(f"{pending}; the call is made again once they have answered") from None
            return run(guest.connect(attempt, tls, caller.ask(asked)), limit)

        def answered(attempt: Attempt) -> Future[Checked] | None:
            """What a person allowed for such an attempt when the call that makes it was put off, to be used once."""
            for item in answers:
                if item[0] == attempt and item[1].done():
                    answers.remove(item)
                    if not item[1].cancelled() and item[1].exception() is None:
                        return item[1]
                    return answered(attempt)
            return None

        def ended() -> None:
            guest.end()
            self._guests.discard(guest)

        loop.call_soon_threadsafe(self._guests.add, guest)
        caller.at_end(lambda: soon(loop, ended))
        return {
            "connect": connect,
            "read": lambda number, most: run(guest.read(number, most), gate.settings.network.read_seconds),
            "write": lambda number, content: run(guest.write(number, content), gate.settings.network.total_seconds),
            "start-tls": lambda number, host: run(guest.start_tls(number, host), gate.settings.network.connect_seconds),
            "close": lambda number: run(guest.close(number), 0.0),
        }

    def grants_changed(self, plugin_id: str | None = None) -> None:
        """Of one plugin, or all: streams that would not be allowed now are closed."""
        for guest in self._guests:
            if plugin_id is None or guest.plugin.id.lower() == plugin_id.lower():
                guest.judge_again()

    def close(self) -> None:
        """Ends everything."""
        for guest in self._guests:
            guest.end()
