"""Bodies that are there only when nobody wants them any more."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import pytest

from tests.net.http.guests import stage
from tests.net.servers import web
from thoth_ls.calling import HostRefusal
from thoth_ls.net.http.bodies import Body, BodyFolder
from thoth_ls.net.http.guests import GuestRequests

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


async def soon(true: Callable[[], object]) -> None:
    """Waits for something to become true; fails after five seconds."""
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - what is waited for is not ours to signal
            await asyncio.sleep(0.01)


async def test_a_picked_file_that_takes_too_long_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy goes on to its end, and is removed."""
    go_on, copied = threading.Event(), threading.Event()
    copy_of = BodyFolder.copy_of

    def slowly(folder: BodyFolder, source: Path, most: int) -> Body:
        go_on.wait(10)
        body = copy_of(folder, source, most)
        copied.set()
        return body

    def impatient(outcome: Future[Any], seconds: float) -> Any:
        try:
            return outcome.result(0.05)
        except TimeoutError:
            outcome.cancel()
            raise HostRefusal("there was no answer") from None

    monkeypatch.setattr(BodyFolder, "copy_of", slowly)
    async with stage(tmp_path) as on:
        on.picked = tmp_path / "a.bin"
        await asyncio.to_thread(on.picked.write_bytes, b"x")
        monkeypatch.setattr(on.guest, "wait", impatient)
        with pytest.raises(HostRefusal, match="no answer"):
            await on.call("http-control", "pick-body", "Choose", [])
        go_on.set()
        await asyncio.to_thread(copied.wait, 10)
        await soon(lambda: on.files() == [])


async def test_a_response_that_is_cancelled_while_it_is_handed_over_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody would know its handle."""
    begun, go_on = threading.Event(), threading.Event()
    held: list[tuple[GuestRequests, str]] = []
    hold = GuestRequests.hold

    def slowly(requests: GuestRequests, body: Body) -> str:
        begun.set()
        go_on.wait(10)
        handle = hold(requests, body)
        held.append((requests, handle))
        return handle

    monkeypatch.setattr(GuestRequests, "hold", slowly)
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        number = await on.submit(server.url("/hello"), keep_body=True)
        assert await asyncio.to_thread(begun.wait, 10)
        await on.call("http-control", "cancel", number)
        assert (await on.guest.event(number))["err"]["code"] == "cancelled"
        go_on.set()
        await soon(lambda: held)
        await soon(lambda: is_released(*held[0]))


def is_released(requests: GuestRequests, handle: str) -> bool:
    """Whether the guest has no such body."""
    try:
        requests.body(handle)
    except HostRefusal:
        return True
    return False
