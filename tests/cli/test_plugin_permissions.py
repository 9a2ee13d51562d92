"""`thoth plugins grant`, `deny` and `forget`."""

import io
import json
import re
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.lsp.homes import READS, Home
from thoth_ls.cli import main

PLUGIN_ID = "org.example.plugin"


@pytest.fixture
def own_home(tmp_path: Path) -> Home:
    """A user with a plugin of their own, whom nobody has asked about it."""
    home = Home(tmp_path)
    home.install({"network": {"hosts": ["*.example.com"], "reason": "Looks\u202e\x1b[31m names up."}, **READS})
    return home


def thoth_at(home: Home, *arguments: str) -> Any:
    """Runs the command line over that home, over a server of its own."""
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        patch.setenv("THOTH_HOME", str(home.folder))
        try:
            code = main.main(list(arguments))
        except SystemExit as left:
            code = int(left.code or 0)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def decisions(home: Home) -> dict[str, str]:
    """What `thoth plugins info` says of each need."""
    info = json.loads(thoth_at(home, "plugins", "info", PLUGIN_ID, "--json").stdout)
    return {item["need"]: item["decision"] for item in info["plugin"]["permissions"]}


def test_a_refusal_names_the_command_that_grants_and_the_command_grants(own_home: Home) -> None:
    """From the refusal to the records, by copying what it says."""
    refused = thoth_at(own_home, "open", str(own_home.file))
    assert (refused.returncode, refused.stdout) == (1, "")
    advice = re.search(r"run: thoth (plugins grant \S+ \S+)", refused.stderr)
    assert advice is not None, refused.stderr
    granted = thoth_at(own_home, *advice[1].split())
    assert (granted.returncode, granted.stderr) == (0, "")
    assert granted.stdout == "  opened-file (granted): Read the files you open with it\n      Reads your logs.\n"
    assert "one" in thoth_at(own_home, "open", str(own_home.file)).stdout


def test_needs_are_granted_denied_and_forgotten_several_at_once(own_home: Home) -> None:
    """What is printed is what holds, harmless for a terminal."""
    done = thoth_at(own_home, "plugins", "deny", PLUGIN_ID, "network", "opened-file", "network")
    assert done.returncode == 0
    assert "network (denied): Reach hosts on the network (HTTP, WebSocket): *.example.com" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert decisions(own_home) == {"network": "denied", "opened-file": "denied"}
    assert thoth_at(own_home, "plugins", "grant", PLUGIN_ID, "network").returncode == 0
    assert thoth_at(own_home, "plugins", "forget", PLUGIN_ID, "opened-file").returncode == 0
    assert decisions(own_home) == {"network": "granted", "opened-file": "ask"}


def test_what_is_not_declared_or_not_installed_is_said(own_home: Home) -> None:
    undeclared = thoth_at(own_home, "plugins", "grant", PLUGIN_ID, "headless")
    assert (undeclared.returncode, undeclared.stdout) == (1, "")
    assert "does not declare the permission headless; it declares network, opened-file" in undeclared.stderr
    missing = thoth_at(own_home, "plugins", "grant", "../x", "network")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "plugin ../x: it is not installed" in missing.stderr


@pytest.mark.parametrize(
    "arguments", [["grant"], ["grant", PLUGIN_ID], ["deny", PLUGIN_ID, "everything"], ["forget", "x", ""]]
)
def test_wrong_usage_is_said(thoth: Command, arguments: list[str]) -> None:
    done = thoth("plugins", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"usage: thoth plugins {arguments[0]}" in done.stderr
