"""Values that stand for WIT values without a plain Python counterpart, and what can go wrong in between."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """The good case of a `result`; `value` is None where the type has no payload."""

    value: T = None  # type: ignore[assignment]  # the payload of `result<_, E>`


@dataclass(frozen=True, slots=True)
class Err(Generic[T]):
    """The bad case of a `result`; `value` is None where the type has no payload."""

    value: T = None  # type: ignore[assignment]  # the payload of `result<T>`


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """A present `option` whose payload is itself an option: `Some(None)` is "some none", `None` is "none"."""

    value: T


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a `variant`, under its WIT name; `value` is None where the case has no payload."""

    name: str
    value: Any = None


class UnsupportedType(TypeError):
    """A WIT type that never crosses here: resources, futures, streams and error contexts."""


class ValueMismatch(TypeError):
    """A Python value does not fit the WIT type it was to be handed over as. Nothing has been run."""


class ValueTooLarge(Exception):
    """A guest handed over more than allowed. It was refused before being turned into Python values."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"a value of more than {limit_bytes:,} bytes was refused")
        self.limit_bytes = limit_bytes
        self.stopped_guest = False
        """Whether the guest was stopped for it: its instance is dead then. A result is refused after the guest has
        returned, which leaves the instance as it was.
        """


class Budget:
    """How many bytes of Python values one call may still create."""

    __slots__ = ("left", "limit")

    def __init__(self, limit: int) -> None:
        self.left = self.limit = limit

    def spend(self, count: int) -> None:
        """Takes `count` bytes; raises ValueTooLarge when there are not that many left."""
        self.left -= count
        if self.left < 0:
            raise ValueTooLarge(self.limit)
