"""The fixture courier, and with it the host imports of the Zig SDK: what it is told reaches the host as it was meant,
and what the host says comes back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.courier import COURIER, MANIFEST, Courier, install_courier
from thoth_ls.calling import HostRefusal
from thoth_ls.catalog.manifest import parse_manifest
from thoth_ls.catalog.needs import RULES
from thoth_ls.errors import PluginRefused, PluginTrapped
from thoth_ls.paths import Paths
from thoth_ls.runtime.custody import NoCustody
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.runtime.imports import HostTable, Permit

INTERFACES = (
    *("http-client", "http-control", "websocket", "websocket-control"),
    *("tcp-client", "secure-storage", "file-dialog"),
)
RESPONSE = {"status": 207, "headers": [("a", "b"), ("c", "ü")], "body": "Grüße\0\n".encode()}
ANSWERS: dict[str, Any] = {
    "http-client.fetch": RESPONSE,
    "http-client.submit": "request-1",
    "http-control.submit": "request-2",
    "http-control.read-body": b"part",
    "http-control.save-body": "/home/letter",
    "websocket.connect": "socket-1",
    "websocket-control.connect": "socket-2",
    "tcp-client.connect": 2**40,
    "tcp-client.read": b"hello",
    "tcp-client.write": 5,
    "secure-storage.read": "hush",
    "file-dialog.open-file": {"path": "/home/a.txt", "contents": "inside"},
    "file-dialog.save-file": "/home/b.txt",
}


class Host(NoCustody):
    """Offers everything, answers from the table or refuses, and remembers what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Any, ...]] = []
        self.answers = dict(ANSWERS)
        self.refusals: dict[str, HostRefusal] = {}
        self.caller: Caller

    def host(self, plugin: Plugin, caller: Caller) -> HostTable:
        self.caller = caller
        return {name: {each: _Function(self, f"{name}.{each}") for each in RULES[name]} for name in INTERFACES}

    def permit(self, plugin: Plugin) -> Permit:
        return lambda need, function, target: None


class _Function:
    """One host function."""

    def __init__(self, host: Host, name: str) -> None:
        self._host, self._name = host, name

    def __call__(self, *arguments: Any) -> Any:
        self._host.asked.append((self._name, *arguments))
        if self._name in self._host.refusals:
            raise self._host.refusals[self._name]
        return self._host.answers.get(self._name)

    def refused(self, refusal: HostRefusal, *arguments: Any) -> str:
        raise AssertionError("nothing is refused here")


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
async def courier(tmp_path: Path, host: Host) -> AsyncIterator[Courier]:
    paths = replace(Paths.under(tmp_path / "home"), cache=tmp_path.parent / "compiled-courier")  # once for all tests
    install_courier(paths.plugins)
    runtime = PluginRuntime(paths, Limits(), lambda *line: None, bundled_folders=(), custody=host)
    plugin = runtime.catalog.get(COURIER)
    assert plugin is not None
    assert plugin.problem is None
    yield Courier(await runtime.instance(plugin))
    await runtime.close()


def request(url: str, method: str = "GET", headers: Any = (), body: bytes | None = None) -> dict[str, Any]:
    """As host functions get it."""
    return {"url": url, "method": method, "headers": list(headers), "body": body}


async def test_its_component_says_what_its_manifest_says(courier: Courier) -> None:
    """So no warning stands in the way of the tests that look at the list of plugins."""
    manifest = parse_manifest(MANIFEST.read_bytes())
    info = await courier.instance.call("plugin-meta", "get-info")
    assert (info["id"], info["name"], info["version"]) == (manifest.id, manifest.name, manifest.version)
    assert info["description"] == manifest.description
    assert set(info["capabilities"]) == {item.value for item in manifest.capabilities}


async def test_a_fetch_goes_out_and_comes_back_whole(courier: Courier, host: Host) -> None:
    answer = await courier.one("get", url="http://a/", method="PUT", header="X-A: 1\nX-A: zwei", body="über")
    assert host.asked == [
        ("http-client.fetch", request("http://a/", "PUT", [("X-A", "1"), ("X-A", "zwei")], "über".encode()))
    ]
    assert answer == {"status": 207, "bytes": 9, "body": "Grüße\0\n", "headers": "a: b\nc: ü\n"}


