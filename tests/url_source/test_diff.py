"""Two responses, compared."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rest import diff, json_diff, line_diff
from rest.history import Response, response_of
from rest.json_diff import Change
from rest.line_diff import Line

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from(["", "a", "b"])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["a", "b", "c"]), inner)),
    max_leaves=10,
)


def response(body: str, status: int = 200, content_type: str = "application/json", **headers: str) -> Response:
    pairs = [("Content-Type", content_type), *headers.items()]
    return response_of(status, pairs, body, len(body.encode()), {})


def test_what_differs_is_told_place_by_place() -> None:
    before = '{"id": 1, "name": "a", "tags": ["x", "y", "z"], "gone": null, "price": 1.10}'
    after = '{"name": "b", "id": 1, "tags": ["x", "z", "w"], "new": {"a": 1}, "price": 1.1}'
    found = diff.compare(response(before), response(after, 201, ETag="2", Server="s"))
    assert found.status == (200, 201)
    assert found.headers == [Change("added", "server", "", "s"), Change("added", "etag", "", "2")]
    assert found.body == "json"
    assert found.changes == [
        Change("changed", "$['name']", '"a"', '"b"'),
        Change("removed", "$['tags'][1]", '"y"'),
        Change("added", "$['tags'][2]", "", '"w"'),
        Change("removed", "$['gone']", "null"),
        Change("added", "$['new']", "", '{"a":1}'),
    ]


def test_responses_that_are_alike_have_no_difference() -> None:
    body = '{"a": 1}'
    assert diff.compare(response(body), response(body)).is_empty
    assert diff.compare(response(body), response('{ "a":1 }')).body == "text"
    binary = response_of(200, [], None, 0, {})
    assert diff.compare(binary, binary).is_empty


def test_texts_are_compared_by_lines_with_some_around() -> None:
    old = [f"line {number}" for number in range(20)]
    new = [*old[:10], "other", *old[11:], "end"]
    found = diff.compare(response("\n".join(old), content_type="text/plain"), response("\n".join(new)))
    assert found.headers == [Change("changed", "content-type", "text/plain", "application/json")]
    assert found.lines == [
        Line("skipped"),
        *(Line("same", f"line {number}", number + 1, number + 1) for number in (7, 8, 9)),
        Line("removed", "line 10", 11),
        Line("added", "other", None, 11),
        *(Line("same", f"line {number}", number + 1, number + 1) for number in (11, 12, 13)),
        Line("skipped"),
        *(Line("same", f"line {number}", number + 1, number + 1) for number in (17, 18, 19)),
        Line("added", "end", None, 21),
    ]


def test_what_is_too_much_is_cut_and_that_is_said() -> None:
    many = [json.dumps({str(number): value for number in range(2000)}) for value in (1, 2)]
    found = diff.compare(response(many[0]), response(many[1]))
    assert (len(found.changes), found.is_cut) == (diff.MOST_CHANGES, True)
    texts = ["\n".join(f"{start}{number}" for number in range(5000)) for start in "ab"]
    shown = diff.compare(response(texts[0], content_type="text/plain"), response(texts[1], content_type="text/plain"))
    assert (len(shown.lines), shown.is_cut) == (diff.MOST_LINES, True)
    long = diff.compare(response("x" * 200_000), response("x" * 200_001))
    assert long.beginnings


def test_bodies_that_are_no_text_differ_by_their_length() -> None:
    one, other = response_of(200, [], None, 3, {}), response_of(200, [], None, 4, {})
    assert diff.compare(one, other).body == "unknown"


def test_repeated_headers_are_compared_in_turn() -> None:
    before = [("A", "1"), ("a", "2")]
    assert diff.header_changes(before, [("a", "1"), ("A", "3"), ("a", "4")]) == [
        Change("changed", "a", "2", "3"),
        Change("added", "a", "", "4"),
    ]


@given(VALUES, VALUES)
def test_values_have_no_changes_only_where_they_are_the_same(before: Any, after: Any) -> None:
    found, more = json_diff.changes(before, after, 1000)
    assert not more
    assert (found == []) == (json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True))
    assert json_diff.changes(before, before, 1000) == ([], False)


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), max_size=30))
def test_lines_that_are_shown_lead_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    shown, _ = line_diff.lines("\n".join(old), "\n".join(new), 1000)
    assert (shown == []) == (old == new)
    for line in shown:
        assert line.before is None or old[line.before - 1] == line.text
        assert line.after is None or new[line.after - 1] == line.text
    removed = [line.before for line in shown if line.kind == "removed"]
    added = {line.after: line.text for line in shown if line.kind == "added"}
    kept = [text for at, text in enumerate(old, 1) if at not in removed]
    assert [added[at] if at in added else kept.pop(0) for at in range(1, len(new) + 1)] == new
    assert kept == []


def test_beginnings_that_are_alike_are_not_called_equal() -> None:
    one, other = (response_of(200, [], "x" * 1000, 5000, {}) for _ in range(2))
    assert one.digest == ""
    found = diff.compare(one, other)
    assert (found.body, found.beginnings, found.is_empty) == ("same", True, False)
