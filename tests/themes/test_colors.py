"""Colours: what is read, what is written, and what can be read on what."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.themes.colors import (
    BLACK,
    TEXT_RATIO,
    WHITE,
    Color,
    contrast,
    ink_on,
    luminance,
    mixed,
    parse,
    readable,
)

PART = st.integers(0, 255)
COLORS = st.builds(Color, PART, PART, PART, PART)
OPAQUE = st.builds(Color, PART, PART, PART, st.just(255))


@given(COLORS)
def test_what_is_written_is_read_as_it_was(color: Color) -> None:
    assert parse(str(color)) == color
    assert parse(str(color).upper()) == color


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#fff", WHITE),
        ("#0008", Color(0, 0, 0, 0x88)),
        ("#1E66F5", Color(0x1E, 0x66, 0xF5)),
        ("#6c708633", Color(0x6C, 0x70, 0x86, 0x33)),
    ],
)
def test_all_four_lengths_are_read(text: str, color: Color) -> None:
    assert parse(text) == color


@given(st.text(max_size=12))
def test_anything_else_is_refused_with_what_to_write(text: str) -> None:
    if re.fullmatch("#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", text):
        assert all(0 <= part <= 255 for part in parse(text))
    else:
        with pytest.raises(ValueError, match="#rrggbb"):
            parse(text)


@pytest.mark.parametrize(
    "text", ["", "#", "fff", "#ff", "#fffff", "#ggg", " #fff", "#fff\n", "rgb(0,0,0)", "#ﬀﬀﬀ", "#12345678a"]
)
def test_what_looks_like_one_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no color"):
        parse(text)


def test_contrast_is_that_of_the_standard() -> None:
    """Numbers of WCAG 2.2: black on white, and two greys people know from its checkers."""
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(parse("#767676"), WHITE) == pytest.approx(4.54, abs=0.01)
    assert contrast(parse("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)
    assert luminance(parse("#808080")) == pytest.approx(0.2159, abs=0.0001)


@given(OPAQUE, OPAQUE)
def test_contrast_is_from_1_to_21_whichever_comes_first(one: Color, other: Color) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.000001


@given(OPAQUE)
def test_ink_can_always_be_read(fill: Color) -> None:
    assert contrast(ink_on(fill), fill) >= TEXT_RATIO


@given(COLORS, OPAQUE)
def test_a_text_is_made_readable_and_a_readable_one_is_left_alone(color: Color, behind: Color) -> None:
    made = readable(color, behind)
    assert contrast(made, behind) >= TEXT_RATIO
    if contrast(color.over(behind), behind) >= TEXT_RATIO:
        assert made == color.over(behind)


@given(COLORS, OPAQUE)
def test_what_lies_over_another_is_between_the_two(top: Color, behind: Color) -> None:
    seen = top.over(behind)
    assert seen.alpha == 255
    for above, below, part in zip(top[:3], behind[:3], seen[:3], strict=True):
        assert min(above, below) <= part <= max(above, below)
    assert top._replace(alpha=255).over(behind) == top._replace(alpha=255)
    assert top._replace(alpha=0).over(behind) == behind


@given(COLORS, COLORS, st.floats(0, 1))
def test_a_mixture_begins_at_one_end_and_ends_at_the_other(one: Color, other: Color, share: float) -> None:
    assert mixed(one, other, 0) == one
    assert mixed(one, other, 1) == other
    for a, b, part in zip(one, other, mixed(one, other, share), strict=True):
        assert min(a, b) <= part <= max(a, b)