async def test_what_the_host_refuses_is_what_the_command_says(courier: Courier, host: Host) -> None:
    host.refusals["http-client.fetch"] = HostRefusal("not there: ask first", 403)
    with pytest.raises(PluginRefused, match="not there: ask first") as caught:
        await courier.run("get", url="http://a/")
    assert caught.value.code == 403


@pytest.mark.parametrize(
    ("command", "values", "asked", "answer"),
    [
        ("submit", {"url": "u"}, ("http-client.submit", request("u")), {"id": "request-1"}),
        (
            *("submit", {"url": "u", "options": "{}"}),
            *(("http-control.submit", request("u"), "{}"), {"id": "request-2"}),
        ),
        ("cancel", {"id": "r"}, ("http-control.cancel", "r"), {"cancelled": "r"}),
        (
            *("body", {"action": "read", "handle": "h", "offset": 2**33, "count": 7}),
            *(("http-control.read-body", "h", 2**33, 7), {"bytes": 4, "body": "part"}),
        ),
        (
            *("body", {"action": "show", "handle": "h", "name": "n"}),
            *(("http-control.show-body", "h", "n"), {"done": True}),
        ),
        (
            *("body", {"action": "save", "handle": "h", "name": "n"}),
            *(("http-control.save-body", "h", "Save the body", "n"), {"path": "/home/letter"}),
        ),
        ("body", {"action": "release", "handle": "h"}, ("http-control.release-body", "h"), {"done": True}),
        (
            *("websocket", {"url": "w", "header": "A: b"}),
            *(("websocket.connect", "w", [("A", "b")]), {"id": "socket-1"}),
        ),
        (
            *("websocket", {"url": "w", "options": "{}"}),
            *(("websocket-control.connect", "w", [], "{}"), {"id": "socket-2"}),
        ),
        ("say", {"id": "s", "text": "t"}, ("websocket.send-text", "s", "t"), {"sent": 1}),
        ("say", {"id": "s", "text": "t", "binary": True}, ("websocket.send-binary", "s", b"t"), {"sent": 1}),
        ("hang-up", {"id": "s"}, ("websocket.close", "s"), {"closed": "s"}),
        (
            *("hang-up", {"id": "s", "code": 4999, "reason": "why"}),
            *(("websocket-control.close", "s", 4999, "why"), {"closed": "s"}),
        ),
        ("secret", {"action": "write", "key": "k", "value": "v"}, ("secure-storage.write", "k", "v"), {"key": "k"}),
        ("secret", {"action": "read", "key": "k"}, ("secure-storage.read", "k"), {"key": "k", "value": "hush"}),
        ("secret", {"action": "delete", "key": "k"}, ("secure-storage.delete", "k"), {"key": "k"}),
        (
            *("dialog", {"action": "open", "title": "t", "extensions": "a,b"}),
            *(("file-dialog.open-file", "t", ["a", "b"]), {"path": "/home/a.txt", "contents": "inside"}),
        ),
        (
            *("dialog", {"action": "save", "title": "t", "name": "n", "text": "x"}),
            *(("file-dialog.save-file", "t", "n", [], "x"), {"path": "/home/b.txt"}),
        ),
    ],
)
async def test_a_command_is_one_call_of_the_host(
    courier: Courier, host: Host, command: str, values: dict[str, Any], asked: tuple[Any, ...], answer: dict[str, Any]
) -> None:
    assert await courier.one(command, **values) == answer
    assert host.asked == [asked]


async def test_what_nobody_has_is_null(courier: Courier, host: Host) -> None:
    host.answers.clear()
    assert await courier.one("secret", action="read", key="k") == {"key": "k", "value": None}
    assert await courier.one("dialog", action="open") == {"path": None}
    assert await courier.one("dialog", action="save") == {"path": None}


