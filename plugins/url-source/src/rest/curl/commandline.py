"""Words of a command line of curl, taken for the options they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rest.curl.options import OPTIONS, SHORT, Option, long_option
from rest.importing import Note, ReadFile

_PREFIXES: Final = {"$", "#", "%", ">", "sudo", "time", "env", "command", "exec", "nohup", "&"}
"""What may stand before `curl`: prompts, and commands that run others."""
DEEPEST: Final = 5
"""Files of options that name files of options."""


@dataclass(frozen=True, slots=True)
class Said:
    """One option, or a URL, as it was said."""

    option: Option
    value: str = ""
    on: bool = True

    @property
    def written(self) -> str:
        """For people: `--resolve a:1:b`."""
        value = f" {self.value[:80]}" if self.option.takes else ""
        return f"--{'' if self.on else 'no-'}{self.option.name}{value}"


@dataclass(slots=True)
class Group:
    """What is said up to `--next`."""

    said: list[Said] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def all(self, *names: str) -> list[Said]:
        """Those options, in the order they were said."""
        return [one for one in self.said if one.option.name in names]

    def last(self, *names: str) -> str | None:
        """The value of the last of those options; None where none was said."""
        found = self.all(*names)
        return found[-1].value if found else None

    def has(self, *names: str) -> bool:
        """Whether one of those options was said, and not taken back later."""
        found = self.all(*names)
        return bool(found) and found[-1].on


def arguments_of(words: Sequence[str]) -> list[str] | None:
    """What follows `curl` in a command; None where the command is another one."""
    for at, word in enumerate(words):
        name = word.replace("\\", "/").rpartition("/")[2].lower()
        if name in ("curl", "curl.exe"):
            return list(words[at + 1 :])
        if word not in _PREFIXES and not _is_assignment(word) and not (at and word.startswith("-")):
            return None
    return None


def groups_of(arguments: Sequence[str], read_file: ReadFile) -> list[Group]:
    """The options, in groups that `--next` parts."""
    groups = [Group()]
    _Parser(groups, read_file).read(arguments, 0)
    return groups


class _Parser:
    def __init__(self, groups: list[Group], read_file: ReadFile) -> None:
        self._groups = groups
        self._read_file = read_file

    def read(self, arguments: Sequence[str], depth: int) -> None:
        words = iter(arguments)
        for word in words:
            if word == "--":
                for url in words:
                    self._say(OPTIONS["url"], url, depth)
            elif word.startswith("--"):
                self._long(word[2:], words, depth)
            elif word.startswith("-") and len(word) > 1:
                self._short(word[1:], words, depth)
            elif word.strip():
                self._say(OPTIONS["url"], word, depth)

    def _long(self, name: str, words: Iterator[str], depth: int) -> None:
        expands = name.startswith("expand-") and name.removeprefix("expand-") in OPTIONS
        found = long_option(name.removeprefix("expand-") if expands else name)
        value: str | None = None
        if found is None and "=" in name:  # curl itself does not take it, people write it all the same
            name, _, value = name.partition("=")
            found = long_option(name)
        if found is None:
            self._lost(f"--{name}", "curl has no such option")
            return
        option, on = found
        if option.takes and value is None:
            value = next(words, None)
            if value is None:
                self._lost(f"--{name}", "its value is missing")
                return
        self._say(option, self._expanded(value) if expands and value else value or "", depth, on=on)

    def _expanded(self, value: str) -> str:
        """The value of `--expand-…`, whose braces are variables whatever they are elsewhere."""
        if found := re.search(r"\{\{\w+:[\w:]+\}\}", value):
            self._lost(f"{found[0]}", "what curl does to values of variables is not done here")
        return value.replace("\\{{", "{{")

    def _short(self, letters: str, words: Iterator[str], depth: int) -> None:
        for at, letter in enumerate(letters):
            if letter not in SHORT:
                self._lost(f"-{letter}", "curl has no such option")
                return
            option = OPTIONS[SHORT[letter]]
            if not option.takes:
                self._say(option, "", depth)
                continue
            value = letters[at + 1 :] or next(words, None)
            if value is None:
                self._lost(f"-{letter}", "its value is missing")
            else:
                self._say(option, value, depth)
            return

    def _say(self, option: Option, value: str, depth: int, *, on: bool = True) -> None:
        if option.name == "next":
            self._groups.append(Group())
        elif option.name == "config":
            self._config(value, depth)
        else:
            said = Said(option, value, on)
            self._groups[-1].said.append(said)
            if option.meaning != "read" and on:
                self._groups[-1].notes.append(Note(option.meaning, said.written, option.reason))

    def _config(self, name: str, depth: int) -> None:
        data = self._read_file(name)
        if data is None:
            self._lost(f"--config {name}", "the file cannot be read from here")
        elif depth >= DEEPEST:
            self._lost(f"--config {name}", f"files that name files are read {DEEPEST} deep")
        else:
            for words in config_lines(data.decode("utf-8", "surrogateescape")):
                self.read(words, depth + 1)

    def _lost(self, what: str, reason: str) -> None:
        self._groups[-1].notes.append(Note("lost", what, reason))


def config_lines(text: str) -> Iterator[list[str]]:
    """The lines of a file of options, each as the words it stands for."""
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        end = next((at for at, sign in enumerate(stripped) if sign in " \t=:"), len(stripped))
        name, rest = stripped[:end], stripped[end:].strip(" \t")
        if stripped.startswith("-") and not stripped.startswith("--") and end > 2:
            name, rest = stripped[:2], stripped[2:]
        elif rest[:1] in ("=", ":"):
            rest = rest[1:].strip(" \t")
        option = name if name.startswith("-") else f"--{name}"
        if not rest:
            yield [option]
        elif rest.startswith('"'):
            yield [option, _unquoted(rest)]
        else:
            yield [option, rest.split()[0]]


def _unquoted(text: str) -> str:
    escapes: dict[str, str] = {"t": "\t", "n": "\n", "r": "\r", "v": "\v"}
    said: list[str] = []
    signs = iter(text[1:])
    for sign in signs:
        if sign == '"':
            break
        if sign == "\\":
            sign = next(signs, "")  # noqa: PLW2901 - the one behind the backslash is what is meant
            sign = escapes.get(sign, sign)  # noqa: PLW2901
        said.append(sign)
    return "".join(said)


def _is_assignment(word: str) -> bool:
    name, sign, _ = word.partition("=")
    return bool(sign) and name.isidentifier()
