"""What decisions about the network are about: host patterns, of HTTP or of TCP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from thoth_ls.catalog.scopes import ANY, ScopeError, is_address, parse_pattern

if TYPE_CHECKING:
    from thoth_ls.catalog.scopes import HostPattern
    from thoth_ls.net.model import Target

TCP: Final = "tcp://"


@dataclass(frozen=True, slots=True)
class Reach:
    """Places a decision is about; `str()` writes it in the one form that equal ones share."""

    tcp: bool
    """Of TCP, else of HTTP and WebSocket."""
    pattern: HostPattern

    def covers(self, target: Target) -> bool:
        """Whether it is about this place."""
        return self.covers_place(target.scheme == "tcp", target.pattern())

    def covers_place(self, tcp: bool, place: HostPattern) -> bool:
        """The same of a place that was taken apart already: `Target.pattern()`, and whether it is of TCP."""
        return self.tcp == tcp and self.pattern.covers(place)

    @property
    def exact_host(self) -> bool:
        """Whether it names one host."""
        return ANY not in self.pattern.host

    @property
    def is_address(self) -> bool:
        """Whether its host is an address, not a name."""
        return self.exact_host and is_address(self.pattern.host)

    @property
    def one_place(self) -> bool:
        """Whether it names one host and port."""
        return self.exact_host and self.pattern.port is not None

    @property
    def narrowness(self) -> tuple[bool, int, bool, bool]:
        """Greater for one that says less: decides whose certificate rules hold."""
        host = self.pattern.host
        return (
            self.exact_host,
            len(host) if host != ANY else 0,
            self.pattern.port is not None,
            bool(self.pattern.scheme),
        )

    def __str__(self) -> str:
        return f"{TCP}{self.pattern}" if self.tcp else str(self.pattern)


def parse_reach(text: str) -> Reach:
    """The places in a pattern as `[permissions] network.hosts` has them, or `tcp://host:port`; raises ScopeError."""
    tcp = text[: len(TCP)].lower() == TCP
    pattern = parse_pattern(text[len(TCP) :] if tcp else text)
    if tcp and pattern.scheme is not None:
        raise ScopeError(f"{text[:80]!r} has two schemes")
    return Reach(tcp, pattern)


def reach_of(target: Target) -> Reach:
    """The pattern that covers this place alone."""
    return Reach(target.scheme == "tcp", target.pattern())


def is_named(target: Target) -> bool:
    """Whether its host is a name, to be looked up."""
    return not is_address(target.host)
