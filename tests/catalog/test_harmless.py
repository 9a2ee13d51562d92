"""What an author writes cannot change what is said around it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thoth_ls.catalog.harmless import harmless


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Asks the API.", "Asks the API."),
        ("a\r\nb\x0bc\u2028d\u2029e\x85f\tg", "a b c d e f g"),
        ("\x1b[31mred\x1b[0m \x9b1m", "[31mred [0m 1m"),
        ("\u202egnp.exe\u202c \u2066x\u2069 \u200b\ufeff", "gnp.exe x"),
        ("e" + "\u0301" * 500, "e" + "\u0301" * 4),
        ("\ud800\U000f0000\ufdd0", ""),
        ("Bücher für 日本語 नमस्ते 👍", "Bücher für 日本語 नमस्ते 👍"),
        ("", ""),
    ],
)
def test_what_is_not_seen_or_moves_things_is_gone(text: str, expected: str) -> None:
    assert harmless(text, 300) == expected


def test_long_texts_are_cut_and_say_so() -> None:
    assert harmless("x" * 10**7, 20) == "x" * 19 + "…"
    assert harmless("x" * 20, 20) == "x" * 20
    assert harmless("\u200b" * 10**7 + "y", 20) == ""


@given(st.text(max_size=400), st.integers(1, 100))
def test_every_text_becomes_one_bounded_line_of_visible_characters(text: str, most: int) -> None:
    line = harmless(text, most)
    assert len(line) <= most
    assert len(line.splitlines()) <= 1
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_a_long_text_of_plain_letters_is_as_any_other() -> None:
    """It takes a shorter way, and ends at the same."""
    plain = "abc  def " * 4000
    assert harmless(plain, 50) == harmless(f"{plain}ä", 50) == harmless(f"{plain}\x07", 50)
    assert harmless(" a  b ", 50) == "a b"
