"""Exports beside everything else that happens to a document."""

import asyncio
import gzip
import time

import pytest

from tests.exporting.conftest import CSV, ODD, Bench, rows, until
from thoth_ls.errors import DocumentChanged, FileUnwritable, QueryInvalid, UnknownDocument
from thoth_ls.exporting import scopes
from thoth_ls.wire.documents import CloseParams, PageParams, ReopenParams

MANY = "a,b\n" + "".join(f"{n},value {n}\n" for n in range(200_000))


def writing(bench: Bench) -> bool:
    """Whether an export is under way."""
    return any(name.endswith(".part") for name in bench.names())


async def test_a_file_that_changes_ends_its_export(bench: Bench) -> None:
    """Nothing is left: it would be a bit of the old file and a bit of the new."""
    opened = await bench.open("in.csv", MANY)
    exporting = asyncio.ensure_future(bench.export(opened, CSV))
    await until(lambda: writing(bench))
    with (bench.folder / "in.csv").open("a") as file:
        file.write("more,rows\n")
    with pytest.raises(DocumentChanged, match="changed on disk"):
        await exporting
    assert bench.names() == ["in.csv"]


@pytest.mark.parametrize("how", ["close", "reopen"])
async def test_a_document_that_is_closed_ends_its_exports(bench: Bench, how: str) -> None:
    """With a sentence."""
    opened = await bench.open("in.csv", MANY)
    exporting = asyncio.ensure_future(bench.export(opened, CSV))
    await until(lambda: writing(bench))
    if how == "close":
        await bench.documents.close(CloseParams(document_id=opened.document_id))
    else:
        await bench.documents.reopen_with(ReopenParams(document_id=opened.document_id))
    with pytest.raises(UnknownDocument, match="closed or read anew"):
        await exporting
    await until(lambda: bench.names() == ["in.csv"])


async def test_cancelling_ends_a_plugin_that_does_not_return(bench: Bench) -> None:
    """At once, also in the middle of a call."""
    bench.runtime.limits = type(bench.runtime.limits)()  # with fuel for several seconds
    opened = await bench.open("in.csv", MANY)
    exporting = asyncio.ensure_future(bench.export(opened, options={"how": "spin", "where": "begin"}))
    await until(lambda: writing(bench))
    await asyncio.sleep(0.1)
    began = time.perf_counter()
    exporting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await exporting
    assert time.perf_counter() - began < 1  # a tenth of it where nothing else runs
    await until(lambda: bench.names() == ["in.csv"] and not bench.runtime.instances(ODD))


async def test_pages_go_ahead_of_an_export(bench: Bench) -> None:
    """A person who scrolls meanwhile waits for one slice at most."""
    opened = await bench.open("in.csv", MANY)
    exporting = asyncio.ensure_future(bench.export(opened, CSV))
    await until(lambda: writing(bench))
    pages = 0
    while not exporting.done():
        where = {"document_id": opened.document_id, "generation": opened.generation}
        page = await bench.documents.page(PageParams(**where, start=pages * 10, count=10))
        assert page.count == 10
        pages += 1
        await asyncio.sleep(0.005)
    assert (await exporting).records == 200_000
    assert pages > 2


async def test_progress_grows_to_the_end(bench: Bench) -> None:
    """In records, bytes and percent."""
    opened = await bench.open("in.csv", MANY)
    await bench.export(opened, CSV)
    percents = [percent for percent, _ in bench.reports if percent is not None]
    assert percents == sorted(percents)
    assert len(percents) > 2
    assert percents[-1] == 99
    assert bench.reports[-1][1].startswith("Writing to disk; 200,000 records, ")


async def test_what_a_search_finds(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it, far beyond what one search lists."""
    monkeypatch.setattr(scopes, "HITS_AT_ONCE", 500)
    some = MANY[: MANY.index("40000,")]
    opened = await bench.open("in.csv", some)
    result = await bench.export(opened, CSV, scope={"search": {"query": "77", "scope": "values"}})
    expected = [row for row in (line.split(",") for line in some.splitlines()[1:]) if "77" in row[0]]
    assert rows(bench.folder / "out")[1:] == expected
    assert result.records == len(expected) > 1_000
    scope = {"search": {"query": "$[?@ == 39999]", "mode": "jsonpath"}}
    assert (await bench.export(opened, CSV, scope=scope, overwrite=True)).records == 1


async def test_many_single_records(bench: Bench) -> None:
    """In few slices, whatever lies between them."""
    opened = await bench.open("in.csv", MANY)
    numbers = list(range(0, 200_000, 50))
    await bench.export(opened, CSV, scope={"records": [*numbers, 600_000]})
    made = rows(bench.folder / "out")
    assert [int(row[0]) for row in made[1:]] == numbers
    result = await bench.export(opened, CSV, scope={"records": [1, 600_000, 700_000]}, overwrite=True)
    assert (result.records, result.notes) == (1, ["2 of the records asked for do not exist."])


async def test_compressed_and_transcoded_files(bench: Bench) -> None:
    """Their text, in UTF-8; and the compressed file is not written over."""
    opened = await bench.open("in.csv.gz", gzip.compress("a,b\né,2\n".encode("utf-16")))
    await bench.export(opened, CSV)
    assert (bench.folder / "out").read_text("utf-8") == "a,b\né,2\n"
    with pytest.raises(FileUnwritable, match="the file that is being exported"):
        await bench.export(opened, CSV, to="in.csv.gz", overwrite=True)


async def test_two_exports_at_once(bench: Bench) -> None:
    """Do not get in each other's way."""
    opened = await bench.open("in.csv", MANY)
    await asyncio.gather(*(bench.export(opened, CSV, to=f"out{n}") for n in range(3)))
    assert all((bench.folder / f"out{n}").read_text() == MANY for n in range(3))
    with pytest.raises(QueryInvalid, match="There is no column 3"):
        await bench.export(opened, CSV, scope={"columns": [2]})
