"""Which world a plugin has: the one it wrote down, or the one that follows from its manifest."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoth_ls.authoring.building.entry import entry_module
from thoth_ls.authoring.building.kit import Kit
from thoth_ls.authoring.building.worlds import World, chosen_world, read_world, wit_folder
from thoth_ls.catalog.manifest import Manifest, parse_manifest
from thoth_ls.errors import BuildFailed

ROOT = Path(__file__).parents[2]
KIT = Kit.beside(ROOT, ROOT / "build")
BASE = {"plugin-meta", "plugin-lifecycle", "plugin-settings"}


def manifest(capabilities: str, permissions: str = "") -> Manifest:
    """One with those capabilities and permissions."""
    text = f"""
id = "org.example.a"
name = "A"
version = "0.1.0"
description = "Says \\"a\\""
author = "The Thoth authors"
api = "0.1"
capabilities = [{capabilities}]
{"[data-source]" if "data-source" in capabilities else ""}
{'display_name = "A"' if "data-source" in capabilities else ""}
{"[exporter]" if "exporter" in capabilities else ""}
{'output_extension = "a"' if "exporter" in capabilities else ""}
[permissions]
{permissions}
"""
    return parse_manifest(text.encode())


def world(of: Manifest, folder: Path) -> World:
    """The world that follows from a manifest, as the tools read it."""
    return read_world(wit_folder(KIT, folder / "wit", written=None, chosen=chosen_world(of)))


def test_a_panel_without_permissions_imports_what_nobody_is_asked_for(tmp_path: Path) -> None:
    """Storage, signals and tables; `types` is there because others use it."""
    found = world(manifest('"new-ui-component"'), tmp_path)
    assert set(found.exports) == {*BASE, "ui-component", "tab-host"}
    assert {"plugin-storage", "signals", "dataset-bus", "types"} <= set(found.imports)
    assert not {"http-client", "secure-storage", "file-dialog", "ui-tabs", "tcp-client"} & set(found.imports)
    assert found.foreign == ()


def test_permissions_open_interfaces(tmp_path: Path) -> None:
    """Each its own."""
    permissions = """
network = { hosts = ["*"], reason = "r" }
tcp = { hosts = ["*:1"], reason = "r" }
secure-storage = { reason = "r" }
file-dialog = { reason = "r" }
open-tabs = { reason = "r" }
"""
    found = world(manifest('"new-ui-component", "data-source", "cli", "data-producer"', permissions), tmp_path)
    assert {
        *("http-client", "http-control", "websocket", "websocket-control"),
        *("tcp-client", "secure-storage", "file-dialog", "ui-tabs", "db-runtime"),
    } <= set(found.imports)
    assert {"data-source", "plugin-cli", "data-producer"} <= set(found.exports)


def test_an_exporter_writes_in_pieces(tmp_path: Path) -> None:
    """And a plugin without a panel has no signals."""
    found = world(manifest('"exporter", "renderer", "file-loader"'), tmp_path)
    assert set(found.exports) == {*BASE, "exporter", "streaming-exporter", "data-renderer", "file-loader"}
    assert "signals" not in found.imports


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("package a:b;\n", "holds none"),
        ("package a:b;\nworld one {}\nworld two {}\n", "holds one, two"),
        ("world one {}\n", "no `package` header"),
        ("package a:b;\nworld one { import c:d/e; }\n", "wasm-tools failed"),
    ],
)
def test_a_world_that_cannot_be_read_is_said(text: str, said: str, tmp_path: Path) -> None:
    """With what is wrong."""
    (tmp_path / "own").mkdir()
    written = tmp_path / "own" / "world.wit"
    written.write_text(text)
    with pytest.raises(BuildFailed, match=said):
        read_world(wit_folder(KIT, tmp_path / "wit", written=written, chosen=None))


def test_exports_without_a_counterpart_in_python_are_refused(tmp_path: Path) -> None:
    """Before anything is built."""
    asked = World("a", (), ("plugin-meta", "paged-loader"), ("own",))
    with pytest.raises(BuildFailed, match="paged-loader, own"):
        entry_module(manifest('"file-loader"'), asked, tmp_path)


def test_what_is_imported_inside_functions_is_imported_with_the_plugin(tmp_path: Path) -> None:
    """The standard library is not there later; the text is Python, whatever the manifest holds."""
    (tmp_path / "main.py").write_text("import json\n\ndef f():\n    import zipfile\n    from xml.dom import minidom\n")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "__init__.py").write_text("")
    text = entry_module(manifest('"new-ui-component"'), World("a", ("types",), tuple(BASE), ()), tmp_path)
    compile(text, "entry", "exec")
    assert "'zipfile'" in text
    assert "'xml.dom.minidom'" in text
    assert "'main', 'parts'" in text
    assert "'Says \"a\"'" in text


def test_a_file_that_is_no_python_is_named(tmp_path: Path) -> None:
    """With the line."""
    (tmp_path / "main.py").write_text("def f(:\n")
    with pytest.raises(BuildFailed, match=r"main\.py.*line 1"):
        entry_module(manifest('"new-ui-component"'), World("a", (), (), ()), tmp_path)
