"""`thoth plugins …`: what is installed, for people and for programs."""

import json

import pytest

from tests.cli.conftest import Command

CSV = "com.thoth.csv-loader"


def test_plugins_are_listed_without_naming_the_subcommand(thoth: Command) -> None:
    """One a line: id, version, name, where it comes from, what it opens."""
    done = thoth("plugins")
    assert (done.returncode, done.stderr) == (0, "")
    line = next(line for line in done.stdout.splitlines() if line.startswith(CSV))
    assert "CSV Loader  (came with Thoth, enabled)" in line
    assert "[csv tsv tab psv]" in line
    assert thoth("plugins", "list").stdout == done.stdout


def test_the_list_is_json_for_programs(thoth: Command) -> None:
    """The same wherever `--json` stands."""
    done = thoth("plugins", "--json")
    listed = {plugin["id"]: plugin for plugin in json.loads(done.stdout)}
    assert (listed[CSV]["origin"], listed[CSV]["license"]) == ("bundled", "MIT")
    assert listed[CSV]["permissions"][0]["need"] == "opened-file"
    assert thoth("plugins", "list", "--json").stdout == thoth("plugins", "--json", "list").stdout == done.stdout


@pytest.mark.parametrize("arguments", [["nonsense"], ["info"], ["list", "x"], ["--nonsense"]])
def test_wrong_usage_is_said(thoth: Command, arguments: list[str]) -> None:
    """Exit code 2, as of every other command."""
    done = thoth("plugins", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: thoth" in done.stderr
