"""Reads what is meant for PowerShell."""

import re
from collections.abc import Callable
from typing import Final

from rest.shells.cmd import split
from rest.shells.commands import Command, Unfinished, joined, line_of
from rest.templates import literal

_SPACE: Final = " \t\r"
_VARIABLE: Final = re.compile(
    r"\$(?:\{(?:env:)?([A-Za-z_]\w*)\}|(?:env:|script:|global:)?([A-Za-z_]\w*))", re.ASCII | re.IGNORECASE
)
_CONSTANTS: Final = {"true", "false", "null"}
_ESCAPES: Final = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_UNICODE: Final = re.compile(r"`u\{([0-9A-Fa-f]{1,6})\}")
_SINGLE: Final = "'‘’‚‛"  # noqa: RUF001 - PowerShell takes these for quotes
_DOUBLE: Final = '"“”„'
_IN_SINGLE: Final = re.compile(f"[^{_SINGLE}]+")
_IN_DOUBLE: Final = re.compile(f"[^`${_DOUBLE}]+")
_HERE: Final = re.compile(r"@(['\"])[ \t]*\r?\n")


def read(text: str, *, templates: bool = True, old: bool | None = None) -> list[Command]:
    r"""The commands in a text; raises Unfinished. With `templates`, `{{name}}` in it is a variable of ours.

    `old` says whether it is meant for Windows PowerShell, where a quote in a word is written `\"`; None: as it looks.
    """
    found = _Reader(text, (lambda said: said) if templates else literal).commands()
    for command in found:
        command.words = [_unescaped(word) if (_looks_old(word) if old is None else old) else word
                         for word in command.words]  # fmt: skip
    return found


