"""Records as trees: what the documents ask of whatever reads a file, and the answer over decoded records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from thoth_ls.documents import json_values
from thoth_ls.documents.json_values import Cut, Members, Number, Place, Value
from thoth_ls.documents.texts import part
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.documents import CellText
from thoth_ls.wire.trees import LocateResult, Summary, ValueResult

Path = Sequence[int | str]
LONGEST_RECORD = 32 << 20
"""Bytes of long texts in one record beyond which its text is not put together."""


@dataclass(frozen=True, slots=True)
class Children:
    """A window of the children of a value."""

    kind: Literal["object", "array"]
    count: int | None
    children: str
    """JSON text: an array of `Summary`."""


class Tree(Protocol):
    """The records of a source as trees. All methods may raise PluginError."""

    async def roots(self, start: int, count: int) -> str:
        """Records as JSON text, an array of `Summary`; fewer at the end of what has been read."""

    async def children(self, record: int, path: Path, start: int, count: int) -> Children:
        """Children of a value from position `start` on; fewer where the answer would be too long."""

    async def value(self, record: int, path: Path) -> ValueResult:
        """One value and where it is."""

    async def text(self, record: int, path: Path, decoded: bool, start: int, count: int) -> CellText:
        """A part of the text of a value: its JSON text or, `decoded`, what a string says."""

    async def locate(self, offset: int) -> LocateResult:
        """Which value stands at a byte of the file."""


class Records(Protocol):
    """Decoded records."""

    plugin_id: str

    async def some(self, start: int, count: int) -> Sequence[tuple[Value, int]]:
        """Records from `start` on and the length of each in the file; fewer at the end."""

    async def one(self, record: int) -> Value:
        """One record; raises PluginRefused where it is none."""


class Cuts(Protocol):
    """What is behind a `Cut`; there can be some in the record itself, not deeper."""

    async def whole(self, record: int, position: int, cut: Cut) -> Value:
        """The whole of a child that is cut; raises PluginRefused where it is too long to be put together."""

    async def part(self, record: int, position: int, start: int, count: int) -> CellText:
        """A part of the text of a child that is cut."""


class DecodedTree:
    """`Tree` over decoded records, for plugins that tell nothing of nested values."""

    def __init__(self, records: Records, cuts: Cuts | None = None) -> None:
        self._records = records
        self._cuts = cuts

    async def roots(self, start: int, count: int) -> str:
        """Records as JSON text."""
        found = await self._records.some(start, count)
        return _text(
            _summary(Place(value, start + offset, None, False, [], []), size)
            for offset, (value, size) in enumerate(found)
        )

    async def children(self, record: int, path: Path, start: int, count: int) -> Children:
        """Children of a value from position `start` on."""
        value = (await self._place(record, path, whole=True)).value
        kind = json_values.kind_of(value)
        if not isinstance(value, list) or (kind != "object" and kind != "array"):
            raise self._refused(record, f"the value has no children: its kind is {kind}")
        window = value[start : start + count]
        if isinstance(value, Members):
            earlier = {name for name, _ in value[:start]}
            places = []
            for index, (name, inner) in enumerate(window, start):
                places.append(Place(inner, index, name, name in earlier, [], []))
                earlier.add(name)
        else:
            places = [Place(inner, index, None, False, [], []) for index, inner in enumerate(window, start)]
        return Children(kind, len(value), _text(_summary(item) for item in places))

    async def value(self, record: int, path: Path) -> ValueResult:
        """One value and where it is."""
        found = await self._place(record, path, whole=False)
        summary = _summary(found)
        if not path:
            summary = summary.model_copy(update={"index": record})
        return ValueResult(value=summary, positions=found.positions, keys=found.keys)

    async def text(self, record: int, path: Path, decoded: bool, start: int, count: int) -> CellText:
        """A part of the text of a value."""
        found = await self._place(record, path, whole=False)
        value = found.value
        if isinstance(value, Cut):
            if decoded and self._cuts is not None:
                return await self._cuts.part(record, found.index, start, count)
            value = await self._whole(record, found.index, value)
        elif not path and isinstance(value, Members):
            value = await self._completed(record, value)
        if decoded and isinstance(value, str) and not isinstance(value, Number):
            return part(value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode(), start, count)
        return part(json_values.encode(value).encode(), start, count)

    async def locate(self, offset: int) -> LocateResult:
        """Nothing is known of places."""
        return LocateResult(record=None, path=[], part="value")

    async def _completed(self, record: int, value: Members) -> Members:
        """The record with nothing cut."""
        size = sum(inner.size for _, inner in value if isinstance(inner, Cut))
        if size > LONGEST_RECORD:
            raise self._refused(
                record, f"{size >> 20} MiB are too much to be put together; its values can be read one by one"
            )
        whole = Members()
        for position, (name, inner) in enumerate(value):
            if isinstance(inner, Cut):
                inner = await self._whole(record, position, inner)  # noqa: PLW2901
            whole.append((name, inner))
        return whole

    async def _place(self, record: int, path: Path, *, whole: bool) -> Place:
        """Where `path` leads; a child of the record that is cut is completed on the way, and at its end if `whole`."""
        value = await self._records.one(record)
        try:
            found = json_values.place(value, path[:1])
            if isinstance(found.value, Cut) and (len(path) > 1 or whole) and found.value.kind in ("object", "array"):
                inner = await self._whole(record, found.index, found.value)
                value = Members([*value[: found.index], (found.key or "", inner), *value[found.index + 1 :]])
                path = [found.index, *path[1:]]
            return json_values.place(value, path)
        except LookupError as error:
            raise self._refused(record, str(error)) from None

    async def _whole(self, record: int, position: int, cut: Cut) -> Value:
        assert self._cuts is not None  # or nothing would be cut
        return await self._cuts.whole(record, position, cut)

    def _refused(self, record: int, said: str) -> PluginRefused:
        return PluginRefused(self._records.plugin_id, f"record {record + 1}: {said}")


def _summary(found: Place, size: int | None = None) -> Summary:
    return Summary(
        index=found.index,
        key=found.key,
        kind=json_values.kind_of(found.value),
        preview=json_values.preview(found.value),
        count=json_values.count_of(found.value),
        bytes=json_values.size_of(found.value) if size is None else size,
        duplicate=found.duplicate,
    )


def _text(summaries: Iterable[Summary]) -> str:
    plain = [summary.model_dump(by_alias=True) for summary in summaries]
    return json_values.portable(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))
