"""Finding text whatever its case: a query spelled out as the alternatives for each position."""

from __future__ import annotations

import itertools
import json
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thoth_ls.documents.source import Query

_LAST_CASED = 0x1E943
"""Code points above this have no case."""
_SHARP_S = ("ß", "ẞ")


def query_json(query: Query) -> str:
    """The query as `paged-loader.find` takes it."""
    fold = None if query.match_case else query.fold or alternatives(query.text)
    return json.dumps({"text": query.text, "fold": fold, "wholeCell": query.whole_cell}, ensure_ascii=False)


def alternatives(text: str) -> list[list[str]]:
    """For each position of `text` the strings that match there, the one given first.

    A position is one character; but "ss" in any case is one position, at which "ß" matches too.
    """
    items: list[list[str]] = []
    at = 0
    while at < len(text):
        length = 2 if text[at : at + 2].casefold() == "ss" and text[at] not in _SHARP_S else 1
        items.append(_variants(text[at : at + length]))
        at += length
    return items


def pattern(query: Query) -> re.Pattern[str]:
    """An expression that searches cells for the query, in the host."""
    if query.match_case:
        body = re.escape(query.text)
    else:
        body = "".join(f"(?:{'|'.join(map(re.escape, item))})" for item in query.fold or alternatives(query.text))
    return re.compile(rf"\A(?:{body})\Z" if query.whole_cell else body)


@cache
def _variants(text: str) -> list[str]:
    """Strings that are the same as `text` but for case."""
    folded = text.casefold()
    found = {text, text.lower(), text.upper(), text.title(), folded}
    same = _same_fold()
    found.update("".join(choice) for choice in itertools.product(*(same.get(c, (c,)) for c in folded)))
    found.update(same.get(folded, ()))
    if folded == "ss":
        found.update(_SHARP_S)
    found.discard(text)
    return [text, *sorted(found)]


@cache
def _same_fold() -> dict[str, tuple[str, ...]]:
    """Characters by what they fold to: `k` leads to k, K and the Kelvin sign. Made once, in some 20 milliseconds."""
    groups: dict[str, list[str]] = {}
    for code in range(_LAST_CASED + 1):
        char = chr(code)
        folded = char.casefold()
        if folded != char:
            groups.setdefault(folded, [folded]).append(char)
    return {folded: tuple(chars) for folded, chars in groups.items() if len(folded) == 1}
