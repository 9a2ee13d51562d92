"""What a person decides about the network by hand: it makes sense or is refused, holds at once, and is told."""

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.consent.network import Person, settle
from tests.net.places import declared, http, plugin, tcp
from tests.net.servers.certificates import Certificates
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.consent.access import NetworkAccess
from thoth_ls.errors import FileUnwritable, InputInvalid, PluginNotFound
from thoth_ls.net.model import ConsentPending, NetworkRefused, Trust
from thoth_ls.paths import Paths
from thoth_ls.settings import Settings
from thoth_ls.wire.network import DidChangeNetworkGrants, DidNetworkActivity, SetNetworkGrantParams

PLUGIN = plugin()
NARROW = plugin(
    {"network": {"hosts": ["https://api.example.com", "*.example.org"], "reason": "r"}}, plugin_id="org.x.narrow"
)


class Told:
    def __init__(self) -> None:
        self.activity: list[int] = []
        self.changed: list[list[str]] = []

    def network_activity(self, event: DidNetworkActivity) -> None:
        self.activity.append(event.last)

    def network_changed(self, event: DidChangeNetworkGrants) -> None:
        self.changed.append(event.plugin_ids)


class Server:
    """One of a user; `folder` is their home."""

    def __init__(self, folder: Path, workspace: str | None = None, **settings: Any) -> None:
        self.told = Told()
        self.person = Person()
        self.reports: list[str] = []
        self.access = NetworkAccess(
            Paths.under(folder),
            Settings.model_validate(settings),
            declared,
            self._installed,
            self.told,
            self.reports.append,
            ask=self.person,
            workspace=workspace,
        )

    def _installed(self, plugin_id: str) -> Plugin:
        for known in (PLUGIN, NARROW):
            if known.id == plugin_id:
                return known
        raise PluginNotFound(plugin_id, "it is not installed")

    async def set(self, pattern: str, decision: str = "allowed", by: Plugin = PLUGIN, **fields: Any) -> list[str]:
        """Decides; what is decided then."""
        given = {"plugin_id": by.id, "pattern": pattern, "decision": decision, **fields}
        grants = (await self.access.set(SetNetworkGrantParams.model_validate(given))).grants
        return [f"{grant.decision} {grant.pattern} {grant.duration}" for grant in grants]

    async def refused(self, pattern: str, decision: str = "allowed", by: Plugin = PLUGIN, **fields: Any) -> str:
        """Which input is refused and why; nothing is kept."""
        with pytest.raises(InputInvalid) as caught:
            await self.set(pattern, decision, by, **fields)
        assert self.access.grants().grants == []
        return f"{caught.value.facts()['input']}: {caught.value}"


@pytest_asyncio.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    made = Server(tmp_path)
    yield made
    await made.access.close()
    assert made.reports == []


async def test_what_is_allowed_is_reached_what_is_denied_is_not_and_forgotten_is_asked(server: Server) -> None:
    gate = server.access.gate
    assert await server.set("http://93.184.215.14") == ["allowed http://93.184.215.14 user"]
    assert (await gate.check(PLUGIN, http("http://93.184.215.14/"))).addresses == ("93.184.215.14",)
    assert await server.set("http://93.184.215.14", "denied") == ["denied http://93.184.215.14 user"]
    with pytest.raises(NetworkRefused, match="was denied"):
        await gate.check(PLUGIN, http("http://93.184.215.14/"))
    assert await server.set("http://93.184.215.14", "ask") == []
    with pytest.raises(ConsentPending):
        await gate.check(PLUGIN, http("http://93.184.215.14/"))
    assert server.told.changed == [[PLUGIN.id]] * 3
    assert await server.set("http://93.184.215.14", "ask") == []


async def test_only_installed_plugins_are_decided_about(server: Server) -> None:
    with pytest.raises(PluginNotFound):
        await server.access.set(SetNetworkGrantParams(plugin_id="nobody", pattern="https://a.example", decision="ask"))


