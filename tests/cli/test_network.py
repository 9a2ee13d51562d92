"""`thoth network allow`, `deny`, `forget`, `list` and `log`."""

import asyncio
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.cli.test_plugin_permissions import thoth_at
from tests.lsp.couriers import COURIER, install
from tests.lsp.homes import Home
from tests.net.places import http
from thoth_ls.net.activity import ActivityLog

PLUGIN_ID = "org.example.plugin"
NEEDS = {
    "network": {"hosts": ["*.example.com", "http://localhost:*"], "reason": "Looks names up."},
    "tcp": {"hosts": ["*:5432"], "reason": "Asks the database."},
}


@pytest.fixture
def own_home(tmp_path: Path) -> Home:
    """A user with a plugin of their own, whom nobody has asked about it."""
    home = Home(tmp_path)
    home.install(NEEDS)
    return home


def done(home: Home, *arguments: str, code: int = 0) -> str:
    """What a command prints on both of its ways out."""
    ran = thoth_at(home, "network", *arguments)
    assert ran.returncode == code, ran.stderr
    return str(ran.stdout + ran.stderr)


def decided(home: Home) -> list[str]:
    grants = json.loads(done(home, "list", "--json"))["grants"]
    return [f"{grant['decision']} {grant['pattern']}{' local' if grant['local'] else ''}" for grant in grants]


def test_what_is_allowed_denied_and_forgotten_is_listed(own_home: Home) -> None:
    assert "Nothing is decided yet" in done(own_home)
    said = done(own_home, "allow", PLUGIN_ID, "https://api.example.com:443")
    assert said == (
        f"{PLUGIN_ID} may reach https://api.example.com:443\n"
        "It takes the permission network as well, which is not granted;"
        f" run: thoth plugins grant {PLUGIN_ID} network\n"
    )
    granting = re.search(r"run: thoth (plugins grant \S+ \S+)", said)
    assert granting is not None
    assert thoth_at(own_home, *shlex.split(granting[1])).returncode == 0
    assert done(own_home, "allow", PLUGIN_ID, "http://localhost:8080", "--local") == (
        f"{PLUGIN_ID} may reach http://localhost:8080\n"
    )
    assert "nobody is asked about it" in done(own_home, "deny", PLUGIN_ID, "tcp://*")
    assert decided(own_home) == [
        "allowed http://localhost:8080 local",
        "allowed https://api.example.com",
        "denied tcp://*",
    ]
    listed = re.sub(r"since \S+", "since then", done(own_home))
    assert listed == (
        "org.example.plugin\n"
        "  allowed  http://localhost:8080    local, since then\n"
        "  allowed  https://api.example.com  since then\n"
        "  denied   tcp://*                  since then\n"
    )
    done(own_home, "forget", PLUGIN_ID, "http://LOCALHOST:8080/")
    assert decided(own_home) == ["allowed https://api.example.com", "denied tcp://*"]
    assert "nothing was decided about http://localhost:8080" in done(
        own_home, "forget", PLUGIN_ID, "http://localhost:8080", code=1
    )


