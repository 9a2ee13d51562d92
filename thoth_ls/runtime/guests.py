"""The guests of one instance, one after the other: started, called, counted when they crash, and told when they end."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from thoth_ls.errors import PluginDisabled, PluginLimitHit, PluginTrapped, ThothError
from thoth_ls.runtime.usage import Meter

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_ls.runtime.crashes import Crashes
    from thoth_ls.runtime.guest import Guest
    from thoth_ls.runtime.instance_panel import InstancePanel
    from thoth_ls.runtime.usage import Usage
    from thoth_ls.runtime.worker import Abandoned, Call, Worker

logger = logging.getLogger(__name__)

T = TypeVar("T")

LIFECYCLE = "plugin-lifecycle"
CLOSING_SECONDS = 1.0
"""How long a plugin may take over each call that tells it of its end."""


class Guests:
    """All but `crashed` and `disabled` is called on the instance's thread, whose worker has the guest."""

    def __init__(
        self,
        plugin_id: str,
        start: Callable[[], Guest],
        exports: frozenset[str],
        *,
        settings: Callable[[], str],
        restore: Callable[[Call], None] | None,
        abandoned: Abandoned,
        crashes: Crashes,
        usage: Usage,
        on_crash: Callable[[str], None],
        panel: InstancePanel | None,
    ) -> None:
        self._plugin_id = plugin_id
        self._start = start
        self._exports = exports
        self._settings = settings
        self._restore = restore
        self._abandoned = abandoned
        self._crashes = crashes
        self._usage = usage
        self._meter = Meter(usage)
        self._on_crash = on_crash
        self._panel = panel

    def prepared(self, worker: Worker) -> Call:
        """Calls of a guest that is ready, started and restored if need be."""
        guest = worker.guest
        if guest is None or guest.dead:
            guest = self._revive(worker)
        return self.calls(worker, guest)

    def _revive(self, worker: Worker) -> Guest:
        if self._crashes.enough:
            raise self.disabled()
        self._abandoned.check(self._plugin_id)
        guest = worker.guest = self._start()
        call = self.calls(worker, guest)
        try:
            self._enter(worker, guest, "its start", guest.start)
            if LIFECYCLE in self._exports:
                call(LIFECYCLE, "on-load", self._settings())
            if self._restore is not None:
                self._restore(call)
        except BaseException:
            guest.close()
            raise
        return guest

    def calls(self, worker: Worker, guest: Guest) -> Call:
        """Calls of a guest, each with limits of its own."""

        def call(interface: str, function: str, *arguments: Any) -> Any:
            return self._enter(
                worker,
                guest,
                f"{interface}.{function}" if interface else function,
                lambda: guest.call(interface, function, *arguments),
            )

        return call

    def _enter(self, worker: Worker, guest: Guest, export: str, action: Callable[[], T]) -> T:
        """Runs guest code; a guest that died of it is dropped, and counted unless it was stopped on purpose."""
        began = time.perf_counter()
        try:
            return worker.enter(guest, export, action)
        except (PluginTrapped, PluginLimitHit) as error:
            if guest.dead and not worker.interrupted and not worker.left_behind:
                self.crashed(str(error))
            raise
        finally:
            self._meter.ended(guest, began)
            if guest.dead:
                guest.close()

    def crashed(self, message: str) -> None:
        """Counts and tells it. For any thread."""
        self._crashes.note()
        self._usage.crashed(message)
        self._on_crash(message)

    def hand_over_settings(self, worker: Worker) -> None:
        """Tells a guest that runs what is set now; what goes wrong is logged."""
        guest = worker.guest
        if guest is not None and not guest.dead:
            try:
                self.calls(worker, guest)(LIFECYCLE, "on-setting-change", self._settings())
            except ThothError as error:
                logger.warning("settings were not taken in: %s", error)

    def say_goodbye(self, worker: Worker) -> None:
        """Tells a guest that runs that it is about to be closed."""
        guest = worker.guest
        if guest is None or guest.dead:
            return

        def call(interface: str, function: str, *arguments: Any) -> Any:
            action = lambda: guest.call(interface, function, *arguments)  # noqa: E731
            return worker.enter(guest, f"{interface}.{function}", action, seconds=CLOSING_SECONDS)

        if self._panel is not None:
            self._panel.farewell(call)
        if LIFECYCLE in self._exports:
            with suppress(ThothError):
                call(LIFECYCLE, "on-close")

    def disabled(self) -> PluginDisabled:
        """What calls raise once there were crashes enough."""
        retry = "open the file again" if self._panel is None else "restart the panel"
        said = f"it crashed three times within a minute and is not started again; {retry} to retry"
        return PluginDisabled(self._plugin_id, said)
