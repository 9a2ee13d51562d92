"""Writes words so that a shell hands them on as they are."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from rest.shells.commands import Shell

_PLAIN_SH: Final = re.compile(r"[A-Za-z0-9_./:=@%+,-]+")
_PLAIN_POWERSHELL: Final = re.compile(r"[A-Za-z0-9/_-]+")
_PLAIN_CMD: Final = re.compile(r"[A-Za-z0-9_./:=@+,-]+")
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f\udc80-\udcff]")
_ESCAPES: Final = {"\a": "\\a", "\b": "\\b", "\x1b": "\\e", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t",
                   "\v": "\\v", "\\": "\\\\", "'": "\\'"}  # fmt: skip
_CARETS: Final = {ord(sign): f"^{sign}" for sign in '()^"<>&|!'}
_CONTINUED: Final[dict[Shell, str]] = {
    "sh": " \\\n  ",
    "cmd": " ^\n  ",
    "powershell": " `\n  ",
    "powershell-5.1": " `\n  ",
}


class Unspeakable(ValueError):
    """No command line of this shell can hold that; the message says what."""


def quoted(word: str, shell: Shell) -> str:
    """A word for a shell; raises Unspeakable."""
    if "\0" in word:
        raise Unspeakable("a NUL character cannot be on a command line")
    return _QUOTERS[shell](word)


def line(command: str, groups: Sequence[Sequence[str]], shell: Shell) -> str:
    """A command with groups of words, each group but the first on a line of its own; raises Unspeakable."""
    written = [" ".join(quoted(word, shell) for word in group) for group in groups]
    return f"{command} {_CONTINUED[shell].join(written)}"


def _sh(word: str) -> str:
    if _PLAIN_SH.fullmatch(word):
        return word
    if not _CONTROL.search(word.replace("\t", "")):
        return "'" + word.replace("'", "'\\''") + "'"
    written: list[str] = []
    for sign in word:
        if sign in _ESCAPES:
            written.append(_ESCAPES[sign])
        elif "\udc80" <= sign <= "\udcff":
            written.append(f"\\x{ord(sign) - 0xDC00:02x}")
        elif _CONTROL.match(sign):
            written.append(f"\\{ord(sign):03o}")
        else:
            written.append(sign)
    return f"$'{''.join(written)}'"


def _cmd(word: str) -> str:
    _no_bytes(word)
    if _PLAIN_CMD.fullmatch(word):
        return word
    if "\r" in word.replace("\r\n", "\n"):
        raise Unspeakable("cmd cannot hand a carriage return on")
    argument = _escaped(word.replace("\r\n", "\n"))
    carets = f'"{_end_doubled(argument)}"'.translate(_CARETS)
    return re.sub(r"%(?=\w)", "%^", carets).replace("\n", "^\n\n")


def _powershell(word: str) -> str:
    _no_bytes(word)
    if _PLAIN_POWERSHELL.fullmatch(word):
        return word
    return "'" + re.sub("['‘’‚‛]", r"\g<0>\g<0>", word) + "'"  # noqa: RUF001 - PowerShell takes these for quotes


def _old_powershell(word: str) -> str:
    if not word:
        return "'\"\"'"
    escaped = _escaped(word)
    return _powershell(_end_doubled(escaped) if re.search(r"\s", word) else escaped)


def _escaped(word: str) -> str:
    """Quotes with a backslash before them, and twice the backslashes they had."""
    return re.sub(r'(\\*)"', r'\1\1\\"', word) if "\\" in word else word.replace('"', '\\"')


def _end_doubled(word: str) -> str:
    """Backslashes at the end twice: a quote follows there."""
    return word + "\\" * (len(word) - len(word.rstrip("\\")))


def _no_bytes(word: str) -> None:
    if re.search("[\udc80-\udcff]", word):
        raise Unspeakable("only sh can hand bytes on that are no text")


_QUOTERS: Final[dict[Shell, Callable[[str], str]]] = {
    "sh": _sh,
    "cmd": _cmd,
    "powershell": _powershell,
    "powershell-5.1": _old_powershell,
}
