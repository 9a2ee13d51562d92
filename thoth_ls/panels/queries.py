"""`db-runtime`: queries of a plugin that run behind its panel's events; what they return comes as an event."""

from __future__ import annotations

import itertools
import json
import logging
import threading
import time
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any, Final

from thoth_ls.errors import Cancelled, PluginError, ThothError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    from thoth_ls.calling import Caller
    from thoth_ls.runtime.worker import Call

logger = logging.getLogger(__name__)

SOURCE: Final = "data-source"
KIND: Final = "query-result"
MOST_WAITING: Final = 64
"""Queries of one guest that run or wait."""
MOST_HANDLES: Final = 1_000
"""Connections of one guest that are closed at its end; those beyond it has to close itself."""
CLOSING_SECONDS: Final = 2.0
"""Longest that closing all connections of a guest may take."""


class Queries:
    """Those of all guests. For any thread."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._panels: dict[str, _GuestQueries] = {}
        """By panel, those of the guest that draws it now."""

    def imports(self, caller: Caller) -> Mapping[str, Callable[..., Any]]:
        """The functions of the interface for one guest."""
        guest = _GuestQueries(caller, self._numbers)
        if caller.panel_id is not None:
            self._panels[caller.panel_id] = guest
        return {"submit-query": guest.submit}

    def close_connections(self, panel_id: str, call: Call) -> None:
        """Calls `data-source.close` for what the guest of a panel queried. On its thread; raises PluginError."""
        guest = self._panels.get(panel_id)
        began = time.monotonic()
        for handle in list(guest.handles) if guest is not None else ():  # the plugin may query while it closes one
            if time.monotonic() - began > CLOSING_SECONDS:
                return
            call(SOURCE, "close", handle)

    def panel_closed(self, panel_id: str) -> None:
        """Forgets it."""
        self._panels.pop(panel_id, None)


class _GuestQueries:
    """Those of one guest. `submit` is for its thread."""

    def __init__(self, caller: Caller, numbers: itertools.count[int]) -> None:
        self._caller = caller
        self._numbers = numbers
        self._lock = threading.Lock()
        self._running: set[Future[Any]] = set()
        self.handles: dict[str, None] = {}
        """Connections there were queries for, in the order of their first."""

    def submit(self, handle: str, query: str) -> str:
        """Has `data-source.query` called later; the id of the event that tells what it returned."""
        number = f"query-{next(self._numbers)}"
        with self._lock:
            waiting = len(self._running)
        if waiting >= MOST_WAITING:
            said = f"{MOST_WAITING} queries wait already; let some of them end first"
            self._caller.deliver(number, KIND, failed(said))
            return number
        if len(self.handles) < MOST_HANDLES:
            self.handles[handle] = None
        outcome = self._caller.call_later(SOURCE, "query", handle, query)
        with self._lock:
            self._running.add(outcome)
        outcome.add_done_callback(lambda outcome: self._over(number, outcome))
        return number

    def _over(self, number: str, outcome: Future[Any]) -> None:
        with self._lock:
            self._running.discard(outcome)
        text = told(outcome)
        if text is not None:
            self._caller.deliver(number, KIND, text)


def told(outcome: Future[Any]) -> str | None:
    """What the event says of a query that has come to its end; None where nobody is there to hear it."""
    try:
        return json.dumps({"ok": outcome.result()}, ensure_ascii=False)
    except (CancelledError, Cancelled):
        return None
    except PluginError as error:
        return failed(str(error).removeprefix(f"plugin {error.plugin_id}: "))
    except ThothError as error:
        return failed(str(error))
    except Exception:
        logger.exception("a query of a plugin failed")
        return failed("something unforeseen went wrong in the host; its log has it")


def failed(message: str) -> str:
    """What the event says of a query that failed."""
    return json.dumps({"err": {"message": message}}, ensure_ascii=False)
