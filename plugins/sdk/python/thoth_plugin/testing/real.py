"""Tests in the real host, without an editor: the plugin as a component, its sandbox, its network.

    with RealHost("path/of/my-plugin") as host:
        panel = host.open()
        panel.click("send")
        panel.until("200")

Needs `thoth-ls[authoring]`. The plugin is built first, unless it is current (into `build/` of its folder) or the folder
holds a `plugin.wasm` and no sources. Answers of other servers are faked by a local server; the host asks `person`.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from thoth_ls.authoring.building.building import build
from thoth_ls.authoring.building.development import build_for_development
from thoth_ls.authoring.building.kit import installed_kit
from thoth_ls.authoring.building.sources import sources_of
from thoth_ls.catalog.manifest import parse_manifest
from thoth_ls.wire.commands import RunCommandParams
from thoth_ls.wire.panels import OpenPanelParams, PanelEventParams, PanelPlace
from thoth_plugin.testing.acts import Acts
from thoth_plugin.testing.real_server import COMPILING_SECONDS, SECONDS, Person, Server
from thoth_plugin.testing.real_tables import RealTables
from thoth_plugin.testing.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from thoth_ls.wire.panels import DidClosePanel, DidFailPanel, DidRenderPanel, DidSignal, DidWorkPanel, PanelOpened

PATIENCE = 20.0
EMPTY = '{"type":"column","children":[]}'


class RealHost(RealTables):
    """One server with the plugin installed. Use it in a `with` block."""

    def __init__(
        self,
        folder: str | Path,
        *,
        settings: Mapping[str, Any] | None = None,
        kept: str | Path | None = None,
        quick: bool = False,
    ) -> None:
        """`settings` are those of Thoth, as in settings.json without `thoth.`; `kept` is where what is made is kept.

        With `quick` Python sources are run as `thoth plugin dev` runs them: nothing is built but what all plugins of
        the same capabilities share.
        """
        self.folder = Path(folder).resolve()
        self.person = Person()
        self.signals: list[Any] = []
        """All that were told: `key`, `value`, `status`."""
        self.panels: dict[str, RealPanel] = {}
        self.news = threading.Condition()
        self._settings = dict(settings or {})
        self._kept = Path(kept) if kept is not None else self.folder / "build"
        self._quick = quick
        self._server: Server | None = None
        self.plugin_id = parse_manifest((self.folder / "plugin.toml").read_bytes()).id

    def __enter__(self) -> Self:
        self._server = Server(self._built(), self.person, _Heard(self), self._settings, self._kept)
        return self

    def _built(self) -> Path:
        """The folder with the plugin, built if it has to be."""
        if not (self.folder / "src").is_dir():
            return self.folder
        kit = installed_kit(self._kept / "scratch")
        out = self._kept / self.folder.name
        if self._quick and (sources := sources_of(self.folder)).language == "python":
            build_for_development(sources, kit, out)
            return out
        in_place = (self.folder / ".stamp.json").exists()  # as `thoth plugin build` leaves it
        return build(self.folder, self.folder if in_place else out, kit).folder

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.close()

    @property
    def server(self) -> Server:
        """What runs; only inside the `with` block."""
        assert self._server is not None, "use the host in a `with` block"
        return self._server

    @property
    def log(self) -> str:
        """All that the plugin has written to its log."""
        return "\n".join(line for _, line in self.server.log)

    @property
    def stored(self) -> Any:
        """The plugin's stored value; None for nothing."""
        path = self.server.paths.data / "plugin-data" / self.plugin_id / "state.txt"
        text = path.read_text("utf-8") if path.exists() else ""
        return json.loads(text) if text else None

    def open(self, *, state: object = None, place: PanelPlace = "tab") -> RealPanel:
        """Opens a panel; `state` is what `RealPanel.state` gave. Raises ThothError."""
        told = None if state is None else json.dumps(state)
        params = OpenPanelParams(plugin_id=self.plugin_id, place=place, state=told)
        opened = self.server.call(self.server.services.panels.open(params), COMPILING_SECONDS)
        return RealPanel(self, opened)

    def run(self, command: str, **values: str | bool) -> list[dict[str, Any]]:
        """Runs a command; `_` in names stands for `-`. Returns its records; raises ThothError."""
        given = {name.replace("_", "-"): value for name, value in values.items()}
        params = RunCommandParams(plugin_id=self.plugin_id, name=command, values=given, show=False)
        result = self.server.call(self.server.services.commands.run(params, headless=False), COMPILING_SECONDS)
        return [json.loads(line) for line in (result.text or "").splitlines()]

    def until(self, true: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Waits for something to become true; AssertionError where it does not."""
        end = time.monotonic() + seconds
        with self.news:
            while not true():
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"it did not come true within {seconds} s; the log says:\n{self.log}")
                self.news.wait(min(left, 0.1))


class RealPanel(Acts):
    """An open panel: as `OpenedPanel` of the fake host. What comes by itself is waited for with `until`.

    An act raises ThothError where the plugin fails.
    """

    def __init__(self, host: RealHost, opened: PanelOpened) -> None:
        self.host = host
        self.id = opened.panel_id
        self.note = opened.note
        """Why its state was not taken in, and the like."""
        self.failures: list[DidFailPanel] = []
        self.working = False
        """Whether a call has been running for a moment."""
        self.closed: DidClosePanel | None = None
        """Why it ended without being asked to."""
        self.view = opened.view
        host.panels[self.id] = self

    @property
    def tree(self) -> Tree:
        """What it shows."""
        return Tree(json.loads(self.view.node or EMPTY))

    @property
    def title(self) -> str:
        """Of the tab."""
        return self.view.title

    def event(self, id: str, kind: str, value: str = "", seconds: float = SECONDS) -> Tree:
        """Any event, of a widget that may not be there."""
        params = PanelEventParams(panel_id=self.id, widget_id=id, kind=kind, value=value)
        panel = self.host.server.services.panels.get(self.id)
        self.host.server.call(panel.event(params), seconds)
        return self.tree

    def until(self, wanted: str | Callable[[Tree], object], seconds: float = PATIENCE) -> Tree:
        """Waits until it shows a text, or something is true of its tree; AssertionError where that does not come."""
        try:
            if isinstance(wanted, str):
                self.host.until(lambda: wanted in self.tree, seconds)
            else:
                self.host.until(lambda: wanted(self.tree), seconds)
        except AssertionError as error:
            raise AssertionError(f"{wanted!r}: {error}\nwhat is shown:\n{self.text}") from None
        return self.tree

    def state(self) -> Any:
        """What it would be opened with again; None for nothing."""
        panel = self.host.server.services.panels.get(self.id)
        text = self.host.server.call(panel.state())
        return json.loads(text) if text else None

    def stop(self) -> None:
        """Ends what runs."""
        services = self.host.server.services

        async def stop() -> None:
            services.panels.get(self.id).stop()

        self.host.server.call(stop())

    def close(self) -> None:
        """Closes it."""
        self.host.server.call(self.host.server.services.panels.close(self.id))


class _Heard:
    """What the client would be told, on the server's loop."""

    def __init__(self, host: RealHost) -> None:
        self._host = host

    def panel_rendered(self, event: DidRenderPanel) -> None:
        """Another tree."""
        with self._host.news:
            panel = self._host.panels.get(event.panel_id)
            if panel is not None and event.view.revision > panel.view.revision:
                panel.view = event.view
            self._host.news.notify_all()

    def panel_failed(self, event: DidFailPanel) -> None:
        """A call failed."""
        with self._host.news:
            if event.panel_id in self._host.panels:
                self._host.panels[event.panel_id].failures.append(event)
            self._host.news.notify_all()

    def panel_working(self, event: DidWorkPanel) -> None:
        """A call runs for long."""
        with self._host.news:
            if event.panel_id in self._host.panels:
                self._host.panels[event.panel_id].working = event.busy
            self._host.news.notify_all()

    def panel_closed(self, event: DidClosePanel) -> None:
        """It ended."""
        with self._host.news:
            if event.panel_id in self._host.panels:
                self._host.panels[event.panel_id].closed = event
            self._host.news.notify_all()

    def signals_changed(self, event: DidSignal) -> None:
        """Facts for the status bar."""
        with self._host.news:
            self._host.signals += event.signals
            self._host.news.notify_all()

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: None  # of documents, plugins and the network