async def test_streams_are_opened_used_and_closed_or_kept(courier: Courier, host: Host) -> None:
    stream = 2**40
    answer = {"stream": stream, "sent": 5, "received": "hello"}
    assert await courier.run("tcp", host="h", port=443, tls=True, send="hello", read=9, streams=2) == [answer] * 2
    assert host.asked[:4] == [
        ("tcp-client.connect", "h", 443, True),
        ("tcp-client.write", stream, b"hello"),
        ("tcp-client.read", stream, 9),
        ("tcp-client.close", stream),
    ]
    host.asked.clear()
    await courier.one("tcp", host="h", port=65535, keep=True)
    await courier.one("stream", stream=stream, start_tls="name", close=True)
    assert host.asked == [
        ("tcp-client.connect", "h", 65535, False),
        ("tcp-client.start-tls", stream, "name"),
        ("tcp-client.close", stream),
    ]


async def test_it_floods_and_begs(courier: Courier, host: Host) -> None:
    assert len(await courier.run("flood", url="http://h{n}/", times=3)) == 3
    assert [call[1]["url"] for call in host.asked] == ["http://h1/", "http://h2/", "http://h3/"]
    host.refusals["http-client.fetch"] = HostRefusal("no", 403)
    counts = {"answered": 0, "refused": 4, "limited": 0, "failed": 0, "last": "no"}
    assert await courier.one("beg", url="http://a/", times=4) == counts


async def test_events_are_kept_until_they_are_forgotten(courier: Courier, host: Host) -> None:
    """In their order, whatever is in them."""
    await courier.one("cancel", id="r")  # so that there is a guest
    told = [("a", "ws-open", ""), ("a", "ws-message", '{"text":"ü"}'), ("b", "http-response", "\0")]
    for event in told:
        await asyncio.wrap_future(host.caller.deliver(*event))
    events = await courier.run("heard")
    assert [(event["id"], event["kind"], event["value"]) for event in events] == told
    assert [await courier.one("heard", count=True, **more) for more in ({}, {"id": "a"})] == [
        *({"events": 3}, {"events": 2}),
    ]
    assert [event["kind"] for event in await courier.heard(id="b", forget=True)] == ["http-response"]
    assert await courier.heard() == []


async def test_what_failed_is_submitted_again_as_often_as_was_said(courier: Courier, host: Host) -> None:
    await courier.run("submit", url="u", again=2)
    failed = '{"err":{"code":"error","message":"no"}}'
    for value in ('{"err":{"code":"consent_pending","message":"wait"}}', failed, failed, failed):
        await asyncio.wrap_future(host.caller.deliver("request-1", "http-response", value))
    assert [call[0] for call in host.asked] == ["http-client.submit"] * 3


async def test_its_page_shows_what_it_does(courier: Courier, host: Host) -> None:
    """A person can send it from there."""

    async def event(widget_id: str, kind: str = "click", value: str = "") -> str:
        given = {"widget_id": widget_id, "kind": kind, "value": value}
        output = await courier.instance.call("ui-component", "handle-event", given)
        return str(output["node_json"])

    page = await event("address", "change", 'http://"a"/')
    assert r'"value":"http://\"a\"/"' in page
    assert '"207"' in await event("get")
    host.refusals["http-client.fetch"] = HostRefusal("ask first", 403)
    assert '"ask first"' in await event("get")
    assert '"request-1"' in await event("submit")
    assert r'"key":"http-response","value":"{\"ok\":{}}"' in await event("request-1", "http-response", '{"ok":{}}')
    assert "http-response" not in await event("forget")
    page = (await courier.instance.call("plugin-settings", "render-settings"))["node_json"]
    assert r'"value":"http://\"a\"/"' in page


@pytest.mark.parametrize(
    ("command", "values", "said"),
    [
        ("nothing", {}, "there is no such command"),
        ("tcp", {"host": "h", "port": "many"}, "a whole number is needed"),
        ("tcp", {"host": "h", "port": 65536}, "a whole number is needed"),
        ("get", {"url": "u", "header": "none"}, "a header is a line of its own"),
        ("secret", {"action": "tell", "key": "k"}, "there is no such action"),
    ],
)
async def test_what_it_does_not_understand_it_says(
    courier: Courier, host: Host, command: str, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(PluginRefused, match=said):
        await courier.run(command, **values)
    assert host.asked == []


async def test_it_dies_when_it_is_told_to(courier: Courier) -> None:
    with pytest.raises(PluginTrapped):
        await courier.run("trap")
