"""What can be opened, and what is said of the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.documents.conftest import Bench
from thoth_ls.errors import (
    FileUnreadable,
    NoLoader,
    PluginNotFound,
    PluginRefused,
)


async def test_what_is_no_regular_file_is_refused(bench: Bench) -> None:
    """Nothing waits for a pipe, and the message says what it is."""
    folder = bench.folder / "folder.csv"
    folder.mkdir()
    pipe = bench.folder / "pipe.csv"
    os.mkfifo(pipe)
    cases = {
        folder: "it is a folder",
        pipe: "it is a pipe",
        Path("/dev/null"): "it is a device",
        bench.folder / "missing.csv": "no such file",
        bench.file() / "below.csv": "no such file",
        bench.folder / ("x" * 300): "too long",
    }
    for path, words in cases.items():
        with pytest.raises(FileUnreadable, match=words):
            await bench.open(path)
    assert bench.loader.sources == []


async def test_an_empty_file_has_no_rows(bench: Bench) -> None:
    """Zero bytes are a table without columns."""
    opened = await bench.open(bench.file(content=b""))
    assert (opened.columns, opened.first_page.rows, opened.progress.done) == ([], "[]", True)
    assert (await bench.page(opened, 0, 100)).count == 0


async def test_a_file_that_vanishes_before_the_plugin_reads_it_is_said_to_be_gone(bench: Bench) -> None:
    """Not "the plugin failed"."""
    path = bench.file()

    async def vanish() -> None:
        path.unlink()

    bench.loader.behaviour.before["open"] = vanish
    bench.loader.behaviour.failures["open"] = PluginRefused("com.example.lines", "cannot open")
    with pytest.raises(FileUnreadable, match="no such file"):
        await bench.open(path)


async def test_a_loader_that_fails_leaves_nothing(bench: Bench) -> None:
    """Neither does one that is not there."""
    bench.loader.failure = PluginRefused("com.example.lines", "no")
    with pytest.raises(PluginRefused):
        await bench.open(bench.file())
    with pytest.raises(NoLoader, match=r"x\.parquet"):
        await bench.open(bench.file("x.parquet"))
    with pytest.raises(PluginNotFound):
        await bench.open(bench.file(), plugin_id="nobody")
    assert bench.documents.open_count == 0


async def test_files_of_any_name_open(bench: Bench) -> None:
    """Spaces, percent signs, other scripts, and bytes that are no text at all."""
    for name in ("with space.csv", "100%.csv", "数据 #1?.csv", "ünïcode.csv"):
        opened = await bench.open(bench.file(name))
        assert opened.first_page.count == 3
    opened = await bench.open(bench.file(os.fsdecode(b"caf\xe9.csv"), b"a\n"))
    assert opened.first_page.count == 1
