"""Whether a plugin may go somewhere: pure functions, first of the place as it is written, then of its addresses.

Deny is the default. Denied and blocked win over everything. A place is allowed by a decision of a person, or, with
public addresses alone, because the granted need names its very host; everything else within the granted need is asked
for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, assert_never

from thoth_ls.catalog.scopes import ANY, HostPattern
from thoth_ls.net.addresses import canonical, classify, is_loopback, spellings
from thoth_ls.net.bad_ports import BAD_PORTS
from thoth_ls.net.model import Trust
from thoth_ls.net.patterns import is_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thoth_ls.net.model import Attempt, Target
    from thoth_ls.net.policy import Policy, Rule

BLOCKED: Final = "thoth.network.blocked"
VIEW: Final = 'the view "Network Access"'
PRIVATE_NAMES: Final = (".localhost", ".local", ".internal", ".intranet", ".home.arpa", ".lan", ".corp", ".home")
"""Ends of names that mean something else in each network: RFC 6761, 6762, 8375, and what is found in the wild."""
DURATIONS: Final = ("user", "workspace", "untilClosed")


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may go there; of a name that was not looked up yet: where its addresses pass."""

    because: str
    """The grant or rule, for the log."""
    local: bool = False
    """Whether the addresses are of this machine or a private network."""
    trust: Trust = field(default_factory=Trust)


@dataclass(frozen=True, slots=True)
class Ask:
    """A person has to decide."""

    local: bool = False
    """As in `Allowed`; False of a name that was not looked up yet."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not, and nobody is asked."""

    message: str
    """The rule, and what to do about it."""


Verdict = Allowed | Ask | Refused


def judge(attempt: Attempt, policy: Policy) -> Verdict:
    """What holds for a place as it is written, before any name is looked up; of an address all that holds."""
    target = attempt.target
    against = _against(attempt, policy)
    if against is not None:
        return Refused(against)
    if not is_named(target):
        return judge_addresses(attempt, policy, (canonical(target.host),))
    allowing = _allowing(target, policy)
    if allowing:
        return _allowed(allowing, local=False)
    if _names_it(attempt, policy):
        return Allowed("its granted permission names this host")
    return Ask()


def judge_addresses(
    attempt: Attempt,
    policy: Policy,
    addresses: Sequence[str],
    own: Iterable[str] = (),
    stands_for: Mapping[str, str] = MappingProxyType({}),
) -> Verdict:
    """What holds for a place with these addresses, all that its name was resolved to, in canonical form.

    `own` are those of this machine, whatever range they are in; `stands_for` tells of those that this network
    translates which one of IPv4 they lead to. Each address has to pass.
    """
    target = attempt.target
    against = _against(attempt, policy) or _against_addresses(target, policy, addresses, frozenset(own), stands_for)
    if against is not None:
        return Refused(against)
    local = addresses[0] in own or classify(addresses[0]).kind == "local"
    allowing = [
        rule
        for rule in _allowing(target, policy)
        if rule.grant.local == local
        and (not rule.grant.addresses or not local or set(addresses) <= set(rule.grant.addresses))
    ]
    if allowing:
        return _allowed(allowing, local)
    if not local and _names_it(attempt, policy):
        return Allowed("its granted permission names this host")
    return Ask(local)


def judge_unseen(attempt: Attempt, policy: Policy) -> Verdict:
    """What holds for a name whose addresses a proxy finds: nobody sees them, so names of private networks are refused.

    A grant about local addresses is none for what a proxy reaches. An address is judged as any.
    """
    target = attempt.target
    if not is_named(target):
        return judge(attempt, policy)
    against = _against(attempt, policy) or _private_name(target)
    if against is not None:
        return Refused(against)
    allowing = [rule for rule in _allowing(target, policy) if not rule.grant.local]
    if allowing:
        return _allowed(allowing, local=False)
    if _names_it(attempt, policy):
        return Allowed("its granted permission names this host")
    return Ask()


def _against(attempt: Attempt, policy: Policy) -> str | None:
    """What stands against a place whatever its addresses are, as a sentence."""
    target = attempt.target
    if policy.off is not None:
        return policy.off
    need = "tcp" if target.scheme == "tcp" else "network"
    scope = policy.tcp if target.scheme == "tcp" else policy.network
    if scope is None:
        return (
            f"The plugin {policy.plugin_id} needs the permission {need} to reach {target}. Allow it in the view"
            f" Plugins, or run: thoth plugins grant {policy.plugin_id} {need}"
        )
    place = target.pattern()
    if not any(pattern.covers(place) for pattern in scope):
        declared = ", ".join(str(pattern) for pattern in scope[:5]) or "nothing"
        return (
            f"{target} is beyond what the plugin {policy.plugin_id} declares ({declared}), so that nobody can be asked:"
            " its author has to add it to [permissions]."
        )
    denied = _denied(target, policy, (place,))
    if denied is None and target.scheme != "tcp" and target.port in BAD_PORTS:
        return f"{target} is a port of another protocol, where no request of HTTP goes (as in browsers)."
    return denied or _plain(target, policy)


