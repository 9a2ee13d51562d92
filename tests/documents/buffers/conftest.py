"""Texts over a plugin made of Python: JSON by a parser that knows where everything stands."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.documents.conftest import our_tasks, settled
from tests.fakes import Behaviour, FakeLoader, FakeLoaders, FakeSource
from thoth_ls.documents.buffers.store import Buffers, OpenedText
from thoth_ls.documents.tree import Children
from thoth_ls.documents.tree import Path as ValuePath
from thoth_ls.errors import PluginRefused
from thoth_ls.wire.documents import CellText, Problem, Progress
from thoth_ls.wire.texts import Edit, TextProblems
from thoth_ls.wire.trees import LocateResult, Summary, ValueResult

URI = "file:///a.csv"
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^\s,:\[\]{}]+|.)', re.DOTALL)
_KINDS: dict[type, Literal["string", "number", "boolean", "null"]] = {
    str: "string", bool: "boolean", int: "number", float: "number", type(None): "null"
}  # fmt: skip


@dataclass
class Node:
    """A value and where it stands."""

    summary: Summary
    children: list[Node] = field(default_factory=list)


def parse(text: str, at: int, index: int, key: tuple[str, int, int] | None = None) -> tuple[Node, int]:
    """The value at a place, well formed and in ASCII, and where it ends."""
    token = _TOKEN.match(text, at)
    assert token is not None
    begin, end = token.span(1)
    children: list[Node] = []
    kind: Any = {"{": "object", "[": "array"}.get(token[1])
    if kind is None:
        kind = _KINDS[type(json.loads(token[1]))]
    else:
        closing = "}" if kind == "object" else "]"
        while (token := _TOKEN.match(text, end)) is not None and token[1] != closing:
            end = token.end() if token[1] == "," else end
            name = None
            if kind == "object":
                token = _TOKEN.match(text, end)
                assert token is not None
                name = (json.loads(token[1]), *token.span(1))
                end = token.end() + 1
            child, end = parse(text, end, len(children), name)
            children.append(child)
        assert token is not None
        end = token.end()
    summary = Summary(
        index=index,
        key=key[0] if key else None,
        kind=kind,
        preview=text[begin:end][:20],
        count=len(children) if kind in ("object", "array") else None,
        bytes=end - begin,
        at=(begin, end),
        key_at=key[1:] if key else None,
    )
    return Node(summary, children), end


class JsonTree:
    """`documents.tree.Tree` over parsed records; counts what it is asked."""

    def __init__(self, records: list[Node]) -> None:
        self.records = records
        self.asked = 0

    async def roots(self, start: int, count: int) -> str:
        self.asked += 1
        return _json(self.records[start : start + count])

    async def children(self, record: int, path: ValuePath, start: int, count: int) -> Children:
        self.asked += 1
        node = self._node(record, path)
        kind: Any = node.summary.kind
        return Children(kind, len(node.children), _json(node.children[start : start + count]))

    async def value(self, record: int, path: ValuePath) -> ValueResult:
        keys: list[str | int] = []
        for depth, position in enumerate(path):
            summary = self._node(record, path[: depth + 1]).summary
            assert isinstance(position, int)
            keys.append(position if summary.key is None else summary.key)
        positions = [position for position in path if isinstance(position, int)]
        return ValueResult(value=self._node(record, path).summary, positions=positions, keys=keys)

    async def text(self, record: int, path: ValuePath, decoded: bool, start: int, count: int) -> CellText:
        raise NotImplementedError

    async def locate(self, offset: int) -> LocateResult:
        for number, record in enumerate(self.records):
            if _holds(record.summary.at, offset):
                return self._inside(record, number, [], offset)
        return LocateResult(record=None, path=[], part="value")

    def _inside(self, node: Node, record: int, path: list[int], offset: int) -> LocateResult:
        for child in node.children:
            here = [*path, child.summary.index]
            if _holds(child.summary.key_at, offset):
                return LocateResult(record=record, path=here, part="key")
            if _holds(child.summary.at, offset):
                return self._inside(child, record, here, offset)
        return LocateResult(record=record, path=path, part="value")

    def _node(self, record: int, path: ValuePath) -> Node:
        node = self.records[record]
        for position in path:
            assert isinstance(position, int)
            node = node.children[position]
        return node


def _holds(span: tuple[int, int] | None, offset: int) -> bool:
    return span is not None and span[0] <= offset < span[1]


def _json(nodes: list[Node]) -> str:
    return f"[{','.join(node.summary.model_dump_json(by_alias=True) for node in nodes)}]"


class JsonSource(FakeSource):
    """Reads a file of JSON values, one after another; a text with `refuse` in it is refused."""

    async def open(self, options: Mapping[str, str]) -> Progress:
        if options:
            raise PluginRefused(self.plugin_id, f"unknown option {next(iter(options))!r}")
        await super().open(options)
        text = self.path.read_text("utf-8")
        if "refuse" in text:
            raise PluginRefused(self.plugin_id, "no JSON: it begins with a word")
        records, at = [], 0
        while text[at:].strip():
            node, at = parse(text, at, len(records))
            records.append(node)
        self.tree = JsonTree(records)
        count = len(records)
        return Progress(records=count, bytes_done=len(text), bytes_total=len(text), done=True)

    async def problems(self, start: int, count: int) -> tuple[Sequence[Problem], int]:
        found = [at.start() for at in re.finditer(b"bad", self.path.read_bytes())]
        kept = [Problem(record=0, line=0, offset=at, kind="bad", message="a bad word") for at in found]
        return kept[start : start + count], len(found)


class JsonLoader(FakeLoader):
    """Opens JSON, and says that values nest unless told otherwise."""

    nested = True

    async def nests(self) -> bool:
        return self.nested

    async def source(self, path: Path) -> FakeSource:
        if self.failure is not None:
            raise self.failure
        made = JsonSource(path, self.behaviour, None)
        self.sources.append(made)
        return made


class Told:
    """What was told of texts, in order."""

    def __init__(self) -> None:
        self.all: list[tuple[str, TextProblems]] = []
        self._news = asyncio.Event()

    def text_problems(self, uri: str, problems: TextProblems) -> None:
        self.all.append((uri, problems))
        self._news.set()
        self._news = asyncio.Event()

    async def version(self, version: int | None) -> TextProblems:
        """What was told of that version; fails after ten seconds."""
        async with asyncio.timeout(10):
            while True:
                for _, problems in self.all:
                    if problems.version == version:
                        return problems
                await self._news.wait()


@dataclass
class Desk:
    """A store of texts with everything around it."""

    buffers: Buffers
    loaders: FakeLoaders
    loader: JsonLoader
    told: Told
    spool_folder: Path

    def open(self, text: str, uri: str = URI, version: int = 1, **options: str) -> None:
        """Opens a text."""
        self.buffers.open(OpenedText(uri, version, text, "utf-16", uri.rpartition("/")[2], options))

    def change(self, text: str, version: int) -> None:
        """Replaces all of the text."""
        self.buffers.change(URI, version, [Edit(None, text)])

    @property
    def behaviour(self) -> Behaviour:
        """How the plugin behaves."""
        return self.loader.behaviour

    def asked(self) -> int:
        """How often children were asked for, in the version read last."""
        tree = self.loader.sources[-1].tree
        assert isinstance(tree, JsonTree)
        return tree.asked

    def spooled(self) -> list[Path]:
        """The temporary files there are."""
        return [path for path in self.spool_folder.rglob("*") if path.is_file()]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A store without texts; afterwards nothing of it may be left."""
    loader, told = JsonLoader(), Told()
    loaders = FakeLoaders(loader)
    buffers = Buffers(loaders, tmp_path / "texts", told, problem_limit=10)
    made = Desk(buffers, loaders, loader, told, tmp_path / "texts")
    yield made
    await buffers.close_all()
    assert made.spooled() == []
    assert all(source.closed for source in loader.sources)
    await settled(lambda: not our_tasks())
