"""Nested values as a plugin with `tree-loader` tells of them; whatever it answers is checked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from thoth_ls.documents.json_values import portable
from thoth_ls.documents.tree import Children
from thoth_ls.errors import PluginInvalid
from thoth_ls.runtime.guest_json import GivenAnswer, checked, short
from thoth_ls.wire.cells import Kind
from thoth_ls.wire.documents import CellText, Count, Span
from thoth_ls.wire.trees import LocateResult, Summary, ValueResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.documents.tree import Path
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.worker import Call

INTERFACE = "tree-loader"
MOST_CHILDREN = 2_000
"""Summaries in one answer: checking them keeps everything else of the server waiting."""
MOST_STEPS = 200_000
STEPS_AT_ONCE = 200
"""Values on the way to another that are asked for in one go; whoever waits for a page may come between."""
ROUNDING = 4
"""Bytes by which a text may be longer than asked for, so that its characters are whole."""


class GivenSummary(GivenAnswer):
    """What to show of a value."""

    index: Count
    key: str | None
    kind: Kind
    preview: Annotated[str, short(1_000)]
    count: Count | None
    bytes: Count
    at: Span | None = None
    keyAt: Span | None = None  # noqa: N815 - named as in the contract
    duplicate: bool = False

    def summary(self) -> Summary:
        """The same as the protocol has it."""
        return Summary(**{"key_at" if name == "keyAt" else name: value for name, value in self if name in _FIELDS})


_FIELDS = frozenset(GivenSummary.model_fields)


class GivenRoots(GivenAnswer):
    """The answer of `roots`."""

    children: Annotated[list[GivenSummary], Field(max_length=MOST_CHILDREN)]


class GivenChildren(GivenRoots):
    """The answer of `children`."""

    kind: Literal["object", "array"]
    count: Count | None


class GivenValue(GivenSummary):
    """The answer of `value`."""

    path: Annotated[list[Count], Field(max_length=MOST_STEPS)]
    keys: Annotated[list[str | Count], Field(max_length=MOST_STEPS)] | None = None


class GivenPart(GivenAnswer):
    """The answer of `text`."""

    text: str
    bytes: Count
    next: Count | None


class GivenPlace(GivenAnswer):
    """The answer of `locate`."""

    record: Count
    path: Annotated[list[Count], Field(max_length=MOST_STEPS)]
    part: Literal["key", "value"]


ROOTS = TypeAdapter(GivenRoots)
CHILDREN = TypeAdapter(GivenChildren)
VALUE = TypeAdapter(GivenValue)
PART = TypeAdapter(GivenPart)
PLACE: TypeAdapter[GivenPlace | None] = TypeAdapter(GivenPlace | None)


class GuestTree:
    """`documents.tree.Tree` over a plugin with `tree-loader`."""

    def __init__(self, plugin_id: str, instance: Callable[[], PluginInstance]) -> None:
        """`instance` returns the instance that is open, or raises PluginError."""
        self._plugin_id = plugin_id
        self._instance = instance

    async def roots(self, start: int, count: int) -> str:
        """Records as JSON text, an array of summaries."""
        count = min(count, MOST_CHILDREN)
        given = checked(self._plugin_id, "tree-loader.roots", await self._call("roots", start, count), ROOTS)
        return self._window("roots", given.children, start, count)

    async def children(self, record: int, path: Path, start: int, count: int) -> Children:
        """Children of a value from position `start` on."""
        count = min(count, MOST_CHILDREN)
        text = await self._call("children", record, json.dumps(path), start, count)
        given = checked(self._plugin_id, "tree-loader.children", text, CHILDREN)
        return Children(given.kind, given.count, self._window("children", given.children, start, count))

    async def value(self, record: int, path: Path) -> ValueResult:
        """One value and where it is."""
        text = await self._call("value", record, json.dumps(path))
        given = checked(self._plugin_id, "tree-loader.value", text, VALUE)
        if len(given.path) != len(path) or (given.keys is not None and len(given.keys) != len(path)):
            raise self._wrong("value", f"a path of {len(given.path)} steps where {len(path)} were asked for")
        keys = given.keys if given.keys is not None else await self._keys(record, given)
        return ValueResult(value=given.summary(), positions=given.path, keys=keys)

    async def text(self, record: int, path: Path, decoded: bool, start: int, count: int) -> CellText:
        """A part of the text of a value."""
        text = await self._call("text", record, json.dumps(path), decoded, start, count)
        given = checked(self._plugin_id, "tree-loader.text", text, PART)
        if given.next is not None and given.next <= start:
            raise self._wrong("text", "a part of a text that does not get on")
        if len(given.text) > count + ROUNDING:
            raise self._wrong("text", f"{len(given.text)} characters where {count} bytes were asked for")
        return CellText(text=given.text, size_bytes=given.bytes, next=given.next)

    async def locate(self, offset: int) -> LocateResult:
        """Which value stands at a byte of the file."""
        given = checked(self._plugin_id, "tree-loader.locate", await self._call("locate", offset), PLACE)
        if given is None:
            return LocateResult(record=None, path=[], part="value")
        return LocateResult(record=given.record, path=given.path, part=given.part)

    async def _keys(self, record: int, value: GivenValue) -> list[str | int]:
        """Names on the way to a value, for plugins that do not tell them: each value on it is asked for."""
        keys: list[str | int] = []
        positions = value.path

        def ask(call: Call) -> Sequence[str | int]:
            found: list[str | int] = []
            for length in range(len(keys) + 1, min(len(keys) + 1 + STEPS_AT_ONCE, len(positions))):
                text = call(INTERFACE, "value", record, json.dumps(positions[:length]))
                key = checked(self._plugin_id, "tree-loader.value", text, VALUE).key
                found.append(positions[length - 1] if key is None else key)
            return found

        while len(keys) < len(positions) - 1:
            keys += await self._instance().run(ask)
        if positions:
            keys.append(positions[-1] if value.key is None else value.key)
        return keys

    def _window(self, function: str, children: Sequence[GivenSummary], start: int, count: int) -> str:
        """Summaries as JSON text, once it is clear that they are those that were asked for."""
        if len(children) > count:
            raise self._wrong(function, f"{len(children)} values where {count} were asked for")
        for position, child in enumerate(children, start):
            if child.index != position:
                raise self._wrong(function, f"the value at position {child.index} where that at {position} belongs")
        plain = [child.model_dump() for child in children]
        return portable(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))

    async def _call(self, function: str, *arguments: Any) -> Any:
        return await self._instance().call(INTERFACE, function, *arguments)

    def _wrong(self, function: str, said: str) -> PluginInvalid:
        return PluginInvalid(self._plugin_id, f"tree-loader.{function} returned {said}")
