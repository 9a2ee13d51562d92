"""Two values of JSON, compared by their structure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Any, Final, Literal

from rest.extract import said
from rest.jsonpath.evaluate import Location, equal, normalized

MOST_PAIRS: Final = 250_000
"""Items of two lists, multiplied, up to which it is looked for what of one is in the other; else place by place."""
LONGEST: Final = 200
DEEPEST: Final = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One place where two differ."""

    kind: Literal["added", "removed", "changed"]
    where: str
    """A path (JSONPath) in the value that has it, or the name of a header."""
    before: str = ""
    after: str = ""


def changes(before: Any, after: Any, most: int) -> tuple[list[Change], bool]:
    """Where two values differ, and whether there are more such places than `most`."""
    found = list(islice(_differences(before, after, ()), most + 1))
    return found[:most], len(found) > most


def _differences(before: Any, after: Any, at: Location) -> Iterator[Change]:
    if len(at) >= DEEPEST:
        if not _same(before, after):
            yield _change("changed", at, before, after)
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _of_objects(before, after, at)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, at)
    elif not _same(before, after):
        yield _change("changed", at, before, after)


def _of_objects(before: dict[str, Any], after: dict[str, Any], at: Location) -> Iterator[Change]:
    for name, value in before.items():
        if name in after:
            yield from _differences(value, after[name], (*at, name))
        else:
            yield _change("removed", (*at, name), value, None)
    for name, value in after.items():
        if name not in before:
            yield _change("added", (*at, name), None, value)


def _of_lists(before: list[Any], after: list[Any], at: Location) -> Iterator[Change]:
    for start, end, new_start, new_end in _blocks(before, after):
        pairs = min(end - start, new_end - new_start)
        for step in range(pairs):
            yield from _differences(before[start + step], after[new_start + step], (*at, new_start + step))
        for place in range(start + pairs, end):
            yield _change("removed", (*at, place), before[place], None)
        for place in range(new_start + pairs, new_end):
            yield _change("added", (*at, place), None, after[place])


def _blocks(before: list[Any], after: list[Any]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of two lists that are not the same."""
    if len(before) * len(after) > MOST_PAIRS:
        yield 0, len(before), 0, len(after)
        return
    old, new = ([_canonical(item) for item in items] for items in (before, after))
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield start, end, new_start, new_end


def _canonical(value: Any) -> str:
    try:
        return json.dumps(value, sort_keys=True, default=str)
    except RecursionError:
        return repr(type(value))


def _same(before: Any, after: Any) -> bool:
    try:
        return equal(before, after)
    except RecursionError:
        return False


def _change(kind: Literal["added", "removed", "changed"], at: Location, before: Any, after: Any) -> Change:
    return Change(
        kind,
        normalized(at),
        "" if kind == "added" else _shown(before),
        "" if kind == "removed" else _shown(after),
    )


def _shown(value: Any) -> str:
    """A value for people, cut where it is long; texts in quotes, so that "1" is not 1."""
    try:
        text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else said(value)
    except RecursionError:
        text = "…"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
