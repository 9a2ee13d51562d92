"""One open panel: the instance that draws it, what people and the host do to it, and its end."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from thoth_ls.calling import soon
from thoth_ls.errors import (
    Cancelled,
    ErrorKind,
    PanelBusy,
    PluginError,
    ThothError,
)
from thoth_ls.panels.drawing import COMPONENT, TAB, Drawing
from thoth_ls.panels.focus import Focus
from thoth_ls.panels.notices import SETTINGS_CHANGED, STORAGE_CHANGED, Notices
from thoth_ls.panels.recovery import Recovery
from thoth_ls.panels.state import AskingForState, KeptState
from thoth_ls.panels.views import FRAME_SECONDS, Views
from thoth_ls.panels.waiting import Waiting
from thoth_ls.runtime.mailbox import Priority
from thoth_ls.wire.panels import DidClosePanel, DidWorkPanel, PanelOpened, PanelView

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.panels.events import House, PanelEvents
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.worker import Call
    from thoth_ls.wire.panels import PanelEventParams, PanelPlace

MOST_WAITING = 200
"""Events of people that may wait."""
GRACE_SECONDS = 2.0
"""How long a call that runs may go on once the panel is to be closed."""
HELLO_SECONDS = 0.05
"""From the answer that has its id until anything is told of it."""


class Panel:
    """Belongs to the event loop; `restore`, `drawn` and `farewell` run on the guest's thread."""

    def __init__(
        self,
        plugin: Plugin,
        place: PanelPlace,
        state: str | None,
        events: PanelEvents,
        log: Callable[[str, str, str], None],
        house: House,
    ) -> None:
        self.panel_id = secrets.token_urlsafe(9)
        self.plugin = plugin
        self.instance: PluginInstance
        """What draws it; set by `open`."""
        self.known = False
        """Whether the client has its id by now."""
        self.reloading = False
        """Whether the plugin makes way for another build of itself."""
        self.ends_for = ""
        """Why it is about to be closed, as a sentence."""
        self.goodbyes: list[Callable[[Call], None]] = []
        """Called on the guest's thread before that is closed."""
        self._drawing = Drawing(plugin, place)
        self._views = Views(self.panel_id, self._drawing.name, events.panel_rendered)
        self._state = KeptState(state, lambda level, text: log(plugin.id, level, text))
        self._asking = AskingForState(self._state, self._in_background)
        self._recovery = Recovery(self.panel_id, plugin.id, events.panel_failed, self._revived)
        self._waiting = Waiting(self._tell_working)
        self._events = events
        self._house = house
        self._loop = asyncio.get_running_loop()
        self._next_frame = 0.0
        self._note: str | None = None
        self._given = 0
        """The revision that opening was answered with."""
        self._people = 0
        """Events of theirs that were not taken in yet."""
        self._focus = Focus()
        self._closing = False
        self.storage_changed = Notices(STORAGE_CHANGED, self._tell)
        """Called when another instance wrote what the plugin keeps."""
        self.settings_told = Notices(SETTINGS_CHANGED, self._tell)
        """See `InstancePanel`."""

    @property
    def title(self) -> str:
        """As it is now, made harmless."""
        return self._views.now.title

    async def open(self, instance: PluginInstance) -> PanelOpened:
        """Starts the guest of an instance that was made with `restore` of this panel; raises ThothError."""
        self.instance = instance
        self._drawing.has_tab_host = TAB in instance.exports
        note = await self._begin()
        view = self._views.now
        self._given = view.revision
        self._loop.call_later(HELLO_SECONDS, self._is_known)
        return PanelOpened(panel_id=self.panel_id, view=view, note=note)

    async def event(self, params: PanelEventParams) -> int:
        """Hands an event to the guest, behind those before it; the revision it led to, which was told.

        When the caller is cancelled, an event that waits is dropped, and one that runs is taken in and told as ever.
        Raises ThothError.
        """
        self._is_known()
        if self._recovery.ended is not None:
            raise self._recovery.ended.with_traceback(None)
        if self._people >= MOST_WAITING:
            said = f"{self.title}: {self._people} events wait already, because it is still busy; wait, or stop it"
            raise PanelBusy(said)
        given = {"widget_id": params.widget_id, "kind": params.kind, "value": params.value}

        def steps(call: Call) -> PanelView:
            return self._views.drawn(self._drawing.after(call, call(COMPONENT, "handle-event", given)))

        outcome = self.instance.begin(steps, priority=Priority.PERSON)
        self._people += 1
        self._waiting.begins()
        self._watch(outcome, self._taken_in)
        return (await self.instance.outcome_of(outcome)).revision

    async def provide(self, interface: str, function: str) -> Any:
        """What another export of its guest returns, which is started where none runs. Raises ThothError."""
        if self._recovery.ended is not None:
            raise self._recovery.ended.with_traceback(None)
        outcome = self.instance.begin(lambda call: call(interface, function))
        self._waiting.begins()
        self._watch(outcome, self._provided)
        return await self.instance.outcome_of(outcome)

    async def state(self) -> str | None:
        """What it keeps of itself by now; what it kept last where it is too busy to say."""
        if self._drawing.has_tab_host:
            await self._asking.now()
        return self._state.text

    async def focus(self, focused: bool) -> None:
        """Tells the guest that it came to the front, or is no longer there; one that does not run is told nothing."""
        self._focus.wanted = focused
        if self._drawing.has_tab_host and self._recovery.ended is None:
            outcome = self.instance.begin_if_alive(self._focus.tell, priority=Priority.PERSON)
            self._waiting.begins()
            self._watch(outcome, self._over)
            await self.instance.outcome_of(outcome)

    def stop(self) -> None:
        """Ends what runs and drops what waits; the next guest goes on from the last state."""
        self.instance.stop()
        self._recovery.soon()

    async def restart(self) -> PanelView:
        """Another guest, from the last state or, where that does not start, without one. Raises ThothError."""
        self._waiting.begins()
        try:
            if self._recovery.ended is None:
                await self.state()
            self.instance.stop()
            with suppress(Cancelled):
                await self.instance.retire()
            self.instance.retry()
            note = await self._begin()
        except Cancelled:
            self._recovery.end(PluginError(self.plugin.id, "it was stopped while it started; restart the panel"))
            raise
        except ThothError as error:
            self._recovery.end(error)
            raise
        finally:
            self._waiting.ends()
        self._recovery.begun_again()
        if note is not None:
            self._recovery.say(ErrorKind.PLUGIN_REFUSED, note)
        return self._views.answered()

    def dismiss(self) -> None:
        """Nothing is told of it any more."""
        self._closing = True
        self._views.dismiss()
        self._recovery.dismiss()
        self._waiting.forget()
        self._asking.forget()

    async def close(self) -> None:
        """Ends it, after what runs has had a moment to come to its end; the guest is told."""
        self.dismiss()
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                await asyncio.wrap_future(self.instance.begin_if_alive(_nothing, priority=Priority.PERSON))
        except TimeoutError:
            self.instance.stop()
        except ThothError:
            pass  # it is being closed already
        await self.instance.close()

    # For the instance

    def restore(self, call: Call) -> None:
        """Brings a guest that has just started to where the last one was, and draws it."""
        self._note = self._state.give(call) if self._drawing.has_tab_host else None
        self._views.drawn(self._drawing.first(call))
        if self._drawing.has_tab_host:
            self._focus.begin(call)

    def watch(self, outcome: Future[Any]) -> None:
        """See `InstancePanel`."""
        self._waiting.begins()
        self._watch(outcome, self._heard)

    def drawn(self, call: Call, output: Any, waiting: bool) -> PanelView | None:
        """See `InstancePanel`; of a flood only now and then one is drawn, and always the last."""
        now = time.monotonic()
        if waiting and now < self._next_frame:
            return None
        self._next_frame = now + FRAME_SECONDS
        return self._views.drawn(self._drawing.after(call, output), again=False)

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
        unasked = not self._closing
        self.dismiss()
        self._house.panel_closed(self)
        if unasked and self._given:
            state = self._state.text if self.reloading else None
            self._events.panel_closed(
                DidClosePanel(panel_id=self.panel_id, message=self.ends_for, state=state, again=self.reloading)
            )

    # What the loop hears of calls

    def _watch(self, outcome: Future[Any], over: Callable[[Future[Any]], None]) -> None:
        """Has `over` called on the loop, before whoever waits for the outcome goes on."""
        outcome.add_done_callback(lambda outcome: soon(self._loop, over, outcome))

    def _taken_in(self, outcome: Future[Any]) -> None:
        self._people -= 1
        self._over(outcome)
        if _succeeded(outcome):
            self._views.taken_in(outcome.result())
            self._state_soon()

    def _provided(self, outcome: Future[Any]) -> None:
        self._over(outcome)
        if _succeeded(outcome):
            self._views.publish(self._views.now)  # of a guest that was started for it
            self._state_soon()

    def _heard(self, outcome: Future[Any]) -> None:
        self._over(outcome)
        if _succeeded(outcome):
            if outcome.result() is not None:
                self._views.soon(outcome.result())
            self._state_soon()

    def _over(self, outcome: Future[Any]) -> None:
        self._waiting.ends()
        self._judge(outcome)

    def _judge(self, outcome: Future[Any]) -> None:
        error = None if outcome.cancelled() else outcome.exception()
        if error is not None and not self.instance.closed:
            self._recovery.failed(error)

    async def _begin(self) -> str | None:
        """Starts a guest; a sentence where it did not take its state. One that fails with its state starts without."""
        return await self._state.started(self._start) or self._note

    async def _start(self) -> None:
        await self.instance.run(_nothing, priority=Priority.PERSON)

    async def _revived(self) -> None:
        await self._start()
        self._views.publish(self._views.now)

    def _is_known(self) -> None:
        if not self.known and not self._closing:
            self.known = True
            self._views.known(self._given)
            self._house.panel_known(self)

    def _state_soon(self) -> None:
        if self._drawing.has_tab_host and not self._closing:
            self._asking.soon()

    def _in_background(self, steps: Callable[[Call], None]) -> Future[None]:
        """Nobody waits for it, and a guest that does not run is not started for it; raises PluginError."""
        outcome = self.instance.begin_if_alive(steps, priority=Priority.BACKGROUND)
        self._watch(outcome, self._judge)
        return outcome

    async def _tell(self, event: dict[str, str]) -> None:
        await self.instance.tell(event)

    def _tell_working(self, busy: bool) -> None:
        if self.known and not self._closing:
            self._events.panel_working(DidWorkPanel(panel_id=self.panel_id, busy=busy))


def _succeeded(outcome: Future[Any]) -> bool:
    return not outcome.cancelled() and outcome.exception() is None


def _nothing(call: Call) -> None:
    """Starts a guest where none runs."""
