"""What is known of a text an editor has open: values of the standard requests about texts, before LSP's types.

Positions are pairs of line and column, both counted from 0; a column counts units of the position encoding agreed on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Position = tuple[int, int]
PositionUnit = Literal["utf-8", "utf-16", "utf-32"]
ValueKind = Literal["object", "array", "string", "number", "boolean", "null", "invalid"]


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a text."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a text: `area` becomes `text`; without an area all of it does."""

    area: Area | None
    text: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """One value in the outline of a text."""

    name: str
    detail: str
    kind: ValueKind | Literal["more"]
    """`more` stands for values that are not listed."""
    area: Area
    name_area: Area
    """Inside `area`: what to select."""
    children: list["Symbol"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fold:
    """An object or array over several lines, from behind its opening bracket to its closing one."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class ValueAt:
    """What stands at a place."""

    path: str
    """A normalized path as of RFC 9535."""
    record: int | None
    """Which record of several the path begins at, counted from 1."""
    kind: ValueKind
    count: int | None
    """Children of an object or array."""
    size: int
    """Bytes of its text in UTF-8."""
    duplicate: bool
    """Whether an earlier member of the object has the same name."""
    area: Area


@dataclass(frozen=True, slots=True)
class TextProblem:
    """A place that is not well formed."""

    area: Area
    kind: str
    message: str
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class TextProblems:
    """What is wrong with one version of a text."""

    version: int | None
    problems: Sequence[TextProblem]
    total: int
    """All there are, which can be more than are listed."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a key or a value of a `plugin.toml` means."""

    title: str
    meaning: str
    facts: str
    """What may stand there, whether it has to, and what holds without it; empty for a value."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that can be written at a place."""

    label: str
    text: str
    snippet: str
    """`text` with places to fill in, for editors that know such."""
    explanation: Explanation
    kind: Literal["key", "section", "value"]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What can be written at a place, the likeliest first."""

    area: Area
    """What is replaced."""
    items: Sequence[Proposal]
