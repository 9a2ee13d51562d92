"""Changes on disk: what they are called, that they are told once, and that no stale row is served."""

from __future__ import annotations

import asyncio
import gzip
import os
from pathlib import Path

import pytest

from tests.documents.conftest import Bench, rows
from thoth_ls.documents.identity import WHOLE_BYTES, compare, take, unchanged
from thoth_ls.errors import DocumentChanged, FileUnreadable, PluginRefused
from thoth_ls.wire.documents import CellParams, DidChange, DidFail, FindParams, ProblemsParams


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"5,6\n")


def replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.rename(path)


def truncate(path: Path) -> None:
    os.truncate(path, 3)


def modify(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"1", b"9"))


def rewrite_longer(path: Path) -> None:
    path.write_bytes(b"x" + path.read_bytes())


def delete(path: Path) -> None:
    path.unlink()


def into_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


CHANGES = [
    (append, "appended"),
    (replace, "replaced"),
    (truncate, "truncated"),
    (modify, "modified"),
    (rewrite_longer, "modified"),
    (delete, "deleted"),
    (into_folder, "replaced"),
]


@pytest.mark.parametrize(("change", "kind"), CHANGES)
async def test_a_change_is_told_once_and_nothing_is_served_after(bench: Bench, change: object, kind: str) -> None:
    """Not rows, not cells, not problems, not matches."""
    path = bench.file()
    opened = await bench.open(path)
    change(path)  # type: ignore[operator]
    told = await bench.events.wait(DidChange)
    assert (told.document_id, told.generation, told.change) == (opened.document_id, 1, kind)
    assert told.message.startswith("table.csv ")
    where = {"document_id": opened.document_id, "generation": 1}
    requests = [
        bench.page(opened, 0, 1),
        bench.documents.cell(CellParams(**where, row=0, column=0)),
        bench.documents.problems(ProblemsParams(**where, start=0, count=1)),
        bench.documents.find(FindParams(**where, search_id="s", text="x"), lambda percent, message: None),
    ]
    for request in requests:
        with pytest.raises(DocumentChanged, match=r"table\.csv changed on disk"):
            await request
    await asyncio.sleep(0.1)  # ten looks at the file
    assert len(bench.events.of(DidChange)) == 1


@pytest.mark.parametrize(("change", "kind"), CHANGES)
async def test_a_page_is_refused_before_anybody_has_told(bench: Bench, change: object, kind: str) -> None:
    """The file is looked at after each read, not only once a second."""
    path = bench.file()
    opened = await bench.open(path)
    change(path)  # type: ignore[operator]
    with pytest.raises(DocumentChanged):
        await bench.page(opened, 0, 1)


async def test_a_change_while_a_page_is_read_spoils_the_page(bench: Bench) -> None:
    """It may hold half of the old rows and half of the new."""
    path = bench.file()
    opened = await bench.open(path)

    async def change() -> None:
        modify(path)

    bench.loader.behaviour.before["page"] = change
    with pytest.raises(DocumentChanged):
        await bench.page(opened, 0, 1)


async def test_reopening_reads_the_changed_file(bench: Bench) -> None:
    """And watches it anew."""
    path = bench.file()
    opened = await bench.open(path)
    append(path)
    await bench.events.wait(DidChange)
    again = await bench.reopen(opened)
    assert again.first_page.count == 4
    assert (await bench.page(again, 3, 1)).rows == '[["5", "6"]]'
    delete(path)
    told = await bench.events.wait(DidChange, lambda event: event.generation == 2)
    assert told.change == "deleted"


async def test_a_deleted_file_that_comes_back_is_told_of(bench: Bench) -> None:
    """The client can show it again by itself."""
    path = bench.file()
    opened = await bench.open(path)
    delete(path)
    await bench.events.wait(DidChange, lambda event: event.change == "deleted")
    with pytest.raises(FileUnreadable):
        await bench.reopen(opened)
    bench.file()
    await bench.events.wait(DidChange, lambda event: event.change == "restored")
    assert (await bench.reopen(opened)).first_page.count == 3


async def test_later_changes_are_told_too(bench: Bench) -> None:
    """A reload that failed on a half-written file gets another chance."""
    path = bench.file()
    await bench.open(path)
    append(path)
    await bench.events.wait(DidChange, lambda event: event.change == "appended")
    truncate(path)
    await bench.events.wait(DidChange, lambda event: event.change == "truncated")


async def test_a_file_that_never_rests_is_told_of_in_moderation(bench: Bench) -> None:
    """A log that is written all the time must not keep the client busy reloading."""
    path = bench.file()
    await bench.open(path)
    loop = asyncio.get_running_loop()
    end = loop.time() + 0.5
    while loop.time() < end:
        append(path)
        await asyncio.sleep(0.005)
    assert 1 <= len(bench.events.of(DidChange)) <= 11


