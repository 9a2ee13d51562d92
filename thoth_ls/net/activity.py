"""What plugins did on the network: the newest in memory, all of it in a file, nothing secret in either."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from thoth_ls.calling import CANNOT_CONNECT, IO_FAILED, HostRefusal
from thoth_ls.catalog.harmless import harmless
from thoth_ls.net.activity_file import ActivityFile
from thoth_ls.net.model import ConsentPending, NetworkRefused
from thoth_ls.net.redaction import shown_request, shown_response, shown_text, shown_url
from thoth_ls.wire.network import NetworkActivities, NetworkActivity, NetworkTiming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from thoth_ls.net.model import Attempt

logger = logging.getLogger(__name__)

Verdict = Literal["allowed", "connected", "refused", "asked", "failed", "cancelled"]

KEPT = 1000
"""Attempts in memory."""
MOST_UNWRITTEN = 20_000
"""Lines that wait for the disk; what comes beyond that is not written."""
MOST_METHOD = 40


class Entry:
    """One attempt while it lasts: whoever makes it fills in what there is to know, and ends it.

    Headers are given as they are; what is secret in them, in the address and in `why` is left out when it ends.
    """

    def __init__(self, ended: Callable[[Entry, Verdict, str, float], None], plugin_id: str, attempt: Attempt) -> None:
        self._ended = ended
        self._began = time.perf_counter()
        self._over = False
        self.at = datetime.now(UTC)
        self.plugin_id = plugin_id
        self.attempt = attempt
        self.address: str | None = None
        """That was connected to."""
        self.status: int | None = None
        """Of HTTP, or the close code of a WebSocket."""
        self.protocol: str | None = None
        """For instance `HTTP/2`, `TLSv1.3`."""
        self.sent_bytes = 0
        self.received_bytes = 0
        self.dns_ms: float | None = None
        self.connect_ms: float | None = None
        self.tls_ms: float | None = None
        self.first_byte_ms: float | None = None
        self.request_headers: Sequence[tuple[str, str]] = ()
        self.response_headers: Sequence[tuple[str, str]] = ()

    def connected(self, why: str) -> None:
        """Writes down that a connection is there which may last; its end is written down by itself."""
        if not self._over:
            self._ended(self, "connected", why, self._elapsed_ms())

    def end(self, verdict: Verdict, why: str) -> None:
        """Writes it down, once: what is said later is not heard. `why` is a sentence."""
        if not self._over:
            self._over = True
            self._ended(self, verdict, why, self._elapsed_ms())

    def _elapsed_ms(self) -> float:
        return (time.perf_counter() - self._began) * 1000


@contextmanager
def written_down(entry: Entry, cancelled: str) -> Iterator[Entry]:
    """Ends the entry where what is done inside does not come about; `cancelled` says what that means."""
    try:
        yield entry
    except ConsentPending as pending:
        entry.end("asked", str(pending))
        raise
    except NetworkRefused as refused:
        entry.end("failed" if refused.code in (CANNOT_CONNECT, IO_FAILED) else "refused", str(refused))
        raise
    except HostRefusal as refusal:
        entry.end("failed", str(refusal))
        raise
    except asyncio.CancelledError:
        entry.end("cancelled", cancelled)
        raise
    except BaseException:
        entry.end("failed", "something unforeseen went wrong; the log of the server has it")
        raise


class ActivityLog:
    """Attempts in the order in which they ended. Belongs to one event loop.

    `on_new` is called with the number of each. A disk that cannot be written to costs the file, not the plugin.
    """

    def __init__(self, folder: Path, on_new: Callable[[int], None] = lambda number: None) -> None:
        self._file = ActivityFile(folder)
        self._on_new = on_new
        self._kept: deque[NetworkActivity] = deque(maxlen=KEPT)
        self._last = 0
        self._unwritten: list[NetworkActivity] = []
        self._writing: asyncio.Task[None] | None = None
        self._complained = False

    def begin(self, plugin_id: str, attempt: Attempt) -> Entry:
        """An attempt that begins now; it is heard of once it has ended."""
        return Entry(self._end, plugin_id, attempt)

    def entries(self, after: int, limit: int, plugin_id: str | None = None) -> NetworkActivities:
        """The newest `limit` of those numbered above `after` (of that plugin) that are still in memory."""
        found = [
            entry
            for entry in self._kept
            if entry.number > after and (plugin_id is None or entry.plugin_id == plugin_id)
        ]
        dropped = self._last - len(self._kept)
        return NetworkActivities(
            entries=found[-limit:], last=self._last, dropped=dropped, log_file=str(self._file.path)
        )

    async def close(self) -> None:
        """Waits until all of it is on the disk."""
        while self._writing is not None:
            await asyncio.shield(self._writing)

    def _end(self, entry: Entry, verdict: Verdict, why: str, total_ms: float) -> None:
        attempt = entry.attempt
        self._last += 1
        written = NetworkActivity(
            number=self._last,
            at=entry.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            plugin_id=entry.plugin_id,
            kind=attempt.kind,
            method=harmless(attempt.method, MOST_METHOD),
            url=shown_url(attempt.url or str(attempt.target)),
            verdict=verdict,
            why=shown_text(why),
            address=entry.address,
            status=entry.status,
            protocol=entry.protocol,
            sent_bytes=entry.sent_bytes,
            received_bytes=entry.received_bytes,
            timing=NetworkTiming(
                dns=_rounded(entry.dns_ms),
                connect=_rounded(entry.connect_ms),
                tls=_rounded(entry.tls_ms),
                first_byte=_rounded(entry.first_byte_ms),
                total=round(total_ms, 3),
            ),
            request_headers=shown_request(entry.request_headers),
            response_headers=shown_response(entry.response_headers),
            redirected_from=None if attempt.redirected_from is None else str(attempt.redirected_from),
        )
        self._kept.append(written)
        if len(self._unwritten) < MOST_UNWRITTEN:
            self._unwritten.append(written)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        self._on_new(self._last)

    async def _write(self) -> None:
        """Writes until nothing is left, in turns, so that a flood costs few of them."""
        try:
            while self._unwritten:
                taken, self._unwritten = self._unwritten, []
                await asyncio.to_thread(self._put, taken)
        finally:
            self._writing = None

    def _put(self, entries: Sequence[NetworkActivity]) -> None:
        try:
            self._file.append([entry.model_dump_json(by_alias=True) for entry in entries])
        except OSError as error:
            if not self._complained:
                self._complained = True
                logger.warning("the log of the network is not written: %s", error)


def _rounded(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds, 3)
