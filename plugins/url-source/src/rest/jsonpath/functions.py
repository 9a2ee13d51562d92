"""The functions of RFC 9535, and regular expressions as RFC 9485 has them."""

import re
from functools import lru_cache
from typing import Any, Final, Literal

TAKES: Final[dict[str, tuple[Literal["value", "nodes"], ...]]] = {
    "length": ("value",),
    "count": ("nodes",),
    "match": ("value", "value"),
    "search": ("value", "value"),
    "value": ("nodes",),
}
RETURNS: Final[dict[str, Literal["value", "logical"]]] = {
    "length": "value",
    "count": "value",
    "match": "logical",
    "search": "logical",
    "value": "value",
}
NOTHING: Final = object()
"""What there is where there is no value."""
LONGEST_PATTERN: Final = 1000


def call(name: str, given: list[Any]) -> Any:
    """What a function gives: a value, NOTHING, or whether."""
    match name:
        case "length":
            return len(given[0]) if isinstance(given[0], str | list | dict) else NOTHING
        case "count":
            return len(given[0])
        case "value":
            return given[0][0] if len(given[0]) == 1 else NOTHING
        case _:
            return _matches(given[0], given[1], whole=name == "match")


def _matches(text: Any, pattern: Any, *, whole: bool) -> bool:
    if not isinstance(text, str) or not isinstance(pattern, str):
        return False
    made = compiled(pattern)
    if made is None:
        return False
    return (made.fullmatch(text) if whole else made.search(text)) is not None


@lru_cache(maxsize=64)
def compiled(pattern: str) -> re.Pattern[str] | None:
    r"""A pattern of RFC 9485; None where it is none, or has what is not known here (`\p{…}`).

    `^` and `$` are the ends of the text, as everybody writes them; by the letter of the RFC they are signs like others.
    """
    if len(pattern) > LONGEST_PATTERN:
        return None
    written: list[str] = []
    in_class = False
    at = 0
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            follows = pattern[at + 1 : at + 2]
            if not follows or follows not in "()*+-.?[\\]^nrt{|}":
                return None
            written.append(pattern[at : at + 2])
            at += 2
            continue
        if in_class:
            in_class = sign != "]"
            written.append("\\[" if sign == "[" else "\\&" if sign == "&" else "\\~" if sign == "~" else sign)
        elif sign == "[":
            in_class = True
            written.append(sign)
        elif sign == "(" and pattern.startswith("?", at + 1):
            return None
        else:
            written.append("[^\n\r]" if sign == "." else sign)
        at += 1
    try:
        return re.compile("".join(written))
    except (re.error, RecursionError, OverflowError):
        return None
