"""What was built against the published package loads and runs here."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.runtime.hostile.stage import Stage
from thoth_ls.errors import PluginInvalid, PluginRefused, PluginTrapped
from thoth_ls.runtime.sandbox import Sandboxes

from .test_contract import ADDITIONS, RELEASED, TABLE
from .wit_package import REPOSITORY, wasm_tools

PUBLISHED = sorted(TABLE["worlds"].keys() - ADDITIONS - {"file-access"})
LINE_LOADER = REPOSITORY / "build" / "fixtures" / "line-loader.wasm"


def bare_component(world: str, folder: Path) -> bytes:
    """A component that imports and exports exactly what `world` of the released package says; every export traps."""
    embedded, made = folder / "embedded.wasm", folder / "made.wasm"
    for arguments in (
        ["embed", "--dummy", str(RELEASED), "--world", world, "-o", str(embedded)],
        ["new", str(embedded), "-o", str(made)],
    ):
        subprocess.run([wasm_tools(), "component", *arguments], check=True, capture_output=True)
    return made.read_bytes()


@pytest.mark.parametrize("world", PUBLISHED)
async def test_a_component_of_every_published_world_starts(stage: Stage, tmp_path: Path, world: str) -> None:
    """All its imports are there, offered or refused one by one: the first thing to go wrong is its own code."""
    instance = await stage.put_on(bare_component(world, tmp_path))
    with pytest.raises(PluginTrapped) as caught:
        await instance.call("plugin-meta", "get-info")
    assert caught.value.export == "plugin-lifecycle.on-load"


async def test_a_world_that_is_no_plugin_by_itself_is_refused(stage: Stage, tmp_path: Path) -> None:
    """`file-access` only ever comes with another world."""
    with pytest.raises(PluginInvalid, match="plugin-meta"):
        await stage.put_on(bare_component("file-access", tmp_path))


async def test_a_loader_built_without_our_additions_opens_a_file(stage: Stage, tmp_path: Path) -> None:
    """A real guest of the published world `file-loader-plugin`, from meta to raw bytes."""
    assert LINE_LOADER.exists(), "build the fixtures first: make plugins"
    file = tmp_path / "poem.txt"
    file.write_bytes(b"first\nsecond \xc3\xa9\n\nlast")
    sandbox = Sandboxes(stage.paths()).make(file)
    instance = await stage.put_on(LINE_LOADER.read_bytes(), folder=sandbox.folder)

    info = await instance.call("plugin-meta", "get-info")
    assert info["id"] == "org.thoth.fixture.line-loader"
    assert info["capabilities"] == ["file-loader"]
    assert info["author"] is None
    assert await instance.call("file-loader", "supported-extensions") == ["txt", "log"]
    assert await instance.call("file-loader", "open", sandbox.guest_path) == 4
    assert json.loads(await instance.call("file-loader", "get", 1)) == {"line": "second é"}
    records = await instance.call("file-loader", "get-range", 1, 100)
    assert [json.loads(record)["line"] for record in records] == ["second é", "", "last"]
    assert await instance.call("file-loader", "raw-bytes", 1) == "second é".encode()
    with pytest.raises(PluginRefused, match="no such record"):
        await instance.call("file-loader", "get", 4)
    sandbox.close()


async def test_such_a_loader_is_paged_like_any_other(stage: Stage, tmp_path: Path) -> None:
    """The documents do not notice that a plugin has no `paged-loader`."""
    file = tmp_path / "poem.csv"
    file.write_text("one\ntwo\nthree\n")
    source = await stage.loader(LINE_LOADER.read_bytes()).source(file)
    progress = await source.open({})
    while not progress.done:
        progress = await source.advance(1 << 20)
    assert progress.records == 3
    assert [column.name for column in (await source.describe()).columns] == ["line"]
    assert json.loads(await source.page(1, 10)) == [["two"], ["three"]]
    await source.close()
