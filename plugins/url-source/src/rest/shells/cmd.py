"""Reads what is meant for cmd.exe: first as cmd does (carets, operators), then as programs split what it hands them."""

import re
from collections.abc import Callable
from typing import Final, cast

from rest.shells.commands import Command, line_of
from rest.templates import literal

_VARIABLE: Final = re.compile(r"%([A-Za-z_]\w*)%", re.ASCII)
_PLAIN: Final = re.compile(r'[^\^"\n&|<>]+')
_IN_WORD: Final = re.compile(r'[^\\" \t\n]+')
_IN_QUOTES: Final = re.compile(r'[^\\"]+')
_BACKSLASHES: Final = re.compile(r"\\+")
_HEX: Final = re.compile(r"[0-9A-Fa-f]{2}")


def read(text: str, *, templates: bool = True) -> list[Command]:
    """The commands in a text. With `templates`, `{{name}}` in it is a variable of ours; without, it is text."""
    plain: Callable[[str], str] = (lambda said: said) if templates else literal
    found: list[Command] = []
    text = _VARIABLE.sub(_marked, text.replace("\r\n", "\n"))
    for line, begin in _lines(text):
        command = Command(line=line_of(text, begin))
        for word in split(line):
            pieces = word.split("\0")
            command.variables += pieces[1::2]
            pieces[0::2] = [plain(piece) for piece in pieces[0::2]]
            pieces[1::2] = [f"{{{{{name}}}}}" for name in pieces[1::2]]
            command.words.append("".join(pieces))
        found.append(command)
    return found


def _marked(found: re.Match[str]) -> str:
    """A variable between NULs; `%C3%` of a URL is none."""
    return found[0] if _HEX.match(found[1]) else f"\0{found[1]}\0"


def _lines(text: str) -> list[tuple[str, int]]:
    """Commands as cmd hands them on, and where each begins: carets undone, parted at line ends and operators."""
    found: list[tuple[str, int]] = []
    said: list[str] = []
    begin, at, quoted = 0, 0, False
    while at < len(text):
        if plain := _PLAIN.match(text, at):
            said.append(plain[0])
            at = plain.end()
            continue
        sign = text[at]
        if sign == "^" and not quoted:
            if text[at + 1 : at + 2] == "\n":
                at += 1  # the next line goes on here, and its first sign means itself
            said.append(text[at + 1 : at + 2])
            at += 2
            continue
        if sign == '"':
            quoted = not quoted
        if sign == "\n" or (sign in "&|" and not quoted):
            found.append(("".join(said), begin))
            said, begin, quoted = [], at + 1, False
        elif sign in "<>" and not quoted:
            if re.fullmatch(r".*\s[0-9]", "".join(said), re.DOTALL):  # `2>`: a number of a file, not a word
                said = ["".join(said)[:-1]]
            at = _past_target(text, at)
            continue
        else:
            said.append(sign)
        at += 1
    return [(line, start) for line, start in [*found, ("".join(said), begin)] if line.strip()]


def _past_target(text: str, at: int) -> int:
    """Behind `> file` or `2>&1`."""
    while at < len(text) and text[at] in "<>&":
        at += 1
    while at < len(text) and text[at] == " ":
        at += 1
    quoted = False
    while at < len(text) and (quoted or text[at] not in " \n&|"):
        quoted ^= text[at] == '"'
        at += 1
    return at


def split(line: str) -> list[str]:
    """Words as C programs on Windows get them: backslashes count before quotes, doubled quotes are one."""
    words: list[str] = []
    word: list[str] | None = None
    quoted, at = False, 0
    while at < len(line):
        if plain := (_IN_QUOTES if quoted else _IN_WORD).match(line, at):
            word = word if word is not None else []
            word.append(plain[0])
            at = plain.end()
            continue
        sign = line[at]
        if sign == "\\":
            word = word if word is not None else []
            count = cast("re.Match[str]", _BACKSLASHES.match(line, at)).end() - at
            at += count
            if line[at : at + 1] != '"':
                word.append("\\" * count)
                continue
            word.append("\\" * (count // 2))
            if count % 2:
                word.append('"')
                at += 1
            continue
        if sign == '"':
            word = word if word is not None else []
            if quoted and line[at + 1 : at + 2] == '"':
                word.append('"')
                at += 1
            else:
                quoted = not quoted
        else:
            if word is not None:
                words.append("".join(word))
            word = None
        at += 1
    return [*words, "".join(word)] if word is not None else words
