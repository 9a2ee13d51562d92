"""Guests that hand tables over, as `calling.Caller` has them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from tests.catalog.plugins import found
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.documents.data.places import Places
from thoth_ls.panels.datasets import Datasets

_numbers = itertools.count(1)


class Guest:
    """One that draws a panel, or none."""

    takes_events = True

    def __init__(self, panel_id: str | None) -> None:
        self.number = next(_numbers)
        self.panel_id = panel_id
        self.events: list[tuple[str, str, str]] = []
        self.calls: list[tuple[tuple[Any, ...], Future[Any]]] = []
        self._acts: list[Callable[[], None]] = []

    def at_end(self, act: Callable[[], None]) -> None:
        self._acts.append(act)

    def die(self) -> None:
        """What was to happen then happens."""
        for act in self._acts:
            act()

    def call_later(self, *call: Any) -> Future[Any]:
        outcome: Future[Any] = Future()
        self.calls.append((call, outcome))
        return outcome

    def deliver(self, widget_id: str, kind: str, value: str) -> Future[None]:
        self.events.append((widget_id, kind, value))
        done: Future[None] = Future()
        done.set_result(None)
        return done


class Publisher:
    """The functions of `dataset-bus` for one guest."""

    def __init__(self, datasets: Datasets, guest: Guest, plugin: Plugin | None = None) -> None:
        self.guest = guest
        self._table: Mapping[str, Callable[..., Any]] = datasets.imports(plugin or a_plugin(), guest)  # type: ignore[arg-type]

    def publish(self, rows: Sequence[Sequence[str]], *columns: str, name: str = "Result") -> str:
        """The handle; columns are `name:hint`."""
        handle: str = self._table["publish"](name, described(*columns), rows)
        return handle

    def update(self, handle: str, rows: Sequence[Sequence[str]], *columns: str) -> None:
        self._table["update"](handle, described(*columns), rows)

    def append(self, handle: str, rows: Sequence[Sequence[str]]) -> None:
        self._table["append"](handle, rows)

    def release(self, handle: str) -> None:
        self._table["release"](handle)


def described(*columns: str) -> list[dict[str, str]]:
    """Columns as they come from a guest."""
    parts = (column.partition(":") for column in columns)
    return [{"name": name, "type_hint": hint or "text"} for name, _, hint in parts]


def a_plugin(**fields: Any) -> Plugin:
    """One that publishes."""
    return found(Path("somewhere"), {}, **fields)


class Bus:
    """Data sets with what was said in logs."""

    def __init__(self) -> None:
        self.places = Places()
        self.log: list[str] = []
        self.datasets = Datasets(self.places, lambda plugin_id, level, text: self.log.append(text))
        self.changes = 0
        self.datasets.on_changed = self._count

    def panel(self, panel_id: str | None, plugin: Plugin | None = None) -> Publisher:
        """A guest of a panel."""
        return Publisher(self.datasets, Guest(panel_id), plugin)

    def rows(self, panel_id: str, handle: str) -> int | None:
        """How many rows a data set has; None where that panel has none of that handle."""
        found = self.datasets.of_panel(panel_id, handle)
        return None if found is None else found.table.count

    def _count(self) -> None:
        self.changes += 1
