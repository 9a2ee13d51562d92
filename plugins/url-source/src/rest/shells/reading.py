"""Reads command lines of whatever shell they are meant for."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from rest.shells import cmd, powershell, sh
from rest.shells.commands import Command, Shell

_SH: Final = re.compile(r"\\[ \t]*\r?$", re.MULTILINE)
_CMD: Final = re.compile(r'\s\^"|\^[ \t]*\r?$', re.MULTILINE)
_POWERSHELL: Final = re.compile(
    r"`[ \t]*\r?$|\$env:|\s@['\"][ \t]*\r?\n|curl(\.exe)?\s+--%\s", re.MULTILINE | re.IGNORECASE
)
"""Each shell has its own way of going on in the next line, and of quoting."""
_READERS: Final[dict[Shell, Callable[..., list[Command]]]] = {
    "sh": sh.read,
    "cmd": cmd.read,
    "powershell": partial(powershell.read, old=False),
    "powershell-5.1": partial(powershell.read, old=True),
}


def shell_of(text: str) -> Shell:
    """The shell a text looks written for."""
    if _SH.search(text):
        return "sh"
    if _CMD.search(text):
        return "cmd"
    if _POWERSHELL.search(text) or ("curl.exe" in text and "'" in text):
        return "powershell"
    return "sh"


def read(text: str, shell: Shell | None = None, *, templates: bool = True) -> list[Command]:
    """The commands in a text; None for the shell it looks written for. Raises Unfinished.

    With `templates`, `{{name}}` in it is a variable of ours; without, it is text like any other. Variables of the shell
    become ours either way.
    """
    if shell is None and shell_of(text) == "powershell":
        return powershell.read(text, templates=templates)
    return _READERS[shell or shell_of(text)](text, templates=templates)
