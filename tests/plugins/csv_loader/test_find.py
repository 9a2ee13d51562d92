"""Searching finds the cells that Python finds, in steps, from anywhere."""

import random

import pytest
from hypothesis import given, settings

from thoth_ls.documents.source import Query

from . import corpus, reference
from .conftest import CsvPlugin


def _needle(rng: random.Random, rows: list[list[str]], quote: str) -> str:
    """A part of some cell, or something that may not occur."""
    cell = rng.choice(rng.choice(rows) or [""])
    if cell and rng.random() < 0.8:
        start = rng.randrange(len(cell))
        return cell[start : start + rng.choice((1, 2, 3, 10, 50))]
    return rng.choice(("a", "é", "ab", '"', quote or "x", "€", "c0", "\n", "xyz"))


@settings(max_examples=150, deadline=None)
@given(corpus.SAMPLES)
def test_a_search_finds_what_python_finds(csv_plugin: CsvPlugin, sample: corpus.Sample) -> None:
    """With and without case, whole cells and parts, across doubled quotes and newlines, from any record."""
    rng = random.Random(sample.seed)
    rows = reference.rows_of(sample.text, sample.delimiter, sample.quote)
    opened = csv_plugin.open(sample.data, {**sample.options, "header": "no"}).read_on()
    for _ in range(6 if rows else 0):
        whole = rng.random() < 0.3
        text = rng.choice(rng.choice(rows) or [""])[:200] if whole else ""
        query = Query(text or _needle(rng, rows, sample.quote), rng.random() < 0.5, whole)
        start = rng.choice((0, rng.randrange(len(rows))))
        wanted = reference.matches(rows, query, start)
        assert opened.find(query, start, rng.choice((1, 20_000, 1 << 20))) == wanted


def test_the_header_is_not_searched_and_does_not_count(csv_plugin: CsvPlugin) -> None:
    """Records are those of the data."""
    opened = csv_plugin.open(b"name,town\nname,x\ny,name\n", {"header": "yes"}).read_on()
    assert opened.find(Query("name", match_case=True, whole_cell=False)) == [(0, 0), (1, 1)]


@pytest.mark.parametrize(("text", "cells"), [("strasse", 3), ("kelvin", 2), ("STRASSE", 3)])
def test_case_is_folded_as_the_host_spells_it_out(csv_plugin: CsvPlugin, text: str, cells: int) -> None:
    """ß is ss, the Kelvin sign is k."""
    data = "a\nStraße\nSTRASSE\nstrasse\nkelvin\n\u212aELVIN\n".encode()
    opened = csv_plugin.open(data, {"header": "yes"}).read_on()
    assert len(opened.find(Query(text, match_case=False, whole_cell=True))) == cells


def test_a_match_in_a_cell_of_megabytes_is_found_wherever_it_is(csv_plugin: CsvPlugin) -> None:
    """The cell is never held as a whole; matches at its seams are found all the same."""
    for at in (0, 65_530, 65_536, 131_072, 3_000_000):
        cell = "ab" * (at // 2) + "needle" + "ab" * 100_000
        opened = csv_plugin.open(f'x,y\n1,"{cell}"\n2,b\n'.encode()).read_on()
        assert opened.find(Query("needle", match_case=True, whole_cell=False)) == [(0, 1)]
        assert opened.find(Query("NEEDLE", match_case=False, whole_cell=False)) == [(0, 1)]


def test_many_matches_come_in_several_answers(csv_plugin: CsvPlugin) -> None:
    """One answer lists 10,000 cells at most; the rest follows."""
    opened = csv_plugin.open(b"a,b,c\n" + b"x,x,x\n" * 20_000, {"header": "yes"}).read_on()
    found = opened.find(Query("x", match_case=True, whole_cell=True), 0, 1 << 30)
    assert found == [(record, column) for record in range(20_000) for column in range(3)]
