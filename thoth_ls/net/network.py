"""The network as plugins are offered it: one table of host functions, and one place that ends what they began."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Literal

from thoth_ls.calling import HostRefusal, soon
from thoth_ls.catalog.needs import RULES
from thoth_ls.net.model import Attempt
from thoth_ls.net.target import parse_tcp, parse_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.activity import ActivityLog
    from thoth_ls.net.allowance import Allowance
    from thoth_ls.net.gate import Gate
    from thoth_ls.net.http.bodies import Body
    from thoth_ls.net.http.host import HttpHost
    from thoth_ls.net.http.showing import PickSource, PickTarget, ShowFile
    from thoth_ls.net.model import Consent
    from thoth_ls.net.tcp import TcpClient
    from thoth_ls.net.websocket import WebSockets

    Table = Mapping[str, Mapping[str, Callable[..., Any]]]

MOST_REFUSALS: Final = 1_000
OFFERED: Final = ("http-client", "http-control", "tcp-client", "websocket", "websocket-control")


class Network:
    """HTTP, WebSocket and TCP of all plugins. Made on the event loop and belongs to it, but for `imports`.

    `folder` is for bodies of responses and this process's alone; it is removed at the end. `gate` and the others are
    shared, and stay whose they are. What speaks the protocols is loaded by the first call of a plugin.
    """

    def __init__(
        self,
        gate: Gate,
        consent: Consent,
        activity: ActivityLog,
        allowance: Allowance,
        folder: Path,
        *,
        pick: PickTarget,
        pick_source: PickSource,
        show_file: ShowFile | None = None,
    ) -> None:
        self.gate = gate
        self._consent = consent
        self._activity = activity
        self._allowance = allowance
        self._folder = folder
        self._pick = pick
        self._pick_source = pick_source
        self._show_file = show_file
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._refusals: deque[tuple[Plugin, str, str, str]] = deque()
        """That are to be written down: one in each turn of the loop, as they may be many, and of long addresses."""
        self._made: _Parts | None = None
        gate.decisions.on_change(self._decided)

    def imports(self, plugin: Plugin, caller: Caller) -> Table:
        """The functions for one guest, by interface; made anew for each guest. For any thread."""
        late = _Late(lambda: self._parts().imports(plugin, caller))
        return {
            interface: {name: _Function(late, interface, name) for name in RULES[interface]} for interface in OFFERED
        }

    def body(self, panel_id: str, handle: str) -> Body:
        """A body that a panel holds; raises HostRefusal. For any thread."""
        return self._parts().body(panel_id, handle)

    def refused(self, plugin: Plugin, function: str, target: str, why: str) -> None:
        """Writes down that the guard kept a call of `interface.function` from reaching anything. For any thread."""
        with self._lock:
            if len(self._refusals) >= MOST_REFUSALS:
                return  # a plugin that calls in a loop is not worth holding everybody else up
            self._refusals.append((plugin, function, target, why))
            if len(self._refusals) > 1:
                return  # those before it are being written down
        soon(self._loop, self._write_down)

    def grants_changed(self, plugin_id: str | None = None) -> None:
        """To be called once something else holds for a plugin, or for all: what it forbids is ended, also under way."""
        if self._made is not None:
            self._made.grants_changed(plugin_id)

    async def close(self) -> None:
        """Ends everything that is under way, and removes what was kept of it."""
        if self._made is not None:
            await self._made.close()
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)

    def _decided(self, plugin_ids: Iterable[str]) -> None:
        for plugin_id in plugin_ids:
            self.grants_changed(plugin_id)

    def _write_down(self) -> None:
        plugin, function, target, why = self._refusals[0]
        try:
            attempt = _attempted(function, target)
            if attempt is not None:
                self._activity.begin(plugin.id, attempt).end("refused", why)
        finally:
            with self._lock:
                del self._refusals[0]
                if self._refusals:
                    self._loop.call_soon(self._write_down)

    def _parts(self) -> _Parts:
        with self._lock:
            if self._made is None:
                self._made = _Parts(self._http(), self._tcp(), self._websockets())
            return self._made

    def _http(self) -> HttpHost:
        from thoth_ls.net.http.bodies import BodyFolder
        from thoth_ls.net.http.client import Client
        from thoth_ls.net.http.host import HttpHost
        from thoth_ls.net.http.showing import Showing

        bodies = BodyFolder(self._folder / "bodies")
        client = Client(self.gate, self._allowance, self._activity, bodies)
        showing = Showing(self._folder / "shown", self._show_file, self._pick, self._pick_source)
        return HttpHost(client, self._consent, showing, bodies, self._loop)

    def _tcp(self) -> TcpClient:
        from thoth_ls.net.tcp import TcpClient

        return TcpClient(self.gate, self._consent, self._activity, self._loop)

    def _websockets(self) -> WebSockets:
        from thoth_ls.net.websocket import WebSockets

        return WebSockets(self.gate, self._consent, self._activity, self._loop)


def _attempted(function: str, text: str) -> Attempt | None:
    """What a call was to reach; None where that cannot be read."""
    try:
        if function.startswith("tcp-client"):
            host, _, port = text.rpartition(":")
            return Attempt("tcp", parse_tcp(host.removeprefix("[").removesuffix("]"), int(port)))
        kind: Literal["http", "websocket"] = "websocket" if function.startswith("websocket") else "http"
        target, url = parse_url(text, kind)
    except (HostRefusal, ValueError):
        return None
    return Attempt(kind, target, "", url)


class _Parts:
    """Those that speak the protocols."""

    def __init__(self, http: HttpHost, tcp: TcpClient, websockets: WebSockets) -> None:
        self._http = http
        self._tcp = tcp
        self._websockets = websockets

    def imports(self, plugin: Plugin, caller: Caller) -> Table:
        return {
            **self._http.imports(plugin, caller),
            **self._websockets.imports(plugin, caller),
            "tcp-client": self._tcp.imports(plugin, caller),
        }

    def body(self, panel_id: str, handle: str) -> Body:
        return self._http.body(panel_id, handle)

    def grants_changed(self, plugin_id: str | None) -> None:
        self._http.client.grants_changed(plugin_id)
        self._tcp.grants_changed(plugin_id)
        self._websockets.grants_changed(plugin_id)

    async def close(self) -> None:
        self._tcp.close()
        await self._websockets.close()
        await self._http.close()


class _Late:
    """The functions of one guest, made by the first of them that is called. Belongs to the guest's thread."""

    def __init__(self, make: Callable[[], Table]) -> None:
        self._make = make
        self._table: Table | None = None

    def function(self, interface: str, name: str) -> Any:
        """One of them."""
        if self._table is None:
            self._table = self._make()
        return self._table[interface][name]


class _Function:
    """Stands for a function that is made when it is called."""

    def __init__(self, late: _Late, interface: str, name: str) -> None:
        self._late = late
        self._interface = interface
        self._name = name

    def __call__(self, *arguments: Any) -> Any:
        return self._late.function(self._interface, self._name)(*arguments)

    def refused(self, *arguments: Any) -> Any:
        """Of a function that says itself that it was refused."""
        return self._late.function(self._interface, self._name).refused(*arguments)
