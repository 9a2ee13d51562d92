"""Searching finds the names and values that Python finds, in steps, from anywhere."""

import json
import random
import re
from typing import Any

import pytest
from hypothesis import given, settings

from thoth_ls.documents import folding
from thoth_ls.documents.source import Query
from thoth_ls.errors import PluginRefused

from . import records
from .conftest import JsonPlugin, Opened

LONG = 4_096
"""Bytes of text from which on a part is given."""
MOST = 2_000
"""Hits of one answer."""


def spelled(text: str, *, match_case: bool) -> dict[str, Any]:
    """A text to look for, as the host spells it out."""
    return {"text": text, "fold": None if match_case else folding.alternatives(text)}


def steps(opened: Opened, query: dict[str, Any], start: int = 0, max_bytes: int = 1 << 20) -> list[dict[str, Any]]:
    """All hits, gathered in steps."""
    hits: list[dict[str, Any]] = []
    while True:
        step = opened.json("tree-loader", "search", json.dumps(query), start, max_bytes)
        assert len(step["hits"]) <= MOST
        hits += step["hits"]
        assert all(hit["record"] <= step["record"] for hit in step["hits"])
        if step["done"]:
            return hits
        assert step["next"] > start
        start = step["next"]


def test_a_text_too_long_to_be_compared_as_a_whole_is_told(json_plugin: JsonPlugin) -> None:
    """In the first record that holds one, and not where the beginning says enough."""
    long = "n" * 120_000_000
    data = f'["needle",{{"a":"{long}"}},"needle"]'.encode()
    opened = json_plugin.open(data, {"format": "array"}).read_on()
    told: list[int] = []
    start, hits = 0, []
    while True:
        query = json.dumps({"texts": [spelled("needle", match_case=True)], "keys": True, "values": True})
        step = opened.json("tree-loader", "search", query, start, 1 << 30)
        told += [step["cutShort"]] if "cutShort" in step else []
        hits += step["hits"]
        if step["done"]:
            break
        start = step["next"]
    assert [hit["record"] for hit in hits] == [0, 2]
    assert told == []
    query = json.dumps({"texts": [spelled('n"', match_case=True)], "keys": True, "values": True})
    step = opened.json("tree-loader", "search", query, 0, 1 << 30)
    assert (step["hits"], step["cutShort"]) == ([], 1)


def brief(hits: list[dict[str, Any]]) -> list[tuple[int, tuple[int, ...], str, str]]:
    """Where hits are, and of what kind."""
    return [(hit["record"], tuple(hit["path"]), hit["part"], hit["kind"]) for hit in hits]


def expected(
    sample: records.Sample, expressions: list[re.Pattern[str]] | None, *, keys: bool, values: bool
) -> list[tuple[tuple[int, tuple[int, ...], str, str], str]]:
    """The hits, and what the names and values say."""
    found = []
    for node in sample.nodes:
        texts = []
        if node.key is not None and keys:
            texts.append(("key", records.said(node.key)))
        if node.kind not in ("object", "array") and values:
            texts.append(("value", node.text))
        for part, text in texts:
            if expressions is None or any(expression.search(text) for expression in expressions):
                found.append(((node.record, node.path, part, node.kind), text))
    return found


def needle(rng: random.Random, sample: records.Sample) -> str:
    """A part of some name or value, or something that may not occur."""
    node = rng.choice(sample.nodes)
    text = records.said(node.key) if node.key is not None and rng.random() < 0.3 else ""
    text = text or ("" if node.kind in ("object", "array") else node.text)
    if text and rng.random() < 0.8:
        start = rng.randrange(len(text))
        return text[start : start + rng.choice((1, 2, 3, 10, 50))]
    return rng.choice(("a", "STRASSE", '"', "\\", "\n", "zwölf", "中", "😀", "0", "xyz", "ull", "Aé"))


