"""URL and table of parameters are one thing seen twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rest import params, urls
from rest.model import Param, Request


def request(url: str) -> Request:
    made = Request()
    params.set_url(made, url)
    return made


def table(made: Request) -> list[tuple[str, str, bool]]:
    return [(row.name, row.value, row.enabled) for row in made.params]


@given(st.text(max_size=60))
def test_any_text_of_a_url_is_parted_and_joined_without_a_change(text: str) -> None:
    assert str(urls.split(text)) == text
    assert "&".join(urls.pieces(text)) == text


@given(st.text(alphabet="ab=&?#%2+{} |$\\äé", max_size=40))
def test_taking_over_the_table_as_it_is_changes_no_url(text: str) -> None:
    """Order, doubles, spelling and fragment survive, and a `?` with nothing behind it."""
    made = request(text)
    params.set_params(made, made.params)
    assert made.url == text


@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=8)), min_size=1, max_size=5))
def test_any_rows_come_back_from_the_url_they_make(rows: list[tuple[str, str]]) -> None:
    plain = [(name, value) for name, value in rows if "{{" not in name + value and "\\" not in name + value]
    made = request("https://x.org/#f")
    params.set_params(made, [Param(name, value) for name, value in plain])
    assert [(name, value) for name, value, _ in table(request(made.url))] == plain


def test_spelling_order_and_doubles_stay_when_another_row_is_edited() -> None:
    made = request("https://x.org/p?b=%C3%A4+x&a=1&a=2&&flag&=v#top")
    params.edit_param(made, 1, value="ö")
    assert made.url == "https://x.org/p?b=%C3%A4+x&a=%C3%B6&a=2&&flag&=v#top"


def test_a_row_that_is_switched_off_leaves_the_url_and_comes_back_in_its_place() -> None:
    made = request("https://x.org?a=1&b=2&c=3")
    params.edit_param(made, 1, enabled=False)
    assert made.url == "https://x.org?a=1&c=3"
    params.set_url(made, "https://x.org?a=1&c=4&d=5")
    assert table(made) == [("a", "1", True), ("b", "2", False), ("c", "4", True), ("d", "5", True)]
    params.edit_param(made, 1, enabled=True)
    assert made.url == "https://x.org?a=1&b=2&c=4&d=5"


def test_notes_stay_with_their_rows_while_the_url_is_typed() -> None:
    made = request("https://x.org?a=1&b=2")
    params.edit_param(made, 1, note="the page")
    params.set_url(made, "https://x.org?new=0&a=1&b=2")
    assert [row.note for row in made.params] == ["", "", "the page"]


def test_a_row_that_was_just_added_stays_while_the_url_is_typed() -> None:
    made = request("https://x.org?a=1")
    params.add_param(made)
    params.set_url(made, "https://x.org?a=12")
    assert table(made) == [("a", "12", True), ("", "", True)]
    assert made.url == "https://x.org?a=12"


@pytest.mark.parametrize("sign", ["?", "#", "&", "="])
def test_signs_within_the_braces_of_a_variable_part_nothing(sign: str) -> None:
    made = request(f"https://x.org/{{{{v|a{sign}b}}}}?q={{{{w|c{sign}d}}}}#e")
    assert table(made) == [("q", f"{{{{w|c{sign}d}}}}", True)]


def test_bytes_that_are_no_utf8_stay_as_they_are() -> None:
    made = request("https://x.org?a=%FFb&c=%zz")
    assert table(made) == [("a", "%FFb", True), ("c", "%zz", True)]


def test_removing_the_last_row_leaves_no_question_mark() -> None:
    made = request("https://x.org?a=1#f")
    params.remove_param(made, 0)
    assert made.url == "https://x.org#f"
