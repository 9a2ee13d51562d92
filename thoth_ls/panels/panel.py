"""One open panel: its instance, what it looks like, what was done to it, and how it goes on after a crash."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from thoth_ls.errors import (
    Cancelled,
    ErrorKind,
    PanelBusy,
    PluginDisabled,
    PluginError,
    PluginLimitHit,
    PluginTrapped,
    ThothError,
)
from thoth_ls.news import Latest
from thoth_ls.panels.drawing import COMPONENT, TAB, Drawing, Look
from thoth_ls.panels.state import KeptState
from thoth_ls.panels.waiting import Waiting
from thoth_ls.runtime.mailbox import Priority
from thoth_ls.wire.panels import DidClosePanel, DidFailPanel, DidRenderPanel, DidWorkPanel, PanelOpened, PanelView

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.panels.events import PanelEvents
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.worker import Call
    from thoth_ls.wire.panels import PanelEventParams, PanelPlace

logger = logging.getLogger(__name__)

FRAME_SECONDS = 1 / 30
"""Between two trees that nobody asked for."""
MOST_WAITING = 200
"""Events of people that may wait."""
STATE_SECONDS = 1.0
"""After the last event, until the state is asked for; and how long somebody who wants it waits."""
STATE_AT_LEAST = 5.0
"""Of events without a pause."""
GRACE_SECONDS = 2.0
"""How long a call that runs may go on once the panel is to be closed."""
STORAGE_SECONDS = 0.25
"""Between two notices that what the plugin keeps is different now."""
HELLO_SECONDS = 0.05
"""From the answer that has its id until anything is told of it."""
ATTEMPTS = 3
"""To start another guest by ourselves, one after the other."""


class Panel:
    """Belongs to the event loop; `drawn`, `farewell` and what they call run on the guest's thread."""

    def __init__(
        self,
        plugin: Plugin,
        place: PanelPlace,
        state: str | None,
        events: PanelEvents,
        log: Callable[[str, str, str], None],
        on_closed: Callable[[Panel], None],
    ) -> None:
        self.panel_id = secrets.token_urlsafe(9)
        self.plugin = plugin
        self.place: PanelPlace = place
        self.reloading = False
        """Whether the plugin makes way for another build of itself."""
        self.ends_for = ""
        """Why it is about to be closed, as a sentence."""
        self.goodbyes: list[Callable[[Call], None]] = []
        """Called on the guest's thread before it is closed."""
        self._drawing = Drawing(plugin, place)
        self._state = KeptState(state, lambda level, text: log(plugin.id, level, text))
        self._events = events
        self._on_closed = on_closed
        self._loop = asyncio.get_running_loop()
        self._instance: PluginInstance
        self._look: Look | None = None
        self._view = PanelView(revision=0, node=None, height_hint=0, title=self._drawing.name, icon=None)
        self._told = 0
        """Revision the client knows."""
        self._next_frame = 0.0
        self._note: str | None = None
        self._waiting = Waiting(self._tell_working)
        self._people = 0
        """Events of theirs that were not taken in yet."""
        self._news: Latest[PanelView] = Latest(self._publish, FRAME_SECONDS)
        self._storage_news: Latest[None] = Latest(self._tell_storage_changed, STORAGE_SECONDS)
        self._focused = self._focus_told = False
        self._ended: ThothError | None = None
        """Why it takes no more events."""
        self._closing = False
        self._known = False
        """Whether the client has its id by now."""
        self._state_timer: asyncio.TimerHandle | None = None
        self._state_due = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._reviving: asyncio.Task[None] | None = None

    @property
    def title(self) -> str:
        """As it is now, made harmless."""
        return self._view.title

    @property
    def instance(self) -> PluginInstance:
        """The instance that draws it."""
        return self._instance

    async def open(self, instance: PluginInstance) -> PanelOpened:
        """Starts the guest of an instance that was made with `restore` of this panel; raises ThothError."""
        self._instance = instance
        self._drawing.has_tab_host = TAB in instance.exports
        note = await self._begin()
        self._told = self._view.revision
        self._loop.call_later(HELLO_SECONDS, self._is_known)
        return PanelOpened(panel_id=self.panel_id, view=self._view, note=note)

    async def event(self, params: PanelEventParams) -> int:
        """Hands an event to the guest, behind those before it; the revision it led to, which was told.

        When the caller is cancelled, an event that waits is dropped, and one that runs is taken in and told as ever.
        Raises ThothError.
        """
        if self._ended is not None:
            raise self._ended.with_traceback(None)
        if self._people >= MOST_WAITING:
            said = f"{self.title}: {self._people} events wait already, because it is still busy; wait, or stop it"
            raise PanelBusy(said)
        self._is_known()
        given = {"widget_id": params.widget_id, "kind": params.kind, "value": params.value}

        def steps(call: Call) -> PanelView:
            return self._drawn(self._drawing.after(call, call(COMPONENT, "handle-event", given)))

        outcome = self._instance.begin(steps, priority=Priority.PERSON)
        self._people += 1
        self._watch(outcome, self._taken_in)
        return (await self._instance.outcome_of(outcome)).revision

    def dismiss(self) -> None:
        """Nothing is told of it any more."""
        self._closing = True

    async def state(self) -> str | None:
        """What it keeps of itself by now; what it kept last where it is too busy to say."""
        if self._drawing.has_tab_host and not self._instance.closed:
            outcome = self._instance.begin_if_alive(self._state.take, priority=Priority.BACKGROUND)
            self._watch(outcome, self._quietly_over)
            with suppress(TimeoutError, ThothError):
                async with asyncio.timeout(STATE_SECONDS):
                    await asyncio.wrap_future(outcome)
        return self._state.text

    async def focus(self, focused: bool) -> None:
        """Tells the guest that it came to the front, or is no longer there; one that does not run is told nothing."""
        self._focused = focused
        if self._drawing.has_tab_host and self._ended is None:
            outcome = self._instance.begin_if_alive(self._tell_focus, priority=Priority.PERSON)
            self._watch(outcome, self._quietly_over)
            await self._instance.outcome_of(outcome)

    def stop(self) -> None:
        """Ends what runs and drops what waits; the next guest goes on from the last state."""
        self._instance.stop()
        if self._ended is None:
            self._revive_soon()

    async def restart(self) -> PanelView:
        """Another guest, from the last state or, where that does not start, without one. Raises ThothError."""
        self._waiting.begins()
        try:
            if self._ended is None:
                await self.state()
            self._instance.stop()
            with suppress(Cancelled):
                await self._instance.retire()
            self._instance.retry()
            self._ended = None
            note = await self._begin()
        except ThothError as error:
            self._ended = error
            raise
        finally:
            self._waiting.ends()
        self._told = self._view.revision
        if note is not None:
            self._tell_failed(ErrorKind.PLUGIN_REFUSED, note, ended=False)
        return self._view

    def storage_changed(self) -> None:
        """Another instance wrote what the plugin keeps."""
        self._storage_news(None)

    async def close(self) -> None:
        """Ends it, after what runs has had a moment to come to its end; the guest is told."""
        self._closing = True
        with suppress(TimeoutError, ThothError):
            async with asyncio.timeout(GRACE_SECONDS):
                await asyncio.wrap_future(
                    self._instance.begin_if_alive(lambda call: None, priority=Priority.PERSON),
                )
        await self._instance.close()

    # For the instance

    def restore(self, call: Call) -> None:
        """Brings a guest that has just started to where the last one was, and draws it. On its thread."""
        self._note = self._state.give(call) if self._drawing.has_tab_host else None
        self._focus_told = False
        self._drawn(self._drawing.first(call))

    def watch(self, outcome: Future[Any]) -> None:
        """See `InstancePanel`."""
        self._watch(outcome, self._heard)

    def drawn(self, call: Call, output: Any, waiting: bool) -> PanelView | None:
        """See `InstancePanel`; of a flood only now and then one is drawn, and always the last."""
        now = time.monotonic()
        if waiting and now < self._next_frame:
            return None
        self._next_frame = now + FRAME_SECONDS
        return self._drawn(self._drawing.after(call, output), again=False)

    def farewell(self, call: Call) -> None:
        """See `InstancePanel`."""
        if self._drawing.has_tab_host:
            if self.reloading:
                with suppress(ThothError):
                    self._state.take(call)
            with suppress(ThothError):
                call(TAB, "on-tab-closed")
        for goodbye in self.goodbyes:
            with suppress(ThothError):
                goodbye(call)

    def closed(self) -> None:
        """See `InstancePanel`."""
        self._waiting.forget()
        if self._state_timer is not None:
            self._state_timer.cancel()
        self._on_closed(self)
        if not self._closing:
            self._closing = True
            state = self._state.text if self.reloading else None
            self._events.panel_closed(
                DidClosePanel(panel_id=self.panel_id, message=self.ends_for, state=state, again=self.reloading)
            )

    # On the guest's thread

    def _drawn(self, look: Look, *, again: bool = True) -> PanelView:
        """The view of `look`; without `again` the last one where that looks the same."""
        if again or look != self._look:
            self._look = look
            self._view = PanelView(
                revision=self._view.revision + 1,
                node=look.node,
                height_hint=look.height,
                title=look.title,
                icon=look.icon,
            )
        return self._view

    def _tell_focus(self, call: Call) -> None:
        if self._focused != self._focus_told:
            self._focus_told = self._focused
            call(TAB, "on-tab-focused" if self._focused else "on-tab-blurred")

    # On the loop

    async def _begin(self) -> str | None:
        """Starts a guest; a sentence where it did not take its state. One that dies of its state starts without."""
        try:
            await self._instance.run(_nothing, priority=Priority.PERSON)
        except (PluginTrapped, PluginLimitHit) as error:
            if self._state.text is None:
                raise
            self._state.text = None
            await self._instance.run(_nothing, priority=Priority.PERSON)
            return f"It did not start with its earlier state ({error}), so that it begins without."
        return self._note

    def _watch(self, outcome: Future[Any], over: Callable[[Future[Any]], None]) -> None:
        """Has `over` called on the loop, before whoever waits for the outcome goes on."""

        def done(outcome: Future[Any]) -> None:
            with suppress(RuntimeError):  # the server has ended meanwhile
                self._loop.call_soon_threadsafe(over, outcome)

        if over != self._quietly_over:
            self._waiting.begins()
        outcome.add_done_callback(done)

    def _taken_in(self, outcome: Future[Any]) -> None:
        self._people -= 1
        self._over(outcome, self._publish)

    def _heard(self, outcome: Future[Any]) -> None:
        self._over(outcome, self._news)

    def _over(self, outcome: Future[Any], publish: Callable[[PanelView], None]) -> None:
        self._waiting.ends()
        self._quietly_over(outcome)
        if not outcome.cancelled() and outcome.exception() is None:
            self._state_later()
            if outcome.result() is not None:
                publish(outcome.result())

    def _quietly_over(self, outcome: Future[Any]) -> None:
        error = None if outcome.cancelled() else outcome.exception()
        if error is not None:
            self._failed(error)

    def _publish(self, view: PanelView) -> None:
        if view.revision > self._told and self._known and not self._closing:
            self._told = view.revision
            self._events.panel_rendered(DidRenderPanel(panel_id=self.panel_id, view=view))

    def _is_known(self) -> None:
        if not self._known:
            self._known = True
            self._publish(self._view)

    def _failed(self, error: BaseException) -> None:
        if self._closing or self._ended is not None or self._instance.closed or isinstance(error, Cancelled):
            return
        if isinstance(error, PluginDisabled):
            self._end(error)
        elif isinstance(error, ThothError):
            self._tell_failed(error.kind, str(error), ended=False)
            if isinstance(error, PluginTrapped | PluginLimitHit):
                self._revive_soon()
        else:
            logger.error("panel of %s failed", self.plugin.id, exc_info=error)
            self._tell_failed(ErrorKind.INTERNAL, "Something failed inside the server; its log says more.", ended=False)

    def _revive_soon(self) -> None:
        if self._reviving is None or self._reviving.done():
            self._reviving = self._do(self._revive())

    async def _revive(self) -> None:
        """Another guest in place of one that died, a few times over; then it is for a person to decide."""
        last: ThothError | None = None
        for _ in range(ATTEMPTS):
            try:
                await self._instance.run(_nothing, priority=Priority.PERSON)
            except (PluginTrapped, PluginLimitHit) as error:
                last = error
                if not self._instance.closed:
                    self._tell_failed(error.kind, str(error), ended=False)
            except Cancelled:
                last = last or PluginError(self.plugin.id, "it was stopped while it started; restart it")
            except ThothError as error:
                last = error
                break
            else:
                self._publish(self._view)
                return
        if last is not None and not self._instance.closed:
            self._end(last)

    def _end(self, error: ThothError) -> None:
        self._ended = error
        self._tell_failed(error.kind, str(error), ended=True)

    def _state_later(self) -> None:
        """Has the state asked for once there is a moment without events."""
        if not self._drawing.has_tab_host or self._closing:
            return
        now = self._loop.time()
        if self._state_timer is None:
            self._state_due = now + STATE_AT_LEAST
        else:
            self._state_timer.cancel()
        self._state_timer = self._loop.call_at(min(now + STATE_SECONDS, self._state_due), self._take_state)

    def _take_state(self) -> None:
        self._state_timer = None
        if not self._instance.closed and not self._closing:
            outcome = self._instance.begin_if_alive(self._state.take, priority=Priority.BACKGROUND)
            self._watch(outcome, self._quietly_over)

    def _tell_storage_changed(self, nothing: None) -> None:
        self._do(self._tell({"widget_id": "storage-changed", "kind": "notify", "value": ""}))

    async def _tell(self, event: dict[str, str]) -> None:
        with suppress(ThothError):  # which `watch` has seen
            await self._instance.tell(event)

    def _tell_working(self, busy: bool) -> None:
        if not self._closing:
            self._events.panel_working(DidWorkPanel(panel_id=self.panel_id, busy=busy))

    def _tell_failed(self, kind: ErrorKind, message: str, *, ended: bool) -> None:
        event = DidFailPanel(panel_id=self.panel_id, kind=kind.value, message=message, ended=ended)
        self._events.panel_failed(event)

    def _do(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _nothing(call: Call) -> None:
    """Starts a guest where none runs."""
