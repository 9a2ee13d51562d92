"""Exports over the protocol: from a real process and real plugins to a file on disk."""

import asyncio
import csv
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp.client import LanguageClient

from tests.lsp.conftest import SAMPLES, ask, open_file, ref
from tests.lsp.test_documents import write_rows

CSV = "com.thoth.csv-export"


async def export(client: LanguageClient, opened: dict[str, Any], target: Path, **more: Any) -> Any:
    """Asks for an export."""
    params = {"pluginId": CSV, "target": target.as_uri(), **more}
    return await ask(client, "thoth/document/export", **ref(opened), **params)


def read(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def names(folder: Path) -> list[str]:
    """What is in a folder, hidden files as well."""
    return sorted(path.name for path in folder.iterdir())


async def until(condition: Callable[[], bool]) -> None:
    """Waits for something that nobody tells of."""
    async with asyncio.timeout(20):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)


async def refusal(request: Any) -> tuple[str, str]:
    """The kind of the error a request is answered with, and its message."""
    with pytest.raises(JsonRpcException) as caught:
        await request
    return dict(caught.value.data)["kind"], str(caught.value.message)


async def test_the_exporters_are_listed_with_what_can_be_chosen(client: LanguageClient) -> None:
    """What a dialog needs."""
    listed = await ask(client, "thoth/exporter/list")
    found = {item["pluginId"]: item for item in listed["exporters"]}
    assert (found[CSV]["extension"], found[CSV]["streaming"], found[CSV]["problem"]) == ("csv", True, None)
    options = {option["key"]: option for option in found[CSV]["options"]}
    assert options["formula-guard"]["default"] == "true"
    assert options["delimiter"]["default"] in options["delimiter"]["choices"]


async def test_a_whole_file_is_exported(client: LanguageClient, tmp_path: Path) -> None:
    """Every cell arrives, those with quotes, commas and line breaks as well."""
    source = write_rows(tmp_path / "rows.csv", 20_000)
    opened = await open_file(client, source)
    target = tmp_path / "out.csv"
    result = await export(client, opened, target)
    assert read(target) == read(source)
    assert (result["records"], result["bytes"], result["notes"]) == (20_000, target.stat().st_size, [])
    assert names(tmp_path) == ["out.csv", "rows.csv"]


async def test_rows_records_columns_and_search_results_are_exported(client: LanguageClient, tmp_path: Path) -> None:
    """The selection of a person."""
    source = write_rows(tmp_path / "rows.csv", 3_000)
    rows = read(source)
    opened = await open_file(client, source)
    scopes: list[tuple[dict[str, Any], list[list[str]]]] = [
        ({"rows": [10, 20]}, rows[11:21]),
        ({"rows": [2_990, 9_000], "columns": [2, 0]}, [[row[2], row[0]] for row in rows[2_991:]]),
        ({"records": [0, 1, 7, 2_999]}, [rows[1], rows[2], rows[8], rows[3_000]]),
        ({"rows": [5, 5]}, []),
        ({"records": []}, []),
        ({"search": {"query": "row 77", "scope": "values"}}, [row for row in rows[1:] if "row 77" in row[1]]),
    ]
    for number, (scope, expected) in enumerate(scopes):
        target = tmp_path / f"{number}.csv"
        result = await export(client, opened, target, scope=scope)
        header = [rows[0][2], rows[0][0]] if "columns" in scope else rows[0]
        assert read(target) == [header, *expected], scope
        assert result["records"] == len(expected)


async def test_nothing_is_replaced_unless_that_is_said(client: LanguageClient, tmp_path: Path) -> None:
    """And then as a whole."""
    opened = await open_file(client, SAMPLES / "airports.csv")
    target = tmp_path / "out.csv"
    target.write_text("mine")
    assert (await refusal(export(client, opened, target)))[0] == "fileExists"
    assert target.read_text() == "mine"
    await export(client, opened, target, overwrite=True)
    assert len(read(target)) == 3_377


async def test_places_that_cannot_be_written_are_refused(client: LanguageClient, tmp_path: Path) -> None:
    """With a sentence each, and nothing left behind."""
    source = write_rows(tmp_path / "rows.csv", 10)
    opened = await open_file(client, source)
    link, folder = tmp_path / "link.csv", tmp_path / "folder"
    link.symlink_to(source)
    folder.mkdir()
    before = names(tmp_path)
    for target, said in (
        (source, "the file that is being exported"),
        (link, "symbolic link"),
        (folder, "folder of that name"),
        (tmp_path / "none" / "x.csv", "no folder"),
        (source / "x.csv", "is no folder"),
        (Path("/dev/full"), "device"),
        (tmp_path / ("x" * 300), "too long"),
    ):
        kind, message = await refusal(export(client, opened, target, overwrite=True))
        assert kind == "fileUnwritable"
        assert said in message
    kind, message = await refusal(
        ask(client, "thoth/document/export", **ref(opened), pluginId=CSV, target="https://x/y", overwrite=True)
    )
    assert (kind, "Cannot write" in message) == ("fileUnwritable", True)
    assert names(tmp_path) == before


