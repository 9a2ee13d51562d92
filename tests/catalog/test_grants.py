"""What was decided holds as long as it means the same, and no longer; the file grants nothing by accident."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.plugins import found
from thoth_ls.catalog.grants import Grants, Stored, judge, same_range, source_of
from thoth_ls.catalog.manifest_permissions import Declared
from thoth_ls.catalog.needs import NEEDS
from thoth_ls.wire.permissions import Need
from thoth_ls.wire.plugins import Origin

ORIGINS: list[Origin] = ["bundled", "user", "development", "workspace"]
NARROW = Declared(("https://api.example.com",), "r")
GRANTED = Stored("granted", ("*.example.com", "api.example.com"), "1.2.0")


def judged(
    entry: Stored | None, declared: Declared | None = NARROW, version: str = "1.3.0", origin: Origin = "user"
) -> str:
    """What holds for `network`."""
    needs: dict[Need, Declared] = {} if declared is None else {"network": declared}
    stored: dict[Need, Stored] = {} if entry is None else {"network": entry}
    return judge("network", needs, stored, version, origin)


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("entry", [None, GRANTED, Stored("denied", (), "1.0.0")])
def test_what_is_not_declared_is_denied(entry: Stored | None, origin: Origin) -> None:
    """The first key: a grant of what the manifest does not name opens nothing."""
    assert judged(entry, None, origin=origin) == "denied"


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_nobody_decided_is_asked_unless_it_came_with_thoth(origin: Origin) -> None:
    assert judged(None, origin=origin) == ("granted" if origin == "bundled" else "ask")


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("version", ["1.2.0", "2.0.0", "0.1", "latest"])
def test_a_denial_holds_whatever_comes(version: str, origin: Origin) -> None:
    """A plugin does not get another chance to ask by calling itself another version or declaring something else."""
    for declared in (NARROW, Declared(("*",), "please"), Declared((), "r")):
        assert judged(Stored("denied", (), "1.2.0"), declared, version, origin) == "denied"


def test_a_grant_holds_in_its_range_and_scope() -> None:
    assert judged(GRANTED) == "granted"
    assert judged(GRANTED, version="2.0.0") == "ask"
    assert judged(GRANTED, Declared(("https://api.example.com", "evil.test"), "r")) == "ask"
    assert judged(GRANTED, Declared(("*",), "r")) == "ask"
    assert judged(GRANTED, Declared((), "r")) == "granted"
    assert judged(GRANTED, Declared(("*",), "r"), "9", "bundled") == "granted"


@pytest.mark.parametrize(
    ("decided", "now", "same"),
    [
        *(("1.0.0", "1.9.9", True), ("1.0.0", "2.0.0", False), ("1", "1.5", True), ("2.0", "1.0", False)),
        *(("0.1.0", "0.1.9", True), ("0.1.0", "0.2.0", False), ("0.1", "0.1.0", True), ("0", "0.0.5", True)),
        *(("1.0.0-beta", "1.0.0", True), ("1.0.0+build.5", "1.1.0", True), ("01.0", "1.0", True)),
        *(("latest", "latest", True), ("latest", "1.0.0", False), ("v1.0.0", "1.0.0", False), ("1.x", "1.0", False)),
        *(("1" * 50, "1" * 50, True), ("1.0\n", "1.0", False), ("", "1.0", False), ("\u0661.0", "1.0", False)),
    ],
)
def test_versions_a_grant_holds_for(decided: str, now: str, same: bool) -> None:
    assert same_range(decided, now) is same
    assert same_range(now, decided) is same


@given(
    entry=st.none() | st.builds(Stored, st.sampled_from(["granted", "denied"]), st.tuples(st.text()), st.text()),
    scope=st.tuples(st.text()),
    version=st.text(),
    origin=st.sampled_from(ORIGINS[1:]),
)
def test_nothing_is_granted_that_was_not(entry: Stored | None, scope: tuple[str], version: str, origin: Origin) -> None:
    """Deny is the default arm: whatever stands in the file and the manifest."""
    if judged(entry, Declared(scope, "r"), version, origin) == "granted":
        assert entry is not None
        assert entry.decision == "granted"


@pytest.fixture
def grants(tmp_path: Path) -> Grants:
    return Grants(tmp_path / "state" / "permissions.json")


def test_decisions_are_kept_and_forgotten(tmp_path: Path, grants: Grants) -> None:
    plugin = found(tmp_path / "p")
    assert grants.of(plugin) == {}
    grants.decide(plugin, {"network": GRANTED, "tcp": Stored("denied", (), "1.2.0")})
    for reader in (grants, Grants(tmp_path / "state" / "permissions.json")):
        assert reader.of(plugin) == {"network": GRANTED, "tcp": Stored("denied", (), "")}
    grants.decide(plugin, {"network": None})
    assert set(grants.of(plugin)) == {"tcp"}
    grants.forget(plugin.id)
    assert grants.of(plugin) == {}


def test_another_of_the_same_id_has_what_was_granted_to_it_alone(tmp_path: Path, grants: Grants) -> None:
    """A repository can bring a plugin that is called like one the user trusts."""
    user = found(tmp_path / "p")
    others = [
        found(tmp_path / "a", origin="workspace"),
        found(tmp_path / "b", origin="workspace"),
        found(tmp_path / "a", origin="development"),
        found(tmp_path / "p", origin="bundled"),
    ]
    grants.decide(user, {"network": GRANTED})
    grants.decide(others[0], {"tcp": GRANTED})
    assert len({source_of(plugin) for plugin in (user, *others)}) == 5
    assert [set(grants.of(plugin)) for plugin in (user, *others)] == [{"network"}, {"tcp"}, set(), set(), set()]


def test_an_id_is_the_same_in_any_case(tmp_path: Path, grants: Grants) -> None:
    """The catalog takes two ids that differ in case for one; so a denial is not escaped by writing it otherwise."""
    grants.decide(found(tmp_path / "p", plugin_id="org.example.Plugin"), {"network": Stored("denied", (), "1")})
    assert set(grants.of(found(tmp_path / "p", plugin_id="ORG.example.plugin"))) == {"network"}


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'"granted"', b"[" * 100_000, b'{"a": 1e999'),
        b'{"org.example.plugin": {"user": {"network": {"decision": "granted"}}}}'[:-1],
    ],
)
def test_a_broken_file_grants_nothing_and_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "state" / "permissions.json"
    path.parent.mkdir(mode=0o700)
    path.write_bytes(content)
    said: list[str] = []
    grants, plugin = Grants(path, said.append), found(tmp_path / "p")
    assert grants.of(plugin) == {}
    assert path.with_name("permissions.json.broken").read_bytes() == content
    assert len(said) == 1
    grants.decide(plugin, {"network": GRANTED})
    assert grants.of(plugin) == {"network": GRANTED}


@pytest.mark.parametrize(
    "entry",
    [
        *(None, 1, "granted", [], {}, {"decision": "granted"}, {"decision": "ask"}, {"decision": ["granted"]}),
        {"decision": "granted", "scope": "*", "version": "1"},
        {"decision": "granted", "scope": [1], "version": "1"},
        {"decision": "granted", "scope": ["*"], "version": 1},
        {"decision": "Granted", "scope": ["*"], "version": "1"},
    ],
)
def test_an_entry_that_makes_no_sense_denies(tmp_path: Path, grants: Grants, entry: Any) -> None:
    plugin = found(tmp_path / "p")
    path = tmp_path / "state" / "permissions.json"
    path.parent.mkdir(mode=0o700)
    path.write_text(json.dumps({plugin.id: {"user": {"network": entry, "unheard-of": {"decision": "granted"}}}}))
    assert grants.of(plugin) == {"network": Stored("denied", (), "")}


@pytest.mark.parametrize("content", [{"org.example.plugin": []}, {"org.example.plugin": {"user": 3}}, {"x": {}}])
def test_tables_that_are_none_grant_nothing(tmp_path: Path, grants: Grants, content: Any) -> None:
    path = tmp_path / "state" / "permissions.json"
    path.parent.mkdir(mode=0o700)
    path.write_text(json.dumps(content))
    plugin = found(tmp_path / "p")
    assert grants.of(plugin) == {}
    grants.decide(plugin, {"network": GRANTED})
    assert grants.of(plugin) == {"network": GRANTED}


def test_a_file_that_cannot_be_read_grants_nothing(tmp_path: Path, grants: Grants) -> None:
    """Not even what was granted before."""
    plugin = found(tmp_path / "p")
    grants.decide(plugin, {"network": GRANTED})
    path = tmp_path / "state" / "permissions.json"
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    assert grants.of(plugin) == {}


def test_what_another_process_decides_holds_at_once(tmp_path: Path, grants: Grants) -> None:
    plugin = found(tmp_path / "p")
    other = Grants(tmp_path / "state" / "permissions.json")
    for number in range(20):
        entry = GRANTED if number % 2 else Stored("denied", (), "")
        other.decide(plugin, {"network": entry})
        assert grants.of(plugin) == {"network": entry}


WRITER = """
import sys
import threading
from pathlib import Path
from tests.catalog.plugins import found
from thoth_ls.catalog.grants import Grants, Stored
grants, name = Grants(Path(sys.argv[1])), sys.argv[2]
for number in range(60):
    plugin = found(Path(sys.argv[1]).parent / "p", plugin_id=f"org.{name}.p{number}")
    grants.decide(plugin, {"network": Stored("granted", (name,), str(number))})
    grants.decide(plugin, {"tcp": Stored("denied", (), "")})
