"""What all exporters have in common."""

import json
import tomllib
from pathlib import Path

import pytest

from tests.plugins.exporters.conftest import Exporters
from thoth_ls.errors import PluginRefused

PLUGINS = Path(__file__).parents[3] / "plugins"
NAMES = ("csv", "json", "markdown", "sql")


@pytest.mark.parametrize("name", NAMES)
def test_a_plugin_says_what_its_manifest_says(exporters: Exporters, name: str) -> None:
    """And nothing runs in its settings page."""
    manifest = tomllib.loads((PLUGINS / f"{name}-export" / "plugin.toml").read_text("utf-8"))
    info = exporters.call(name, "plugin-meta", "get-info")
    for key in ("id", "name", "version", "description", "author"):
        assert info[key] == manifest[key]
    assert info["capabilities"] == manifest["capabilities"] == ["exporter"]
    assert exporters.call(name, "exporter", "output-extension") == manifest["exporter"]["output_extension"]
    page = exporters.call(name, "plugin-settings", "render-settings")
    assert json.loads(page["node_json"]) == {"type": "column", "children": []}


@pytest.mark.parametrize("name", NAMES)
def test_options_are_complete(exporters: Exporters, name: str) -> None:
    """Each with a label, a default that is possible, and a line in the README."""
    readme = (PLUGINS / f"{name}-export" / "README.md").read_text("utf-8")
    for option in exporters.call(name, "exporter", "available-options"):
        assert option["label"]
        assert option["input_type"] in ("text", "bool", "select")
        assert (option["input_type"] == "select") == bool(option["choices"])
        if option["input_type"] == "bool":
            assert option["default_value"] in ("true", "false")
        elif option["choices"]:
            assert option["default_value"] in option["choices"]
        assert f"`{option['key']}`" in readme


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["", "{}", "[", "[1", '[["a"]', '[["a]', "[}", "nul", '[["a"]] x', '[["\\', "[1,,2]"])
def test_what_is_no_json_is_refused(exporters: Exporters, name: str, text: str) -> None:
    """With a sentence, never a trap: the next export works."""
    exporters.call(name, "streaming-exporter", "begin", '[{"name":"a","type":"text"}]', [])
    with pytest.raises(PluginRefused, match="not the JSON"):
        exporters.call(name, "streaming-exporter", "write", text)
    with pytest.raises(PluginRefused, match="not the JSON"):
        exporters.call(name, "exporter", "run", text, [])
    with pytest.raises(PluginRefused, match="not the JSON"):
        exporters.call(name, "streaming-exporter", "begin", text, [])


@pytest.mark.parametrize("name", NAMES)
def test_calls_out_of_order_are_refused(exporters: Exporters, name: str) -> None:
    """With a sentence."""
    exporters.stream(name, ["a"], [["1"]])
    for function, arguments in (("write", ["[]"]), ("finish", [])):
        with pytest.raises(PluginRefused, match="begin has not been called"):
            exporters.call(name, "streaming-exporter", function, *arguments)


@pytest.mark.parametrize("name", NAMES)
def test_large_slices_fit_into_little_memory(exporters: Exporters, name: str) -> None:
    """A cell of 8 MiB, and a hundred slices of 1 MiB."""
    long = "x" * (8 << 20)
    wide = "y" * 1_000
    slices = [[long]] + [[wide]] * 100_000
    assert len(exporters.stream(name, ["a"], slices, step=1_000)) > 100_000_000
