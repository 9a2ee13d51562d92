"""What a query is made of."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Name:
    """`.name` or `['name']`."""

    name: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """`*`."""


@dataclass(frozen=True, slots=True)
class Index:
    """`[3]`, or `[-1]` from the end."""

    index: int


@dataclass(frozen=True, slots=True)
class Slice:
    """`[start:end:step]`."""

    start: int | None
    end: int | None
    step: int | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Selectors in one pair of brackets; with `descendants`, for everything below too."""

    selectors: tuple["Selector", ...]
    descendants: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Segments after `$`, or after `@` within a filter."""

    segments: tuple[Segment, ...] = ()
    relative: bool = False

    @property
    def is_singular(self) -> bool:
        """Whether it selects one node at most, whatever it is asked of."""
        return all(
            not segment.descendants and len(segment.selectors) == 1 and isinstance(segment.selectors[0], Name | Index)
            for segment in self.segments
        )


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written out."""

    value: str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Call:
    """A function with what it is given."""

    name: str
    arguments: tuple["Argument", ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values and `==`, `<` and the like between them."""

    operator: Literal["==", "!=", "<", "<=", ">", ">="]
    left: "Comparable"
    right: "Comparable"


@dataclass(frozen=True, slots=True)
class Test:
    """Whether a query selects anything, or a function says yes."""

    of: Query | Call


@dataclass(frozen=True, slots=True)
class Not:
    """`!`."""

    of: "Logical"


@dataclass(frozen=True, slots=True)
class All:
    """`&&`."""

    of: tuple["Logical", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """`||`."""

    of: tuple["Logical", ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """`[?…]`."""

    of: "Logical"


Selector = Name | Wildcard | Index | Slice | Filter
Comparable = Constant | Query | Call
Argument = Constant | Query | Call | Comparison | Test | Not | All | Any
Logical = Comparison | Test | Not | All | Any
