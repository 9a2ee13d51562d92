"""Finding cells of the table by what they show."""

import json
import random

import pytest
from hypothesis import given, settings

from thoth_ls.documents.folding import pattern, query_json
from thoth_ls.documents.source import Query

from . import records, table
from .conftest import JsonPlugin, Opened
from .test_search import needle


def find(opened: Opened, query: Query, start: int = 0, max_bytes: int = 1 << 20) -> list[tuple[int, int]]:
    """All matches, gathered in steps."""
    found: list[tuple[int, int]] = []
    while True:
        step = opened.json("paged-loader", "find", query_json(query), start, max_bytes)
        found += [(record, column) for record, column in step["matches"]]
        if step["done"]:
            return found
        assert step["next"] > start
        start = step["next"]


@settings(max_examples=60, deadline=None)
@given(records.SAMPLES)
def test_a_search_finds_the_cells_that_show_the_text(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """Whole cells and parts, with and without case, however the text is escaped, from any record."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on()
    cells = []
    for record in range(min(len(sample.values), 400)):
        (row,) = opened.json("paged-loader", "page", record, 1)
        for column, cell in enumerate(row):
            if isinstance(cell, dict) and "bytes" in cell:
                cells.append((record, column, table.shown(opened, record, column)))
            elif cell is not None:
                cells.append((record, column, cell if isinstance(cell, str) else cell["text"]))
    for _ in range(5 if sample.nodes else 0):
        text = needle(rng, sample)
        if not text:
            continue
        query = Query(text, rng.random() < 0.5, rng.random() < 0.3)
        start = rng.choice((0, rng.randrange(len(sample.values))))
        expression = pattern(query)
        wanted = [(record, column) for record, column, shown in cells if record >= start and expression.search(shown)]
        found = find(opened, query, start, rng.choice((1_000, 20_000, 1 << 20)))
        assert [match for match in found if match[0] < 400] == wanted


@pytest.mark.parametrize(
    ("text", "whole", "cells"),
    [("polygon · 1 ring", False, [(1, 1)]), ("Point", True, [(0, 1)]), ("3 points", False, [(1, 1)]),
     ("rings", False, []), ("coordinates", False, []), ("berlin", True, [(0, 2)]), ("POINT", False, [(0, 1), (1, 1)])],
)  # fmt: skip
def test_a_geometry_is_found_by_its_summary(
    json_plugin: JsonPlugin, text: str, cells: list[tuple[int, int]], *, whole: bool
) -> None:
    """Which is what its cell shows; it does not stand in the file."""
    point = {"type": "Feature", "properties": {"town": "Berlin"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    ring = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]}
    data = "\n".join(json.dumps(feature) for feature in (point, {**point, "geometry": ring, "properties": {}}))
    opened = json_plugin.open(data.encode(), {"format": "lines"}).read_on()
    assert find(opened, Query(text, match_case=False, whole_cell=whole)) == cells


def test_many_matches_come_in_several_answers(json_plugin: JsonPlugin) -> None:
    """One answer lists 10,000 cells at most; the rest follows."""
    opened = json_plugin.open(b'{"a":"x","b":"x","c":1}\n' * 20_000, {"format": "lines"}).read_on()
    found = find(opened, Query("x", match_case=True, whole_cell=True), 0, 1 << 30)
    assert found == [(record, column) for record in range(20_000) for column in range(2)]


def test_a_match_in_a_cell_of_megabytes_is_found_wherever_it_is(json_plugin: JsonPlugin) -> None:
    """At the seams of reading, too, and where it is written as escapes."""
    for at in (0, 65_530, 65_536, 131_072, 3_000_000):
        cell = "ab" * (at // 2) + "n\\u0065edle" + "ab" * 100_000
        opened = json_plugin.open(f'[{{"x":1,"y":"{cell}"}},{{"x":2}}]'.encode(), {"format": "array"}).read_on()
        assert find(opened, Query("needle", match_case=True, whole_cell=False)) == [(0, 1)]
        assert find(opened, Query("NEEDLE", match_case=False, whole_cell=False), 0, 1_000) == [(0, 1)]
