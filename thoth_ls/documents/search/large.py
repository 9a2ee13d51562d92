"""Applies a JSONPath to a record that is too large, or nested too deeply, to be parsed as a whole.

The first segments are followed through the plugin's tree, a window of children at a time, until the values are small
enough for the library.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jsonpath_rfc9535 import JSONPathQuery
from jsonpath_rfc9535.filter_expressions import FilterContext, RootFilterQuery
from jsonpath_rfc9535.segments import JSONPathSegment
from jsonpath_rfc9535.selectors import (
    FilterSelector,
    IndexSelector,
    JSONPathSelector,
    NameSelector,
    SliceSelector,
    WildcardSelector,
)

from thoth_ls.documents import json_values
from thoth_ls.documents.reading import Reading
from thoth_ls.documents.search.columns import ColumnMap
from thoth_ls.documents.search.exact import parse
from thoth_ls.documents.search.hits import hit
from thoth_ls.documents.search.jsonpath import Descent, TooSlow, resolve
from thoth_ls.documents.search.placing import Placing
from thoth_ls.documents.search.scanning import Notes, Thinking
from thoth_ls.documents.search.texts import PART_BYTES, whole_text
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.trees import Summary

SMALL = 4 << 20
"""Bytes up to which a value is parsed as a whole."""
WINDOW = 1_000
DEEPEST = 100
"""Levels followed value by value, each of which takes frames of Python."""
AIM_SECONDS = 0.05
CONTAINERS = ("object", "array")
Segments = Sequence[JSONPathSegment]


@dataclass(frozen=True, slots=True)
class _Place:
    """A value of the record."""

    path: tuple[int, ...]
    keys: tuple[str | int, ...]
    summary: Summary

    def child(self, summary: Summary) -> _Place:
        """The place of one of its children."""
        key = summary.index if summary.key is None else summary.key
        return _Place((*self.path, summary.index), (*self.keys, key), summary)


class LargeRecord:
    """The evaluation of a query over one record, in steps."""

    def __init__(self, reading: Reading, query: JSONPathQuery, record: int, thinking: Thinking, notes: Notes) -> None:
        self._tree = reading.source.tree
        self._query = query
        self._record = record
        self._thinking = thinking
        self._notes = notes
        self._most = 0
        self._columns = ColumnMap(())
        self._found = self._run()

    async def step(self, columns: ColumnMap, most: int) -> tuple[list[Any], bool]:
        """Hits of a short while, and whether these were the last."""
        self._columns, self._most = columns, most
        hits: list[Any] = []
        until = time.perf_counter() + AIM_SECONDS
        async for some in self._found:
            hits += some
            if time.perf_counter() > until or len(hits) > most:
                return hits, False
        return hits, True

    async def close(self) -> None:
        """Gives the evaluation up."""
        await self._found.aclose()

    async def _run(self) -> AsyncGenerator[list[Any], None]:
        name = f"Record {self._record + 1:,}"
        if any(uses_root(segment) for segment in self._query.segments):
            self._notes.add(f"{name} is too large for a JSONPath with $ in a filter, and was left out.")
            return
        try:
            root = (await self._tree.value(self._record, [])).value
            async for some in self._apply(_Place((), (), root), self._query.segments):
                yield some
        except PluginRefused as error:
            self._notes.add(f"{name} could not be searched to its end: {error}")

    async def _apply(self, place: _Place, segments: Segments) -> AsyncGenerator[list[Any], None]:
        """What the segments find from a place on."""
        if len(place.path) > DEEPEST:
            self._notes.add(f"Record {self._record + 1:,} is nested too deeply for a JSONPath; the rest was left out.")
        elif not segments:
            yield [self._hit(place)]
        elif place.summary.kind not in CONTAINERS:
            yield []
        elif (known := await self._parsed(place, segments)) is not None:
            yield known
        else:
            segment, rest = segments[0], segments[1:]
            for selector in segment.selectors:
                async for some in self._select(place, selector, rest):
                    yield some
            if isinstance(segment, Descent):
                async for window in self._windows(place):
                    inner = [child for child in window if child.summary.kind in CONTAINERS]
                    async for some in self._all(place, inner, segments, None):
                        yield some

    async def _parsed(self, place: _Place, segments: Segments) -> list[Any] | None:
        """What is found in a value that can be parsed as a whole, None where it cannot."""
        if place.summary.bytes > SMALL:
            return None
        text = await self._text(place)
        try:
            return await self._thinking.run(lambda: self._evaluate([(place, text)], segments, None))
        except RecursionError:
            return None

    async def _select(
        self, place: _Place, selector: JSONPathSelector, rest: Segments
    ) -> AsyncGenerator[list[Any], None]:
        """What the rest of a query finds in the children that a selector chooses."""
        kind, count = place.summary.kind, place.summary.count
        steps: list[str | int] | range | None = None
        if isinstance(selector, NameSelector):
            steps = [selector.name] if kind == "object" else []
        elif isinstance(selector, IndexSelector):
            steps = [selector.index] if kind == "array" else []
        elif isinstance(selector, SliceSelector):
            steps = [] if kind != "array" or selector.slice.step == 0 else None
        if steps is None and isinstance(selector, SliceSelector):
            count = await self._count(place) if count is None else count
            steps = range(*selector.slice.indices(count))
        if steps is None:
            async for some in self._each(place, selector, rest):
                yield some
            return
        for step in steps:
            child = await self._child(place, step)
            if child is not None:
                async for some in self._apply(child, rest):
                    yield some

    async def _each(self, place: _Place, selector: JSONPathSelector, rest: Segments) -> AsyncGenerator[list[Any], None]:
        """The same for all children, or for those a filter lets through; small ones are read together."""
        chosen = selector if isinstance(selector, FilterSelector) else None
        assert chosen is not None or isinstance(selector, WildcardSelector)
        async for window in self._windows(place):
            async for some in self._all(place, window, rest, chosen):
                yield some

    async def _all(
        self, place: _Place, window: Sequence[_Place], rest: Segments, chosen: FilterSelector | None
    ) -> AsyncGenerator[list[Any], None]:
        """What the rest of a query finds in neighbours, or in those of them that a filter lets through."""
        for small, group in itertools.groupby(window, key=lambda child: child.summary.bytes <= SMALL):
            children = list(group)
            if small and (some := await self._together(place, children, rest, chosen)) is not None:
                yield some
                continue
            for child in children:
                if chosen is not None:
                    where = f"Record {self._record + 1:,}: a value of {child.summary.bytes:,} bytes"
                    self._notes.add(f"{where} is too large or too deep for a filter, and was left out.")
                    continue
                async for inner in self._apply(child, rest):
                    yield inner

    async def _together(
        self, place: _Place, children: Sequence[_Place], rest: Segments, chosen: FilterSelector | None
    ) -> list[Any] | None:
        """What is found in values that are parsed as a whole, None where one of them is nested too deeply."""
        texts = await self._texts(place, children)
        pairs = list(zip(children, texts, strict=True))
        try:
            return await self._thinking.run(lambda: self._evaluate(pairs, rest, chosen))
        except RecursionError:
            return None

    def _evaluate(
        self, pairs: Sequence[tuple[_Place, str]], segments: Segments, chosen: FilterSelector | None
    ) -> list[Any]:
        """Runs on a thread of its own."""
        hits: list[Any] = []
        for place, text in pairs:
            self._thinking.stop.check()
            value = parse(text)
            try:
                if chosen is not None:
                    context = FilterContext(env=chosen.env, current=value, root=value)
                    if not chosen.expression.evaluate(context):
                        continue
                nodes = itertools.islice(resolve(segments, value, value), self._most + 1 - len(hits))
                locations = [node.location for node in nodes]
            except TooSlow:
                self._notes.too_slow(self._record)
                continue
            if locations:
                placing = Placing(json_values.decode(text), place.path, place.keys)
                hits += [placing.hit(location, self._columns) for location in locations]
            if len(hits) > self._most:
                break
        return hits

    async def _windows(self, place: _Place) -> AsyncGenerator[list[_Place], None]:
        """The children of a value, a window at a time."""
        start = 0
        while True:
            answer = await self._tree.children(self._record, place.path, start, WINDOW)
            window = [place.child(Summary.model_validate(item)) for item in json.loads(answer.children)]
            if not window:
                return
            yield window
            start += len(window)

    async def _child(self, place: _Place, step: str | int) -> _Place | None:
        """A child by name or index, a negative one counting from the end; None where there is none."""
        if isinstance(step, int):
            count = place.summary.count
            if step < 0:
                step += await self._count(place) if count is None else count
            if step < 0 or (count is not None and step >= count):
                return None
        try:
            found = await self._tree.value(self._record, [*place.path, step])
        except PluginRefused:
            return None
        return _Place(tuple(found.positions), tuple(found.keys), found.value)

    async def _count(self, place: _Place) -> int:
        total = 0
        async for window in self._windows(place):
            total += len(window)
        return total

    async def _texts(self, place: _Place, children: Sequence[_Place]) -> list[str]:
        """The texts of neighbours, in as few parts as their places in the file allow."""
        outer = place.summary.at
        spans = [child.summary.at for child in children]
        if outer is None or None in spans:
            return [await self._text(child) for child in children]
        texts: list[str] = []
        for first, last in _runs([(begin - outer[0], end - outer[0]) for begin, end in filter(None, spans)]):
            begin = first[0][0]
            part = await self._source_text(place, begin, last - begin)
            texts += [part[start - begin : end - begin].decode() for start, end in first]
        return texts

    async def _text(self, place: _Place) -> str:
        return (await self._source_text(place, 0, place.summary.bytes)).decode()

    async def _source_text(self, place: _Place, begin: int, size: int) -> bytes:
        """Bytes of the text of a value."""

        async def part(start: int, count: int) -> tuple[str, int | None]:
            wanted = min(count, begin + size - start)
            found = await self._tree.text(self._record, place.path, False, start, wanted)
            return found.text, found.next if found.next is not None and found.next < begin + size else None

        return (await whole_text(part, first=begin))[0].encode()

    def _hit(self, place: _Place) -> Any:
        summary = place.summary
        return hit(place.path, place.keys, "value", summary.kind, summary.preview, [], self._columns)


def _runs(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[list[tuple[int, int]], int]]:
    """Spans that fit into one part of a text, and where the last of them ends."""
    run: list[tuple[int, int]] = []
    for span in spans:
        if run and span[1] - run[0][0] > PART_BYTES:
            yield run, run[-1][1]
            run = []
        run.append(span)
    if run:
        yield run, run[-1][1]


def uses_root(part: Any) -> bool:
    """Whether an expression looks at the root of the record, which a piece of it does not have."""
    if isinstance(part, RootFilterQuery):
        return True
    inner = [getattr(part, name, None) for name in ("expression", "left", "right", "query")]
    for name in ("segments", "selectors", "args"):
        inner += getattr(part, name, ())
    return any(uses_root(item) for item in inner if item is not None and not isinstance(item, str))
