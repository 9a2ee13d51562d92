"""Decisions last as long as they were made for, belong to one plugin, and grant nothing by accident."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clock import Clock
from tests.net.places import grant, http, plugin
from thoth_ls.errors import InputInvalid
from thoth_ls.net.decisions import MOST_OF_ONE, Decisions
from thoth_ls.net.model import Checked


def decisions(state: Path, workspace: str | None = "file:///w", clock: Clock | None = None) -> Decisions:
    return Decisions(state, workspace, pytest.fail, clock or Clock(0))


def patterns(kept: Decisions, **fields: Any) -> list[str]:
    return [f"{one.decision} {one.pattern} {one.duration}" for one in kept.of(plugin(**fields))]


async def test_decisions_last_as_long_as_they_were_made_for(tmp_path: Path) -> None:
    kept = decisions(tmp_path)
    for duration in ("untilClosed", "workspace", "user"):
        await kept.keep(plugin(), grant(f"https://{duration}.example", duration=duration))
    everything = [f"allowed https://{one.lower()}.example {one}" for one in ("user", "workspace", "untilClosed")]
    assert patterns(kept) == everything
    assert patterns(decisions(tmp_path)) == everything[:2]
    assert patterns(decisions(tmp_path, "file:///other")) == everything[:1]
    assert patterns(decisions(tmp_path, None)) == everything[:1]


async def test_a_decision_replaces_one_about_the_same_pattern_however_it_is_written(tmp_path: Path) -> None:
    kept = decisions(tmp_path)
    for duration in ("untilClosed", "user"):
        await kept.keep(plugin(), grant("https://A.example:443/", duration=duration))
        await kept.keep(plugin(), grant("https://a.example", duration=duration, decision="denied"))
    assert patterns(kept) == ["denied https://a.example user", "denied https://a.example untilClosed"]


async def test_a_decision_replaces_what_somebody_wrote_into_the_file(tmp_path: Path) -> None:
    """Else a denial written in another way would win for ever, and the view would show one nobody can change."""
    entry = {
        "decision": "denied",
        "local": False,
        "addresses": [],
        "verification": "verify",
        "caFile": None,
        "since": "",
    }
    by_hand = {"HTTPS://A.example.:443/": entry, "https://a.example:443": entry, "https://b.example": entry}
    (tmp_path / "network.json").write_text(json.dumps({"org.example.plugin": {"user": by_hand}}))
    kept = decisions(tmp_path)
    assert patterns(kept).count("denied https://a.example user") == 2
    await kept.keep(plugin(), grant("https://a.example", duration="user"))
    assert sorted(patterns(kept)) == ["allowed https://a.example user", "denied https://b.example user"]
    assert await kept.forget(plugin(), "https://b.example", "user")
    assert patterns(kept) == ["allowed https://a.example user"]


async def test_forgotten_is_forgotten(tmp_path: Path) -> None:
    kept = decisions(tmp_path)
    for duration in ("untilClosed", "user", "workspace"):
        await kept.keep(plugin(), grant("tcp://A.example:5", duration=duration))
        assert await kept.forget(plugin(), "tcp://a.example:5", duration)  # type: ignore[arg-type]
        assert not await kept.forget(plugin(), "tcp://a.example:5", duration)  # type: ignore[arg-type]
    assert patterns(kept) == patterns(decisions(tmp_path)) == []


async def test_a_plugin_of_the_same_id_from_elsewhere_has_decisions_of_its_own(tmp_path: Path) -> None:
    kept = decisions(tmp_path)
    for duration in ("untilClosed", "user"):
        await kept.keep(plugin(), grant("https://a.example", duration=duration))
    assert patterns(kept, origin="development") == []
    assert len(kept.of(plugin(plugin_id="ORG.example.PLUGIN"))) == 2


async def test_what_another_process_decides_holds_at_once_and_is_told(tmp_path: Path) -> None:
    one, other = decisions(tmp_path), decisions(tmp_path)
    heard: list[frozenset[str]] = []
    assert patterns(one) == []
    one.on_change(heard.append)
    before = one.version
    await other.keep(plugin(), grant("https://a.example", duration="user"))
    assert patterns(one) == ["allowed https://a.example user"]
    assert heard == [frozenset({"org.example.plugin"})]
    assert one.version != before


async def test_one_that_fails_to_hear_keeps_nothing_from_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor does it undo what was decided, or end the following of other servers."""

    def fails(ids: frozenset[str]) -> None:
        raise ValueError(ids)

    kept = decisions(tmp_path)
    heard: list[frozenset[str]] = []
    kept.on_change(fails)
    kept.on_change(heard.append)
    await kept.keep(plugin(), grant("https://a.example"))
    assert patterns(kept)
    assert heard == [frozenset({"org.example.plugin"})]
    assert "failed to follow a change" in caplog.text


