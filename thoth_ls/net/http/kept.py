"""What a thread makes and somebody has to let go of, also where whoever wanted it waits no more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


async def made_or_undone(make: Callable[[], T], undo: Callable[[T | None], None]) -> T:
    """What `make` returns, which runs on a thread and to its end in any case.

    When the awaiting task is cancelled, `undo` gets it on the loop as soon as it is there; None where `make` failed.
    """
    outcome = asyncio.ensure_future(asyncio.to_thread(make))
    try:
        return await asyncio.shield(outcome)
    except asyncio.CancelledError:
        outcome.add_done_callback(lambda outcome: undo(_result(outcome)))
        raise


def _result(outcome: asyncio.Future[T]) -> T | None:
    return None if outcome.cancelled() or outcome.exception() is not None else outcome.result()