async def test_an_open_log_that_grows_can_be_opened(bench: Bench) -> None:
    """Appending changes no row that was read; the change is told afterwards."""
    path = bench.file()

    async def grow() -> None:
        append(path)

    bench.loader.behaviour.before["describe"] = grow
    opened = await bench.open(path)
    assert opened.first_page.count == 3
    assert (await bench.events.wait(DidChange)).change == "appended"


async def test_a_file_rewritten_while_it_is_opened_is_read_again(bench: Bench) -> None:
    """Once it rests; a file that never does is refused."""
    path = bench.file()
    times = iter((1, 2))

    async def rewrite() -> None:
        if next(times, None):
            replace(path)

    bench.loader.behaviour.before["describe"] = rewrite
    assert (await bench.open(path)).first_page.count == 3
    assert len(bench.loader.sources) == 3
    times = iter(range(1, 100))
    with pytest.raises(FileUnreadable, match="keeps changing"):
        await bench.open(path)


async def test_making_links_and_permissions_are_no_change(bench: Bench) -> None:
    """The sandbox makes a hard link for each reader, which moves the change time of the file."""
    path = bench.file()
    opened = await bench.open(path)
    os.link(path, bench.folder / "link")
    assert (await bench.page(opened, 0, 1)).count == 1
    (bench.folder / "link").unlink()
    path.chmod(0o644)
    assert (await bench.page(opened, 0, 1)).count == 1
    assert bench.events.of(DidChange) == []


async def test_an_archive_is_watched_itself(bench: Bench) -> None:
    """Not the temporary file that was made of it."""
    path = bench.file("x.csv.gz", gzip.compress(b"a\n"))
    opened = await bench.open(path)
    path.write_bytes(gzip.compress(b"b\n"))
    with pytest.raises(DocumentChanged):
        await bench.page(opened, 0, 1)
    await bench.events.wait(DidChange)


async def test_indexing_stops_at_a_change(bench: Bench) -> None:
    """Whoever waits for rows learns why there are none."""
    bench.loader.rows = rows(100)
    behaviour = bench.loader.behaviour
    behaviour.rows_per_step, behaviour.gate = 10, asyncio.Event()
    path = bench.file()
    opened = await bench.open(path)
    waiting = asyncio.create_task(bench.page(opened, 90, 1))
    append(path)
    await bench.events.wait(DidChange)
    behaviour.gate.set()
    with pytest.raises(DocumentChanged):
        await waiting
    assert bench.source.read < 100


async def test_a_plugin_confused_by_a_change_is_not_blamed(bench: Bench) -> None:
    """Neither in the background nor in a request."""
    bench.loader.rows = rows(100)
    bench.loader.behaviour.rows_per_step = 10
    bench.loader.behaviour.gate = asyncio.Event()
    path = bench.file()
    opened = await bench.open(path)
    bench.loader.behaviour.failures["page"] = PluginRefused("com.example.lines", "unexpected end of file")
    truncate(path)
    with pytest.raises(DocumentChanged):
        await bench.page(opened, 0, 1)
    await bench.events.wait(DidChange)
    assert bench.events.of(DidFail) == []


def test_a_rewrite_within_one_tick_of_the_clock_is_caught(tmp_path: Path) -> None:
    """Same size, same times, same inode: only the content tells, and it is compared for as long as that can happen."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    known = take(path)
    times = (known.state.modified_ns, known.state.modified_ns)
    path.write_bytes(b"new")
    os.utime(path, ns=times)
    assert not known.settled
    assert unchanged(path, known) is None
    assert compare(path, known)[0] == "modified"


def test_a_rewrite_that_keeps_its_time_is_caught_by_the_change_time(tmp_path: Path) -> None:
    """As `cp -p` or `rsync --times` in place do."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    os.utime(path, ns=(10**18, 10**18))
    known = take(path)
    assert known.settled
    path.write_bytes(b"new")
    os.utime(path, ns=(10**18, 10**18))
    assert unchanged(path, known) is None


def test_links_to_a_large_file_are_no_change(tmp_path: Path) -> None:
    """Only edges and samples of it are compared."""
    path = tmp_path / "x"
    path.write_bytes(os.urandom(WHOLE_BYTES * 8))
    known = take(path)
    os.link(path, tmp_path / "y")
    same = unchanged(path, known)
    assert same is not None
    assert compare(path, same) == (None, same)
    with path.open("ab") as file:
        file.write(b"more")
    assert compare(path, same)[0] == "appended"


def test_a_file_that_may_no_longer_be_read_is_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told once; the error comes with the reload."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    known = take(path)
    modify(path)
    path.write_bytes(b"newer")

    def refuse(path: Path) -> None:
        raise FileUnreadable("no")

    monkeypatch.setattr("thoth_ls.documents.identity.open_regular", refuse)
    change, now = compare(path, known)
    assert change == "modified"
    assert compare(path, now)[0] is None