async def test_what_makes_no_sense_is_refused(client: LanguageClient, tmp_path: Path) -> None:
    """Options, plugins and scopes."""
    opened = await open_file(client, SAMPLES / "airports.csv")
    target = tmp_path / "out.csv"
    for more, kind in (
        ({"pluginId": "com.example.none"}, "pluginNotFound"),
        ({"pluginId": "com.thoth.csv-loader"}, "pluginInvalid"),
        ({"options": {"delimiter": "bar"}}, "inputInvalid"),
        ({"options": {"header": "yes"}}, "inputInvalid"),
        ({"options": {"nothing": "1"}}, "inputInvalid"),
        ({"scope": {"rows": [5, 1]}}, "queryInvalid"),
        ({"scope": {"records": [3, 2]}}, "queryInvalid"),
        ({"scope": {"rows": [0, 1], "records": [3]}}, "queryInvalid"),
        ({"scope": {"columns": [99]}}, "queryInvalid"),
        ({"scope": {"columns": []}}, "queryInvalid"),
        ({"scope": {"search": {"query": "(", "mode": "regex"}}}, "queryInvalid"),
    ):
        assert (await refusal(export(client, opened, target, **more)))[0] == kind, more
    assert names(tmp_path) == []


async def test_cancelling_answers_at_once_and_leaves_nothing(client: LanguageClient, tmp_path: Path) -> None:
    """Within 100 ms, however much there is still to do."""
    source = write_rows(tmp_path / "rows.csv", 400_000)
    opened = await open_file(client, source)
    params = {**ref(opened), "pluginId": CSV, "target": (tmp_path / "out.csv").as_uri()}
    asking = client.protocol.send_request_async("thoth/document/export", params, msg_id="export-1")
    asked = asyncio.ensure_future(asking)
    await until(lambda: any(name.endswith(".part") for name in names(tmp_path)))
    started = time.perf_counter()
    client.cancel_request(types.CancelParams(id="export-1"))
    with pytest.raises(JsonRpcException) as caught:
        await asked
    assert time.perf_counter() - started < 2  # a tenth of it where nothing else runs; machines differ
    assert caught.value.code == -32800
    await until(lambda: names(tmp_path) == ["rows.csv"])
    assert (await ask(client, "thoth/document/page", **ref(opened), start=0, count=1))["count"] == 1


async def test_an_exporter_that_is_switched_off_is_not_offered(client: LanguageClient, tmp_path: Path) -> None:
    """And says so if it is asked all the same; switched on it works again."""
    opened = await open_file(client, SAMPLES / "airports.csv")
    await ask(client, "thoth/plugin/setEnabled", pluginId=CSV, enabled=False, scope="user")
    try:
        listed = await ask(client, "thoth/exporter/list")
        assert CSV not in [item["pluginId"] for item in listed["exporters"]]
        assert (await refusal(export(client, opened, tmp_path / "out.csv")))[0] == "pluginDisabled"
    finally:
        await ask(client, "thoth/plugin/setEnabled", pluginId=CSV, enabled=True, scope="user")
    assert (await export(client, opened, tmp_path / "out.csv"))["records"] == 3_376


@pytest.mark.parametrize(
    ("sample", "records"),
    [
        ("damaged.ndjson", 58),
        ("earthquakes.geojson", 300),
        ("ragged.csv", 50),
        ("elements-utf16.csv", 18),
        ("birdstrikes.csv.zst", 10_000),
        ("state-capitals.json", 50),
    ],
)
async def test_samples_are_exported_in_every_format(
    client: LanguageClient, tmp_path: Path, sample: str, records: int
) -> None:
    """Whatever is odd about them; the formats that have no place for cells without a column say so."""
    opened = await open_file(client, SAMPLES / sample)
    for name in ("csv", "json", "markdown", "sql"):
        target = tmp_path / f"out.{name}"
        asked = export(client, opened, target, pluginId=f"com.thoth.{name}-export")
        if sample == "ragged.csv" and name in ("markdown", "sql"):
            kind, message = await refusal(asked)
            assert (kind, "more cells than there are columns (3)" in message) == ("pluginRefused", True)
            assert not target.exists()
            continue
        result = await asked
        assert (result["records"], result["bytes"]) == (records, target.stat().st_size)
    assert len(json.loads((tmp_path / "out.json").read_text("utf-8"))) == records
    assert len(read(tmp_path / "out.csv")) == records + 1
