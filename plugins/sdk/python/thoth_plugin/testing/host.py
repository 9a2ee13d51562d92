"""A host for tests: it answers as the real one does, from what the test says, and remembers what it was asked."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thoth_plugin.definition import Plugin, last_made
from thoth_plugin.errors import HostError, PluginError
from thoth_plugin.instance import Instance
from thoth_plugin.testing.fake_http import FakeHttp
from thoth_plugin.testing.fake_tables import FakeTables
from thoth_plugin.testing.fake_websocket import FakeSocket
from thoth_plugin.testing.opened import OpenedPanel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thoth_plugin.panel import Panel


class Refusal(HostError):
    """What `FakeHost.refuse` has the host say."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A fact in the status bar."""

    key: str
    value: str
    status: str
    ttl_ms: int


@dataclass(slots=True)
class FakeDataset:
    """A table that was published."""

    handle: str
    name: str
    columns: list[dict[str, str]]
    rows: list[list[str]]


class FakeHost(FakeTables):
    """One editor. Panels opened in it share storage and secrets, as instances of one plugin do."""

    def __init__(self, plugin: Plugin | None = None, *, settings: Mapping[str, str] | None = None) -> None:
        self.plugin = plugin
        """What `run` and the rest are about; None for what `thoth.plugin` was called with last."""
        self.settings = dict(settings or {})
        self.storage = ""
        """The stored text."""
        self.secrets: dict[str, str] = {}
        self.signals: list[Signal] = []
        """All that were emitted, in order."""
        self.datasets: dict[str, FakeDataset] = {}
        """Those that are published now, by handle."""
        self.tabs: list[tuple[str, str | None, str | None]] = []
        """Tabs that were asked for: title, icon, state."""
        self.sockets: list[FakeSocket] = []
        self.log = ""
        """All that was written."""
        self.calls: list[tuple[Any, ...]] = []
        """Every call of the host: interface, function, arguments."""
        self.dialogs: deque[Any] = deque()
        """Answers of the person to file dialogs, the next one first: `(path, contents)` or None to open; a path or None
        to save; `(name, bytes)` or None to pick a file that is sent."""
        self.saved: list[tuple[str, str]] = []
        """Text files that were saved: path, contents."""
        self.panels: list[OpenedPanel] = []
        self.http = FakeHttp(self._deliver)
        self._refused: dict[str, Refusal] = {}
        self._queue: deque[tuple[OpenedPanel, str, str, str]] = deque()
        self._owner: dict[str, OpenedPanel] = {}
        self._calling: OpenedPanel | None = None
        self._numbers = 0
        self._published: dict[OpenedPanel | None, str] = {}

    # What a test does

    def open(self, panel: type[Panel] | None = None, *, state: object = None, place: str = "tab") -> OpenedPanel:
        """Opens a panel; `state` is what `Panel.save` gave. `place` is `tab` or `sidebar`."""
        plugin = Plugin(panel=panel) if panel is not None else self._plugin()
        opened = OpenedPanel(self, self._instance(plugin), place)
        self.panels.append(opened)
        opened.begin("" if state is None else json.dumps(state, ensure_ascii=False))
        return opened

    def run(self, command: str, **values: str | bool) -> list[dict[str, Any]]:
        """Runs a command; `_` in names stands for `-`. Returns its records; raises PluginError."""
        instance = self._instance(self._plugin())
        with instance.entered():
            schema = json.loads(instance.cli_schema())
        found = next((each for each in schema["subcommands"] if each["name"] == command), None)
        flags = [] if found is None else [each["id"] for each in found["args"] if each["kind"]["kind"] == "flag"]
        given = dict.fromkeys(flags, False) | {name.replace("_", "-"): value for name, value in values.items()}
        with instance.entered():
            told = instance.cli_run(json.dumps({"subcommand": command, "values": given}))
        records: list[dict[str, Any]] = json.loads(told)["records"]
        return records

    def refuse(self, function: str, message: str = "not allowed", code: int = 403) -> None:
        """Has a function fail from now on: `secure-storage.write`, or a whole interface: `secure-storage`."""
        self._refused[function] = Refusal(message, code)

    def allow(self, function: str) -> None:
        """Takes `refuse` back."""
        self._refused.pop(function, None)

    def change_settings(self, **settings: str) -> None:
        """The person saves other settings."""
        self.settings |= settings
        for panel in self.panels:
            panel.settings_changed()

    @property
    def stored(self) -> Any:
        """The stored value; None for nothing."""
        return json.loads(self.storage) if self.storage else None

    def instance(self) -> Instance:
        """An instance without a panel, for loaders, exporters and the like; use it in `with instance.entered():`."""
        return self._instance(self._plugin())

    # What a plugin does

    def call(self, interface: str, function: str, *arguments: Any) -> Any:
        """Answers a call of the host."""
        self.calls.append((interface, function, *arguments))
        refusal = self._refused.get(f"{interface}.{function}") or self._refused.get(interface)
        if refusal is not None:
            raise Refusal(refusal.message, refusal.code)
        if interface == "http-control":
            return self._http(function, arguments)
        name = f"_{interface}_{function}".replace("-", "_")
        answer = getattr(self, name, None)
        if answer is None:
            raise HostError(f"{interface}.{function} is not offered by the fake host", 403)
        return answer(*arguments)

    def write_log(self, text: str) -> None:
        """Keeps what is written."""
        self.log += text

    def calling(self, panel: OpenedPanel | None) -> None:
        """Says which panel is being served."""
        self._calling = panel

    def told_settings(self) -> str:
        """The settings as a plugin is handed them."""
        return json.dumps([{"key": key, "value": value} for key, value in self.settings.items()])

    def flush(self) -> None:
        """Delivers what the host has to tell, until nothing is left."""
        while self._queue and self._calling is None:
            panel, number, kind, value = self._queue.popleft()
            panel.hear(number, kind, value)

    def _plugin(self) -> Plugin:
        return self.plugin or last_made()

    def _instance(self, plugin: Plugin) -> Instance:
        instance = Instance(plugin, self)
        with instance.entered():
            instance.on_load(self.told_settings())
        return instance

    def _deliver(self, number: str, kind: str, value: str) -> None:
        owner = self._owner.get(number) or self._calling
        if owner is not None:
            self._queue.append((owner, number, kind, value))
            self.flush()

    def _http(self, function: str, arguments: tuple[Any, ...]) -> Any:
        if function == "pick-body":
            picked = self._answer("pick-body")
            if picked is None:
                return None
            name, content = picked
            return json.dumps({"handle": self.http.keep(content), "name": name, "bytes": len(content)})
        if function == "save-body":
            content = self.http.call(function, arguments)
            path = self._answer("save-body")
            if path is not None:
                self.http.saved.append((path, content))
            return path
        answer = self.http.call(function, arguments)
        if function == "submit" and self._calling is not None:
            self._owner[answer] = self._calling
        return answer

    def _websocket_control_connect(self, url: str, headers: list[tuple[str, str]], options: str) -> str:
        self._numbers += 1
        number = f"ws-{self._numbers}"
        if self._calling is not None:
            self._owner[number] = self._calling
        self.sockets.append(FakeSocket(self._deliver, number, url, headers, json.loads(options)))
        return number

    def _socket(self, number: str) -> FakeSocket:
        found = next((each for each in self.sockets if each.id == number), None)
        if found is None:
            raise HostError(f"there is no WebSocket {number!r}, or it is closed", 4)
        return found

    def _websocket_control_close(self, number: str, code: int, reason: str) -> None:
        self._socket(number).call("close", (code, reason))

    def _websocket_send_text(self, number: str, text: str) -> None:
        self._socket(number).call("send", (text,))

    def _websocket_send_binary(self, number: str, data: bytes) -> None:
        self._socket(number).call("send", (data,))

    def _plugin_storage_read(self) -> str:
        return self.storage

    def _plugin_storage_write(self, text: str) -> None:
        self.storage = text
        for panel in self.panels:
            if panel is not self._calling and panel.open:
                self._queue.append((panel, "storage-changed", "notify", ""))
        self.flush()

    def _secure_storage_read(self, key: str) -> str | None:
        return self.secrets.get(key)

    def _secure_storage_write(self, key: str, secret: str) -> None:
        self.secrets[key] = secret

    def _secure_storage_delete(self, key: str) -> None:
        self.secrets.pop(key, None)

    def _signals_emit_signal(self, key: str, value: str, status: str, ttl_ms: int) -> None:
        self.signals.append(Signal(key, value, status, ttl_ms))

    def _ui_tabs_open_tab(self, title: str, icon: str | None, state: str | None) -> str:
        self.tabs.append((title, icon, state))
        return f"tab-{len(self.tabs)}"

    def _file_dialog_open_file(self, title: str, extensions: list[str]) -> dict[str, str] | None:
        answer = self._answer("open-file")
        return None if answer is None else {"path": answer[0], "contents": answer[1]}

    def _file_dialog_save_file(self, title: str, name: str, extensions: list[str], contents: str) -> str | None:
        path: str | None = self._answer("save-file")
        if path is not None:
            self.saved.append((path, contents))
        return path

    def _dataset_bus_publish(self, name: str, columns: list[dict[str, str]], rows: list[list[str]]) -> str:
        self._numbers += 1
        handle = f"dataset-{self._numbers}"
        before = self._published.pop(self._calling, None)
        if before is not None:
            self.datasets.pop(before, None)  # a panel has one at a time
        self._published[self._calling] = handle
        self.datasets[handle] = FakeDataset(handle, name, columns, rows)
        return handle

    def _dataset_bus_update(self, handle: str, columns: list[dict[str, str]], rows: list[list[str]]) -> None:
        if handle in self.datasets:
            self.datasets[handle].columns, self.datasets[handle].rows = columns, rows

    def _dataset_bus_append(self, handle: str, rows: list[list[str]]) -> None:
        if handle in self.datasets:
            self.datasets[handle].rows = [*self.datasets[handle].rows, *rows][-50_000:]

    def _dataset_bus_release(self, handle: str) -> None:
        self.datasets.pop(handle, None)

    def _db_runtime_submit_query(self, handle: str, query: str) -> str:
        self._numbers += 1
        number = f"query-{self._numbers}"
        owner = self._calling
        assert owner is not None, "a query is submitted by a panel"
        self._owner[number] = owner
        try:
            told: dict[str, Any] = {"ok": owner.instance.query(handle, query)}
        except PluginError as error:
            told = {"err": {"message": error.message}}
        self._deliver(number, "query-result", json.dumps(told, ensure_ascii=False))
        return number

    def _answer(self, dialog: str) -> Any:
        if not self.dialogs:
            raise AssertionError(f"the plugin asks the person ({dialog}), and host.dialogs has no answer")
        return self.dialogs.popleft()
