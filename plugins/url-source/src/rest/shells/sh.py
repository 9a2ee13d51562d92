"""Reads what is meant for sh, bash or zsh."""

import re
from collections.abc import Callable
from typing import Final

from rest.shells.ansi_c import ansi_c
from rest.shells.commands import Command, Unfinished, joined, line_of
from rest.templates import literal

_SPACE: Final = " \t\r"
_OPERATORS: Final = ";&|\n()"
_IN_DOUBLE: Final = re.compile(r'[^"\\$`]+')
_VARIABLE: Final = re.compile(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})", re.ASCII)
_PLAIN: Final = re.compile(r"""[^\s'"\\$`;&|<>()#]+|#""")
_HERE: Final = re.compile(r"<<(-?)[ \t]*(['\"]?)([\w.-]+)\2")
_SWALLOWED: Final = re.compile(r"\\[ \t]*\r?\n")


def read(text: str, *, templates: bool = True) -> list[Command]:
    """The commands in a text; raises Unfinished.

    With `templates`, `{{name}}` in it is a variable of ours; without, it is text like any other.
    """
    return _Reader(text, (lambda said: said) if templates else literal).commands()


class _Reader:
    def __init__(self, text: str, plain: Callable[[str], str]) -> None:
        self._text = text
        self._plain = plain
        self._at = 0
        self._found: list[Command] = []
        self._command = Command()
        self._word: list[str] | None = None
        self._raw: list[str] = []
        self._documents: list[tuple[str, bool, bool, Command]] = []

    def commands(self) -> list[Command]:
        while self._at < len(self._text):
            self._step()
        self._end_command()
        return self._found

    def _step(self) -> None:
        sign = self._text[self._at]
        if continued := _SWALLOWED.match(self._text, self._at):
            self._at = continued.end()
        elif sign in _SPACE:
            self._end_word()
            self._at += 1
        elif sign == "#" and self._word is None and not self._raw:
            self._at = self._line_end()
        elif sign in _OPERATORS:
            self._operator(sign)
        elif sign in "<>":
            self._redirection()
        else:
            self._part_of_word(sign)

    def _operator(self, sign: str) -> None:
        self._end_command()
        self._at += 1
        if sign == "\n" and self._documents:
            for end, indented, quoted, command in self._documents:
                command.stdin = self._document(end, indented=indented, quoted=quoted)
            self._documents.clear()

    def _redirection(self) -> None:
        """Where output goes does not matter; what comes in may."""
        if self._raw and "".join(self._raw).isdecimal():  # `2>`: a number of a file, not a word
            self._word, self._raw = None, []
        self._end_word()
        if self._text.startswith("<<<", self._at):
            self._at += 3
            self._command.stdin = f"{self._one_word()}\n"
        elif found := _HERE.match(self._text, self._at):
            self._at = found.end()
            self._documents.append((found[3], found[1] == "-", found[2] != "", self._command))
        else:
            incoming = self._text[self._at] == "<"
            while self._at < len(self._text) and self._text[self._at] in "<>&|":
                self._at += 1
            target = self._one_word()
            if incoming:
                self._command.unknown.append(f"< {target}")

    def _one_word(self) -> str:
        """The word that follows, which is not the command's own."""
        words, self._command.words = self._command.words, []
        while self._at < len(self._text) and self._text[self._at] in _SPACE:
            self._at += 1
        while self._at < len(self._text) and self._text[self._at] not in f"{_SPACE}{_OPERATORS}<>":
            self._part_of_word(self._text[self._at])
        self._end_word()
        (found,) = self._command.words or [""]
        self._command.words = words
        return found

    def _part_of_word(self, sign: str) -> None:
        if self._word is None:
            self._word = []
            if not self._command.words:
                self._command.line = line_of(self._text, self._at)
        match sign:
            case "\\":
                self._say(self._text[self._at + 1 : self._at + 2])
                self._at += 2
            case "'":
                end = self._find("'", self._at + 1)
                self._say(self._text[self._at + 1 : end])
                self._at = end + 1
            case '"':
                self._double_quoted(self._at + 1)
            case "$" | "`":
                self._dollar(quoted=False)
            case _:
                found = _PLAIN.match(self._text, self._at)
                assert found is not None
                self._raw.append(found[0])
                self._say(found[0])
                self._at = found.end()

    def _double_quoted(self, start: int) -> None:
        self._at = start
        self._say("")
        while True:
            if self._at >= len(self._text):
                raise Unfinished(f'the quote " in line {line_of(self._text, start - 1)} is not closed')
            sign = self._text[self._at]
            if sign == '"':
                self._at += 1
                return
            if sign == "\\":
                follows = self._text[self._at + 1 : self._at + 2]
                if follows == "\n":
                    pass
                elif follows and follows in '"\\$`':
                    self._say(follows)
                else:
                    self._say(f"\\{follows}")
                self._at += 2
            elif sign in "$`":
                self._dollar(quoted=True)
            else:
                end = _IN_DOUBLE.match(self._text, self._at).end()  # type: ignore[union-attr] # it matches a sign at least
                self._say(self._text[self._at : end])
                self._at = end

    def _dollar(self, *, quoted: bool) -> None:
        if not quoted and self._text.startswith("$'", self._at):
            said, self._at = ansi_c(self._text, self._at + 2)
            self._say(said)
        elif not quoted and self._text.startswith('$"', self._at):
            self._double_quoted(self._at + 2)
        elif found := _VARIABLE.match(self._text, self._at):
            name = found[1] or found[2]
            self._command.variables.append(name)
            self._say_token(f"{{{{{name}}}}}")
            self._at = found.end()
        elif self._text.startswith(("$(", "${"), self._at) or self._text[self._at] == "`":
            self._substitution()
        else:
            self._say("$")
            self._at += 1

    def _substitution(self) -> None:
        opening = self._text[self._at : self._at + 2]
        close = {"$(": ")", "${": "}"}.get(opening, "`")
        start = self._at
        at = start + (2 if close != "`" else 1)
        depth = 1
        while depth:
            if at >= len(self._text):
                raise Unfinished(f"{opening} in line {line_of(self._text, start)} is not closed")
            sign = self._text[at]
            if sign == "\\":
                at += 1
            elif sign == close:
                depth -= 1
            elif close == ")" and sign == "(":
                depth += 1
            at += 1
        self._command.unknown.append(self._text[start:at])
        self._say(self._text[start:at])
        self._at = at

    def _document(self, end: str, *, indented: bool, quoted: bool) -> str:
        lines: list[str] = []
        while self._at < len(self._text):
            stop = self._line_end()
            line = self._text[self._at : stop].removesuffix("\r")
            self._at = stop + 1
            if indented:
                line = line.lstrip("\t")
            if line == end:
                break
            lines.append(line)
        said = "".join(f"{line}\n" for line in lines)
        if quoted:
            return self._plain(said)
        return _VARIABLE.sub(lambda found: f"{{{{{found[1] or found[2]}}}}}", self._plain(said))

    def _say(self, said: str) -> None:
        self._word = self._word if self._word is not None else []
        self._word.append(said)
        if not self._raw or self._raw[-1] != said:
            self._raw = ["quoted"]

    def _say_token(self, said: str) -> None:
        self._say("")
        assert self._word is not None
        self._word.append(f"\0{said}")

    def _end_word(self) -> None:
        if self._word is not None:
            self._command.words.append(joined(self._word, self._plain))
        self._word, self._raw = None, []

    def _end_command(self) -> None:
        self._end_word()
        if self._command.words:
            self._found.append(self._command)
        if self._command.words or self._command.stdin is not None:
            self._command = Command()

    def _find(self, sign: str, start: int) -> int:
        found = self._text.find(sign, start)
        if found < 0:
            raise Unfinished(f"the quote {sign} in line {line_of(self._text, start - 1)} is not closed")
        return found

    def _line_end(self) -> int:
        found = self._text.find("\n", self._at)
        return found if found >= 0 else len(self._text)
