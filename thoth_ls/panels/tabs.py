"""`ui-tabs`: a plugin has the client open further tabs of its own, not too many and none too large."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from thoth_ls.calling import HostRefusal, soon
from thoth_ls.catalog.grants import own_name
from thoth_ls.panels.drawing import TITLE_BYTES, icon_of, one_line
from thoth_ls.wire.panels import MOST_STATE, ShowPanelParams

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin

    ShowPanel = Callable[[ShowPanelParams], Awaitable[None]]
    """Has the client open a tab; raises HostRefusal."""

MOST_TABS = 20
"""In a minute, of one plugin."""
A_MINUTE = 60.0
NOBODY = "this client shows no panels"


class Tabs:
    """Belongs to the event loop, but for the functions in `imports`."""

    def __init__(
        self,
        show: ShowPanel | None,
        log: Callable[[str, str, str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`show` is None where the client shows no panels; `log` is called on any thread."""
        self._show = show
        self._log = log
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._opened: dict[str, deque[float]] = {}
        """When each plugin opened its last ones."""
        self._said: dict[tuple[str, str], float] = {}
        """When each plugin was last told of each refusal."""
        self._showing: set[asyncio.Task[None]] = set()

    def imports(self, plugin: Plugin, caller: Caller) -> Mapping[str, Callable[..., Any]]:
        """The functions of the interface for one guest. A tab that is not opened has an empty id; the log says why."""

        def open_tab(title: str, icon: str | None, initial_state: str | None) -> str:
            why = self._against(plugin, title, initial_state)
            if why is not None:
                self._refused(plugin, why)
                return ""
            params = ShowPanelParams(
                plugin_id=plugin.id, title=one_line(title), icon=icon_of(icon), state=initial_state or None
            )
            soon(self._loop, self._open, plugin, params)
            return f"tab-{next(self._numbers)}"

        return {"open-tab": open_tab}

    def _against(self, plugin: Plugin, title: str, state: str | None) -> str | None:
        """Why a tab is not opened; None where it is, and counted."""
        if self._show is None:
            return NOBODY
        size = len(title.encode("utf-8", "replace"))
        if size > TITLE_BYTES:
            return f"its title has {size:,} bytes of UTF-8, and {TITLE_BYTES} are the most"
        size = len((state or "").encode("utf-8", "replace"))
        if size > MOST_STATE:
            return f"its state has {size:,} bytes of UTF-8, and {MOST_STATE:,} are the most"
        now = self._clock()
        with self._lock:
            opened = self._opened.setdefault(own_name(plugin), deque(maxlen=MOST_TABS))
            if len(opened) == MOST_TABS and now - opened[0] < A_MINUTE:
                return f"{MOST_TABS} tabs a minute are the most"
            opened.append(now)
        return None

    def _refused(self, plugin: Plugin, why: str) -> None:
        """Says so in the plugin's log, once a minute for each reason."""
        now = self._clock()
        key = (plugin.id, why)
        with self._lock:
            if now - self._said.get(key, -A_MINUTE) < A_MINUTE:
                return
            self._said = {seen: at for seen, at in self._said.items() if now - at < A_MINUTE}
            self._said[key] = now
        self._log(plugin.id, "warning", f"ui-tabs.open-tab opened no tab: {why}")

    def _open(self, plugin: Plugin, params: ShowPanelParams) -> None:
        task = asyncio.create_task(self._ask(plugin, params))
        self._showing.add(task)
        task.add_done_callback(self._showing.discard)

    async def _ask(self, plugin: Plugin, params: ShowPanelParams) -> None:
        assert self._show is not None
        try:
            await self._show(params)
        except HostRefusal as error:
            self._log(plugin.id, "warning", f"ui-tabs.open-tab: the editor opened no tab: {error}")

    def close(self) -> None:
        """Waits for no answers any more."""
        for task in self._showing:
            task.cancel()
