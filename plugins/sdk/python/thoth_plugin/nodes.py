"""What a tree is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from thoth_plugin.json_text import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable

    class Node(dict[str, Any]):
        """One node as it is written: a dict with `type`. The functions of `thoth_plugin.ui` make them."""

else:
    Node = dict  # a class of its own is written as JSON half as fast


Child: TypeAlias = "Node | str | None"
"""What may stand among children: a node, a text for a plain text node, or None for nothing."""


def node_of(child: Node | str) -> Node:
    """The node a child stands for."""
    return Node(type="text", text=child) if isinstance(child, str) else child


def nodes_of(children: Iterable[Child]) -> list[Node]:
    """The nodes of children, without those that are None."""
    return [
        Node(type="text", text=child) if isinstance(child, str) else child for child in children if child is not None
    ]


def to_json(node: Node) -> str:
    """A tree as text; raises TypeError or ValueError where something in it cannot be written as JSON."""
    return dumps(node)
