"""`signals`: short facts of panels for the status bar, few, short, and for as long as they hold."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any

from thoth_ls.calling import soon
from thoth_ls.catalog.harmless import harmless
from thoth_ls.news import Latest
from thoth_ls.panels.drawing import one_line
from thoth_ls.wire.panels import DidSignal, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.panels.events import PanelEvents
    from thoth_ls.wire.panels import SignalStatus

MOST_KEYS = 16
"""That hold at the same time, of one panel."""
KEY_BYTES = 64
VALUE_BYTES = 256
SECONDS = 0.1
"""Between two notifications about one panel."""
FOR_EVER = float("inf")


class Board:
    """The signals of one guest. `set` is called on its thread, all else on the loop."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._set: dict[str, tuple[Signal, float]] = {}
        """With the time at which each runs out."""

    def set(self, signal: Signal, seconds: float) -> bool:
        """Whether there was room for it."""
        with self._lock:
            self._sweep()
            if signal.key not in self._set and len(self._set) >= MOST_KEYS:
                return False
            self._set[signal.key] = (signal, self._clock() + seconds)
            return True

    def now(self) -> tuple[list[Signal], float]:
        """Those that hold, by key, and when the next of them runs out."""
        with self._lock:
            self._sweep()
            ends = min((end for _, end in self._set.values()), default=FOR_EVER)
            return [self._lasting(*self._set[key]) for key in sorted(self._set)], ends

    def _lasting(self, signal: Signal, end: float) -> Signal:
        left = None if end == FOR_EVER else max(0, round(1000 * (end - self._clock())))
        return signal.model_copy(update={"ends_in_ms": left})

    def _sweep(self) -> None:
        now = self._clock()
        self._set = {key: (signal, end) for key, (signal, end) in self._set.items() if end > now}


class Signals:
    """Those of all panels. Belongs to the event loop, but for the functions in `imports`."""

    def __init__(
        self,
        knows: Callable[[str], bool],
        events: PanelEvents,
        log: Callable[[str, str, str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`knows` says whether the client has a panel's id; `log` is called on guests' threads."""
        self._knows = knows
        self._events = events
        self._log = log
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._boards: dict[str, tuple[Board, str]] = {}
        """By panel, with the name of its plugin."""
        self._news: dict[str, Latest[str]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def imports(self, plugin: Plugin, caller: Caller) -> Mapping[str, Callable[..., Any]]:
        """The functions of the interface for one guest; without a panel its signals are nobody's."""
        panel_id = caller.panel_id
        board = Board(self._clock)
        name = one_line(plugin.manifest.name if plugin.manifest else plugin.id)
        dirty = threading.Event()
        said = threading.Event()

        def emit(key: str, value: str, status: SignalStatus, ttl_ms: int) -> None:
            if panel_id is None:
                return
            signal = Signal(key=_cut(key, KEY_BYTES), value=_cut(value, VALUE_BYTES), status=status, ends_in_ms=None)
            if not board.set(signal, ttl_ms / 1000 if ttl_ms else FOR_EVER):
                if not said.is_set():
                    said.set()
                    text = f"signal {signal.key!r} is not shown: {MOST_KEYS} of other keys are, which is the most"
                    self._log(plugin.id, "warning", text)
            elif not dirty.is_set():
                dirty.set()
                soon(self._loop, changed)

        def changed() -> None:
            dirty.clear()
            self._boards[panel_id or ""] = (board, name)
            self.tell(panel_id or "")

        def gone() -> None:
            if self._boards.get(panel_id or "", (None,))[0] is board:
                self._boards[panel_id or ""] = (Board(self._clock), name)
                self.tell(panel_id or "")

        caller.at_end(lambda: soon(self._loop, gone))
        return {"emit-signal": emit}

    def tell(self, panel_id: str) -> None:
        """Tells what holds now, if the client knows the panel and it ever had any."""
        if panel_id in self._boards and self._knows(panel_id):
            if panel_id not in self._news:
                self._news[panel_id] = Latest(self._tell, SECONDS)
            self._news[panel_id](panel_id)

    def forget(self, panel_id: str) -> None:
        """The panel is closed."""
        self._boards.pop(panel_id, None)
        self._news.pop(panel_id, None)
        timer = self._timers.pop(panel_id, None)
        if timer is not None:
            timer.cancel()

    def _tell(self, panel_id: str) -> None:
        if panel_id not in self._boards or not self._knows(panel_id):
            return
        board, name = self._boards[panel_id]
        signals, ends = board.now()
        timer = self._timers.pop(panel_id, None)
        if timer is not None:
            timer.cancel()
        if ends != FOR_EVER:
            left = max(0.0, ends - self._clock())
            self._timers[panel_id] = self._loop.call_later(left, self.tell, panel_id)
        self._events.signals_changed(DidSignal(panel_id=panel_id, plugin_name=name, signals=signals))


def _cut(text: str, most: int) -> str:
    """One line of at most so many bytes of UTF-8, made harmless."""
    return harmless(text, most).encode()[:most].decode("utf-8", "ignore")
