"""What the parts of the network say to each other. Nothing here reaches anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from thoth_ls.calling import NOT_ALLOWED, HostRefusal
from thoth_ls.catalog.scopes import HostPattern, tcp_address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.wire.network import NetworkKind, Verification

WAITING = "waiting for user consent"
"""Plugins of the published contract look for these words in the message of a refusal: asking again may succeed."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where something goes, in the one form that equal places share: nothing else is ever connected to."""

    scheme: Literal["http", "https", "tcp"]
    """WebSockets begin as requests of HTTP: `ws` is http, `wss` is https."""
    host: str
    """A name as DNS knows it (A-labels, lower case, no dot at its end), or an address without brackets."""
    port: int

    def pattern(self) -> HostPattern:
        """The pattern that covers this place alone; TCP has no scheme in patterns."""
        return HostPattern(None if self.scheme == "tcp" else self.scheme, self.host, self.port)

    def __str__(self) -> str:
        return f"{self.scheme}://{tcp_address(self.host, self.port)}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing a plugin is about to do: a request, one hop of its redirects, a connection."""

    kind: NetworkKind
    target: Target
    method: str = ""
    """Of HTTP; else empty."""
    url: str = ""
    """The whole address, for the log (which leaves out what may be secret); empty for TCP."""
    redirected_from: Target | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """How the certificate of the other side is checked."""

    verification: Verification = "verify"
    ca_file: Path | None = None
    """Certificates to trust besides the usual ones, for `caFile`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A place that may be connected to now, at these addresses and no others."""

    target: Target
    addresses: tuple[str, ...]
    """In canonical form, in the order to be tried. Each of them passed."""
    local: bool
    """Whether they are of this machine or a private network."""
    trust: Trust = field(default_factory=Trust)
    because: str = ""
    """The grant or rule that allows it, for the log."""
    dns_ms: float | None = None
    """What it took to find the addresses; None where the host was one."""


class NetworkRefused(HostRefusal):
    """A rule, a person or a limit stands against it. The message says which, and what to do about it."""


class ConsentPending(NetworkRefused):
    """A person has to decide first; the message holds `WAITING`."""

    def __init__(self, attempt: Attempt) -> None:
        super().__init__(f"{attempt.target} is not approved yet: {WAITING}", NOT_ALLOWED)
        self.attempt = attempt


class Consent(Protocol):
    """Has a person decide what nobody has decided about."""

    async def ask(self, plugin: Plugin, attempt: Attempt, look: Callable[[], Awaitable[Checked]]) -> Checked:
        """What may be connected to for this attempt, once a person has allowed it.

        `look` is awaited when the question's turn has come, and not before: it finds the addresses the person is shown,
        so that a plugin cannot have names looked up by asking. Raises NetworkRefused where the person denies, where
        `look` does, where nobody can be asked (the message has the command that would allow it), or where this plugin
        asks too much.
        """
