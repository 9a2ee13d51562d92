"""Where keys and values stand, compared with what `tomllib` reads there; and what the end of a text is in."""

import json
import time
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.catalog.toml_scan import MAX_DEPTH, TomlScan

MANIFEST = """
# A comment with [brackets] and = signs
id = "a.b"
'quoted key' = 'it''
capabilities = ["x", # "not this"
  'y',
]
dotted . "key" = 0x1F
[[file-loader]]
supported-extensions = [ "a", 'b' ]
[[file-loader]]   # the second
encodings = ["x#y"]
[[file-loader.part]]
n = 1
[file-loader.part.deep]
when = 1979-05-27 07:32:00
[permissions]
network = { hosts = ["a", "b"], reason = "r", nested = { on = true } }
text = \"\"\"
several = "lines"
"quotes" \\" at the end\"\"\"\"
raw = '''
[not-a-header]'''
inf = -inf
"""


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value that is neither a table nor a list."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def agrees(text: str) -> None:
    """Asserts that at the place of every value stands that value, and nothing is placed that is not there."""
    scan = TomlScan(text)
    data = tomllib.loads(text)
    for path, value in leaves(data):
        span = scan.values[path]
        read = tomllib.loads(f"x = {text[span.start : span.end]}")["x"]
        assert (path, str(read)) == (path, str(value))
    for path in [*scan.values, *scan.keys]:
        here = data
        for part in path:
            here = here[part]


def test_every_value_of_a_manifest_is_found() -> None:
    """Whatever kinds of strings, tables and lists it uses."""
    agrees(MANIFEST.replace("'it''", "'it'"))


def test_lines_that_are_no_toml_are_passed_over() -> None:
    """What follows them is found all the same."""
    scan = TomlScan('a = 1\nthis is nothing\n= 3\nb = [1, }\nc = "x\n[d\ne = 5\n')
    assert {path: span.start for path, span in scan.values.items() if len(path) == 1} == {("a",): 4, ("e",): 50}


def test_the_nearest_place_stands_for_what_is_missing() -> None:
    """A key that is not there is told of where its table begins."""
    text = MANIFEST.replace("'it''", "'it'")
    scan = TomlScan(text)
    second = scan.nearest(("file-loader", 1, "supported-extensions"))
    assert second is not None
    assert text.count("\n", 0, second.start) == 10
    assert scan.nearest(("name",)) is None


names = st.text(st.characters(codec="utf-8"), max_size=5)
scalars = st.one_of(
    st.booleans(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False, allow_infinity=False), names
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=12
)


def toml(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(name)} = {toml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + ", # ]\n".join(map(toml, value)) + "]"
    return quoted(value) if isinstance(value, str) else json.dumps(value)


def quoted(text: str) -> str:
    """A string of TOML: that of JSON, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@given(st.dictionaries(names, st.dictionaries(names, values, max_size=4), max_size=4), st.booleans())
def test_any_toml_is_read_at_its_places(tables: dict[str, dict[str, Any]], as_lists: bool) -> None:
    """Made at random, tables by headers, values within."""
    text = ""
    for name, table in tables.items():
        text += f"[[{quoted(name)}]]\n" if as_lists else f"[{quoted(name)}]\n"
        text += "".join(f"{quoted(key)} = {toml(value)}  # comment\n" for key, value in table.items())
    agrees(text)


@given(st.text(st.sampled_from("ab=.[]{}\"'\\#, \n\t1é\r\0"), max_size=60))
def test_any_text_is_passed_through(text: str) -> None:
    """No text makes it fail, and where `tomllib` reads one, both agree."""
    scan = TomlScan(text)
    for span in [*scan.values.values(), *scan.keys.values()]:
        assert 0 <= span.start <= span.end <= len(text)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    agrees(text)


@pytest.mark.parametrize(
    ("text", "kind", "table", "word"),
    [
        ("", "key", (), ""),
        ("na", "key", (), "na"),
        ("name", "key", (), "name"),
        ("name ", "nothing", (), ""),
        ("name = ", "value", (), ""),
        ('name = "a', "value", (), '"a'),
        ('name = "a"', "nothing", (), ""),
        ('name = "a" # b', "nothing", (), ' # b'),
        ("# x", "nothing", (), "# x"),
        ("[", "header", (), ""),
        ("[per", "header", (), "per"),
        ("[permissions.net", "header", ("permissions",), "net"),
        ("[[fi", "list header", (), "fi"),
        ("[permissions]\nne", "key", ("permissions",), "ne"),
        ("[permissions]\nnetwork = { ho", "key", ("permissions", "network"), "ho"),
        ('[permissions]\nnetwork = { hosts = ["', "value", ("permissions", "network", "hosts"), '"'),
        ('capabilities = ["a", ', "value", ("capabilities",), ""),
        ("capabilities = [\n  # foo\n  ", "value", ("capabilities",), ""),
        ("capabilities = [\n  # foo", "nothing", ("capabilities",), "# foo"),
        ("[[file-loader]]\n[[file-loader]]\n  ", "key", ("file-loader", 1), ""),
        ("a = 1\nbad line\n", "key", (), ""),
    ],
)  # fmt: skip
def test_the_end_of_a_text_is_in_something(text: str, kind: str, table: tuple[str | int, ...], word: str) -> None:
    """What an editor asks to complete."""
    here = TomlScan(text).here
    assert (here.kind, here.table, text[here.start :]) == (kind, table, word)


@pytest.mark.parametrize(
    "text",
    [
        "a." * 40_000 + "a = 1",
        "x = " + "[" * 80_000,
        "x = " + "{a=" * 40_000,
        'x = "' + "a" * 80_000,
        "x = '''" + "''" * 40_000,
        'x = """' + '\\"' * 40_000,
        "[[a]]\n" * 10_000,
        "x = [" + "1," * 40_000,
        "a = 1\n" * 10_000,
        '"' * 80_000,
        "[" * 80_000,
        "\n" * 80_000,
        " " * 80_000 + "x",
        'a = "\n' * 10_000,
    ],
    ids=lambda text: text[:8],
)
def test_no_text_takes_long(text: str) -> None:
    """The time of any text of a manifest's size is that of reading it once; going back and forth would take minutes."""
    began = time.process_time()
    scan = TomlScan(text)
    assert time.process_time() - began < 20
    assert all(len(path) <= MAX_DEPTH * 3 for path in scan.values)
