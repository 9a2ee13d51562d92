"""Questions to a person: one at a time, each once, and none that was just waved away."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thoth_ls import acts

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

PATIENCE = 3
"""So often a question is waved away before it rests."""
REST_SECONDS = 600.0


@dataclass(slots=True)
class _Asked:
    is_decided: Callable[[], bool]
    decided: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it was decided elsewhere, so that the question is over."""
    acts: list[acts.Act] = field(default_factory=list)
    """Those that wait for it."""
    task: asyncio.Task[bool] = field(init=False)


class Questions:
    """Asks about things named by keys. Belongs to one event loop.

    Whoever asks about the same thing at the same time shares one question; questions about different things wait for
    each other. A question nobody waits for any longer is withdrawn, and so is one that was decided elsewhere.

    One that was waved away (the person decided nothing) is not followed by any other in what was begun by the same act
    of the person: the same request, and whatever that has started since. One that was waved away three times in ten
    minutes rests for ten minutes.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, turn: asyncio.Lock | None = None) -> None:
        self._clock = clock
        self._turn = turn or asyncio.Lock()
        self._asked: dict[str, _Asked] = {}
        self._waved: dict[str, list[float]] = {}

    async def once(
        self, key: str, ask: Callable[[], Coroutine[Any, Any, bool]], is_decided: Callable[[], bool] = lambda: False
    ) -> bool:
        """Has `ask` put the question in its turn, unless this is no time for it; it tells whether it was answered.

        False where it was not put, or waved away.
        """
        act = acts.current()
        if act.waved_away or self._rests(key):
            return False
        asked = self._asked.get(key)
        if asked is None:
            asked = self._asked[key] = _Asked(is_decided)
            asked.task = asyncio.create_task(self._in_turn(key, ask, asked))
            asked.task.add_done_callback(lambda task: self._over(key, asked))
        asked.acts.append(act)
        try:
            return await asyncio.shield(asked.task)
        finally:
            asked.acts.remove(act)
            if not asked.acts and not asked.task.done():
                self._over(key, asked)
                asked.task.cancel()

    def look_again(self) -> None:
        """Withdraws the questions that were decided elsewhere; whoever waits for them goes on."""
        for asked in self._asked.values():
            if asked.is_decided():
                asked.decided.set()

    def ask_again(self, key: str) -> None:
        """The question may be asked again at once: something about it was decided."""
        self._waved.pop(key, None)

    async def _in_turn(self, key: str, ask: Callable[[], Coroutine[Any, Any, bool]], asked: _Asked) -> bool:
        async with self._turn:
            if asked.decided.is_set():
                return True
            if all(act.waved_away for act in asked.acts):
                return False
            asking, deciding = asyncio.create_task(ask()), asyncio.create_task(asked.decided.wait())
            try:
                await asyncio.wait((asking, deciding), return_when=asyncio.FIRST_COMPLETED)
                answered = asking.result() if asking.done() else True
            finally:
                for task in (asking, deciding):
                    task.cancel()
                await asyncio.gather(asking, deciding, return_exceptions=True)
            if not answered:  # noted before the next one has its turn
                self._waved.setdefault(key, []).append(self._clock())
                for act in asked.acts:
                    act.waved_away = True
        return answered

    def _rests(self, key: str) -> bool:
        recent = [when for when in self._waved.get(key, ()) if self._clock() - when < REST_SECONDS]
        if key in self._waved:
            self._waved[key] = recent
        return len(recent) >= PATIENCE

    def _over(self, key: str, asked: _Asked) -> None:
        if self._asked.get(key) is asked:
            del self._asked[key]
