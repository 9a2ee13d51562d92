"""Values of responses that become variables, and JSONPath as RFC 9535 has it (held against another implementation)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonpath_rfc9535
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rest.extract import Extracted, Received, check, extract, extract_all
from rest.jsonpath.evaluate import normalized, select
from rest.jsonpath.functions import compiled
from rest.jsonpath.parse import parse
from rest.jsonpath.quoted import BadPath
from rest.model import Extraction

STORE = json.loads(
    """{"store": {"book": [
    {"category": "reference", "author": "A", "title": "T1", "price": 8.95},
    {"category": "fiction", "author": "B", "title": "T2", "price": 12.99},
    {"category": "fiction", "author": "C", "title": "T3", "isbn": "0-553", "price": 8.99}],
    "bicycle": {"color": "red", "price": 399}}, "o": {"j j": {"k.k": 3}, "'": {"@": 2}}, "a": [3, 5, 1, {"b": "j"}, {}],
    "n": null, "t": [true, 1, 1.0, "1", [1], {"x": 1}, {"x": 1.0}]}"""
)
PATHS = """
$
$.store.book[*].author
$..author
$.store.*
$.store..price
$..book[2]
$..book[-1]
$..book[0,1]
$..book[:2]
$..book[?@.isbn]
$..book[?@.price<10]
$..*
$.o['j j']['k.k']
$.o["'"]["@"]
$.a[1:3]
$.a[5:]
$.a[1:5:2]
$.a[5:1:-2]
$.a[::-1]
$.a[::0]
$.a[-2:]
$.a[?@>3]
$.a[?@.b == 'j']
$.a[?@.b]
$.a[?@==1 || @==5]
$.a[?!(@==1)]
$.a[?length(@) == 0]
$.t[?@ == 1]
$.t[?@ == 1.0]
$.t[?@ == true]
$.t[?@ == '1']
$.t[?@.x == $.t[2]]
$.t[?@ == $.t[4]]
$[?@.book]
$[?count(@.*) > 3]
$.store.book[?match(@.title, 'T[12]')]
$.store.book[?search(@.category, 'fic')]
$.store.book[?search(@.category, '^fic')]
$.store.book[?value(@..price) == 8.95]
$.store.book[?@.price >= 8.99 && @.category == "fiction"]
$.store.book[?@.nothing == @.nothing2]
$.store.book[?@.price != 8.95]
$.n
$.n.x
$[?@ == null]
$.store.book[?@['author'] == 'B', 0]
$["store"]["book"][0]["title"]
$.a[?@ <= 3]
$.store.book[?length(@.title) == 2]
$ .store [ 'bicycle' ] .color
$.a[?(@ > 2) && !(@ == 5)]
$..[?@.price]
$.a[?@.b != "\\ud83d\\ude00"]
$..[0]
$.a[?@.b == "\\u006a"]
""".strip().split("\n")
BAD = """
store
$.
$..
$.store[
$.store['a]
$[01]
$[-0]
$[9007199254740992]
$[?]
$[?@.a ==]
$[?1]
$[?'a']
$[?length(@)]
$[?count(1) == 1]
$[?match(@.a, 'b') == true]
$[?nothing(@)]
$[?@.* == 1]
$[?length(@.*) == 1]
$[?length(@, @) == 1]
$[?@.a = 1]
$.a b
$['\\x']
$['\\ud800']
$["\\'"]
$[1:2:3:4]
$[?@.a == 01]
$[?(@.a]
$ .
$.-a
$[?@ == tRUE]
""".strip("\n").split("\n")


def exact(value: Any) -> Any:
    """The value as we read it: with every digit of its numbers."""
    return json.loads(json.dumps(value), parse_float=Decimal)


def found(path: str, value: Any) -> list[tuple[str, Any]]:
    return [(normalized(place), inner) for place, inner in select(parse(path), value)]


@pytest.mark.parametrize("path", PATHS)
def test_paths_select_what_another_implementation_selects(path: str) -> None:
    theirs = [(node.path(), node.value) for node in jsonpath_rfc9535.find(path, STORE)]
    assert found(path, exact(STORE)) == [(place, exact(value)) for place, value in theirs]


@pytest.mark.parametrize("path", BAD)
def test_what_is_no_path_is_told_by_both(path: str) -> None:
    with pytest.raises(BadPath, match=r"at character \d+: "):
        parse(path)
    with pytest.raises(jsonpath_rfc9535.JSONPathError):
        jsonpath_rfc9535.compile(path)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "a", "b", "'"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["a", "b", "c d", "'"]), inner)
    ),
    max_leaves=12,
)
STEPS = st.lists(
    st.sampled_from(
        [
            ".a",
            "..a",
            "[*]",
            "..*",
            "['c d']",
            "[0]",
            "[-1]",
            "[1:]",
            "[::-1]",
            "['a','b']",
            "[?@.a]",
            "[?@ == 1]",
            "[?@.a < @.b]",
            "[?count(@..*) > 1 || !@.b]",
            "[?length(@) >= 1]",
            "[?$..a && @ != null]",
            "..[0,?@>0]",
        ]
    ),
    max_size=4,
)


@settings(max_examples=300)
@given(VALUES, STEPS)
def test_any_path_selects_the_same_of_any_value(value: Any, steps: list[str]) -> None:
    path = "$" + "".join(steps)
    theirs = [(node.path(), node.value) for node in jsonpath_rfc9535.find(path, value)]
    assert found(path, value) == theirs


@given(st.text(alphabet="$.[]'\"?@*:,0123abc()!=<>&|- \\", max_size=25))
def test_both_agree_on_what_is_a_path(text: str) -> None:
    try:
        jsonpath_rfc9535.compile(text)
        theirs = True
    except (jsonpath_rfc9535.JSONPathError, IndexError, RecursionError):
        theirs = False
    try:
        parse(text)
        ours = True
    except BadPath:
        ours = False
    assert ours == theirs, text


@given(VALUES)
def test_the_place_of_a_node_selects_it_alone(value: Any) -> None:
    for place, inner in select(parse("$..*"), value):
        assert [one for _, one in select(parse(normalized(place)), value)] == [inner]


@pytest.mark.parametrize(
    ("pattern", "whole", "some"),
    [
        ("a.b", "axb", "\n"),
        ("[a-c]+", "abc", "d"),
        ("\\.", ".", "x"),
        ("a{2}", "aa", "a"),
        ("^a$", "a", "ba"),
        ("[^a]", "b", "a"),
    ],
)
def test_regular_expressions_are_those_of_rfc_9485(pattern: str, whole: str, some: str) -> None:
    made = compiled(pattern)
    assert made is not None
    assert made.fullmatch(whole)
    assert not made.search(some)


@pytest.mark.parametrize("pattern", ["(?i)a", "\\d", "\\1", "[", "a{2", "\\p{L}", "x" * 2000])
def test_other_regular_expressions_match_nothing(pattern: str) -> None:
    made = compiled(pattern)
    assert made is None or pattern == "a{2"


RECEIVED = Received(
    201,
    [("Location", "/7"), ("X-A", "1"), ("x-a", "2")],
    '{"id": 12345678901234567890, "price": 1.10, "name": "n", "tags": ["a", 2.50], "none": null}',
)


@pytest.mark.parametrize(
    ("rule", "value", "others"),
    [
        (Extraction("a", "jsonpath", "$.id"), "12345678901234567890", 0),
        (Extraction("a", "jsonpath", "$.price"), "1.10", 0),
        (Extraction("a", "jsonpath", "$.name"), "n", 0),
        (Extraction("a", "jsonpath", "$.tags"), '["a",2.50]', 0),
        (Extraction("a", "jsonpath", "$"), RECEIVED.body.replace(": ", ":").replace(", ", ","), 0),
        (Extraction("a", "jsonpath", "$.tags[*]"), "a", 1),
        (Extraction("a", "jsonpath", "$.none"), "null", 0),
        (Extraction("a", "header", "location"), "/7", 0),
        (Extraction("a", "header", "X-A"), "1", 1),
        (Extraction("a", "regex", '"id": (\\d+)'), "12345678901234567890", 0),
        (Extraction("a", "regex", "pri.e"), "price", 0),
        (Extraction("a", "status"), "201", 0),
    ],
)
def test_what_is_found(rule: Extraction, value: str, others: int) -> None:
    assert extract(rule, RECEIVED) == Extracted("a", value, "", others)
    assert check(rule) == ""


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Extraction("a b", "status"), "letters"),
        (Extraction("a", "jsonpath", "$.gone"), "finds nothing"),
        (Extraction("a", "jsonpath", "$["), "no JSONPath: at character 3"),
        (Extraction("a", "header", "Gone"), "no header Gone"),
        (Extraction("a", "header", ""), "missing"),
        (Extraction("a", "regex", "gone"), "matches nothing"),
        (Extraction("a", "regex", "("), "no regular expression"),
        (Extraction("a", "regex", ""), "1 to 1000"),
        (Extraction("a", "regex", "(gone)?name"), "took no part"),
    ],
)
def test_what_is_not_found_is_told(rule: Extraction, said: str) -> None:
    told = extract(rule, RECEIVED)
    assert told.value is None
    assert said in told.problem


def test_bodies_that_are_no_json_or_cut_off_are_told() -> None:
    rule = Extraction("a", "jsonpath", "$.a")
    assert "no JSON: line 1" in extract(rule, Received(200, [], "{")).problem
    assert "longer" in extract(rule, Received(200, [], "{}", truncated=True)).problem
    deep = extract(rule, Received(200, [], "[" * 100_000))
    assert deep.value is None
    assert deep.problem


def test_rules_that_are_switched_off_find_nothing() -> None:
    rules = [Extraction("a", "status"), Extraction("b", "status", enabled=False), Extraction("c", "header", "X-A")]
    assert [(one.variable, one.value) for one in extract_all(rules, RECEIVED)] == [("a", "201"), ("c", "1")]


def test_numbers_are_compared_exactly() -> None:
    value = json.loads("[0.1, 0.10, 1e400, 9007199254740993]", parse_float=Decimal)
    assert [inner for _, inner in select(parse("$[?@ == 0.1]"), value)] == value[:2]
    assert [inner for _, inner in select(parse("$[?@ == 9007199254740993]"), value)] == value[3:]
