"""One instance of a plugin: what the host calls, in values of Python, for the component's exports and the fake host."""

from __future__ import annotations

import inspect
import json
from typing import TYPE_CHECKING, Any

from thoth_plugin import commands, faults, returned
from thoth_plugin.current import Entered, Host
from thoth_plugin.errors import Cancelled, PluginError
from thoth_plugin.events import Event
from thoth_plugin.json_text import dumps
from thoth_plugin.nodes import Node, to_json
from thoth_plugin.setting_values import parse
from thoth_plugin.tabular import Tabular
from thoth_plugin.tasks import Pending, Scheduler, Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from thoth_plugin.datasets import Table
    from thoth_plugin.definition import Plugin
    from thoth_plugin.panel import Panel

FROM_HOST = frozenset({"http-response", "query-result", "ws-open", "ws-message", "ws-error", "ws-close"})
LAST = frozenset({"query-result", "ws-close"})


class Instance(Tabular):
    """Made by whoever is the host. Every method is called inside `with instance.entered():`, one at a time."""

    def __init__(self, plugin: Plugin, host: Host) -> None:
        super().__init__(plugin)
        self.host = host
        self.settings: dict[str, str] = {}
        self.scheduler = Scheduler(self._failed)
        self.takes_events = False
        """Whether what is awaited can come: not in commands and the like."""
        self._panel: Panel | None = None
        self._listening: dict[str, tuple[Callable[[str, str], None], Pending[Any] | None]] = {}
        self._faults: list[str] = []
        self._opened = False

    def entered(self) -> Entered:
        """A block in which this is the current instance."""
        return Entered(self)

    def listen(self, number: str, arrived: Callable[[str, str], None], pending: object = None) -> None:
        """Has events of the host for `number` go to `arrived` (kind, value)."""
        self._listening[number] = (arrived, pending if isinstance(pending, Pending) else None)

    # plugin-lifecycle

    def on_load(self, settings: str) -> None:
        """The instance begins."""
        self.settings = parse(settings)

    def on_setting_change(self, settings: str) -> None:
        """Other settings hold."""
        self.settings = parse(settings)
        if self._panel is not None:
            self._do(self._panel.settings_changed, "taking in the settings")

    def on_close(self) -> None:
        """The instance ends: what is under way gets Cancelled."""
        self.scheduler.cancel_all()

    def render_settings(self) -> str:
        """The page of settings."""
        draw = self.plugin.settings
        try:
            return to_json(draw() if draw is not None else Node(type="column", children=[]))
        except Exception as error:  # noqa: BLE001 - a page with the reason is better than none
            return to_json(faults.instead(faults.told(error, "drawing the settings")))

    # ui-component and tab-host

    @property
    def panel(self) -> Panel:
        """The panel, made when it is first needed."""
        if self._panel is None:
            if self.plugin.panel is None:
                raise PluginError("this plugin has no panel: give one to thoth.plugin(panel=…)")
            self.takes_events = True
            self._panel = self.plugin.panel()
        return self._panel

    def render_ui(self) -> str:
        """The first tree."""
        try:
            self._open()
        except Exception as error:  # noqa: BLE001 - told in place of the panel
            return to_json(faults.instead(faults.told(error, "opening the panel")))
        return self.tree()

    def render_sidebar(self) -> str | None:
        """The tree of the side bar; None for none."""
        try:
            self._open()
            tree = self.panel.render_sidebar()
            return None if tree is None else to_json(self._with_faults(tree))
        except Exception as error:  # noqa: BLE001 - told in place of the view
            return to_json(faults.instead(faults.told(error, "drawing the side bar")))

    def handle_event(self, widget: str, kind: str, value: str) -> str:
        """Takes in an event, lets everything go on that can, and returns the new tree."""
        self.take_event(widget, kind, value)
        return self.tree()

    def take_event(self, widget: str, kind: str, value: str) -> None:
        """Takes in an event."""
        if widget == faults.DISMISS:
            self._faults.clear()
        elif widget != faults.AGAIN and not self._heard(widget, kind, value):
            event = Event(widget, kind, value)
            panel = self.panel
            found = type(panel).handlers.find(event)
            doing = f"{kind} of {widget!r}"
            if found is None:
                self._do(lambda: panel.event(event), doing)
            else:
                name, rule, given = found
                self._do(lambda: getattr(panel, name)(*rule.arguments(given)), doing)
        self.scheduler.run()

    def tab_title(self) -> str:
        """Title of the tab; the plugin's name where the panel has none or it fails."""
        try:
            return returned.text(self.panel.title(), "what title returns") or self.plugin.info.name
        except Exception as error:  # noqa: BLE001 - a title cannot fail
            faults.told(error, "the title")
            return self.plugin.info.name

    def tab_icon(self) -> str | None:
        """Icon of the tab."""
        try:
            icon = self.panel.icon()
            return None if icon is None else returned.text(icon, "what icon returns")
        except Exception as error:  # noqa: BLE001 - an icon cannot fail
            faults.told(error, "the icon")
            return None

    def get_state(self) -> str:
        """All the panel needs to go on; empty for nothing. Raises PluginError."""
        state = self.guarded("saving the state", self.panel.save)
        if state is None:
            return ""
        text: str = self.guarded("saving the state", lambda: dumps(state))
        return text

    def init_with_state(self, state: str) -> None:
        """Takes in what `get_state` gave. Raises PluginError."""
        if state:
            panel = self.panel
            self.guarded("restoring the state", lambda: panel.restore(json.loads(state)))

    def tab_focused(self) -> None:
        """The tab came to the front."""
        self._do(self.panel.focused, "coming to the front")

    def tab_blurred(self) -> None:
        """The tab is behind another."""
        self._do(self.panel.blurred, "going to the back")

    def tab_closed(self) -> None:
        """The tab is being closed."""
        self._do(self.panel.closed, "closing")

    # plugin-cli

    def cli_schema(self) -> str:
        """The commands. Raises PluginError."""
        info = self.plugin.info
        program = info.id.rpartition(".")[2]
        return commands.schema_of(self.plugin.commands, program, self.plugin.about or info.description)

    def cli_run(self, invocation: str) -> str:
        """Runs one. Raises PluginError."""
        asked = json.loads(invocation)
        name = asked["subcommand"]
        found = next((each for each in self.plugin.commands if each.name == name), None)
        if found is None:
            raise PluginError(f"there is no command {name!r}")
        before, self.takes_events = self.takes_events, False
        try:
            given = found.given(asked["values"])
            result = self.guarded(f"the command {name!r}", lambda: self._to_the_end(found.run(**given)))
            records: str = self.guarded(f"the command {name!r}", lambda: commands.records_of(result))
        finally:
            self.takes_events = before
        return records

    def guarded(self, doing: str, act: Callable[[], Any]) -> Any:
        """What `act` returns; raises PluginError, whatever it raised."""
        try:
            return act()
        except Cancelled:
            raise PluginError(f"{doing} was cancelled") from None
        except PluginError:
            raise
        except Exception as error:  # noqa: BLE001 - an exception that leaves an export ends the instance
            raise PluginError(faults.told(error, doing)) from None

    def _to_the_end(self, result: Any) -> Any:
        """The result of a command that may be a coroutine: whatever it awaits is there at once."""
        if not inspect.iscoroutine(result):
            return result
        task: Task[Any] = self.scheduler.start(result)
        task.when_done(lambda: None)
        self.scheduler.run()
        if not task.done:
            task.cancel()
            self.scheduler.run()
            raise PluginError("it waits for something that comes as an event, which a command is not told")
        return task.result()

    def _panel_table(self) -> Table | None:
        return self.panel.provide_dataset()

    def _open(self) -> None:
        panel = self.panel
        if not self._opened:
            self._opened = True
            self._do(panel.opened, "opening the panel")
            self.scheduler.run()

    def _do(self, act: Callable[[], Any], doing: str) -> None:
        """Runs a method of the panel; a coroutine goes on until it has to wait."""
        try:
            result = act()
            if inspect.iscoroutine(result):
                self.scheduler.start(result)
            self.scheduler.run()
        except Exception as error:  # noqa: BLE001 - told above the tree
            self._failed(error, doing)

    def _failed(self, error: BaseException, doing: str = "the panel's work") -> None:
        if not isinstance(error, Cancelled):
            message = faults.told(error, doing)
            if message not in self._faults:
                self._faults = [*self._faults, message][-3:]

    def _heard(self, widget: str, kind: str, value: str) -> bool:
        """Whether it was an answer of the host: one that nobody listens for any more is heard, too."""
        if kind not in FROM_HOST:
            return False
        heard = self._listening.get(widget)
        if heard is not None:
            arrived, pending = heard
            try:
                arrived(kind, value)
            except Exception as error:  # noqa: BLE001 - a callback of the author
                self._failed(error, f"taking in {kind}")
            if kind in LAST or (pending is not None and pending.done):
                self._listening.pop(widget, None)
        return True

    def tree(self) -> str:
        """What the tab shows now."""
        try:
            return to_json(self._with_faults(self.panel.render()))
        except Exception as error:  # noqa: BLE001 - told in place of the panel
            return to_json(faults.instead(faults.told(error, "drawing the panel")))

    def _with_faults(self, tree: Any) -> Node:
        if not isinstance(tree, dict) or not isinstance(tree.get("type"), str):
            raise TypeError(f"a panel draws one node (thoth_plugin.ui), not {type(tree).__name__}")
        return faults.above(self._faults, Node(tree)) if self._faults else Node(tree)
