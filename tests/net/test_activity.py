"""What plugins did is kept in memory and on the disk, in order, with bounds, and without secrets."""

import asyncio
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from thoth_ls.net import activity
from thoth_ls.net.activity import KEPT, ActivityLog
from thoth_ls.net.activity_file import ActivityFile
from thoth_ls.net.model import Attempt, Target

PLUGIN = "org.example.plugin"
TARGET = Target("https", "api.example.com", 443)


def attempt(url: str = "https://api.example.com/a?key=hunter2") -> Attempt:
    return Attempt("http", TARGET, "GET", url)


def one(log: ActivityLog, plugin_id: str = PLUGIN) -> None:
    log.begin(plugin_id, attempt()).end("allowed", "granted for https://api.example.com")


async def test_an_attempt_is_heard_of_once_it_has_ended(tmp_path: Path) -> None:
    news: list[int] = []
    log = ActivityLog(tmp_path / "log", news.append)
    entry = log.begin(PLUGIN, Attempt("http", TARGET, "GET", "https://u:p@api.example.com/a?key=hunter2", TARGET))
    assert (log.entries(0, 10).entries, news) == ([], [])
    entry.address, entry.status, entry.protocol = "93.184.215.14", 200, "HTTP/2"
    entry.sent_bytes, entry.received_bytes = 120, 4096
    entry.dns_ms, entry.first_byte_ms = 1.23456, 20.0
    entry.request_headers = [("Authorization", "Bearer hunter2"), ("Accept", "*/*")]
    entry.response_headers = [("Set-Cookie", "a=hunter2"), ("Content-Type", "text/plain")]
    entry.end("allowed", "granted for https://api.example.com/?x=hunter2")
    entry.end("failed", "said too late")
    found = log.entries(0, 10)
    (kept,) = found.entries
    assert news == [1]
    assert (found.last, found.dropped) == (1, 0)
    assert (kept.number, kept.plugin_id, kept.verdict, kept.status) == (1, PLUGIN, "allowed", 200)
    assert kept.url == "https://…@api.example.com/a?key=…"
    assert kept.why == "granted for https://api.example.com/?x=…"
    assert kept.request_headers == [("Authorization", "…"), ("Accept", "*/*")]
    assert kept.response_headers == [("Set-Cookie", "…"), ("Content-Type", "text/plain")]
    assert kept.redirected_from == "https://api.example.com:443"
    assert (kept.timing.dns, kept.timing.connect, kept.timing.first_byte) == (1.235, None, 20.0)
    assert kept.timing.total > 0
    assert kept.at.endswith("Z")
    await log.close()
    assert found.log_file == str(tmp_path / "log" / "network.jsonl")
    (line,) = (tmp_path / "log" / "network.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == kept.model_dump(mode="json", by_alias=True)
    assert "hunter2" not in line


async def test_a_connection_that_lasts_is_heard_of_while_it_does(tmp_path: Path) -> None:
    """It is on the disk too: a server that is killed leaves it there."""
    log = ActivityLog(tmp_path / "log")
    entry = log.begin(PLUGIN, Attempt("tcp", Target("tcp", "db.example.com", 5432)))
    entry.address = "93.184.215.14"
    entry.connected("granted for tcp://db.example.com:5432")
    await log.close()
    (line,) = (tmp_path / "log" / "network.jsonl").read_text("utf-8").splitlines()
    assert (json.loads(line)["verdict"], json.loads(line)["address"]) == ("connected", "93.184.215.14")
    entry.sent_bytes = 12
    entry.end("allowed", "granted for tcp://db.example.com:5432")
    entry.connected("said too late")
    assert [(kept.number, kept.verdict, kept.sent_bytes) for kept in log.entries(0, 10).entries] == [
        (1, "connected", 0),
        (2, "allowed", 12),
    ]
    await log.close()


async def test_a_connection_without_an_address_shows_its_target(tmp_path: Path) -> None:
    log = ActivityLog(tmp_path)
    log.begin(PLUGIN, Attempt("tcp", Target("tcp", "2001:db8::1", 5432))).end("refused", "never reached")
    (kept,) = log.entries(0, 1).entries
    assert kept.url == "tcp://[2001:db8::1]:5432"
    await log.close()


async def test_the_newest_are_in_memory_and_all_are_on_the_disk(tmp_path: Path) -> None:
    log = ActivityLog(tmp_path)
    for number in range(KEPT + 200):
        one(log, PLUGIN if number % 2 else "org.example.other")
    found = log.entries(0, 5)
    assert [entry.number for entry in found.entries] == [1196, 1197, 1198, 1199, 1200]
    assert (found.last, found.dropped) == (1200, 200)
    assert [entry.number for entry in log.entries(1197, 1000).entries] == [1198, 1199, 1200]
    assert [entry.number for entry in log.entries(1197, 1000, PLUGIN).entries] == [1198, 1200]
    assert log.entries(1200, 1000).entries == []
    await log.close()
    assert [entry["number"] for entry in ActivityFile(tmp_path).last(2, PLUGIN)] == [1198, 1200]
    assert len(ActivityFile(tmp_path).last(5000)) == 1200


async def test_a_disk_that_cannot_be_written_to_costs_the_file_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "log").write_text("no folder")
    log = ActivityLog(tmp_path / "log")
    for _ in range(3):
        one(log)
        await log.close()
    assert log.entries(0, 10).last == 3
    assert caplog.text.count("the log of the network is not written") == 1


async def test_what_waits_for_the_disk_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activity, "MOST_UNWRITTEN", 10)
    log = ActivityLog(tmp_path)
    for _ in range(50):
        one(log)
    await log.close()
    one(log)
    await log.close()
    assert [entry["number"] for entry in ActivityFile(tmp_path).last(100)] == [*range(1, 11), 51]


def test_two_files_take_turns(tmp_path: Path) -> None:
    file = ActivityFile(tmp_path, 1000)
    for number in range(100):
        file.append([json.dumps({"number": number, "pluginId": PLUGIN})])
    sizes = [path.stat().st_size for path in (file.path, file.older)]
    assert all(0 < size <= 1000 for size in sizes)
    assert [entry["number"] for entry in file.last(3)] == [97, 98, 99]
    kept = [entry["number"] for entry in file.last(1000)]
    assert kept == list(range(kept[0], 100))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "network.jsonl",
        "network.jsonl.1",
        "network.jsonl.lock",
    ]


def test_lines_that_are_none_are_passed_over(tmp_path: Path) -> None:
    file = ActivityFile(tmp_path)
    file.append(["[1]", "{broken", '{"number": 1}', "\ud800", ""])
    assert file.last(10) == [{"number": 1}]
    assert ActivityFile(tmp_path / "none").last(10) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_log_is_for_this_user_alone_and_no_link_is_followed(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    file = ActivityFile(folder)
    file.append(["{}"])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    victim = tmp_path / "victim"
    victim.write_text("mine")
    file.path.unlink()
    file.path.symlink_to(victim)
    with pytest.raises(OSError, match=r"network\.jsonl"):
        file.append(["{}"])
    assert victim.read_text() == "mine"
    file.path.unlink()
    os.mkfifo(file.path)
    with pytest.raises(OSError):  # noqa: PT011 - what a system says of a pipe differs
        file.append(["{}"])


async def test_servers_side_by_side_lose_no_line(tmp_path: Path) -> None:
    logs = [ActivityLog(tmp_path) for _ in range(4)]
    for _ in range(50):
        for log in logs:
            one(log)
        await asyncio.sleep(0)
    await asyncio.gather(*(log.close() for log in logs))
    assert len(ActivityFile(tmp_path).last(1000)) == 200
