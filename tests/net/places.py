"""Plugins, attempts and decisions for tests of the network, and what stands for the parts around the gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.catalog.plugins import found
from thoth_ls.net.decisions import Decisions
from thoth_ls.net.gate import Gate
from thoth_ls.net.model import Attempt, NetworkRefused
from thoth_ls.net.resolve import HostNotFound, Resolver
from thoth_ls.net.target import parse_tcp, parse_url
from thoth_ls.settings import Settings
from thoth_ls.wire.network import NetworkGrant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.net.model import Target
    from thoth_ls.wire.permissions import Need

ANYWHERE = {"network": {"hosts": ["*"], "reason": "r"}, "tcp": {"hosts": ["*:*"], "reason": "r"}}


def plugin(permissions: Mapping[str, Mapping[str, Any]] | None = None, **fields: Any) -> Plugin:
    """A plugin that declares these needs, by default everything."""
    return found(Path("somewhere"), ANYWHERE if permissions is None else permissions, **fields)


def http(url: str, redirected_from: Target | None = None) -> Attempt:
    """A GET of this address."""
    target, canonical = parse_url(url, "http")
    return Attempt("http", target, "GET", canonical, redirected_from)


def tcp(host: str, port: int) -> Attempt:
    """A connection."""
    return Attempt("tcp", parse_tcp(host, port))


def grant(pattern: str, **fields: Any) -> NetworkGrant:
    """A decision of the user that allows it."""
    return NetworkGrant.model_validate(
        {
            "plugin_id": "",
            "pattern": pattern,
            "decision": "allowed",
            "duration": "untilClosed",
            "local": False,
            "addresses": [],
            "verification": "verify",
            "ca_file": None,
            "since": "",
            **fields,
        }
    )


class Names:
    """A resolver that knows what it was told, and remembers what it was asked."""

    def __init__(self, **answers: Sequence[str] | Sequence[Sequence[str]]) -> None:
        self.answers: dict[str, Any] = {name.replace("__", "."): answer for name, answer in answers.items()}
        """Addresses by name, or several lists of them, one a question."""
        self.asked: list[str] = []
        self.translated: dict[str, str] = {}

    async def resolve(self, host: str, port: int, seconds: float, whose: str = "") -> tuple[str, ...]:
        from thoth_ls.net.addresses import canonical
        from thoth_ls.net.patterns import is_named

        if not is_named(parse_tcp(host, port)):
            return (canonical(host),)
        self.asked.append(host)
        answer = self.answers.get(host)
        if not answer:
            raise HostNotFound(f"{host} was not found.")
        if isinstance(answer[0], str):
            return tuple(answer)
        return tuple(answer.pop(0)) if len(answer) > 1 else tuple(answer[0])

    def stands_for(self, addresses: Iterable[str]) -> Mapping[str, str]:
        return {address: self.translated[address] for address in addresses if address in self.translated}


class Unlimited:
    """Counts, and refuses once it is told to."""

    def __init__(self) -> None:
        self.admitted: list[str] = []
        self.full = False

    def admit(self, plugin: Plugin, host: str) -> None:
        if self.full:
            raise NetworkRefused("too many requests", 429)
        self.admitted.append(host)


def declared(plugin: Plugin, need: Need) -> tuple[str, ...] | None:
    """All that is declared was granted."""
    needs = plugin.manifest.needs() if plugin.manifest else {}
    return needs[need].scope if need in needs else None


def gate(
    state: Path,
    names: Names | Resolver | None = None,
    *,
    workspace: str | None = None,
    own: Iterable[str] = (),
    **network: Any,
) -> Gate:
    """A gate with nothing decided; `own` are the public addresses of this machine."""
    settings = Settings.model_validate({"network": network})
    decisions = Decisions(state, workspace, lambda sentence: None)
    mine = frozenset(own)
    return Gate(decisions, names or Names(), Unlimited(), settings, declared, own=lambda address: address in mine)