def _denied(target: Target, policy: Policy, places: Iterable[HostPattern]) -> str | None:
    tcp = target.scheme == "tcp"
    for place in places:
        for reach in policy.blocked.reaches:
            if reach.covers_place(tcp, place):
                return f"{target} is blocked for all plugins by {reach} in the setting {BLOCKED}."
        for rule in policy.rules:
            match rule.grant.decision:
                case "allowed":
                    continue
                case "denied":
                    if rule.reach.covers_place(tcp, place):
                        return (
                            f"{target} was denied to the plugin {policy.plugin_id} ({rule.reach}). Change that in"
                            f" {VIEW}, or run: thoth network forget {policy.plugin_id} {rule.reach}"
                        )
                case other:
                    assert_never(other)
    return None


def _plain(target: Target, policy: Policy) -> str | None:
    if policy.require_https is None or target.scheme != "http":
        return None
    host = target.host
    if host == "localhost" or host.endswith(".localhost"):
        return None
    if not is_named(target) and is_loopback(host):
        return None
    return f"{target} is not encrypted, and {policy.require_https} wants https for all but this machine."


def _private_name(target: Target) -> str | None:
    if "." in target.host and not f".{target.host}".endswith(PRIVATE_NAMES):
        return None
    return (
        f"{target} is a name of a private network, and the proxy would look for it where it stands itself. To have it"
        " reached directly, name it in NO_PROXY."
    )


def _against_addresses(
    target: Target, policy: Policy, addresses: Sequence[str], own: frozenset[str], stands_for: Mapping[str, str]
) -> str | None:
    """What stands against the addresses of a place, as a sentence."""
    if not addresses:
        return f"{target} has no address."
    named = is_named(target)
    kinds: dict[bool, str] = {}
    for address in addresses:
        verdict = classify(address)
        if verdict.kind == "never":
            what = f"{target} leads to the address {address}" if named else f"{target} is an address"
            return f"{what} that plugins never reach: {verdict.name} ({verdict.source})."
        inner = stands_for.get(address)
        if inner is not None and classify(inner).kind != "public":
            name = classify(inner).name
            return f"{target} leads to {address}, which this network translates to {inner}, that is {name}."
        kinds.setdefault(verdict.kind == "local" or address in own, address)
    if len(kinds) > 1:
        return (
            f"{target} leads to the public address {kinds[False]} and to {kinds[True]} of this machine or a private"
            " network at once, which is how names are turned against those who look them up."
        )
    scheme = target.pattern().scheme
    spelled = [spelling for address in addresses for spelling in spellings(address)]
    spelled += [stands_for[address] for address in addresses if address in stands_for]
    for spelling in spelled:
        network = next((each for each in policy.blocked.networks if ip_address(spelling) in each), None)
        if network is not None:
            return f"{target} is at {spelling}, blocked for all plugins by {network} in the setting {BLOCKED}."
    return _denied(target, policy, [HostPattern(scheme, spelling, target.port) for spelling in spelled])


def _allowing(target: Target, policy: Policy) -> list[Rule]:
    """The decisions that allow a place; one about local addresses has to name the very host and port."""
    tcp, place = target.scheme == "tcp", target.pattern()
    return [
        rule
        for rule in policy.rules
        if rule.grant.decision == "allowed"
        and (rule.reach.one_place or not rule.grant.local)
        and rule.reach.covers_place(tcp, place)
    ]


def _allowed(allowing: Sequence[Rule], local: bool) -> Allowed:
    """The narrowest decision says how certificates are checked; of equals what was decided for less time."""
    rule = max(allowing, key=lambda rule: (rule.reach.narrowness, DURATIONS.index(rule.grant.duration)))
    grant = rule.grant
    trust = Trust(grant.verification, Path(grant.ca_file) if grant.ca_file is not None else None)
    return Allowed(f"allowed by {rule.reach} ({grant.duration})", local, trust)


def _names_it(attempt: Attempt, policy: Policy) -> bool:
    """Whether the granted need names the very host, so that the person who granted it has seen it.

    Not where a redirect gives encryption up: that, nobody has seen.
    """
    target, before = attempt.target, attempt.redirected_from
    if before is not None and before.scheme == "https" and target.scheme == "http":
        return False
    scope = policy.tcp if target.scheme == "tcp" else policy.network
    return any(ANY not in pattern.host and pattern.covers(target.pattern()) for pattern in scope or ())
