"""How one response differs from another."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Literal

from rest import json_diff, line_diff, media
from rest.history import Response
from rest.json_diff import Change
from rest.line_diff import Line

MOST_CHANGES: Final = 500
MOST_LINES: Final = 2000
_ALWAYS_DIFFERENT: Final = frozenset({"date", "age", "expires", "last-modified", "etag", "x-request-id", "set-cookie"})
"""Headers that differ by their nature, told last."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two responses."""

    status: tuple[int, int] | None = None
    """Before and after, where they differ."""
    headers: list[Change] = field(default_factory=list)
    body: Literal["same", "json", "text", "unknown"] = "same"
    """How the bodies were compared: `unknown` where they are no text, and differ in their length or their kind."""
    changes: list[Change] = field(default_factory=list)
    """Of JSON."""
    lines: list[Line] = field(default_factory=list)
    """Of texts."""
    is_cut: bool = False
    """Whether there are more changes or lines than are listed."""
    beginnings: bool = False
    """Whether only the beginnings of the bodies were there to be compared."""

    @property
    def is_empty(self) -> bool:
        """Whether they are alike, and all of them was there to be compared."""
        return self.status is None and not self.headers and self.body == "same" and not self.beginnings


def compare(before: Response, after: Response) -> Difference:
    """What differs between two responses, within limits."""
    status = None if before.status == after.status else (before.status, after.status)
    headers = header_changes(before.headers, after.headers)
    if before.digest and before.digest == after.digest and before.body_bytes == after.body_bytes:
        return Difference(status, headers)
    cut = before.truncated or after.truncated
    if not (before.body and after.body) and cut:
        same = before.body_bytes == after.body_bytes == 0
        return Difference(status, headers, "same" if same else "unknown", beginnings=True)
    if not cut and (values := _values(before, after)) is not None:
        found, more = json_diff.changes(*values, MOST_CHANGES)
        if found:
            return Difference(status, headers, "json", found, is_cut=more)
    shown, more = line_diff.lines(before.body, after.body, MOST_LINES)
    kind: Literal["same", "text"] = "text" if shown else "same"
    return Difference(status, headers, kind, lines=shown, is_cut=more, beginnings=cut)


def header_changes(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> list[Change]:
    """Headers that differ by name, whatever its case and their order; several of one name are compared in turn."""
    old, new = _by_name(before), _by_name(after)
    found: list[Change] = []
    for name in dict.fromkeys([*old, *new]):
        values, others = old.get(name, []), new.get(name, [])
        for at in range(max(len(values), len(others))):
            if at >= len(others):
                found.append(Change("removed", name, values[at]))
            elif at >= len(values):
                found.append(Change("added", name, "", others[at]))
            elif values[at] != others[at]:
                found.append(Change("changed", name, values[at], others[at]))
    return sorted(found, key=lambda change: change.where in _ALWAYS_DIFFERENT)


def _by_name(headers: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in headers:
        found.setdefault(name.lower(), []).append(value)
    return found


def _values(before: Response, after: Response) -> tuple[Any, Any] | None:
    """Both bodies as JSON; None where one is none."""
    if not all(media.is_json(one.content_type) or one.body.lstrip()[:1] in ("{", "[") for one in (before, after)):
        return None
    try:
        return json.loads(before.body, parse_float=Decimal), json.loads(after.body, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None
