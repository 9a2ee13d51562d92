"""Variables in texts: found, filled in, and told about where they cannot be."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rest.dynamic import Dynamic
from rest.templates import Token, is_only_variables, literal, names, scan
from rest.variables import Expander, Scope, Value, Variables

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def variables(**values: str) -> Variables:
    return Variables(
        [Scope("test", {name: Value(text) for name, text in values.items()})],
        source=Dynamic(lambda: NOON, lambda most: most - 1),
    )


def expanded(text: str, **values: str) -> tuple[str, list[str]]:
    expander = Expander(variables(**values))
    return expander.expand(text, "url"), [problem.message for problem in expander.problems]


@given(st.text(alphabet="{}|$ab \\", max_size=30))
def test_a_text_made_literal_says_exactly_itself(text: str) -> None:
    assert "".join(piece for piece in scan(literal(text)) if isinstance(piece, str)) == text
    assert not any(isinstance(piece, Token) for piece in scan(literal(text)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{a}}", "1"),
        ("x{{ a }}y{{b}}", "x1y2"),
        ("{{nested}}", "<1>"),
        ("{{{{which}}}}", "1"),
        ("{{no|{{b}}}}", "2"),
        ("{{no|}}", ""),
        ("{{a|never}}", "1"),
        ("{{name_{{a}}}}", "one"),
        ("{{{a}}}", "{1}"),
        ('{"a":{{a}}}', '{"a":1}'),
        ('{{"a": 1}}', '{{"a": 1}}'),
        ("\\{{a}}", "{{a}}"),
        ("{{a", "{{a"),
        ("{{no|a b?c=d&e}}", "a b?c=d&e"),
    ],
)
def test_variables_have_their_values(text: str, said: str) -> None:
    values = {"a": "1", "b": "2", "nested": "<{{a}}>", "which": "a", "name_1": "one"}
    assert expanded(text, **values) == (said, [])


def test_one_that_is_not_known_stays_and_is_told() -> None:
    assert expanded("{{host}}/x") == ("{{host}}/x", ["{{host}} is not known in any environment that is active"])


def test_a_circle_is_told_with_its_way() -> None:
    said, problems = expanded("{{a}}", a="{{b}}", b="{{a}}")
    assert said == "{{a}}"
    assert problems == ["{{a}} needs itself: a → b → a"]


def test_values_that_grow_without_end_are_stopped() -> None:
    """Ten times ten times … of a text: a few variables must not fill the memory."""
    values = {f"v{at}": f"{{{{v{at + 1}}}}}" * 10 for at in range(9)}
    _, problems = expanded("{{v0}}", **values, v9="x" * 10)
    assert any("characters" in problem for problem in problems)


def test_the_nearest_scope_wins() -> None:
    scopes = [Scope("near", {"a": Value("1")}), Scope("far", {"a": Value("2"), "b": Value("3")})]
    assert Expander(Variables(scopes)).expand("{{a}}{{b}}", "url") == "13"


def test_secrets_are_read_once_and_noted() -> None:
    asked: list[str] = []

    def read(key: str) -> str | None:
        asked.append(key)
        return {"k1": "s3", "k2": "t0p"}.get(key)

    expander = Expander(Variables([Scope("test", {"token": Value(key="k1")})], read))
    assert expander.expand("{{token}}{{token}}{{$secret k2}}", "auth") == "s3s3t0p"
    assert expander.secrets == {"token": "s3", "k2": "t0p"}
    assert asked == ["k1", "k2"]
    expander.expand("{{$secret gone}}", "auth")
    assert [problem.message for problem in expander.problems] == [
        "{{$secret gone}} has no value in secure storage: enter it again"
    ]


def test_a_value_of_a_secret_is_not_read_as_a_template() -> None:
    variables = Variables([Scope("test", {"token": Value(key="k")})], lambda _: "{{token}}")
    assert Expander(variables).expand("{{token}}", "auth") == "{{token}}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{$timestamp}}", "1769860800"),
        ("{{$timestamp -1 d}}", "1769774400"),
        ("{{$timestampMs}}", "1769860800000"),
        ("{{$isoTimestamp}}", "2026-01-31T12:00:00.000Z"),
        ("{{$datetime}}", "2026-01-31T12:00:00Z"),
        ("{{$datetime rfc1123}}", "Sat, 31 Jan 2026 12:00:00 GMT"),
        ("{{$datetime '%Y/%m' 1 d}}", "2026/02"),
        ("{{$randomInt}}", "1000"),
        ("{{$randomInt 1 6}}", "6"),
        ("{{$randomHex 4}}", "ffff"),
        ("{{$randomText 3}}", "999"),
    ],
)
def test_dynamic_variables(text: str, said: str) -> None:
    assert expanded(text) == (said, [])


def test_a_uuid_is_one_of_version_4() -> None:
    assert expanded("{{$uuid}}")[0] == "ffffffff-ffff-4fff-bfff-ffffffffffff"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{{$randomInt 6 1}}", "at least"),
        ("{{$randomInt x}}", "whole numbers"),
        ("{{$timestamp 3 y}}", "distance"),
        ("{{$timestamp 999999999 w}}", "too far"),
        ("{{$datetime '%Y}}", "closing quote"),
        ("{{$randomHex 99999}}", "at most"),
        ("{{$nothing}}", "$uuid"),
        ("{{$uuid 3}}", "nothing more"),
    ],
)
def test_what_a_dynamic_variable_does_not_take_is_told(text: str, word: str) -> None:
    said, problems = expanded(text)
    assert said == text
    assert word in problems[0]


def test_names_are_found_for_those_that_want_to_know_what_a_text_needs() -> None:
    assert names("{{a}} {{b|{{c}}}} \\{{d}} {{$uuid}} {{e_{{f}}}}") == {"a", "b", "c", "$uuid", "f"}


def test_only_variables_hold_no_secret_themselves() -> None:
    assert is_only_variables("{{a}}{{b}}")
    assert not is_only_variables("{{a}}x")
    assert not is_only_variables("{{a|password}}")