async def test_each_change_is_told_once(tmp_path: Path) -> None:
    kept = decisions(tmp_path)
    heard: list[frozenset[str]] = []
    kept.on_change(heard.append)
    for duration in ("user", "untilClosed"):
        await kept.keep(plugin(), grant("https://a.example", duration=duration))
        await kept.forget(plugin(), "https://a.example", duration)  # type: ignore[arg-type]
    assert heard == [frozenset({"org.example.plugin"})] * 4


async def test_a_plugin_that_is_gone_leaves_nothing(tmp_path: Path) -> None:
    kept = decisions(tmp_path)
    for duration in ("untilClosed", "user", "workspace"):
        await kept.keep(plugin(), grant("https://a.example", duration=duration))
        await kept.keep(plugin(origin="development"), grant("https://a.example", duration=duration))
        await kept.keep(plugin(plugin_id="org.example.other"), grant("https://a.example", duration=duration))
    assert len(kept.all()) == 9
    await kept.forget_plugin("Org.Example.Plugin")
    assert [one.plugin_id for one in kept.all()] == ["org.example.other"] * 3
    assert [one.plugin_id for one in decisions(tmp_path).all()] == ["org.example.other"] * 2


@pytest.mark.parametrize(
    ("pattern", "fields", "named"),
    [
        ("https://a b", {}, "pattern"),
        ("http://127.1", {}, "pattern"),
        ("*.example:80", {"local": True}, "pattern"),
        ("a.example", {"local": True}, "pattern"),
        ("*", {"verification": "insecure"}, "pattern"),
        ("https://a.example", {"verification": "caFile"}, "caFile"),
        ("https://a.example", {"ca_file": "/a.pem"}, "caFile"),
        ("tcp://https://a.example", {}, "pattern"),
    ],
)
async def test_what_makes_no_sense_is_not_kept(
    pattern: str, fields: dict[str, Any], named: str, tmp_path: Path
) -> None:
    for duration in ("user", "untilClosed"):
        with pytest.raises(InputInvalid) as refused:
            await decisions(tmp_path).keep(plugin(), grant(pattern, duration=duration, **fields))
        assert refused.value.name == named


async def test_without_a_workspace_nothing_is_kept_for_one(tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="no folder is open"):
        await decisions(tmp_path, None).keep(plugin(), grant("https://a.example", duration="workspace"))


async def test_one_plugin_cannot_fill_the_file(tmp_path: Path) -> None:
    kept = decisions(tmp_path)
    for number in range(MOST_OF_ONE):
        await kept.keep(plugin(), grant(f"https://a{number}.example"))
    with pytest.raises(InputInvalid, match="forget some"):
        await kept.keep(plugin(), grant("https://b.example"))


@pytest.mark.parametrize(
    "entry",
    [
        None,
        "allowed",
        {},
        {"decision": "allowed"},
        {"decision": "perhaps", "local": False, "addresses": [], "verification": "verify", "caFile": None, "since": ""},
        {"decision": "allowed", "local": 1, "addresses": [], "verification": "verify", "caFile": None, "since": ""},
        {"decision": "allowed", "local": True, "addresses": ["fe80::1%lo"], "verification": "verify", "caFile": None,
         "since": ""},
    ],
)  # fmt: skip
def test_what_nobody_can_read_is_a_denial(entry: object, tmp_path: Path) -> None:
    (tmp_path / "network.json").write_text(json.dumps({"org.example.plugin": {"user": {"https://a.example": entry}}}))
    assert patterns(decisions(tmp_path)) == ["denied https://a.example user"]


@pytest.mark.parametrize("content", ['{"org.example.plugin": 1}', '{"org.example.plugin": {"user": []}}', "{}"])
def test_what_is_about_nothing_is_nothing(content: str, tmp_path: Path) -> None:
    (tmp_path / "network.json").write_text(content)
    assert patterns(decisions(tmp_path)) == []


def test_what_was_allowed_once_ends_by_itself(tmp_path: Path) -> None:
    clock = Clock(0)
    kept, target = decisions(tmp_path, clock=clock), http("https://a.example/").target
    kept.once(plugin(), Checked(target, ("93.184.216.34",), local=False))
    assert len(kept.rules(plugin())) == 1
    assert kept.of(plugin()) == []
    clock.now = 299
    assert len(kept.rules(plugin())) == 1
    clock.now = 301
    assert kept.rules(plugin()) == []
