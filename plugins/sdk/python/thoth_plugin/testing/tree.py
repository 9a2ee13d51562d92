"""Looking at what a panel shows."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = (
    "text",
    "label",
    "title",
    "value",
    "subtitle",
    "caption",
    "error",
    "description",
    "key",
    "readout",
    "placeholder",
)
"""Members whose texts people read."""


class Found:
    """One node of a tree, or an item in one."""

    def __init__(self, node: dict[str, Any]) -> None:
        self.node = node

    def __getitem__(self, member: str) -> Any:
        return self.node[member]

    def get(self, member: str, default: Any = None) -> Any:
        """A member, `default` where it is absent."""
        return self.node.get(member, default)

    @property
    def id(self) -> str:
        """Its id; empty for none."""
        return str(self.node.get("id", ""))

    @property
    def type(self) -> str:
        """Its kind; empty for an item."""
        return str(self.node.get("type", ""))

    @property
    def value(self) -> Any:
        """Its `value`."""
        return self.node.get("value")

    @property
    def text(self) -> str:
        """All that people read in it, a line for each text."""
        return "\n".join(_texts(self.node))

    @property
    def enabled(self) -> bool:
        """Whether a person can act on it."""
        if self.type == "button":
            return bool(self.node.get("enabled", True))
        return not self.node.get("disabled", False)

    def __repr__(self) -> str:
        return f"<{self.type or 'item'} {json.dumps(self.node, ensure_ascii=False)[:300]}>"


class Tree:
    """A whole tree. Lookups that find nothing fail with what there is."""

    def __init__(self, node: dict[str, Any]) -> None:
        self.node = node

    @property
    def text(self) -> str:
        """All that people read, a line for each text, in order."""
        return "\n".join(_texts(self.node))

    def nodes(self, type: str | None = None) -> list[Found]:
        """All nodes in order, or those of a kind. What is in a modal that is not open is among them."""
        return [Found(node) for node in _nodes(self.node) if type is None or node.get("type") == type]

    def all(self, id: str) -> list[Found]:
        """Nodes whose id fits a pattern such as `row-*`."""
        return [found for found in self.nodes() if fnmatchcase(found.id, id)]

    def find(self, id: str) -> Found:
        """The node of that id; AssertionError where there is none."""
        for found in self.nodes():
            if found.id == id:
                return found
        ids = sorted({found.id for found in self.nodes() if found.id})
        raise AssertionError(f"there is no widget {id!r}; there are {', '.join(ids) or 'none with an id'}")

    def has(self, id: str) -> bool:
        """Whether there is a widget of that id."""
        return any(found.id == id for found in self.nodes())

    def by_text(self, text: str, type: str | None = None) -> Found:
        """The innermost node that shows a text; AssertionError where there is none."""
        holding = [found for found in self.nodes(type) if text in found.text]
        if not holding:
            raise AssertionError(f"nothing shows {text!r}; what is shown:\n{self.text}")
        return min(holding, key=lambda found: len(found.text))

    def __contains__(self, text: str) -> bool:
        return text in self.text

    def __repr__(self) -> str:
        return f"<Tree {json.dumps(self.node, ensure_ascii=False)[:2000]}>"


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value
        for name, inner in value.items():
            if not (name == "value" and value.get("type") == "json-tree"):
                yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from ([inner] if isinstance(inner, str) else _texts(inner))
    elif isinstance(value, dict):
        if value.get("type") == "json-tree":
            yield json.dumps(value.get("value"), ensure_ascii=False)
            return
        for name, inner in value.items():
            if isinstance(inner, str):
                if name in SHOWN:
                    yield inner
            elif isinstance(inner, dict | list):
                yield from _texts(inner)
