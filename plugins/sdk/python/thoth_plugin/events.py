"""Events, and which method of a panel takes which."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Handler = TypeVar("Handler", bound="Callable[..., Any]")

JSON_TYPES: Final = {"bool": bool, "int": int, "float": float, "list": list, "dict": dict}
_MARK = "__thoth_on__"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: a person did something, or the host tells of something."""

    id: str
    """Of the widget, or of what the host tells about."""
    kind: str
    """`click`, `change`, `submit` …"""
    value: str
    """As it came: text as it is, numbers, booleans and lists as JSON text, empty for a click."""
    part: str = ""
    """What the first `*` of the handler's pattern stands for."""

    def json(self) -> Any:
        """The value read as JSON; raises ValueError."""
        return json.loads(self.value)


def on(widget: str, *kinds: str) -> Callable[[Handler], Handler]:
    """Has a method of a panel take the events of a widget.

    `widget` is its id, or a pattern where `*` stands for anything (`row-*`); a whole id goes before patterns, an
    earlier method before a later one. Without `kinds` it takes all kinds. The method gets what it asks for: nothing,
    the value (as it came, or read as JSON where the parameter is annotated with bool, int, float, list or dict), or the
    Event (a parameter annotated with `Event` or called `event`). It may be a coroutine. One method may have several.
    """

    def mark(handler: Handler) -> Handler:
        marks = getattr(handler, _MARK, ())
        setattr(handler, _MARK, (*marks, Rule(widget, kinds, _wants(handler))))
        return handler

    return mark


@dataclass(frozen=True, slots=True)
class Rule:
    """One `on`."""

    widget: str
    kinds: tuple[str, ...]
    wants: str
    """`nothing`, `event`, `text`, or a name in JSON_TYPES."""

    def arguments(self, event: Event) -> tuple[Any, ...]:
        """What the method is called with; raises ValueError where the value is not of the kind it wants."""
        if self.wants == "nothing":
            return ()
        if self.wants == "event":
            return (event,)
        if self.wants == "text":
            return (event.value,)
        wanted = JSON_TYPES[self.wants]
        value = event.json()
        if wanted is float and type(value) is int:
            return (float(value),)
        if type(value) is not wanted:
            raise ValueError(f"{event.kind} of {event.id!r} has the value {event.value[:100]!r}, not a {self.wants}")
        return (value,)


class Handlers:
    """The methods of one class of panels, by what they take."""

    def __init__(self, panel: type) -> None:
        self._exact: dict[str, list[tuple[Rule, str]]] = {}
        self._patterns: list[tuple[re.Pattern[str], Rule, str]] = []
        for name, rule in _rules(panel):
            if "*" in rule.widget:
                pattern = "(.*)".join(re.escape(part) for part in rule.widget.split("*"))
                self._patterns.append((re.compile(pattern, re.DOTALL), rule, name))
            else:
                self._exact.setdefault(rule.widget, []).append((rule, name))

    def find(self, event: Event) -> tuple[str, Rule, Event] | None:
        """The method that takes an event, by name, and the event as it is given to it."""
        for rule, name in self._exact.get(event.id, ()):
            if not rule.kinds or event.kind in rule.kinds:
                return name, rule, event
        for pattern, rule, name in self._patterns:
            if rule.kinds and event.kind not in rule.kinds:
                continue
            match = pattern.fullmatch(event.id)
            if match:
                return name, rule, Event(event.id, event.kind, event.value, match[1])
        return None


def _rules(panel: type) -> Iterator[tuple[str, Rule]]:
    """Every `on` of a class; those of the class itself first, in the order they are written."""
    seen: set[str] = set()
    for owner in panel.__mro__:
        for name, member in vars(owner).items():
            if name in seen:
                continue
            seen.add(name)
            yield from ((name, rule) for rule in getattr(member, _MARK, ()))


def _wants(handler: Callable[..., Any]) -> str:
    parameters = list(inspect.signature(handler).parameters.values())[1:]
    required = [each for each in parameters if each.default is each.empty]
    if len(required) > 1:
        raise TypeError(
            f"{handler.__name__} takes {len(required)} values; a handler takes the value, the event or nothing"
        )
    if not parameters:
        return "nothing"
    first = parameters[0]
    annotation = first.annotation
    shown = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    bare = shown.split("[")[0].rpartition(".")[2].strip()
    if bare == "Event" or (annotation is first.empty and first.name == "event"):
        return "event"
    return bare if bare in JSON_TYPES else "text"