class _Reader:
    def __init__(self, text: str, plain: Callable[[str], str]) -> None:
        self._text = text
        self._plain = plain
        self._at = 0
        self._found: list[Command] = []
        self._command = Command()
        self._word: list[str] | None = None

    def commands(self) -> list[Command]:
        while self._at < len(self._text):
            self._step()
        self._end_command()
        return self._found

    def _step(self) -> None:
        text, at = self._text, self._at
        sign = text[at]
        if sign in _SPACE:
            self._end_word()
            self._at += 1
        elif sign == "`":
            self._backtick()
        elif sign in "\n;|" or text.startswith("&&", at):
            self._end_command()
            self._at += 1
        elif self._word is None and (sign == "#" or text.startswith("<#", at)):
            self._comment(block=sign == "<")
        elif self._word is None and sign == "&":
            self._at += 1
        elif self._word is None and (found := _HERE.match(text, at)):
            self._here(found)
        elif self._word is None and text.startswith("--%", at):
            self._verbatim()
        elif self._word is None and re.match(r"\d?>", text[at : at + 2]):
            self._redirection()
        else:
            self._part_of_word(sign)

    def _part_of_word(self, sign: str) -> None:
        if self._word is None and not self._command.words:
            self._command.line = line_of(self._text, self._at)
        if sign in _SINGLE:
            self._single_quoted()
        elif sign in _DOUBLE:
            self._double_quoted()
        elif sign == "$":
            self._dollar()
        else:
            self._say(sign)
            self._at += 1

    def _backtick(self) -> None:
        if ended := re.compile(r"`[ \t]*\r?\n").match(self._text, self._at):
            self._at = ended.end()
            return
        self._escape()

    def _escape(self) -> None:
        if found := _UNICODE.match(self._text, self._at):
            number = int(found[1], 16)
            self._say(chr(number) if number < 0x110000 else "\N{REPLACEMENT CHARACTER}")
            self._at = found.end()
            return
        sign = self._text[self._at + 1 : self._at + 2]
        self._say(_ESCAPES.get(sign, sign))
        self._at += 2

    def _single_quoted(self) -> None:
        start = self._at
        self._say("")
        self._at += 1
        while True:
            if self._at >= len(self._text):
                raise Unfinished(f"the quote ' in line {line_of(self._text, start)} is not closed")
            if found := _IN_SINGLE.match(self._text, self._at):
                self._say(found[0])
                self._at = found.end()
                continue
            sign = self._text[self._at]
            if self._text[self._at + 1 : self._at + 2] not in tuple(_SINGLE):
                self._at += 1
                return
            self._say(sign)
            self._at += 2

    def _double_quoted(self) -> None:
        start = self._at
        self._say("")
        self._at += 1
        while True:
            if self._at >= len(self._text):
                raise Unfinished(f'the quote " in line {line_of(self._text, start)} is not closed')
            sign = self._text[self._at]
            if sign == "`":
                self._escape()
            elif sign == "$":
                self._dollar()
            elif sign in _DOUBLE:
                self._at += 1
                if self._text[self._at : self._at + 1] not in tuple(_DOUBLE):
                    return
                self._say('"')
                self._at += 1
            else:
                found = _IN_DOUBLE.match(self._text, self._at)
                assert found is not None
                self._say(found[0])
                self._at = found.end()

    def _dollar(self) -> None:
        found = _VARIABLE.match(self._text, self._at)
        if found is not None and (name := found[1] or found[2]).lower() not in _CONSTANTS:
            self._command.variables.append(name)
            self._say("")
            assert self._word is not None
            self._word.append(f"\0{{{{{name}}}}}")
            self._at = found.end()
        elif self._text.startswith("$(", self._at):
            end, depth = self._at + 2, 1
            while depth and end < len(self._text):
                depth += {"(": 1, ")": -1}.get(self._text[end], 0)
                end += 1
            if depth:
                raise Unfinished(f"$( in line {line_of(self._text, self._at)} is not closed")
            self._command.unknown.append(self._text[self._at : end])
            self._say(self._text[self._at : end])
            self._at = end
        else:
            self._say("$")
            self._at += 1

    def _here(self, found: re.Match[str]) -> None:
        end = re.compile(rf"\r?\n{found[1]}@").search(self._text, found.end() - 1)
        if end is None:
            raise Unfinished(f"@{found[1]} in line {line_of(self._text, self._at)} is not closed by {found[1]}@")
        self._say(self._text[found.end() : max(end.start(), found.end())])
        self._at = end.end()

    def _verbatim(self) -> None:
        """What follows `--%` is split as cmd's programs do."""
        end = self._text.find("\n", self._at)
        end = end if end >= 0 else len(self._text)
        rest = self._text[self._at + 3 : end]
        self._command.words += [self._plain(word) for word in split(rest)]
        self._at = end

    def _comment(self, *, block: bool) -> None:
        end = self._text.find("#>" if block else "\n", self._at)
        self._at = len(self._text) if end < 0 else end + (2 if block else 0)

    def _redirection(self) -> None:
        found = re.compile(r"\d?>+(&\d)?[ \t]*[^\s;|]*").match(self._text, self._at)
        assert found is not None
        self._at = found.end()

    def _say(self, said: str) -> None:
        self._word = self._word if self._word is not None else []
        self._word.append(said)

    def _end_word(self) -> None:
        if self._word is not None:
            self._command.words.append(joined(self._word, self._plain))
        self._word = None

    def _end_command(self) -> None:
        self._end_word()
        if self._command.words:
            self._found.append(self._command)
        self._command = Command()


def _looks_old(word: str) -> bool:
    """Whether every quote in a word has a backslash of its own."""
    return '"' in word and not re.search(r'(?<!\\)(?:\\\\)*"', word)


def _unescaped(word: str) -> str:
    """A word as programs get it from Windows PowerShell."""
    if word == '""':
        return ""
    plain = re.sub(r'(\\+)(?=")', lambda found: "\\" * (len(found[1]) // 2), word)
    if not re.search(r"\s", word):
        return plain
    return re.sub(r"\\+$", lambda found: "\\" * (len(found[0]) // 2), plain)
