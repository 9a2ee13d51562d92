"""Servers that do not behave, plugins that do too much, and decisions that are undone under way."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from tests.net.http.guests import request, stage
from tests.net.places import grant, plugin
from tests.net.servers import Certificates, raw, rude, web
from tests.net.servers.rude import BAD_HEADS
from thoth_ls.calling import HostRefusal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.net.servers.raw import Answer

MIB = 1 << 20


async def test_a_silent_server_is_given_up(tmp_path: Path) -> None:
    async with raw(rude.silent) as server, stage(tmp_path, read_seconds=0.2) as on:
        await on.allow(server.url(""))
        assert (
            "was silent for more than 0.2 s (setting thoth.network.readSeconds)"
            in (await on.err(server.url()))["message"]
        )
        await server.wait_ended()


@pytest.mark.parametrize("answer", [rude.slow_loris(0.01), rude.silent])
async def test_no_server_gets_more_than_the_whole_time(tmp_path: Path, answer: Answer) -> None:
    async with raw(answer) as server, stage(tmp_path, total_seconds=0.5) as on:
        await on.allow(server.url(""))
        began = time.monotonic()
        assert "longer than 0.5 s" in (await on.err(server.url()))["message"]
        assert time.monotonic() - began < 3
        await server.wait_ended()


async def test_redirects_have_an_end(tmp_path: Path) -> None:
    heads: list[bytes] = []
    async with raw(rude.endless_redirects(heads)) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        assert "redirects more than 10 times" in (await on.err(server.url()))["message"]
        assert len(heads) == 11


async def test_a_plugin_may_want_it_faster(tmp_path: Path) -> None:
    async with raw(rude.silent) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        assert "longer than 0.2 s" in (await on.err(server.url(), timeout_ms=200))["message"]


async def test_a_head_without_an_end_is_refused(tmp_path: Path) -> None:
    async with raw(rude.endless_head) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        assert "did not answer as HTTP demands" in (await on.err(server.url()))["message"]
        await server.wait_ended()


@pytest.mark.parametrize("name", sorted(BAD_HEADS))
async def test_a_response_that_breaks_the_rules_never_becomes_another_one(tmp_path: Path, name: str) -> None:
    """What some clients read one way and some another is an error, or harmless."""
    async with raw(rude.says(BAD_HEADS[name])) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        outcome = await on.guest.event(await on.submit(server.url(), follow_redirects=False))
        if "ok" in outcome:
            # A line feed alone may end a line (RFC 9112, 2.2); the connection is not used for anything else.
            assert name in ("bare line feed in a value", "length and chunks", "location of control characters")
        assert server.connections == 1


async def test_what_a_broken_head_holds_is_not_told(tmp_path: Path) -> None:
    """Errors are written down; what servers set in cookies is not."""
    for line in (b"Set-Cookie : sid=hush", b"Set-Cookie: sid=hu\0sh", b"hush"):
        head = b"HTTP/1.1 200 OK\r\n" + line + b"\r\nContent-Length: 0\r\n\r\n"
        async with raw(rude.says(head)) as server, stage(tmp_path / str(len(line))) as on:
            await on.allow(server.url(""))
            message = (await on.err(server.url()))["message"]
            assert "did not answer as HTTP demands" in message
            assert "hu" not in message.partition("demands")[2]
            assert "hush" not in on.log()[-1].model_dump_json()


@pytest.mark.parametrize("answer", [rude.hangs_up, rude.truncated], ids=lambda answer: answer.__name__)
async def test_a_server_that_hangs_up_is_told_of(tmp_path: Path, answer: Answer) -> None:
    async with raw(answer) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        assert server.url("") in (await on.err(server.url(), "POST"))["message"]
        assert on.log()[-1].verdict == "failed"


async def test_nobody_there_is_told_by_its_own_code(tmp_path: Path) -> None:
    async with raw(rude.silent) as server:
        port = server.port
    async with stage(tmp_path) as on:
        await on.allow(f"http://127.0.0.1:{port}")
        with pytest.raises(HostRefusal, match="cannot connect") as caught:
            await on.fetch(f"http://127.0.0.1:{port}/")
        assert caught.value.code == 1


async def test_a_connection_that_ended_while_it_was_kept_costs_nothing(tmp_path: Path) -> None:
    """The request goes over a new one, where sending it twice does no harm."""

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await rude.head_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        await rude.head_of(reader)

    async with raw(once) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        for _ in range(3):
            assert (await on.ok(server.url()))["status"] == 200
        await on.ok(server.url())
        assert "server" in (await on.err(server.url(), "POST"))["message"].lower()


async def test_what_a_server_says_unasked_is_not_taken_for_the_next_answer(tmp_path: Path) -> None:
    async def too_much(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await rude.head_of(reader)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood")
            await writer.drain()
            await asyncio.sleep(0.05)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")

    async with raw(too_much) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        for _ in range(3):
            assert (await on.ok(server.url()))["body"] == "good"
            await asyncio.sleep(0.1)
        assert server.connections == 3


async def test_a_cancelled_request_closes_its_socket_and_says_so(tmp_path: Path) -> None:
    async with raw(rude.silent) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        number = await on.submit(server.url())
        await server.wait_connected()
        await on.call("http-control", "cancel", number)
        assert (await on.guest.event(number))["err"]["code"] == "cancelled"
        await server.wait_ended()
        assert on.log()[-1].verdict == "cancelled"
        await on.call("http-control", "cancel", number)
        await on.call("http-control", "cancel", "req-0")
        assert len(on.guest.events) == 1


async def test_a_request_is_cancelled_before_it_could_begin(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))

        def both() -> str:
            table = on.network.imports(on.plugin, on.guest)
            number = table["http-client"]["submit"](request(server.url("/hello")))
            table["http-control"]["cancel"](number)
            return str(number)

        assert (await on.guest.event(both()))["err"]["code"] == "cancelled"


async def test_everything_of_a_guest_ends_with_it(tmp_path: Path) -> None:
    async with raw(rude.silent) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        for _ in range(20):
            await on.submit(server.url())
        await server.wait_connected(20)
        on.guest.end()
        await server.wait_ended(20)


async def test_a_thousand_requests_are_each_answered_once(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path, requests_per_minute=0, requests_per_minute_per_host=0) as on:
        await on.allow(server.url(""))

        def flood() -> list[str]:
            submit = on.network.imports(on.plugin, on.guest)["http-client"]["submit"]
            return [submit(request(server.url("/hello"))) for _ in range(1000)]

        numbers = await asyncio.to_thread(flood)
        await on.guest.heard(1000, 60)
        assert len(set(numbers)) == 1000
        assert sorted(name for name, _, _ in on.guest.events) == sorted(numbers)
        outcomes = [await on.guest.event(number) for number in numbers]
        assert sum("ok" in outcome for outcome in outcomes) == 1000
        assert len({request.client for request in server.app.requests}) <= 100


async def test_too_many_a_minute_are_refused_by_the_rule(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path, requests_per_minute=3) as on:
        await on.allow(server.url(""))
        for _ in range(3):
            await on.ok(server.url("/hello"))
        with pytest.raises(HostRefusal, match=r"thoth\.network\.requestsPerMinute") as caught:
            await on.fetch(server.url("/hello"))
        assert caught.value.code == 429
        assert on.log()[-1].verdict == "refused"


async def test_plugins_do_not_share_connections(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        other = plugin(plugin_id="dev.thoth.other")
        for each in (on.plugin, other):
            await on.gate.decisions.keep(each, grant(server.url(""), local=True))
            fetch = on.network.imports(each, on.guest)["http-client"]["fetch"]
            await asyncio.to_thread(fetch, request(server.url("/hello")))
        assert len({request.client for request in server.app.requests}) == 2


async def test_a_kept_connection_is_not_used_for_an_address_that_was_not_checked(tmp_path: Path) -> None:
    """A name that leads elsewhere by now is connected to there, however many connections are open to where it led."""
    async with web() as first, stage(tmp_path) as on:
        url = first.url("/hello", "moving.example")
        on.names.answers["moving.example"] = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1", "127.0.0.2"]]
        await on.allow(first.url("", "moving.example"))
        await on.ok(url)
        assert "cannot connect" in (await on.err(url))["message"]
        await on.ok(url)
        assert len({request.client for request in first.app.requests}) == 1


@pytest.mark.parametrize("kind", ["expired", "of_another", "stranger"])
async def test_a_wrong_certificate_is_not_believed(tmp_path: Path, certificates: Certificates, kind: str) -> None:
    context = getattr(certificates, kind)()
    async with web(tls=context) as server, stage(tmp_path) as on:
        place = server.url("", "localhost")
        await on.allow(place, verification="caFile", ca_file=str(certificates.ca_file))
        message = (await on.err(server.url("/hello", "localhost")))["message"]
        assert "the certificate of" in message
        assert server.app.requests == []
        await on.allow(place, verification="insecure")
        assert (await on.ok(server.url("/hello", "localhost")))["body"] == "hello"


async def test_http_2_is_demanded_where_there_is_none(tmp_path: Path, certificates: Certificates) -> None:
    async with web(tls=certificates.server(), http2=False) as server, stage(tmp_path) as on:
        await on.allow(server.url("", "localhost"), verification="insecure")
        assert "does not speak HTTP/2" in (await on.err(server.url("/hello", "localhost"), http_version="2"))["message"]
        assert (await on.ok(server.url("/hello", "localhost")))["http_version"] == "HTTP/1.1"


async def test_http_2_without_tls_is_spoken_where_a_plugin_knows_of_it(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        assert (await on.ok(server.url("/hello"), http_version="2"))["http_version"] == "HTTP/2"
