"""What is not well formed is said where it is, and the rest stays usable."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from . import lines, reference
from .conftest import JsonPlugin

MIB = 1 << 20
DAMAGE = [
    (b"[1, tru, 3]", [(4, "bad-literal")], 3),
    (b"[1, NaN, 'x']", [(4, "bad-literal"), (9, "bad-literal")], 3),
    (b"[01, 1., -]", [(1, "bad-number"), (5, "bad-number"), (9, "bad-number")], 3),
    (b'["\\x", "\\u12G4"]', [(2, "bad-escape"), (8, "bad-escape")], 2),
    (b'["a\tb", 2]', [(3, "control-character")], 2),
    (b'["abc\n, 2]', [(1, "unterminated-string")], 2),
    (b'["\xff\xfe", 2]', [(2, "invalid-utf8")], 2),
    (b'["\xe2\x82", 2]', [(2, "invalid-utf8")], 2),
    (b"[1,\xef\xbb\xbf2,3]", [(3, "byte-order-mark")], 3),
    (b"[1:2, 3]", [(2, "unexpected")], 2),
    (b"[1,,3]", [(3, "missing-value")], 3),
    (b'[{"a":}, 2]', [(6, "missing-value")], 2),
    (b"[{a:1}, 2]", [(2, "missing-name")], 2),
    (b'[{"a" 1}, 2]', [(6, "missing-colon")], 2),
    (b'[{"a"}, 2]', [(5, "missing-colon")], 2),
    (b"[1 2, 3]", [(3, "missing-comma")], 2),
    (b"[1, 2,]", [(6, "trailing-comma")], 2),
    (b'[{"a":1,}, 2]', [(8, "trailing-comma")], 2),
    (b"[1, /* x */ 2] // y", [(4, "comment"), (15, "comment")], 2),
    (b"[1, 2}, 3]", [(5, "mismatched-bracket")], 3),
    (b'[{"a":[1}, {"b":2}]', [(8, "missing-bracket")], 2),
    (b'[{"a":1, {"b":2}, 3]', [(9, "missing-bracket")], 3),
    (b"[1] 2", [(4, "trailing-text")], 1),
    (b"[1, 2", [(5, "truncated")], 2),
    (b'[1, "ab', [(7, "truncated")], 2),
    (b'[{"a":[{"b":1', [(13, "truncated")], 1),
    (b"[1, /* 2", [(4, "comment"), (8, "truncated")], 1),
]


@pytest.mark.parametrize(("data", "wanted", "records"), DAMAGE)
def test_each_class_of_error_is_named_and_passed_over(
    json_plugin: JsonPlugin, data: bytes, wanted: list[tuple[int, str]], records: int
) -> None:
    """Where it is, what it is, and how many records there are nonetheless; alike far into a file."""
    opened = json_plugin.open(data, {"format": "array"}).read_on()
    assert opened.kinds() == wanted
    assert opened.progress.records == records
    for length in (62, 64, 65_535, MIB + 5):
        shifted = json_plugin.open(b" " * length + data, {"format": "array"}).read_on((1,))
        assert shifted.kinds() == [(offset + length, kind) for offset, kind in wanted]
        assert shifted.progress.records == records


def test_every_problem_has_a_sentence_and_a_line(json_plugin: JsonPlugin) -> None:
    """Lines count from 0, and no sentence is just a word."""
    data = b"\n".join(case[0].replace(b"\n", b" ") for case in DAMAGE)
    problems, _ = json_plugin.open(data, {"format": "lines"}).read_on().problems()
    assert len({problem.line for problem in problems}) == len(DAMAGE)
    assert all(" " in problem.message for problem in problems)
    assert all(data[: problem.offset].count(b"\n") == problem.line for problem in problems)


def test_a_line_that_is_broken_ends_with_it(json_plugin: JsonPlugin) -> None:
    """Whatever is open at the end of a line, the next one is read as if nothing had been."""
    broken = (
        b'{"a":[{"b":1',
        b'{"a":"x',
        b'"\\',
        b'{"a":"\\u12',
        b"[[[[",
        b'{"a"',
        b'{"a":',
        b"{",
        b'{"a":tru',
        b"]",
    )
    data = b"\n".join(part for line in broken for part in (line, b'{"good":1}')) + b"\n"
    opened = json_plugin.open(data, {"format": "lines"}).read_on()
    assert opened.progress.records == 2 * len(broken)
    problems, _ = opened.problems()
    assert {problem.record for problem in problems} == set(range(0, 2 * len(broken), 2))
    assert {problem.line for problem in problems} == set(range(0, 2 * len(broken), 2))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_exactly_the_lines_that_are_no_json_are_reported(json_plugin: JsonPlugin, seed: int) -> None:
    """By Python's reader; every line with something on it is a record."""
    made = lines.make(seed)
    opened = json_plugin.open(made.data, {"format": "lines"}).read_on((1, 70_000))
    problems, total = opened.problems()
    assert opened.progress.records == len(made.records)
    bad = [number for number, line in enumerate(made.records) if not reference.is_json(line)]
    assert list(dict.fromkeys(problem.record for problem in problems)) == bad[: 10_000 if total <= 10_000 else None]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_a_file_that_is_cut_off_keeps_what_is_there(json_plugin: JsonPlugin, seed: int) -> None:
    """Cut anywhere, an array has the records that had begun, and one problem more than before at most."""
    rng = random.Random(seed)
    records = [json.loads(line) for line in lines.make(seed).records[:300] if reference.is_json(line)]
    text = json.dumps(records, indent=rng.choice((None, 1)), ensure_ascii=False).encode()
    cut = text[: rng.randrange(1, len(text))]
    opened = json_plugin.open(cut, {"format": "array"}).read_on((1,))
    problems, _ = opened.problems()
    assert problems
    assert problems[-1].kind in ("truncated", "bad-literal", "bad-number", "trailing-text")
    assert problems[-1].kind != "truncated" or problems[-1].offset == len(cut)
    assert opened.progress.records <= len(records)
    whole = json_plugin.open(text, {"format": "array"}).read_on()
    assert (whole.progress.records, whole.problems()) == (len(records), ([], 0))


