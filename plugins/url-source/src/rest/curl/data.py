"""What `-d` and its relatives make together."""

from dataclasses import dataclass, field
from typing import Final

from rest import urls
from rest.curl.commandline import Said
from rest.importing import Note, ReadFile

NAMES: Final = ("data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json")


@dataclass(slots=True)
class Data:
    """All data of a request, joined as curl does."""

    text: str = ""
    """Bytes that are no UTF-8 are surrogates (PEP 383)."""
    json: bool = False
    """Whether `--json` was said."""
    file: str | None = None
    """The file that is all of it, and could not be read here."""
    notes: list[Note] = field(default_factory=list)


def joined(said: list[Said], stdin: str | None, read_file: ReadFile) -> Data | None:
    """The data of these options; None where there is none."""
    if not said:
        return None
    data = Data(json=any(one.option.name == "json" for one in said))
    read = _Reading(stdin, read_file, data.notes)
    pieces: list[tuple[str, str]] = []
    for one in said:
        piece = read.urlencoded(one) if one.option.name == "data-urlencode" else read.plain(one)
        if piece is None:
            if len(said) == 1 and one.value != "@-" and one.option.name != "data-urlencode":
                data.file = one.value[1:]
                continue
            data.notes.append(Note("lost", one.written, "the file cannot be read from here"))
        else:
            pieces.append(("&" if pieces and one.option.name != "json" else "", piece))
    data.text = "".join(sign + piece for sign, piece in pieces)
    return data


def query_piece(value: str, stdin: str | None, read_file: ReadFile, notes: list[Note], written: str) -> str | None:
    """What one `--url-query` adds to the query; None (and a note) where its file cannot be read."""
    if value.startswith("+"):
        return value[1:]
    piece = _Reading(stdin, read_file, notes).encoded(value)
    if piece is None:
        notes.append(Note("lost", written, "the file cannot be read from here"))
    return piece


class _Reading:
    def __init__(self, stdin: str | None, read_file: ReadFile, notes: list[Note]) -> None:
        self._stdin = stdin
        self._read_file = read_file
        self._notes = notes

    def plain(self, one: Said) -> str | None:
        """Of `-d`, `--data-raw`, `--data-binary` and `--json`."""
        if one.option.name == "data-raw" or not one.value.startswith("@"):
            return one.value
        content = self.content(one.value[1:])
        if content is not None and one.option.name in ("data", "data-ascii"):
            return content.replace("\r", "").replace("\n", "").replace("\0", "")
        if content is None and one.option.name in ("data", "data-ascii"):
            reason = "curl leaves line breaks of the file out; it is sent as it is"
            self._notes.append(Note("lost", f"{one.written} (line breaks)", reason))
        return content

    def urlencoded(self, one: Said) -> str | None:
        """Of `--data-urlencode`."""
        return self.encoded(one.value)

    def encoded(self, value: str) -> str | None:
        """`content`, `=content`, `name=content`, `@file` or `name@file`."""
        sign = next((mark for mark in value if mark in "=@"), "")
        if not sign:
            return _escaped(value)
        name, _, content = value.partition(sign)
        if sign == "@":
            found = self.content(content)
            if found is None:
                return None
            content = found
        return f"{name}={_escaped(content)}" if name else _escaped(content)

    def content(self, name: str) -> str | None:
        """What a file holds, or what the command is handed; None where that is not known here."""
        if name == "-" and self._stdin is not None:
            return self._stdin
        data = self._read_file(name)
        return None if data is None else data.decode("utf-8", "surrogateescape")


def _escaped(text: str) -> str:
    """As curl escapes, with `+` for spaces; variables stay."""
    return urls.around_variables(text, lambda said: urls.encoded_bytes(said).replace("%20", "+"))
