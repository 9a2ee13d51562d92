"""JSONPath, by the examples of RFC 9535 and by what the library alone would get wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from thoth_ls.documents.search.exact import parse
from thoth_ls.documents.search.jsonpath import TooSlow, compile_path
from thoth_ls.documents.search.stopping import Stop, Stopped
from thoth_ls.errors import QueryInvalid

BOOKSTORE = """{ "store": { "book": [
  { "category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95 },
  { "category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99 },
  { "category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99 },
  { "category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8",
    "price": 22.99 } ], "bicycle": { "color": "red", "price": 399 } } }"""
FILTERED = """{"a": [3, 5, 1, 2, 4, 6, {"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}],
  "o": {"p": 1, "q": 2, "r": 3, "s": 5, "t": {"u": 6}}, "e": "f"}"""
ENTRIES = '{"o": {"j": 1, "k": 2}, "a": [5, 3, [{"j": 4}, {"k": 6}]]}'
NAMES = """{"o": {"j j": {"k.k": 3}}, "'": {"@": 2}}"""
LETTERS = '["a", "b", "c", "d", "e", "f", "g"]'
WILD = '{"o": {"j": 1, "k": 2}, "a": [5, 3]}'
NULLS = '{"a": null, "b": [null], "c": [{}], "null": 1}'

AUTHORS = ["Nigel Rees", "Evelyn Waugh", "Herman Melville", "J. R. R. Tolkien"]
TITLES = ["Sayings of the Century", "Sword of Honour", "Moby Dick", "The Lord of the Rings"]

RFC: list[tuple[str, str, list[Any]]] = [
    # 1.5, the bookstore
    (BOOKSTORE, "$.store.book[*].author", AUTHORS),
    (BOOKSTORE, "$..author", AUTHORS),
    (BOOKSTORE, "$.store..price", [8.95, 12.99, 8.99, 22.99, 399]),
    (BOOKSTORE, "$..book[2].author", ["Herman Melville"]),
    (BOOKSTORE, "$..book[2].publisher", []),
    (BOOKSTORE, "$..book[-1].title", TITLES[3:]),
    (BOOKSTORE, "$..book[0,1].title", TITLES[:2]),
    (BOOKSTORE, "$..book[:2].title", TITLES[:2]),
    (BOOKSTORE, "$..book[?@.isbn].title", TITLES[2:]),
    (BOOKSTORE, "$..book[?@.price<10].title", [TITLES[0], TITLES[2]]),
    # 2.2.3, the root
    ('{"k": "v"}', "$", [{"k": "v"}]),
    # 2.3.1.3, names
    (NAMES, "$.o['j j']", [{"k.k": 3}]),
    (NAMES, "$.o['j j']['k.k']", [3]),
    (NAMES, '$.o["j j"]["k.k"]', [3]),
    (NAMES, '$["\'"]["@"]', [2]),
    # 2.3.2.3, wildcards
    (WILD, "$[*]", [{"j": 1, "k": 2}, [5, 3]]),
    (WILD, "$.o[*]", [1, 2]),
    (WILD, "$.o[*, *]", [1, 2, 1, 2]),
    (WILD, "$.a[*]", [5, 3]),
    # 2.3.3.3, indices
    ('["a", "b"]', "$[1]", ["b"]),
    ('["a", "b"]', "$[-2]", ["a"]),
    # 2.3.4.3, slices
    (LETTERS, "$[1:3]", ["b", "c"]),
    (LETTERS, "$[5:]", ["f", "g"]),
    (LETTERS, "$[1:5:2]", ["b", "d"]),
    (LETTERS, "$[5:1:-2]", ["f", "d"]),
    (LETTERS, "$[::-1]", ["g", "f", "e", "d", "c", "b", "a"]),
    # 2.3.5.3, filters
    (FILTERED, "$.a[?@.b == 'kilo']", [{"b": "kilo"}]),
    (FILTERED, "$.a[?(@.b == 'kilo')]", [{"b": "kilo"}]),
    (FILTERED, "$.a[?@>3.5]", [5, 4, 6]),
    (FILTERED, "$.a[?@.b]", [{"b": "j"}, {"b": "k"}, {"b": {}}, {"b": "kilo"}]),
    (FILTERED, "$[?@.*]", [json.loads(FILTERED)["a"], json.loads(FILTERED)["o"]]),
    (FILTERED, "$[?@[?@.b]]", [json.loads(FILTERED)["a"]]),
    (FILTERED, "$.o[?@<3, ?@<3]", [1, 2, 1, 2]),
    (FILTERED, '$.a[?@<2 || @.b == "k"]', [1, {"b": "k"}]),
    (FILTERED, '$.a[?match(@.b, "[jk]")]', [{"b": "j"}, {"b": "k"}]),
    (FILTERED, '$.a[?search(@.b, "[jk]")]', [{"b": "j"}, {"b": "k"}, {"b": "kilo"}]),
    (FILTERED, "$.o[?@>1 && @<4]", [2, 3]),
    (FILTERED, "$.o[?@.u || @.x]", [{"u": 6}]),
    (FILTERED, "$.a[?@.b == $.x]", [3, 5, 1, 2, 4, 6]),
    (FILTERED, "$.a[?@ == @]", json.loads(FILTERED)["a"]),
    # 2.4, functions
    ('[["a", "b"], ["c"], "de", "f", {"x": 1, "y": 2}, 3]', "$[?length(@) >= 2]", [["a", "b"], "de", {"x": 1, "y": 2}]),
    ('[{"a": 1, "b": 2}, {"a": 1}]', "$[?count(@.*) == 1]", [{"a": 1}]),
    ('[{"date": "1974-05-01"}, {"date": "1974-06-01"}]', '$[?match(@.date, "1974-05-..")]', [{"date": "1974-05-01"}]),
    ('[{"author": "Bob X"}, {"author": "Rob"}]', '$[?search(@.author, "[BR]ob X")]', [{"author": "Bob X"}]),
    ('[{"x": {"color": "red"}}, {"x": {}}]', '$[?value(@..color) == "red"]', [{"x": {"color": "red"}}]),
    # 2.5.1.3, children
    (LETTERS, "$[0, 3]", ["a", "d"]),
    (LETTERS, "$[0:2, 5]", ["a", "b", "f"]),
    (LETTERS, "$[0, 0]", ["a", "a"]),
    # 2.5.2.3, descendants
    (ENTRIES, "$..j", [1, 4]),
    (ENTRIES, "$..[0]", [5, {"j": 4}]),
    (ENTRIES, "$.o..[*, *]", [1, 2, 1, 2]),
    (ENTRIES, "$.a..[0, 1]", [5, 3, {"j": 4}, {"k": 6}]),
    # 2.6, null
    (NULLS, "$.a", [None]),
    (NULLS, "$.a[0]", []),
    (NULLS, "$.a.d", []),
    (NULLS, "$.b[0]", [None]),
    (NULLS, "$.b[*]", [None]),
    (NULLS, "$.b[?@]", [None]),
    (NULLS, "$.b[?@==null]", [None]),
    (NULLS, "$.c[?@.d==null]", []),
    (NULLS, "$.null", [1]),
]

COMPARED = '{"obj": {"x": "y"}, "arr": [2, 3]}'
COMPARISONS: list[tuple[str, bool]] = [
    ("$.absent1 == $.absent2", True),
    ("$.absent1 <= $.absent2", True),
    ("$.absent == 'g'", False),
    ("$.absent1 != $.absent2", False),
    ("$.absent != 'g'", True),
    ("1 <= 2", True),
    ("1 > 2", False),
    ("13 == '13'", False),
    ("'a' <= 'b'", True),
    ("'a' > 'b'", False),
    ("$.obj == $.arr", False),
    ("$.obj != $.arr", True),
    ("$.obj == $.obj", True),
    ("$.obj != $.obj", False),
    ("$.arr == $.arr", True),
    ("$.arr != $.arr", False),
    ("$.obj == 17", False),
    ("$.obj != 17", True),
    ("$.obj <= $.arr", False),
    ("$.obj < $.arr", False),
    ("$.obj <= $.obj", True),
    ("$.arr <= $.arr", True),
    ("1 <= $.arr", False),
    ("1 >= $.arr", False),
    ("1 > $.arr", False),
    ("1 < $.arr", False),
    ("true <= true", True),
    ("true > true", False),
]


def found(text: str, query: str) -> list[Any]:
    """The values a query finds in JSON text."""
    return [node.value for node in compile_path(query, Stop()).finditer(parse(text))]


@pytest.mark.parametrize(("text", "query", "expected"), RFC, ids=[query for _, query, _ in RFC])
def test_the_examples_of_the_rfc_hold(text: str, query: str, expected: list[Any]) -> None:
    """The tables of sections 1.5 and 2; numbers are exact, so floats are compared as they are written."""
    assert found(text, query) == parse(json.dumps(expected))


@pytest.mark.parametrize(("comparison", "expected"), COMPARISONS)
def test_comparisons_are_those_of_the_rfc(comparison: str, expected: bool) -> None:
    """Section 2.3.5.3, table 11."""
    assert bool(found(f"[{COMPARED}]", f"$[?{comparison.replace('$', '$[0]')}]")) is expected


def test_descendants_come_in_the_order_of_the_rfc() -> None:
    """Section 2.5.2.3: `$..*` and `$..o` on the example."""
    assert found(ENTRIES, "$..o") == [{"j": 1, "k": 2}]
    assert found(ENTRIES, "$..*") == parse(
        '[{"j":1,"k":2},[5,3,[{"j":4},{"k":6}]],1,2,5,3,[{"j":4},{"k":6}],{"j":4},{"k":6},4,6]'
    )


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ('[0, "", false, [], null]', "$[?@]", [0, "", False, [], None]),
        ("[9007199254740993, 9007199254740992]", "$[?@ == 9007199254740993]", [9007199254740993]),
        ("[[1], [true]]", "$[?@ == $[1]]", [[True]]),
        ('{"x": 1, "a": [{"b": [{"c": 1}]}, {"b": [{"c": 2}]}]}', "$.a[?@.b[?@.c == $.x]]", [{"b": [{"c": 1}]}]),
        ('{"a": 1, "a": 2, "b": 3}', "$.*", [1, 3]),
        ("[1e2, 100, 1.0E+2]", "$[?@ == 100]", [100, 100, 100]),
        ("[2, 1e999]", "$[?@ > 1e400]", None),
        ("[0, -0]", "$[?@ == -0]", [0, 0]),
        ("[false, 0, true, 1]", "$[?@ < true]", []),
        ('["a\\nc", "abc", "a.c"]', '$[?match(@, "a.c")]', ["abc", "a.c"]),
        ('["a", "b"]', '$[?match(@, "(?=a)a")]', []),
    ],
)
def test_values_are_compared_as_they_are_written(text: str, query: str, expected: list[Any] | None) -> None:
    """Numbers are never rounded, true is never 1, `?@` asks whether there is something, `$` stays the root."""
    got = found(text, query)
    assert len(got) == 1 if expected is None else (got == expected and list(map(type, got)) == list(map(type, got)))


def test_a_tenth_is_a_tenth() -> None:
    """Decimal fractions are compared as decimal fractions."""
    assert len(found("[0.1, 0.10, 1e-1, 0.10000000000000001]", "$[?@ == 0.1]")) == 3


def test_numbers_of_any_length_are_read() -> None:
    """An integer of ten thousand digits and an exponent beyond all means."""
    assert len(found(f"[{'9' * 10_000}, 1e999999999999999999999, -1e-999999999999999999999]", "$[?@ > 1e300]")) == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("a", "character 1"),
        ("", "This is no JSONPath"),
        (" $.a", "character 1"),
        ("$.a b", "character 5"),
        ("$[01]", "character 3"),
        ("$[?@.a = 1]", "character 8"),
        ("$[?nope(@)]", "'nope'"),
        ("$[?length(@)]", "must be compared"),
        ("$[?@.a == @.*]", "not comparable"),
        ("$[9007199254740992]", "out of range"),
        ("$['\\ud800']", "incomplete escape"),
        ("$[?" + "(" * 5_000 + "@.a" + ")" * 5_000 + "]", "too deeply"),
    ],
)
def test_a_bad_path_is_explained(query: str, said: str) -> None:
    """One sentence that names the place, counted from 1."""
    with pytest.raises(QueryInvalid) as caught:
        compile_path(query, Stop())
    assert said in str(caught.value)


def test_a_catastrophic_expression_ends() -> None:
    """The time of one regular expression over one value is bounded."""
    with pytest.raises(TooSlow):
        found(json.dumps(["a" * 40 + "!"]), "$[?search(@, '(a|aa)+$')]")


def test_an_evaluation_can_be_stopped() -> None:
    """Whatever walks far looks at the flag."""
    stop = Stop()
    nodes = iter(compile_path("$..*", stop).finditer(parse("[[1, 2], [3]]")))
    next(nodes)
    stop.ask()
    with pytest.raises(Stopped):
        list(nodes)


def test_deep_values_are_descended_into() -> None:
    """As deep as Python reads JSON, without a frame for every level."""
    depth = 900
    assert found('{"a":' * depth + "1" + "}" * depth, "$..a")[-1] == 1
