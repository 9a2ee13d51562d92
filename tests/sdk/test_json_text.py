"""JSON at the border of a component: text that UTF-8 can hold, and no deeper than the stack of a guest."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from thoth_plugin.json_text import DEEPEST, check_depth, dumps, guard_reading


@pytest.mark.parametrize("value", ["Grüße 𓅞", "a\ud800b", {"\udfff": ["\ud83d\ude00", "\\ud800"]}, [1.5, None, True]])
def test_any_value_is_written_as_text_that_utf_8_holds(value: object) -> None:
    """And is the same when it is read."""
    text = dumps(value)
    assert json.loads(text.encode()) == json.loads(json.dumps(value))


def test_what_is_no_json_is_refused() -> None:
    """NaN would be refused by the host."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(float("nan"))


@pytest.mark.parametrize(
    "text",
    [
        "[" * DEEPEST + "]" * DEEPEST,
        "[[]]" * 5000,
        '["' + "[" * 5000 + '"]',
        '["\\"' + "{" * 5000 + '"]',
        json.dumps([{"a": [1]}] * 3000),
    ],
)
def test_ordinary_depth_passes(text: str) -> None:
    """However much there is, and whatever stands in strings."""
    check_depth(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * (DEEPEST + 1),
        '{"a":' * 200_000,
        '["]]]]]",' * 2000,
        "[]" * 3000 + "[{" * 600,
        '[1, "\\\\", ' * 1500,
    ],
)
def test_too_deep_is_told_as_bad_json(text: str) -> None:
    """Also where strings look as if they closed what is open."""
    with pytest.raises(json.JSONDecodeError, match="more than 1000 levels"):
        check_depth(text)


@pytest.fixture
def guarded() -> Iterator[None]:
    """As in a component."""
    read = json.JSONDecoder.raw_decode
    guard_reading()
    yield
    json.JSONDecoder.raw_decode = read  # type: ignore[method-assign]


@pytest.mark.usefixtures("guarded")
def test_everything_that_reads_json_is_guarded() -> None:
    """Texts and bytes, with and without options of the reader."""
    deep = "[" * 100_000
    for read in (json.loads, lambda text: json.loads(text.encode()), lambda text: json.loads(text, parse_float=str)):
        with pytest.raises(json.JSONDecodeError, match="levels"):
            read(deep)
    assert json.loads('{"a": [1]}') == {"a": [1]}
