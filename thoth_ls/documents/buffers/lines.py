"""The text of a buffer as lines, changed in place: an edit costs what it changes, not what the text is long."""

from __future__ import annotations

from collections.abc import Sequence

from thoth_ls.wire.texts import Edit, Position, PositionUnit


class TextLines:
    """A text as an editor changes it. Lines end as LSP has it: at a line feed, a carriage return, or both."""

    def __init__(self, text: str, unit: PositionUnit) -> None:
        self.unit: PositionUnit = unit
        self._lines = split_lines(whole_characters(text))

    def snapshot(self) -> Sequence[str]:
        """The lines as they are now, each with its end; together they are the text."""
        return list(self._lines)

    def change(self, edit: Edit) -> None:
        """Makes one edit; places behind the end of a line or of the text mean that end."""
        if edit.area is None:
            self._lines = split_lines(whole_characters(edit.text))
            return
        first, begin = self._place(edit.area.start)
        last, end = max(self._place(edit.area.end), (first, begin))
        text = self._lines[first][:begin] + whole_characters(edit.text) + self._lines[last][end:]
        if first > 0 and text.startswith("\n") and self._lines[first - 1].endswith("\r"):
            first -= 1
            text = self._lines[first] + text
        is_end = last + 1 == len(self._lines)
        if not is_end and text.endswith("\r") and self._lines[last + 1].startswith("\n"):
            last += 1
            text += self._lines[last]
            is_end = last + 1 == len(self._lines)
        lines = split_lines(text)
        if not is_end and not lines[-1]:
            lines.pop()
        self._lines[first : last + 1] = lines

    def _place(self, position: Position) -> tuple[int, int]:
        """Line and index in it."""
        line, column = position
        if line >= len(self._lines):
            return len(self._lines) - 1, len(self._lines[-1])
        text = self._lines[line].rstrip("\r\n")
        return line, index_of(text, column, self.unit)


def split_lines(text: str) -> list[str]:
    """The lines with their ends; the last one has none and may be empty."""
    lines = text.split("\n")
    lines = [*(f"{line}\n" for line in lines[:-1]), lines[-1]]
    return lines if "\r" not in text else [piece for line in lines for piece in _split_at_returns(line)]


def _split_at_returns(line: str) -> list[str]:
    """A line at the carriage returns in it that are not a part of its end."""
    content = line.removesuffix("\n").removesuffix("\r") if line.endswith("\n") else line
    pieces = content.split("\r")
    return [*(f"{piece}\r" for piece in pieces[:-1]), pieces[-1] + line[len(content) :]]


def whole_characters(text: str) -> str:
    """The text with the replacement character where an editor sent half of a character, which no encoding has."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def index_of(text: str, column: int, unit: PositionUnit) -> int:
    """The index of a character by its column; one inside a character means the character's beginning."""
    if unit == "utf-32" or text.isascii():
        return min(column, len(text))
    if unit == "utf-8":
        return len(text.encode("utf-8")[:column].decode("utf-8", "ignore"))
    return len(text.encode("utf-16-le")[: 2 * column].decode("utf-16-le", "ignore"))