def test_more_problems_are_counted_than_kept(json_plugin: JsonPlugin) -> None:
    """10,000 are kept, all are counted."""
    problems, total = json_plugin.open(b"tru\n" * 25_000, {"format": "lines"}).read_on().problems()
    assert (len(problems), total) == (10_000, 25_000)
    assert problems[-1].record == 9_999


def test_comments_and_trailing_commas_are_read_in_jsonc(json_plugin: JsonPlugin) -> None:
    """Allowed by the name or by the option; all else stays strict."""
    data = b'// head\n[1, /* two\n lines */ {"a": 1, /**/ }, // more ] }\n "/* no comment */",\n]\n/* tail **/'
    opened = json_plugin.open(data, name="data.jsonc").read_on()
    assert (opened.progress.records, opened.problems()[1]) == (3, 0)
    assert opened.options()["comments"] == "allowed"
    strict = json_plugin.open(data, {"comments": "strict"}, name="data.jsonc").read_on()
    wanted = ["comment", "comment", "comment", "trailing-comma", "comment", "trailing-comma", "comment"]
    assert [kind for _, kind in strict.kinds()] == wanted
    bad = json_plugin.open(b"[1,,2, / 3, 4 5, # x\n6]", {"comments": "allowed"}).read_on()
    said = ["missing-value", "bad-literal", "missing-comma", "missing-comma", "bad-literal", "missing-comma"]
    assert [kind for _, kind in bad.kinds()] == said


@pytest.mark.parametrize("line", ["not JSON at all", "tru, {}", "x" * 300, "'id': 1 \t\r", "née ]"])
def test_a_line_that_begins_with_no_value_is_shown_as_a_whole(json_plugin: JsonPlugin, line: str) -> None:
    """In the tree, in the table and as text; the lines around it stay as they are."""
    data = f'{{"a":1}}\n {line}\n{{"a":2}}\n'.encode()
    opened = json_plugin.open(data, name="a.ndjson").read_on()
    text = line.rstrip()
    roots = opened.json("tree-loader", "roots", 0, 9)["children"]
    assert [root["kind"] for root in roots] == ["object", "invalid", "object"]
    begin, end = roots[1]["at"]
    assert data[begin:end].decode() == text
    assert roots[1]["preview"] == (text if len(text) <= 120 else text[:119] + "…")
    rows = opened.json("paged-loader", "page", 0, 9)
    assert [[cell["text"] for cell in row if cell] for row in rows] == [["1"], [text], ["2"]]
    assert json.loads(opened.call("file-loader", "get", 1)) == text