@pytest.mark.parametrize(
    ("pattern", "fields", "said"),
    [
        ("https://a b", {}, "pattern: .*is no host"),
        ("ftp://a.example", {}, "pattern: .*none of http, https"),
        ("tcp://https://a.example", {}, "pattern: "),
        ("https://a.example", {"duration": "workspace"}, "duration: .*no folder is open"),
        ("http://127.0.0.1:8080", {}, "local: .*--local"),
        ("http://localhost:8080", {}, "local: .*localhost is this machine.*--local"),
        ("http://api.localhost:8080", {}, "local: .*--local"),
        ("tcp://[::1]:5432", {}, "local: .*--local"),
        ("https://10.0.0.1", {}, "local: .*--local"),
        ("https://93.184.215.14", {"local": True}, "local: .*public address.*leave"),
        ("http://*.example.com:80", {"local": True}, "pattern: .*no single host"),
        ("http://dev.example:*", {"local": True}, "pattern: .*no single host"),
        ("http://169.254.169.254", {}, "pattern: .*never reach"),
        ("http://169.254.169.254", {"local": True}, "pattern: .*never reach"),
        ("tcp://[fe80::1]:22", {"local": True}, "pattern: .*never reach"),
        ("http://dev.example:80", {"local": True, "addresses": ["8.8.8.8"]}, "addresses: .*8.8.8.8"),
        ("http://dev.example:80", {"local": True, "addresses": ["169.254.169.254"]}, "addresses: "),
        ("http://dev.example:80", {"local": True, "addresses": ["here"]}, "addresses: .*'here'"),
        ("https://a.example", {"verification": "caFile"}, "caFile: "),
        ("https://a.example", {"verification": "caFile", "caFile": "ca.pem"}, "caFile: .*no whole path"),
        ("https://a.example", {"verification": "caFile", "caFile": "/nowhere/ca.pem"}, "caFile: .*ca.pem"),
        ("https://a.example", {"caFile": "/nowhere/ca.pem"}, "caFile: "),
        ("https://*.example.com", {"verification": "insecure"}, "pattern: .*no single host"),
        ("http://a.example", {"verification": "insecure"}, "verification: .*no certificates"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_what_to_do(
    server: Server, pattern: str, fields: dict[str, Any], said: str
) -> None:
    refused = await server.refused(pattern, **fields)
    assert re.search(said, refused), refused


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("https://other.example", r"beyond what the plugin declares, \*\.example\.org, https://api\.example\.com"),
        ("api.example.com", "beyond"),
        ("https://api.example.com:8443", "beyond"),
        ("*", "beyond"),
        ("tcp://api.example.com:443", "for the permission tcp, which the plugin does not declare"),
    ],
)
async def test_nothing_is_allowed_beyond_what_the_plugin_declares(server: Server, pattern: str, said: str) -> None:
    assert re.search(said, await server.refused(pattern, by=NARROW))


async def test_within_what_it_declares_patterns_may_be_wide_and_denials_may_be_about_anything(server: Server) -> None:
    await server.set("https://*.example.org", by=NARROW)
    await server.set("https://api.example.com", by=NARROW)
    found = await server.set("tcp://*", "denied", by=NARROW)
    assert "denied tcp://* user" in found
    assert len(found) == 3


async def test_local_places_take_a_grant_of_their_own_kind(server: Server) -> None:
    await server.set("http://localhost:8080", local=True)
    await server.set("tcp://db.intern.example:5432", local=True, addresses=["192.168.1.5"])
    first, second = server.access.grants().grants
    assert (first.local, first.addresses) == (True, [])
    assert (second.local, second.addresses) == (True, ["192.168.1.5"])
    with pytest.raises(ConsentPending):
        await server.access.gate.check(PLUGIN, http("http://localhost:8081/"))


async def test_a_file_of_certificates_has_to_hold_some(server: Server, tmp_path: Path) -> None:
    certificates = Certificates(tmp_path)
    await server.set("https://93.184.215.14", verification="caFile", caFile=str(certificates.ca_file))
    checked = await server.access.gate.check(PLUGIN, http("https://93.184.215.14/"))
    assert checked.trust == Trust("caFile", certificates.ca_file)
    await server.set("https://93.184.215.14", "ask")
    nothing = tmp_path / "nothing.pem"
    nothing.write_text("nothing")
    said = await server.refused("https://93.184.215.14", verification="caFile", caFile=str(nothing))
    assert "no certificates in PEM form" in said


async def test_undoing_a_denial_lets_it_be_asked_at_once(server: Server) -> None:
    wanted = http("http://93.184.215.14/")
    look = partial(server.access.gate.look, PLUGIN, wanted)
    asking = asyncio.create_task(server.access.desk.ask(PLUGIN, wanted, look))
    await server.person.answer("deny")
    with pytest.raises(NetworkRefused, match="you denied it"):
        await asking
    with pytest.raises(NetworkRefused, match="denied just now"):
        await server.access.desk.ask(PLUGIN, wanted, look)
    await server.set("http://93.184.215.14", "ask")
    asking = asyncio.create_task(server.access.desk.ask(PLUGIN, wanted, look))
    await server.person.answer("always")
    assert (await asking).addresses == ("93.184.215.14",)
    assert (await server.access.gate.check(PLUGIN, wanted)).because == "allowed by http://93.184.215.14 (user)"


async def test_a_decision_at_another_server_ends_the_question_here(server: Server, tmp_path: Path) -> None:
    """As by the command line; and the client is told to look again."""
    wanted = tcp("10.1.2.3", 5432)
    access_here = server.access
    asking = asyncio.create_task(access_here.desk.ask(PLUGIN, wanted, partial(access_here.gate.look, PLUGIN, wanted)))
    assert (await server.person.asked()).local
    other = Server(tmp_path)
    await other.set("tcp://10.1.2.3:5432", local=True)
    await other.access.close()
    access_here.look()  # as the plugin manager has it do each second
    assert (await asyncio.wait_for(asking, 10)).addresses == ("10.1.2.3",)
    assert server.person.withdrawn == ["tcp://10.1.2.3:5432"]
    assert server.told.changed == [[PLUGIN.id]]


async def test_the_switch_is_told_and_ends_questions(server: Server) -> None:
    wanted = http("http://93.184.215.14/")
    gate = server.access.gate
    asking = asyncio.create_task(server.access.desk.ask(PLUGIN, wanted, partial(gate.look, PLUGIN, wanted)))
    await server.person.asked()
    grants = server.access.grants()
    assert (grants.enabled, grants.why_not) == (True, None)
    server.access.reconfigure(Settings.model_validate({"network": {"enabled": False}}))
    with pytest.raises(NetworkRefused, match=r"thoth\.network\.enabled"):
        await asyncio.wait_for(asking, 5)
    grants = server.access.grants()
    assert not grants.enabled
    assert "thoth.network.enabled" in str(grants.why_not)
    server.access.reconfigure(Settings.model_validate({"network": {"enabled": False}, "logLevel": "debug"}))
    server.access.reconfigure(Settings())
    assert server.told.changed == [[], []]


async def test_decisions_of_a_workspace_hold_there(tmp_path: Path) -> None:
    here, elsewhere = Server(tmp_path, "file:///here"), Server(tmp_path, "file:///elsewhere")
    assert await here.set("https://a.example", duration="workspace") == ["allowed https://a.example workspace"]
    assert elsewhere.access.grants().grants == []
    await here.access.close()
    await elsewhere.access.close()


async def test_all_about_a_plugin_can_be_forgotten(server: Server) -> None:
    await server.set("https://a.example")
    await server.set("https://api.example.com", by=NARROW)
    await server.access.forget_plugin(PLUGIN.id)
    assert [grant.plugin_id for grant in server.access.grants().grants] == [NARROW.id]


async def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder")
    made = Server(tmp_path)
    with pytest.raises(FileUnwritable):
        await made.set("https://a.example")
    await made.access.close()


async def test_activity_is_told_as_it_ends(server: Server) -> None:
    server.access.activity.begin(PLUGIN.id, http("https://a.example/")).end("refused", "blocked")
    await settle()
    assert server.told.activity == [1]
