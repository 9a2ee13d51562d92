"""Texts of URLs as people type them, variables and all: taken apart, and put together without a character changed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rest.templates import Token, literal, scan

_PERCENT: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ENCODED: Final = re.compile(r"[%+]")
_NOT_IN_PATH: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^!$%&'()*+,\-./0-9:;=@A-Z\[\]_a-z|~]")
_NOT_IN_QUERY: Final = re.compile(r"%(?![0-9A-Fa-f]{2})|[^!$%&()*+,\-./0-9:;=@A-Z\[\]_a-z|~?^`{}]")
"""What has to be escaped even in text that is sent as it stands. The host's rules: what it is handed, it sends."""
_NOT_IN_VALUE: Final = re.compile(r"[^A-Za-z0-9\-._~!$'()*,;:@/?]")
_NOT_IN_COMPONENT: Final = re.compile(r"[^A-Za-z0-9\-._~]")


@dataclass(frozen=True, slots=True)
class Split:
    """A URL in three texts that give it again: `base`, `?query` and `#fragment`."""

    base: str
    query: str | None
    """Without its `?`; None where there is none."""
    fragment: str | None
    """Without its `#`."""

    def __str__(self) -> str:
        query = "" if self.query is None else f"?{self.query}"
        return f"{self.base}{query}{'' if self.fragment is None else f'#{self.fragment}'}"


def split(text: str) -> Split:
    """The parts of a URL; a `?` or `#` within a variable's braces begins none."""
    if "{{" not in text:
        return _split_plain(text)
    question = hash_sign = -1
    at = 0
    for piece in scan_raw(text):
        if isinstance(piece, str):
            for offset, sign in enumerate(piece):
                if sign == "?" and question < 0:
                    question = at + offset
                elif sign == "#":
                    hash_sign = at + offset
                    break
        at += len(piece if isinstance(piece, str) else piece.text)
        if hash_sign >= 0:
            break
    before, fragment = (text[:hash_sign], text[hash_sign + 1 :]) if hash_sign >= 0 else (text, None)
    if question < 0:
        return Split(before, None, fragment)
    return Split(before[:question], before[question + 1 :], fragment)


def _split_plain(text: str) -> Split:
    before, hash_sign, fragment = text.partition("#")
    base, question, query = before.partition("?")
    return Split(base, query if question else None, fragment if hash_sign else None)


def pieces(query: str) -> list[str]:
    """A query between its `&`s; those within braces part nothing."""
    if "{{" not in query:
        return query.split("&")
    found, begin, at = [], 0, 0
    for piece in scan_raw(query):
        said = piece if isinstance(piece, str) else piece.text
        if isinstance(piece, str):
            for offset, sign in enumerate(said):
                if sign == "&":
                    found.append(query[begin : at + offset])
                    begin = at + offset + 1
        at += len(said)
    return [*found, query[begin:]]


def decoded(raw: str) -> tuple[str, str]:
    """Name and value that a piece of a query says: `%xx` and `+` decoded where that is UTF-8, variables untouched."""
    name, value = parted(raw)
    return _decoded(name), _decoded(value)


def parted(raw: str) -> tuple[str, str]:
    """A piece of a query before and behind its first `=` that is in no braces."""
    if "{{" not in raw:
        name, _, value = raw.partition("=")
        return name, value
    at = 0
    for piece in scan_raw(raw):
        said = piece if isinstance(piece, str) else piece.text
        if isinstance(piece, str) and "=" in said:
            place = at + said.index("=")
            return raw[:place], raw[place + 1 :]
        at += len(said)
    return raw, ""


def encoded(name: str, value: str) -> str:
    """A piece of a query that says name and value, their variables untouched."""
    return f"{around_variables(name, encoded_value)}={around_variables(value, encoded_value)}"


def encoded_value(text: str) -> str:
    """A text for a query, where it means nothing but itself."""
    return _NOT_IN_VALUE.sub(_escape, text)


def encoded_component(text: str) -> str:
    """A text with all escaped that is neither letter, digit nor one of `-._~`."""
    return _NOT_IN_COMPONENT.sub(_escape, text)


def percent_decoded(text: str) -> str:
    """`%xx` decoded where it is UTF-8; variables untouched, and `+` is a plus."""
    return "".join(
        literal(_PERCENT.sub(_unescape, piece)) if isinstance(piece, str) else piece.text for piece in scan(text)
    )


def encoded_bytes(text: str) -> str:
    """As `encoded_component`; surrogates (PEP 383) are the bytes they stand for."""
    return "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-._~") else "".join(f"%{byte:02X}" for byte in data)
        for sign in text
        for data in (sign.encode("utf-8", "surrogateescape"),)
    )


def form_encoded(text: str) -> str:
    """A text as forms are sent (application/x-www-form-urlencoded): spaces become `+`."""
    return re.sub(r"[^A-Za-z0-9*\-._ ]", _escape, text).replace(" ", "+")


def sendable(raw: str) -> str:
    """A piece as it stands, but for what no URL can hold: spaces, control characters, letters beyond ASCII."""
    return _NOT_IN_QUERY.sub(_escape, raw)


def sendable_base(base: str) -> str:
    """A URL up to its query, with what a path cannot hold escaped; the host's name stays as it is."""
    scheme, sign, rest = base.partition("://")
    end = next((at for at, mark in enumerate(rest) if mark in "/?#"), len(rest))
    path, question, query = rest[end:].partition("?")
    return f"{scheme}{sign}{rest[:end]}{_path(path)}{question}{sendable(query)}"


def _path(path: str) -> str:
    """A path as it is sent: from `/` on, `.` and `..` resolved."""
    kept: list[str] = []
    parts = _NOT_IN_PATH.sub(_escape, path).split("/")[1:]
    for number, part in enumerate(parts, 1):
        dots = part.replace("%2e", ".").replace("%2E", ".")
        if dots == "..":
            kept = kept[:-1]
        if dots not in (".", ".."):
            kept.append(part)
        elif number == len(parts):
            kept.append("")
    return "/" + "/".join(kept)


def scan_raw(text: str) -> list[str | Token]:
    r"""As `scan`, but with every character that stands there: `\{{` keeps its backslash."""
    found: list[str | Token] = []
    at = 0
    for piece in scan(text):
        if isinstance(piece, Token):
            start = text.index(piece.text, at)
            while text[start - 1 : start] == "\\" and start > at:  # an escaped twin of it comes first
                start = text.index(piece.text, start + 1)
            if start > at:
                found.append(text[at:start])
            found.append(piece)
            at = start + len(piece.text)
    if at < len(text):
        found.append(text[at:])
    return found


def around_variables(text: str, encode: Callable[[str], str]) -> str:
    """What is written out in a text, encoded; its variables untouched."""
    return "".join(encode(piece) if isinstance(piece, str) else piece.text for piece in scan(text))


def _decoded(text: str) -> str:
    if not _ENCODED.search(text):
        return text
    return "".join(
        literal(_PERCENT.sub(_unescape, piece.replace("+", " "))) if isinstance(piece, str) else piece.text
        for piece in scan(text)
    )


def _unescape(found: re.Match[str]) -> str:
    try:
        return bytes.fromhex(found[0].replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _escape(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))
