"""A real guest that begs: for the same place again and again, for a new one each time, by waiting and by events."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from tests.net.servers import web
from tests.security.courier_stage import NO_RATE, courier_stage, until
from thoth_ls.errors import PluginRefused
from thoth_ls.net.model import WAITING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.courier import Record
    from thoth_ls.wire.network import Choice

pytestmark = pytest.mark.usefixtures("servers_here")

MOST_QUESTIONS = 10
"""Of one plugin that wait for an answer."""
PLUGIN_PATIENCE = 6
"""Denials in ten minutes, whatever was asked for. Written out here: a patience without an end would be none."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def pending(event: Record) -> bool:
    """Whether it says that a person is asked."""
    return bool(event["value"].get("err", {}).get("code") == "consent_pending")


@pytest.mark.parametrize("choice", ["deny", None])
async def test_the_same_place_is_asked_about_once_however_often_it_is_begged_for(
    tmp_path: Path, choice: Choice | None
) -> None:
    """A thousand requests later the person has seen one question, and no name was looked up for it but then."""
    async with courier_stage(tmp_path, network=NO_RATE) as stage:
        stage.person.choice = choice
        stage.names.answers["api.example.com"] = ["1.1.1.1"]
        courier = await stage.courier()
        counts = await courier.one("beg", url="http://api.example.com/{n}", times=200)
        assert counts["refused"] == 200
        await until(lambda: len(stage.person.questions) == 1)
        for _ in range(4):
            await courier.one("beg", url="http://api.example.com/{n}", times=200)
        await courier.run("flood", url="http://api.example.com/{n}", times=100)
        await courier.hears(100)
        assert len(stage.person.questions) == 1
        assert stage.names.asked == ["api.example.com"]
        with pytest.raises(PluginRefused, match="was denied just now") as caught:
            await courier.run("get", url="http://api.example.com/")
        assert WAITING not in str(caught.value)


async def test_a_new_place_each_time_wears_nobody_out(tmp_path: Path) -> None:
    """After some denials the plugin rests, whatever it begs for; questions come one at a time."""
    async with courier_stage(tmp_path, network=NO_RATE) as stage:
        stage.person.choice = "deny"
        stage.names.answers |= {f"host-{number}.example.com": ["1.1.1.1"] for number in range(1, 1001)}
        courier = await stage.courier()
        await courier.run("flood", url="http://host-{n}.example.com/", times=1000)
        events = await courier.until(lambda events: sum(not pending(event) for event in events) >= 1000, 60)
        assert sum(pending(event) for event in events) <= 1000
        assert len(stage.person.questions) <= PLUGIN_PATIENCE
        assert stage.person.at_once == 1
        assert set(stage.names.asked) == {question.host for question in stage.person.questions}
        for round_ in LETTERS:
            await courier.one("beg", url=f"http://{round_}-{{n}}.example.com/", times=20)
        assert len(stage.person.questions) <= PLUGIN_PATIENCE
        assert "the plugin was denied" in (await courier.one("beg", url="http://z.example.com/", times=1))["last"]


async def test_few_questions_wait_while_a_person_thinks(tmp_path: Path) -> None:
    """What would be one too many is refused at once, and nothing was looked up for it."""
    async with courier_stage(tmp_path, network=NO_RATE) as stage:
        stage.person.seconds = 60
        stage.names.answers |= {f"host-{number}.example.com": ["1.1.1.1"] for number in range(1, 101)}
        courier = await stage.courier()
        await courier.run("flood", url="http://host-{n}.example.com/", times=100)
        events = await courier.until(lambda events: sum(not pending(event) for event in events) >= 100 - MOST_QUESTIONS)
        assert sum(not pending(event) for event in events) == 100 - MOST_QUESTIONS
        assert sum(pending(event) for event in events) >= MOST_QUESTIONS
        assert len(stage.person.questions) == 1
        assert stage.names.asked == ["host-1.example.com"]