def test_decisions_for_a_folder_are_kept_apart(own_home: Home) -> None:
    said = done(own_home, "deny", PLUGIN_ID, "https://a.example.com", "--workspace")
    assert f"does not reach https://a.example.com in {Path.cwd()}" in said
    assert decided(own_home) == []
    assert "this folder" in done(own_home, "--workspace")
    assert "this folder" in done(own_home, "list", "--workspace")
    done(own_home, "forget", PLUGIN_ID, "https://a.example.com", code=1)
    done(own_home, "forget", PLUGIN_ID, "https://a.example.com", "--workspace")
    assert "Nothing is decided yet" in done(own_home, "--workspace")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([PLUGIN_ID, "http://localhost:8080"], "localhost is this machine.*--local"),
        ([PLUGIN_ID, "https://other.example"], r"beyond what the plugin declares, \*\.example\.com"),
        ([PLUGIN_ID, "https://a.example.com/path"], "is no host pattern"),
        ([PLUGIN_ID, "https://a.example.com", "--ca-file", "nothing.pem"], "nothing.pem"),
        (["org.example.gone", "https://a.example.com"], "it is not installed"),
    ],
)
def test_what_cannot_have_an_effect_is_said(own_home: Home, arguments: list[str], said: str) -> None:
    printed = done(own_home, "allow", *arguments, code=1)
    assert re.search(said, printed), printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    "arguments",
    [
        ["allow"],
        ["allow", PLUGIN_ID],
        ["allow", PLUGIN_ID, "x", "--insecure", "--ca-file", "x"],
        ["deny", PLUGIN_ID, "x", "--local"],
        ["log", "--count", "0"],
        ["log", "--count", "many"],
        ["everything"],
    ],
)
def test_wrong_usage_is_said(thoth: Command, arguments: list[str]) -> None:
    ran = thoth("network", *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "usage: thoth" in ran.stderr


def test_help_says_what_a_target_is(thoth: Command) -> None:
    assert "tcp://host:port" in thoth("network", "allow", "--help").stdout.replace("\n", " ")
    assert "network" in thoth("--help").stdout


def test_a_refusal_in_a_terminal_names_the_command_that_allows_it(own_home: Home) -> None:
    """From the refusal to the answer, by copying what it says; and the log has both."""
    install(own_home.folder)
    thoth_at(own_home, "plugins", "grant", COURIER, "network", "headless")
    command = [sys.executable, "-m", "tests.net.servers"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        url = f"{json.loads(process.stdout.readline())['url']}/hello"
        refused = thoth_at(own_home, "courier", "get", url)
        assert (refused.returncode, refused.stdout) == (1, "")
        advice = re.search(r"run: thoth (network allow \S+ \S+ --local)", refused.stderr)
        assert advice is not None, refused.stderr
        assert "there is nobody to ask" in refused.stderr
        allowed = thoth_at(own_home, *shlex.split(advice[1]))
        assert (allowed.returncode, allowed.stderr) == (0, "")
        assert json.loads(thoth_at(own_home, "courier", "get", url).stdout)["body"] == "hello"
        process.stdin.close()
    entries = [json.loads(line) for line in done(own_home, "log", "--json").splitlines()]
    assert [(entry["verdict"], entry["status"]) for entry in entries if entry["verdict"] != "asked"] == [
        ("refused", None),
        ("allowed", 200),
    ]


async def _log(folder: Path) -> None:
    log = ActivityLog(folder)
    entry = log.begin(PLUGIN_ID, http("https://a.example.com/x?key=hunter2"))
    entry.address, entry.status, entry.protocol, entry.sent_bytes, entry.received_bytes = (
        "192.0.2.1",
        200,
        "HTTP/2",
        5,
        1234,
    )
    entry.end("allowed", "granted")
    log.begin("org.example.other", http("http://169.254.169.254/")).end("refused", "plugins never reach it")
    await log.close()


def test_the_log_is_printed_the_newest_last(own_home: Home) -> None:
    assert "There is nothing in the log" in done(own_home, "log")
    assert done(own_home, "log", "--json") == ""
    folder = own_home.folder / "state" / "network"
    asyncio.run(_log(folder))
    with (folder / "network.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"of": "another version\\u001b[31m"}\n')
    printed = re.sub(r"\d{4}-\S+Z|\d+ ms", "…", done(own_home, "log"))
    assert printed == (
        f"…  {PLUGIN_ID}  allowed  GET https://a.example.com/x?key=…"
        "  (192.0.2.1, 200, HTTP/2, 5 B sent, 1,234 B received, …)\n"
        "…  org.example.other  refused  GET http://169.254.169.254/  (…)\n"
        "    plugins never reach it\n"
        '{"of": "another version\\u001b[31m"}\n'
    )
    lines = done(own_home, "log", "--json", "--count", "2").splitlines()
    assert [json.loads(line).get("pluginId") for line in lines] == ["org.example.other", None]
    only: list[Any] = [json.loads(line) for line in done(own_home, "log", "--json", "--plugin", PLUGIN_ID).splitlines()]
    assert [entry["status"] for entry in only] == [200]
    assert "nothing in the log" in done(own_home, "log", "--plugin", "nobody")
