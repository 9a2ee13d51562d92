"""What the plugin hears while a person decides, and what the answer is good for."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from tests.net.http.guests import Guest, request, stage
from tests.net.places import grant
from tests.net.servers import raw, web
from tests.net.servers.rude import head_of
from thoth_ls.calling import HostRefusal
from thoth_ls.net.model import WAITING
from thoth_ls.net.once import MOST_RETURNS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Future
    from pathlib import Path
    from typing import Any

    from thoth_ls.net.model import Checked


def unanswered() -> tuple[asyncio.Event, Callable[[Checked], Awaitable[Checked]]]:
    """An answer that allows, once the event is set."""
    answered = asyncio.Event()

    async def answer(checked: Checked) -> Checked:
        await answered.wait()
        return checked

    return answered, answer


async def test_a_submit_hears_that_it_waits_and_then_its_result_under_the_same_id(tmp_path: Path) -> None:
    answered, answer = unanswered()

    async with web() as server, stage(tmp_path) as on:
        on.person.answers[server.url("")] = answer
        number = await on.submit(server.url("/hello"))
        pending = await on.guest.event(number)
        assert pending["err"]["code"] == "consent_pending"
        assert WAITING in pending["err"]["message"]
        assert server.app.requests == []
        answered.set()
        assert (await on.guest.event(number, 1))["ok"]["body"] == "hello"
        assert len(on.guest.events) == 2
        assert [entry.verdict for entry in on.log()] == ["asked", "allowed"]


async def test_what_a_person_takes_to_answer_does_not_count_as_the_request_s_time(tmp_path: Path) -> None:
    async def answer(checked: Checked) -> Checked:
        await asyncio.sleep(0.5)
        return checked

    async with web() as server, stage(tmp_path) as on:
        on.person.answers[server.url("")] = answer
        number = await on.submit(server.url("/hello"), timeout_ms=300)
        outcome = await on.guest.event(number, 1)
        assert outcome["ok"]["duration_ms"] < 300


async def test_an_answer_to_a_submit_is_for_that_one_alone(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        on.person.allows(server.url(""))
        for _ in range(2):
            number = await on.submit(server.url("/hello"))
            assert "ok" in await on.guest.event(number, 1)
        assert len(on.person.asked) == 2


async def test_a_submit_that_is_denied_ends_with_an_error(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        number = await on.submit(server.url("/hello"))
        denied = (await on.guest.event(number, 1))["err"]
        assert denied == {"code": "error", "message": f"{server.url('')} was denied by the person"}
        assert server.app.requests == []
        assert [entry.verdict for entry in on.log()] == ["asked", "refused"]


async def test_a_fetch_is_answered_at_once_and_asked_about_meanwhile(tmp_path: Path) -> None:
    """The answer is good for one exchange, and only while nothing else has to be asked."""
    async with web() as server, stage(tmp_path) as on:
        on.person.allows(server.url(""))
        with pytest.raises(HostRefusal, match=WAITING) as caught:
            await on.fetch(server.url("/hello"))
        assert caught.value.code == 403
        await on.guest.heard(1)
        assert on.guest.events == [("consent-approved", "notify", server.url(""))]
        assert (await on.fetch(server.url("/hello")))["body"] == b"hello"
        with pytest.raises(HostRefusal, match=WAITING):
            await on.fetch(server.url("/hello"))


async def test_what_was_allowed_once_is_not_for_several_at_the_same_time(tmp_path: Path) -> None:
    """A server in league with the plugin answers late, so that more could go by the same answer meanwhile."""
    heads: list[bytes] = []

    async def late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await head_of(reader))
        await asyncio.sleep(0.5)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with raw(late) as server, stage(tmp_path) as on:
        on.person.allows(server.url(""))
        with pytest.raises(HostRefusal, match=WAITING):
            await on.fetch(server.url("/"))
        await on.guest.heard(1)
        del on.person.answers[server.url("")]
        outcomes = await asyncio.gather(*(on.fetch(server.url("/")) for _ in range(10)), return_exceptions=True)
        assert sum(isinstance(outcome, dict) for outcome in outcomes) == 1
        assert len(heads) == 1


async def test_what_was_allowed_once_is_no_way_to_go_there_for_ever(tmp_path: Path) -> None:
    """A server in league with the plugin redirects to where one has to be asked: each time it is given back."""
    heads: list[bytes] = []

    async def onwards(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await head_of(reader))
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:8080/\r\nContent-Length: 0\r\n\r\n")

    async def never(checked: Checked) -> Checked:
        await asyncio.sleep(60)
        return checked

    async with raw(onwards) as server, stage(tmp_path) as on:
        on.person.allows(server.url(""))
        on.person.answers["http://127.0.0.2:8080"] = never
        with pytest.raises(HostRefusal, match=WAITING):
            await on.fetch(server.url("/"))
        await on.guest.heard(1)
        on.person.answers[server.url("")] = never
        for _ in range(MOST_RETURNS + 5):
            with pytest.raises(HostRefusal, match=WAITING):
                await on.fetch(server.url("/"))
        assert len(heads) == MOST_RETURNS + 1


async def test_a_fetch_where_nobody_can_be_asked_says_what_the_person_would_have_to_do(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        with pytest.raises(HostRefusal, match="was denied by the person"):
            await on.fetch(server.url("/hello"))


async def test_one_question_for_many_fetches_of_the_same(tmp_path: Path) -> None:
    answered, answer = unanswered()

    async with web() as server, stage(tmp_path) as on:
        on.person.answers[server.url("")] = answer
        for _ in range(5):
            with pytest.raises(HostRefusal, match=WAITING):
                await on.fetch(server.url("/hello"))
        answered.set()
        await on.guest.heard(1)
        await asyncio.sleep(0.05)
        assert len(on.person.asked) == 1
        assert len(on.guest.events) == 1


async def test_what_is_denied_while_it_waits_for_its_turn_does_not_go(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:

        async def answer(checked: Checked) -> Checked:
            await on.gate.decisions.keep(on.plugin, grant(server.url(""), decision="denied"))
            return checked

        on.person.answers[server.url("")] = answer
        number = await on.submit(server.url("/hello"))
        assert "was denied" in (await on.guest.event(number, 1))["err"]["message"]
        assert server.app.requests == []


async def test_a_question_outlives_the_guest_and_its_answer_is_good_for_the_next(tmp_path: Path) -> None:
    """A command whose fetch was not approved has ended before anybody can answer."""
    answered, answer = unanswered()

    async with web() as server, stage(tmp_path) as on:
        on.person.answers[server.url("")] = answer
        with pytest.raises(HostRefusal, match=WAITING):
            await on.fetch(server.url("/hello"))
        await asyncio.wait_for(on.person.was_asked.wait(), 5)
        on.guest.end()
        answered.set()
        await on.guest.heard(1)
        assert (await on.fetch(server.url("/hello")))["body"] == b"hello"


async def test_a_name_is_not_looked_up_before_it_is_allowed(tmp_path: Path) -> None:
    async with stage(tmp_path) as on:
        number = await on.submit("http://secret-in-the-name.example.com/")
        assert (await on.guest.event(number, 1))["err"]["code"] == "error"
        assert on.names.asked == []


async def test_beyond_what_is_declared_nobody_is_even_asked(tmp_path: Path) -> None:
    declared = {"network": {"hosts": ["https://api.example.com"], "reason": "r"}}
    async with stage(tmp_path, permissions=declared) as on:
        on.person.allows("https://other.example.com:443")
        assert "beyond what the plugin" in (await on.err("https://other.example.com/"))["message"]
        with pytest.raises(HostRefusal, match="beyond what the plugin"):
            await on.fetch("https://other.example.com/")
        assert on.person.asked == []


async def test_a_fetch_with_options_waits_for_the_person_whose_time_is_not_the_host_s(tmp_path: Path) -> None:
    answered, answer = unanswered()

    async with web() as server, stage(tmp_path) as on:
        on.person.answers[server.url("")] = answer
        asked = request(server.url("/hello"))
        fetching = asyncio.create_task(on.call("http-control", "fetch", asked, '{"timeout_ms": 300}'))
        await on.person.was_asked.wait()
        await asyncio.sleep(0.5)
        assert server.app.requests == []
        answered.set()
        got = json.loads(await fetching)
        assert (got["status"], got["body"], got["body_bytes"]) == (200, "hello", 5)
        assert got["duration_ms"] < 300
        assert on.guest.events == []
        assert [entry.verdict for entry in on.log()] == ["asked", "allowed"]


async def test_a_fetch_with_options_that_is_denied_raises_what_the_person_decided(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        with pytest.raises(HostRefusal, match="was denied by the person"):
            await on.call("http-control", "fetch", request(server.url("/hello")), "{}")
        assert server.app.requests == []


async def test_a_redirect_of_a_fetch_with_options_is_asked_about_without_sending_anything_twice(tmp_path: Path) -> None:
    async with web() as server, web() as other, stage(tmp_path) as on:
        await on.allow(server.url(""))
        on.person.allows(other.url(""))
        started = request(server.url(f"/redirect/307?to={other.url('/hello')}"), "POST", body=b"x")
        got = json.loads(await on.call("http-control", "fetch", started, '{"keep_body": true}'))
        assert len(server.app.requests) == 1
        assert [hop["status"] for hop in got["hops"]] == [307, 200]
        assert bytes(await on.call("http-control", "read-body", got["body_handle"], 0, 100)) == b"hello"


async def test_a_fetch_with_options_ends_with_its_guest_s_patience(tmp_path: Path) -> None:
    """The host gives up waiting: the request does not go on behind its back."""

    class Hasty(Guest):
        def wait(self, outcome: Future[Any], seconds: float) -> Any:
            try:
                return outcome.result(0.2)
            except TimeoutError:
                outcome.cancel()
                raise HostRefusal("too long") from None

    left = asyncio.Event()

    async def waits(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        while await reader.read(1 << 16):
            pass
        left.set()

    async with raw(waits) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        fetch = on.network.imports(on.plugin, Hasty())["http-control"]["fetch"]
        with pytest.raises(HostRefusal, match="too long"):
            await asyncio.to_thread(fetch, request(server.url("/")), "{}")
        async with asyncio.timeout(5):
            await left.wait()