async def test_asking_again_over_each_refusal_ends_by_itself(tmp_path: Path) -> None:
    """A guest that submits anew in the event that says no gets no further question, and starves nobody."""
    async with courier_stage(tmp_path, network=NO_RATE) as stage:
        stage.person.choice = "deny"
        stage.names.answers["api.example.com"] = ["1.1.1.1"]
        courier = await stage.courier()
        await courier.run("submit", url="http://api.example.com/", again=300)
        events = await courier.until(lambda events: sum(not pending(event) for event in events) >= 301)
        assert sum(not pending(event) for event in events) == 301
        assert len(stage.person.questions) == 1


async def test_an_answer_once_is_for_one_request(tmp_path: Path) -> None:
    """The next one is asked about anew."""
    async with web() as server, courier_stage(tmp_path, network=NO_RATE) as stage:
        stage.person.choice = "once"
        courier = await stage.courier()
        for number in range(1, 4):
            answer = await courier.one("submit", url=server.url())
            events = await courier.until(
                lambda events: any("ok" in event["value"] for event in events), id=answer["id"]
            )
            assert [pending(event) for event in events] == [True, False]
            assert len(stage.person.questions) == number
        assert stage.grants() == []


async def test_a_fetch_does_not_wait_for_the_person_and_is_told_when_it_may_go(tmp_path: Path) -> None:
    """It is refused at once with the words of the contract; the approval is an event, and holds for the next fetch."""
    async with web() as server, courier_stage(tmp_path, {"deadline_seconds": 2.0}, NO_RATE) as stage:
        stage.person.choice, stage.person.seconds = "once", 0.3
        courier = await stage.courier()
        began = time.monotonic()
        with pytest.raises(PluginRefused, match=WAITING) as caught:
            await courier.run("get", url=server.url())
        assert caught.value.code == 403
        assert time.monotonic() - began < 0.3
        await courier.until(lambda events: [event for event in events if event["id"] == "consent-approved"])
        assert (await courier.one("get", url=server.url()))["status"] == 200
        with pytest.raises(PluginRefused, match=WAITING):
            await courier.run("get", url=server.url())


async def test_a_person_may_take_longer_than_a_plugin_may_run(tmp_path: Path) -> None:
    """The clock of a guest that waits for them stands still, and others are served meanwhile."""
    async with web() as server, courier_stage(tmp_path, {"deadline_seconds": 0.5, "host_wait_seconds": 0.5}) as stage:
        stage.person.choice, stage.person.seconds = "once", 1.5
        courier, other = await stage.courier(), await stage.courier()
        asked = asyncio.create_task(
            courier.one("tcp", host="127.0.0.1", port=server.port, send="GET /hello HTTP/1.0\r\n\r\n", read=4000)
        )
        await until(lambda: stage.person.questions)
        assert await other.heard() == []
        answer = await asked
        assert answer["received"].startswith("HTTP/1.")
        assert len(stage.person.questions) == 1


async def test_nothing_beyond_the_manifest_is_even_asked_about(tmp_path: Path) -> None:
    """The switch, what is blocked and what plugins never reach come before any question, too."""
    async with courier_stage(tmp_path, network=NO_RATE | {"blocked": ["*.example.com"]}) as stage:
        stage.person.choice = "always"
        courier = await stage.courier()
        for url in ("http://api.example.com/", "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/"):
            with pytest.raises(PluginRefused) as caught:
                await courier.run("get", url=url)
            assert WAITING not in str(caught.value)
        with pytest.raises(PluginRefused):
            await courier.run("tcp", host="169.254.169.254", port=80)
        manifest = stage.plugin_folder / "plugin.toml"
        manifest.write_text(manifest.read_text().replace('hosts = ["*"]', 'hosts = ["*.example.org"]'))
        await stage.services.plugins.reload(stage.plugin.id)
        courier = await stage.courier()
        with pytest.raises(PluginRefused, match=r"declares and was granted \*\.example\.org"):
            await courier.run("get", url="http://elsewhere.example.net/")
        assert (stage.person.questions, stage.names.asked) == ([], [])
