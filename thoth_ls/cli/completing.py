"""What could come next on the command line, for the completion of shells."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from thoth_ls.cli.printing import one_line

FILES = ":files"
"""Says that the shell should complete names of files."""
PLUGIN_ID = "ID"
"""What arguments are called whose value is the id of a plugin."""
Found = Mapping[str, str]


def candidates(parser: argparse.ArgumentParser, words: Sequence[str], plugins: Found) -> Found:
    """Each word that can stand for the last of `words`, of which there may be a beginning, and what it means.

    `plugins` are the ids of the installed plugins. `FILES` alone stands for names of files.
    """
    *before, begun = _joined(words)
    place = _Place(parser)
    for word in before:
        if not place.pass_by(word):
            return {}
    found = place.expected(begun, plugins)
    return found if FILES in found else {word: said for word, said in found.items() if word.startswith(begun)}


class _Place:
    """Where on a command line one is."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parser = parser
        self._waiting: argparse.Action | None = None
        """The option whose value comes next."""
        self._given = 0
        """Positional arguments so far."""
        self._no_options = False

    def pass_by(self, word: str) -> bool:
        """Goes past a word; false where nobody knows what could follow it."""
        if self._waiting is not None:
            self._waiting = None
        elif word == "--" and not self._no_options:
            self._no_options = True
        elif word.startswith("-") and word != "-" and not self._no_options:
            name, given, _ = word.partition("=")
            option = self._parser._option_string_actions.get(name)
            if option is not None and not given and option.nargs != 0:
                self._waiting = option
        else:
            return self._pass_positional(word)
        return True

    def expected(self, begun: str, plugins: Found) -> Found:
        """What can stand here."""
        if self._waiting is not None:
            return _values(self._waiting, plugins)
        if begun.startswith("-") and not self._no_options:
            name, given, _ = begun.partition("=")
            option = self._parser._option_string_actions.get(name)
            if given and option is not None:
                values = _values(option, plugins)
                return values if FILES in values else {f"{name}={value}": said for value, said in values.items()}
            return self._options()
        positional = self._positional()
        found = _values(positional, plugins) if positional is not None else {}
        return found or ({} if begun or self._no_options else self._options())

    def _pass_positional(self, word: str) -> bool:
        positional = self._positional()
        if isinstance(positional, argparse._SubParsersAction):
            inner = positional.choices.get(word)
            if inner is None:
                return False
            self._parser, self._given = inner, 0
        elif positional is None:
            return False
        else:
            self._given += 1
        return True

    def _positional(self) -> argparse.Action | None:
        positional = [action for action in self._parser._actions if not action.option_strings]
        if positional and self._given >= len(positional):
            return positional[-1] if positional[-1].nargs in ("*", "+") else None
        return positional[self._given] if positional else None

    def _options(self) -> Found:
        return {
            name: _said(action.help)
            for action in self._parser._actions
            if action.help != argparse.SUPPRESS
            for name in action.option_strings
        }


def _values(action: argparse.Action, plugins: Found) -> Found:
    """The values an argument can have, as far as they are known."""
    if isinstance(action, argparse._SubParsersAction):
        helps = {item.dest: _said(item.help) for item in action._choices_actions}
        return {name: helps.get(name, "") for name in action.choices}
    if action.choices is not None:
        return {str(choice): "" for choice in action.choices}
    if action.type is Path:
        return {FILES: ""}
    return plugins if action.metavar == PLUGIN_ID else {}


def _joined(words: Sequence[str]) -> list[str]:
    """Bash takes `--format=csv` for three words."""
    joined: list[str] = []
    for word in words or [""]:
        if joined and joined[-1].startswith("--") and (word == "=" or joined[-1].endswith("=")):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def split_at_equals(words: Sequence[str], found: Iterable[str]) -> list[str]:
    """The candidates as bash wants them back: after the sign that it took for a word of its own."""
    return [word.partition("=")[2] for word in found] if "=" in words[-2:] else list(found)


def _said(words: str | None) -> str:
    return one_line((words or "").replace("%%", "%"))