"""


def test_two_processes_that_decide_at_the_same_time_lose_nothing(tmp_path: Path, grants: Grants) -> None:
    path = tmp_path / "state" / "permissions.json"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name], cwd=Path(__file__).parents[2])
        for name in ("one", "two")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    for name in ("one", "two"):
        for number in range(60):
            entries = grants.of(found(tmp_path / "p", plugin_id=f"org.{name}.p{number}"))
            assert entries == {
                "network": Stored("granted", (name,), str(number)),
                "tcp": Stored("denied", (), ""),
            }


def test_every_need_can_be_kept(tmp_path: Path, grants: Grants) -> None:
    plugin = found(tmp_path / "p")
    grants.decide(plugin, dict.fromkeys(NEEDS, GRANTED))
    assert list(grants.of(plugin)) == list(NEEDS)


def test_what_is_decided_here_is_no_news_of_others(tmp_path: Path) -> None:
    """Also where somebody looks for news just while it is written."""
    grants, plugin = Grants(tmp_path / "permissions.json"), found(tmp_path / "plugin", {"headless": {"reason": "r"}})
    grants.changed_elsewhere()
    over = threading.Event()
    news: set[str] = set()

    def look() -> None:
        while not over.is_set():
            news.update(grants.changed_elsewhere())

    looking = threading.Thread(target=look)
    looking.start()
    for number in range(100):
        grants.decide(plugin, {"headless": Stored("granted", (), f"1.0.{number}")})
    over.set()
    looking.join()
    assert news == set()
    Grants(tmp_path / "permissions.json").decide(plugin, {"headless": None})
    assert grants.changed_elsewhere() == {plugin.id.lower()}