@settings(max_examples=50, deadline=None)
@given(records.SAMPLES)
def test_a_search_finds_what_python_finds(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """One text or several, with and without case, in names, values or both, however they are escaped."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on()
    for _ in range(5 if sample.nodes else 0):
        match_case, count = rng.random() < 0.5, rng.choice((1, 1, 2))
        needles = [needle(rng, sample) for _ in range(count)]
        scope = rng.choice(
            ({"keys": True, "values": True}, {"keys": True, "values": False}, {"keys": False, "values": True})
        )
        query = {"texts": [spelled(text, match_case=match_case) for text in needles], **scope}
        expressions = [folding.pattern(Query(text, match_case, whole_cell=False)) for text in needles]
        wanted = expected(sample, expressions, **scope)
        hits = steps(opened, query, 0, rng.choice((100, 20_000, 1 << 20)) if len(sample.data) < 100_000 else 30_000)
        assert brief(hits) == [place for place, _ in wanted]
        for hit, (_, text) in zip(hits, wanted, strict=True):
            encoded = text.encode()
            assert hit["bytes"] == len(encoded)
            part = hit["text"].encode()
            assert encoded[hit["from"] : hit["from"] + len(part)] == part
            if len(encoded) <= LONG // 6:
                assert hit["text"] == text
            assert any(expression.search(hit["text"]) for expression in expressions)


@settings(max_examples=40, deadline=None)
@given(records.SAMPLES)
def test_without_texts_every_name_and_value_is_a_hit(json_plugin: JsonPlugin, sample: records.Sample) -> None:
    """Which is what regular expressions are compared with; from any byte on."""
    rng = random.Random(sample.seed)
    opened = json_plugin.open(sample.data, sample.options).read_on()
    wanted = expected(sample, None, keys=True, values=True)
    hits = steps(opened, {"keys": True, "values": True}, 0, rng.choice((5_000, 1 << 20)))
    assert brief(hits) == [place for place, _ in wanted]
    assert [hit["text"] for hit in hits if hit["bytes"] <= LONG // 6] == [
        text for _, text in wanted if len(text.encode()) <= LONG // 6
    ]
    start = rng.randrange(len(sample.data) + 1)
    later = steps(opened, {"keys": True, "values": True}, start)
    assert later == hits[len(hits) - len(later) :]


def test_a_search_goes_on_where_reading_has_come_to(json_plugin: JsonPlugin) -> None:
    """What is found while the file is read is found once."""
    record = '{"name":"needle %d","list":[1,2,"needle"]},'
    data = "[" + "".join(record % number for number in range(40_000)) + "0]"
    for form in ("array", "document"):
        opened = json_plugin.open(data.encode(), {"format": form})
        hits, start = [], 0
        query = json.dumps({"texts": [spelled("needle", match_case=True)], "keys": True, "values": True})
        while True:
            step = opened.json("tree-loader", "search", query, start, 300_000)
            hits += step["hits"]
            start = step["next"]
            if step["done"] and opened.progress.done:
                break
            if step["done"]:
                opened.advance(200_000)
        assert len(hits) == 80_000
        assert len({json.dumps(hit["path"] + [hit["record"]]) for hit in hits}) == 80_000


def test_a_text_in_a_string_of_megabytes_is_shown_with_what_is_around_it(json_plugin: JsonPlugin) -> None:
    """Wherever in it it is, at the seams of reading too."""
    for at in (0, 65_530, 131_072, 3_000_000):
        text = "ab" * (at // 2) + "needle" + "cd" * 500_000
        opened = json_plugin.open(json.dumps({"long": text}).encode(), {"format": "document"}).read_on()
        (hit,) = steps(opened, {"texts": [spelled("NEEDLE", match_case=False)], "values": True})
        assert (hit["path"], hit["bytes"]) == ([0], len(text))
        assert "needle" in hit["text"]
        assert text[hit["from"] :].startswith(hit["text"])
        assert len(hit["text"]) <= LONG + 4


@pytest.mark.parametrize("query", ["", "[]", '{"texts":[]}', '{"texts":[{"text":""}]}', '{"texts":[1]}', '{"keys":1}'])
def test_a_query_that_is_none_is_answered_with_a_sentence(json_plugin: JsonPlugin, query: str) -> None:
    """Which says what is wrong."""
    opened = json_plugin.open(b"[1]").read_on()
    with pytest.raises(PluginRefused, match="query"):
        opened.json("tree-loader", "search", query, 0, 100)
