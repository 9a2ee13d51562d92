"""Texts named `plugin.toml` that an editor has open: what is wrong with them, what fits, what it means."""

from __future__ import annotations

import asyncio
import logging
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from thoth_ls.authoring.completing import explanation, proposals
from thoth_ls.catalog.discovery import COMPONENT, THEME
from thoth_ls.catalog.looking import is_file
from thoth_ls.catalog.manifest import MAX_BYTES, check_text
from thoth_ls.catalog.manifest_problems import ManifestProblem, first_line
from thoth_ls.documents.buffers.lines import TextLines, index_of
from thoth_ls.documents.buffers.positions import units
from thoth_ls.documents.uris import path_of
from thoth_ls.errors import FileUnreadable
from thoth_ls.wire.texts import Area, Explanation, Proposals, TextProblem, TextProblems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.documents.events import TextEvents
    from thoth_ls.wire.texts import Edit, Position, PositionUnit

logger = logging.getLogger(__name__)

FILE_NAME = "plugin.toml"
PAUSE_SECONDS = 0.2
"""How long a text has to rest before its problems are told."""
OURS = ("capabilities", "permissions", "file-loader", "data-source", "setting")
"""Keys that no other kind of `plugin.toml` is likely to have."""


@dataclass(slots=True)
class _Text:
    lines: TextLines
    version: int | None
    telling: asyncio.Task[None] | None = None

    def whole(self) -> str:
        return "".join(self.lines.snapshot())


class ManifestTexts:
    """Opens, changes and closes texts, in the order they are told. Belongs to the event loop.

    Other programs have a `plugin.toml` too. Of one that says nothing a manifest of ours would say, and has no component
    or theme beside it, no problems are told.
    """

    def __init__(self, events: TextEvents, problem_limit: Callable[[], int]) -> None:
        self._events = events
        self._problem_limit = problem_limit
        self._texts: dict[str, _Text] = {}

    def holds(self, uri: str) -> bool:
        """Whether that is such a text."""
        return uri in self._texts

    def open(self, uri: str, version: int | None, text: str, unit: PositionUnit) -> None:
        """A text of that name was opened."""
        self.close(uri)
        self._texts[uri] = _Text(TextLines(text, unit), version)
        self._tell_soon(uri, 0)

    def change(self, uri: str, version: int | None, edits: Sequence[Edit]) -> None:
        """A text was changed; one that is not held is nobody's concern."""
        text = self._texts.get(uri)
        if text is not None:
            for edit in edits:
                text.lines.change(edit)
            text.version = version
            self._tell_soon(uri, PAUSE_SECONDS)

    def close(self, uri: str) -> None:
        """A text was closed, and with it what was told of it."""
        text = self._texts.pop(uri, None)
        if text is not None:
            if text.telling is not None:
                text.telling.cancel()
            self._events.text_problems(uri, TextProblems(None, [], 0))

    def tell_again(self) -> None:
        """Tells the problems of every text anew."""
        for uri in self._texts:
            self._tell_soon(uri, 0)

    async def proposals(self, uri: str, position: Position) -> Proposals | None:
        """What can be written at a place; None where the text is not held or too large."""
        text = self._text_of(uri)
        if text is None:
            return None
        places = _Places(text, self._texts[uri].lines.unit)
        start, end, items = await asyncio.to_thread(proposals, text, places.offset(position))
        return Proposals(places.area(start, end), items)

    async def explanation(self, uri: str, position: Position) -> tuple[Area, Explanation] | None:
        """What stands at a place; None where nothing is known of it."""
        text = self._text_of(uri)
        if text is None:
            return None
        places = _Places(text, self._texts[uri].lines.unit)
        found = await asyncio.to_thread(explanation, text, places.offset(position))
        return None if found is None else (places.area(found[0], found[1]), found[2])

    def close_all(self) -> None:
        """Closes everything."""
        for uri in list(self._texts):
            self.close(uri)

    def _text_of(self, uri: str) -> str | None:
        held = self._texts.get(uri)
        text = held.whole() if held is not None else None
        return text if text is not None and len(text) <= MAX_BYTES else None

    def _tell_soon(self, uri: str, seconds: float) -> None:
        text = self._texts[uri]
        if text.telling is not None:
            text.telling.cancel()
        text.telling = asyncio.create_task(self._tell(uri, text, seconds))

    async def _tell(self, uri: str, text: _Text, seconds: float) -> None:
        await asyncio.sleep(seconds)
        version, whole, unit = text.version, text.whole(), text.lines.unit
        found = await asyncio.to_thread(_problems, uri, whole)
        places = _Places(whole, unit)
        listed = [
            TextProblem(places.area(item.span.start, item.span.end), "manifest", _message(item), item.severity)
            for item in found[: self._problem_limit()]
        ]
        if self._texts.get(uri) is text:
            self._events.text_problems(uri, TextProblems(version, listed, len(found)))


def _message(problem: ManifestProblem) -> str:
    return f"{problem.key}: {problem.message}" if problem.key else problem.message


def _problems(uri: str, text: str) -> Sequence[ManifestProblem]:
    if len(text) > MAX_BYTES:
        said = f"is larger than {MAX_BYTES // 1024} KiB: such a manifest is not read"
        return [ManifestProblem("error", "", said, 1, first_line(text))] if _has_neighbours(uri) else []
    checked = check_text(text)
    return checked.problems if any(f"\n{mark}" in f"\n{text}" for mark in _MARKS) or _has_neighbours(uri) else []


_MARKS = tuple(f"{before}{key}" for key in OURS for before in ("", "[", "[["))


def _has_neighbours(uri: str) -> bool:
    """Whether a component or a theme lies beside the file."""
    with suppress(FileUnreadable):
        folder = path_of(uri).parent
        return any(is_file(folder / name) for name in (COMPONENT, THEME))
    return False


class _Places:
    """Indices of characters as lines and columns, and back. Lines end at line feeds, as those of problems."""

    def __init__(self, text: str, unit: PositionUnit) -> None:
        self._text = text
        self._unit: PositionUnit = unit
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))[:-1]

    def offset(self, position: Position) -> int:
        line, column = position
        if line >= len(self._starts):
            return len(self._text)
        return self._starts[line] + index_of(self._line(line), column, self._unit)

    def area(self, start: int, end: int) -> Area:
        return Area(self._position(start), self._position(end))

    def _position(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset) - 1
        return line, units(self._text[self._starts[line] : offset], self._unit)

    def _line(self, line: int) -> str:
        end = self._text.find("\n", self._starts[line])
        return self._text[self._starts[line] : len(self._text) if end < 0 else end]
