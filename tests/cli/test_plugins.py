"""`thoth plugins …`: what is installed, for people and for programs."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Command, SharedClient
from thoth_ls.wire.methods import RELOAD_PLUGIN
from thoth_ls.wire.plugins import PluginRef

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


def test_a_plugin_is_described(thoth: Command) -> None:
    """All that a person may ask before they trust it."""
    done = thoth("plugins", "info", CSV)
    assert (done.returncode, done.stderr) == (0, "")
    assert "CSV Loader 0.1.0" in done.stdout
    assert "license   MIT" in done.stdout
    assert "opened-file (granted): Read the files you open with it" in done.stdout
    facts = json.loads(thoth("plugins", "info", CSV, "--json").stdout)
    assert (facts["plugin"]["id"], facts["usage"]["crashes"]) == (CSV, 0)


def test_a_plugin_that_is_not_there_is_said(thoth: Command) -> None:
    """In one sentence."""
    done = thoth("plugins", "info", "org.example.none")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("thoth: plugin org.example.none: it is not installed")


def test_a_folder_is_judged_without_a_server(thoth: Command, tmp_path: Path) -> None:
    """0 when it can be used, 1 when it cannot, 2 when there is nothing to judge."""
    good = Path(__file__).parents[2] / "build" / "plugins" / "csv-loader"
    done = thoth("plugins", "validate", good)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{CSV} 0.1.0 can be used\n", "")
    (tmp_path / "plugin.toml").write_text((good / "plugin.toml").read_text().replace('"MIT"', "5") + "zebra = 1\n")
    done = thoth("plugins", "validate", tmp_path)
    assert done.returncode == 1
    assert "plugin.toml:6: error: license: expected a text, found 5\n" in done.stdout
    assert done.stdout.endswith(f"{CSV} cannot be used: 1 error, 1 warning\n")
    facts = json.loads(thoth("plugins", "validate", tmp_path, "--json").stdout)
    assert (facts["valid"], facts["id"], facts["problems"][0]["line"]) == (False, CSV, 6)
    done = thoth("plugins", "validate", tmp_path / "none")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not a folder" in done.stderr


def test_a_list_with_a_broken_plugin_fails_and_one_with_a_replaced_one_does_not(
    thoth: Command, home: Path, runner: asyncio.Runner, shared: SharedClient
) -> None:
    """Both are listed with their reasons."""
    folder = home / "data" / "plugins" / "mine"
    folder.mkdir(parents=True)
    try:
        built = Path(__file__).parents[2] / "build" / "plugins" / "csv-loader"
        (folder / "plugin.toml").write_text((built / "plugin.toml").read_text())
        (folder / "plugin.wasm").write_bytes(b"")
        runner.run(shared.request(RELOAD_PLUGIN, PluginRef(plugin_id=CSV)))
        done = thoth("plugins")
        assert (done.returncode, done.stdout.count("is that of a plugin that comes with Thoth")) == (0, 1)
        (folder / "plugin.toml").write_text("id = 5")
        runner.run(shared.request(RELOAD_PLUGIN, PluginRef(plugin_id=CSV)))
        done = thoth("plugins")
        assert done.returncode == 1
        assert "cannot be used: plugin.toml:1: id: expected a text like com.example.my-plugin, found 5" in done.stdout
    finally:
        shutil.rmtree(folder)
        runner.run(shared.request(RELOAD_PLUGIN, PluginRef(plugin_id=CSV)))
