"""Something outside that can be connected to and queried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_plugin.nodes import Node


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of what has to be known to connect."""

    name: str
    description: str = ""
    required: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table or collection."""

    name: str
    type: str = "string"
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Collection:
    """A table or collection."""

    name: str
    fields: Sequence[Field] = ()


class DataSource:
    """Connections by handle. All methods may raise PluginError."""

    def required_config(self) -> Sequence[Entry]:
        """What `connect` needs."""
        return ()

    def connect(self, config: Mapping[str, str]) -> str:
        """Connects; returns a handle for the other calls."""
        raise NotImplementedError

    def schema(self, handle: str) -> Sequence[Collection]:
        """What there is."""
        return ()

    def query(self, handle: str, query: str) -> Any:
        """Runs a query, in whatever language; a value that JSON can hold, mostly a list of dicts."""
        raise NotImplementedError

    def close(self, handle: str) -> None:
        """Ends a connection; an unknown one is no error."""

    def render_pane(self, handle: str) -> Node | None:
        """A pane that belongs to the connection."""
        return None
