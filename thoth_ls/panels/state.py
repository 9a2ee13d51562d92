"""What a panel keeps of itself, so that little is lost when its guest dies."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from thoth_ls.errors import PluginInvalid, PluginLimitHit, PluginRefused, PluginTrapped, ThothError
from thoth_ls.panels.drawing import TAB
from thoth_ls.panels.waiting import Pause
from thoth_ls.wire.panels import MOST_STATE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Future

    from thoth_ls.runtime.worker import Call

QUIET_SECONDS = 1.0
"""After the last event, until the state is asked for; and how long somebody who wants it waits."""
AT_LEAST_SECONDS = 5.0
"""Of events without a pause."""


class KeptState:
    """The last state a guest gave. `take` and `give` are called on the guest's thread."""

    def __init__(self, text: str | None, log: Callable[[str, str], None]) -> None:
        """`log` gets a level and a sentence for the plugin's log."""
        self.text = text or None
        """None where there is none; may be replaced."""
        self._log = log
        self._said: str | None = None

    def take(self, call: Call) -> None:
        """Asks the guest; one that refuses, or gives too much, leaves the last state as it is. Raises PluginError."""
        try:
            text = call(TAB, "get-state")
        except PluginRefused as error:
            self._say(f"tab-host.get-state gave no state: {error}")
            return
        if len(text) > MOST_STATE:
            said = f"tab-host.get-state gave {len(text):,} characters; {MOST_STATE:,} are kept at most"
            self._say(f"{said}, so that the panel would begin with an older state")
            return
        self._said = None
        self.text = text or None

    def give(self, call: Call) -> str | None:
        """Hands the state to a guest that has just started; a sentence where that refuses it. Raises PluginError."""
        if self.text is None:
            return None
        try:
            call(TAB, "init-with-state", self.text)
        except PluginRefused as error:
            said = f"It did not take its earlier state: {error}"
            self._say(said)
            return said
        return None

    async def started(self, start: Callable[[], Awaitable[None]]) -> str | None:
        """Has a guest started, which is given the state; where it fails with that, without, which the sentence says.

        On the loop, while no guest runs; raises what `start` raises.
        """
        try:
            await start()
        except (PluginTrapped, PluginLimitHit, PluginInvalid, PluginRefused) as error:
            state, self.text = self.text, None
            if state is None:
                raise
            try:
                await start()
            except ThothError:
                self.text = state  # it was not to blame
                raise
            return f"It did not start with its earlier state ({error}), so that it begins without."
        return None

    def _say(self, sentence: str) -> None:
        """Once, however often it would be said in a row."""
        if sentence != self._said:
            self._said = sentence
            self._log("warning", sentence)


class AskingForState:
    """Has a guest asked for its state, at once or when there is a moment for it. Belongs to the event loop."""

    def __init__(self, kept: KeptState, begin: Callable[[Callable[[Call], None]], Future[None]]) -> None:
        """`begin` has steps done on the guest's thread, where one runs; it may raise ThothError."""
        self._kept = kept
        self._begin = begin
        self.soon = Pause(self._take, QUIET_SECONDS, AT_LEAST_SECONDS)
        """Something has happened that may be kept."""

    async def now(self) -> None:
        """Returns when the guest has been asked, or is too busy, or is gone."""
        self.soon.forget()
        with suppress(TimeoutError, ThothError):
            async with asyncio.timeout(QUIET_SECONDS):
                await asyncio.wrap_future(self._begin(self._kept.take))

    def forget(self) -> None:
        """It is not asked later for what has happened so far."""
        self.soon.forget()

    def _take(self) -> None:
        with suppress(ThothError):
            self._begin(self._kept.take)
