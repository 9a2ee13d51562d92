"""The text of a buffer follows the edits of an editor."""

import random
import re
from typing import get_args

import pytest

from thoth_ls.documents.buffers.lines import TextLines, split_lines
from thoth_ls.documents.buffers.positions import CHUNK_CHARACTERS, Positions, units
from thoth_ls.wire.texts import Area, Edit, PositionUnit

UNITS = get_args(PositionUnit)
LETTERS = "aé€😀\r\n"


def random_text(chance: random.Random, length: int) -> str:
    """Letters of all widths and all ends of lines."""
    return "".join(chance.choices(LETTERS, weights=[6, 2, 2, 2, 1, 1], k=length))


def plain_lines(text: str) -> list[str]:
    """The lines of a text, found in another way."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text) + ([""] if re.search(r"(\A|[\r\n])\Z", text) else [])


@pytest.mark.parametrize("text", ["", "a", "a\n", "\n", "\r", "\r\n", "a\r\nb\rc\nd", "\n\r\n\r\r", "\u2028\x0b\x85"])
def test_lines_end_where_lsp_ends_them(text: str) -> None:
    """At none of the other characters that some take for an end of line."""
    assert split_lines(text) == plain_lines(text)
    assert "".join(split_lines(text)) == text


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("seed", range(5))
def test_edits_change_what_they_say(unit: PositionUnit, seed: int) -> None:
    """A thousand random edits leave the same text as when each is made to the whole."""
    chance = random.Random(seed)
    text = random_text(chance, 60)
    lines = TextLines(text, unit)
    for _ in range(1_000):
        begin, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        end = min(end, begin + 10)
        before = split_lines(text)
        area = Area(place(before, begin, unit), place(before, end, unit))
        begin, end = index(before, begin), index(before, end)
        new = random_text(chance, chance.randrange(12))
        text = text[:begin] + new + text[end:]
        lines.change(Edit(area, new))
        assert lines.snapshot() == plain_lines(text)


def place(lines: list[str], at: int, unit: PositionUnit) -> tuple[int, int]:
    """The position of a character; one in an end of line is before it."""
    for number, line in enumerate(lines):
        if at < len(line) or number + 1 == len(lines):
            return number, units(line[:at].rstrip("\r\n"), unit)
        at -= len(line)
    raise AssertionError


def index(lines: list[str], at: int) -> int:
    """Where an edit at that character really happens: ends of lines are not taken apart."""
    done = 0
    for line in lines:
        if at < done + len(line):
            return min(at, done + len(line.rstrip("\r\n")))
        done += len(line)
    return at


def test_places_behind_the_end_mean_the_end() -> None:
    """Of a line, or of the text."""
    lines = TextLines("ab\ncd", "utf-16")
    lines.change(Edit(Area((0, 99), (0, 99)), "X"))
    lines.change(Edit(Area((7, 3), (9, 0)), "Y"))
    assert lines.snapshot() == ["abX\n", "cdY"]
    lines.change(Edit(None, "new"))
    assert lines.snapshot() == ["new"]


def test_half_a_character_is_shown_as_one_that_is_wrong() -> None:
    """It has no form in UTF-8; its width stays what the editor counts."""
    lines = TextLines("a\ud800é", "utf-16")
    lines.change(Edit(Area((0, 3), (0, 3)), "\udfff😀"))
    assert lines.snapshot() == ["a\ufffdé\ufffd😀"]


@pytest.mark.parametrize("unit", UNITS)
def test_bytes_and_positions_are_one_another(unit: PositionUnit) -> None:
    """Every character of a text, in short and long lines."""
    chance = random.Random(3)
    long_line = "".join(chance.choices("aé€😀", k=2 * CHUNK_CHARACTERS + 5))
    text = f"{random_text(chance, 200)}{long_line}\r\nxy\nascii\n{random_text(chance, 50)}"
    lines = split_lines(text)
    positions = Positions(lines, unit)
    assert positions.size == len(text.encode())
    offset = 0
    for number, line in enumerate(lines):
        column = 0
        content = line.rstrip("\r\n")
        for letter in content:
            assert positions.position(offset) == (number, column)
            assert positions.offset((number, column)) == offset
            offset += len(letter.encode())
            column += units(letter, unit)
        assert positions.position(offset) == (number, column)
        assert positions.offset((number, column + 5)) == offset
        offset += len(line) - len(content)
    assert positions.offset((len(lines), 0)) == offset
    assert positions.position(10**9) == (len(lines) - 1, column)


def test_a_problem_marks_something_that_can_be_seen() -> None:
    """The word at its place, or what stands before the end of the line."""
    positions = Positions(split_lines("ä tru, x\n{\n"), "utf-16")
    assert positions.mark(3) == Area((0, 2), (0, 5))
    assert positions.mark(6) == Area((0, 5), (0, 6))
    assert positions.mark(9) == Area((0, 7), (0, 8))
    assert positions.mark(11) == Area((1, 0), (1, 1))
    assert positions.mark(12) == Area((2, 0), (2, 0))
