"""`[permissions]`: what a plugin needs beyond its sandbox, and why, in its author's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from thoth_ls.catalog.manifest_tables import Capability, Network, Table
from thoth_ls.catalog.scopes import parse_pattern
from thoth_ls.wire.permissions import Need

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = rf"(?:\*|(?:\*\.)?{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]{{2,45}}\])"
_PORT = r"(?:\*|[1-9][0-9]{0,4})"
HTTP_PATTERN = re.compile(rf"(?:(?:https?|wss?)://)?{_HOST}(?::{_PORT})?")
TCP_PATTERN = re.compile(rf"{_HOST}:{_PORT}")
NO_REASON = "An older manifest gives no reason."


@dataclass(frozen=True, slots=True)
class Declared:
    """A need as a manifest declares it."""

    scope: tuple[str, ...]
    """What it is limited to: host patterns; empty where the need has no scope."""
    reason: str
    """In the author's words."""


def _port_is_one(text: str) -> bool:
    port = text.rpartition(":")[2]
    return not port.isdigit() or int(port) <= 65535


def _http_pattern(text: str) -> str:
    if not HTTP_PATTERN.fullmatch(text) or not _port_is_one(text):
        raise ValueError(
            "must be a host, for instance https://api.example.com, *.example.com or localhost:8080 (no path)"
        )
    parse_pattern(text)  # raises for what looks like a host and is none, such as 127.1
    return text.lower()


def _tcp_pattern(text: str) -> str:
    if not TCP_PATTERN.fullmatch(text) or not _port_is_one(text):
        raise ValueError("must be host:port, for instance db.example.com:5432 or *:5432")
    parse_pattern(text)
    return text.lower()


Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
HttpPattern = Annotated[
    str,
    AfterValidator(_http_pattern),
    WithJsonSchema({"type": "string", "examples": ["https://api.example.com", "*.example.com", "localhost:8080"]}),
]
TcpPattern = Annotated[
    str,
    AfterValidator(_tcp_pattern),
    WithJsonSchema({"type": "string", "examples": ["db.example.com:5432", "*:5432"]}),
]


class PlainNeed(Table):
    """A need without a scope."""

    reason: Reason
    """Why the plugin needs it, in a sentence people read before they decide."""


class NetworkNeed(PlainNeed):
    """HTTP and WebSocket."""

    hosts: Annotated[list[HttpPattern], Field(min_length=1, max_length=256)]
    """Which hosts: a name, `*.` and a name for all below it, or `*` for all; with a scheme and a port if need be."""


class TcpNeed(PlainNeed):
    """Plain TCP."""

    hosts: Annotated[list[TcpPattern], Field(min_length=1, max_length=256)]
    """Which hosts and ports, for instance `db.example.com:5432` or `*:5432`."""


class Permissions(Table):
    """`[permissions]`: each key a need. A plugin that needs nothing has an empty section."""

    network: NetworkNeed | None = None
    """Reach hosts by HTTP and WebSocket."""
    tcp: TcpNeed | None = None
    """Open plain TCP connections."""
    secure_storage: Annotated[PlainNeed | None, Field(alias="secure-storage")] = None
    """Keep secrets in the editor's store."""
    file_dialog: Annotated[PlainNeed | None, Field(alias="file-dialog")] = None
    """Ask the person for a file."""
    open_tabs: Annotated[PlainNeed | None, Field(alias="open-tabs")] = None
    """Open tabs."""
    read_datasets: Annotated[PlainNeed | None, Field(alias="read-datasets")] = None
    """Read data that other plugins offer."""
    opened_file: Annotated[PlainNeed | None, Field(alias="opened-file")] = None
    """Read the file that is opened with the plugin."""
    headless: PlainNeed | None = None
    """Run commands without an editor."""

    def declared(self) -> dict[Need, Declared]:
        """The needs, in the order of this table."""
        plain: tuple[tuple[Need, PlainNeed | None], ...] = (
            ("network", self.network),
            ("tcp", self.tcp),
            ("secure-storage", self.secure_storage),
            ("file-dialog", self.file_dialog),
            ("open-tabs", self.open_tabs),
            ("read-datasets", self.read_datasets),
            ("opened-file", self.opened_file),
            ("headless", self.headless),
        )
        return {
            need: Declared(tuple(getattr(table, "hosts", ())), table.reason)
            for need, table in plain
            if table is not None
        }


def older_needs(capabilities: Sequence[Capability], network: Network | None) -> dict[Need, Declared]:
    """What a manifest without `[permissions]` needs: that follows from what the plugin can do."""
    needs: dict[Need, Declared] = {}
    can = frozenset(capabilities)
    domains = tuple(network.allowed_domains) if network is not None else ()
    if domains and can & {Capability.DATA_SOURCE, Capability.CLI}:
        scheme = "https://" if network is not None and network.require_https else ""
        needs["network"] = Declared(tuple(f"{scheme}{domain}" for domain in domains), NO_REASON)
        needs["tcp"] = Declared(tuple(f"{domain}:*" for domain in domains), NO_REASON)
    plain: tuple[tuple[Need, frozenset[Capability]], ...] = (
        ("secure-storage", frozenset({Capability.DATA_SOURCE, Capability.CLI})),
        ("file-dialog", frozenset({Capability.DATA_SOURCE})),
        ("open-tabs", frozenset({Capability.DATA_SOURCE, Capability.NEW_UI_COMPONENT})),
        ("opened-file", frozenset({Capability.FILE_LOADER})),
        ("headless", frozenset({Capability.CLI})),
    )
    needs.update((need, Declared((), NO_REASON)) for need, those in plain if can & those)
    return needs
