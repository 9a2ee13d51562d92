"""Markup over lines, and what strangers may send in its place."""

import pytest

from explorer.markup import DEEPEST, laid_out


def test_elements_stand_on_lines_of_their_own_and_texts_stay() -> None:
    text = "<?xml version='1.0'?><!-- a > b --><list n=\"<1>\"><item>one</item><empty/><![CDATA[<x>]]> 1 < 2 </list>"
    assert laid_out(text).splitlines() == [
        "<?xml version='1.0'?>",
        "<!-- a > b -->",
        '<list n="<1>">',
        "  <item>one</item>",
        "  <empty/>",
        "  <![CDATA[<x>]]>",
        "  1",
        "  <",
        "  2",
        "</list>",
    ]


def test_what_html_shows_as_it_is_stays_so() -> None:
    assert laid_out("<!doctype html><br><pre> a\n  b </pre><p>c</p>").splitlines() == [
        "<!doctype html>",
        "<br>",
        "<pre> a",
        "  b </pre>",
        "<p>c</p>",
    ]


@pytest.mark.parametrize(
    "part",
    [
        "<a'",
        '<a "',
        "<a 'b",
        "<!--",
        "<![CDATA[",
        "<?",
        "<!",
        "</a",
        "<a ",
        "<a b=\"'",
        "<script>",
        "<script '",
        "a<",
        "<",
    ],
)
@pytest.mark.parametrize("begin", ["", "<!doctype html>"])
def test_what_never_ends_is_read_once(begin: str, part: str) -> None:
    """Nothing is lost, and 60,000 characters do not take minutes."""
    text = begin + part * (60_000 // len(part))
    assert "".join(laid_out(text).split()) == "".join(text.split())


def test_only_so_many_levels_are_indented() -> None:
    lines = laid_out("<a>" * 20_000).splitlines()
    assert len(lines) == 20_000
    assert lines[-1] == "  " * DEEPEST + "<a>"
