"""Whatever is declared, decided, set and asked for: what is allowed keeps every rule, each written down once more here.

Everything is made up from a few hosts, patterns and addresses, so that they meet often.
"""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.net.places import grant, http, tcp
from thoth_ls.catalog.scopes import parse_pattern
from thoth_ls.net.addresses import classify, spellings
from thoth_ls.net.judge import Allowed, Ask, Refused, judge, judge_addresses, judge_unseen
from thoth_ls.net.model import Target
from thoth_ls.net.patterns import is_named, parse_reach
from thoth_ls.net.policy import Policy, Rule, read_blocked

if TYPE_CHECKING:
    from thoth_ls.net.model import Attempt
    from thoth_ls.wire.network import NetworkGrant

HOSTS = ["a.example", "b.example", "x.a.example", "localhost", "127.0.0.1", "10.0.0.1", "93.184.216.34", "[::1]"]
PATTERNS = [
    *HOSTS, "*", "*.example", "*.a.example", "http://a.example", "https://a.example", "http://a.example:8080",
    "http://127.0.0.1:8080", "http://10.0.0.1", "https://*", "http://*:8080", "a.example:443", "localhost:8080",
]  # fmt: skip
ADDRESSES = [
    "93.184.216.34", "2606:4700::1", "127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "fe80::1", "64:ff9b::5db8:d822",
    "64:ff9b::a00:1", "fd00:ec2::254",
]  # fmt: skip
LOOPBACK = ("localhost", "127.0.0.1", "::1")
some_patterns = st.lists(st.sampled_from(PATTERNS), max_size=4)
tcp_patterns = st.lists(st.sampled_from(["*:*", "*.example:5432", "a.example:5432", "127.0.0.1:5432"]), max_size=2)
some_addresses = st.one_of(
    *(st.just(addresses) for addresses in (["93.184.216.34"], ["127.0.0.1", "::1"], ["10.0.0.1"], ["2606:4700::1"])),
    st.lists(st.sampled_from(ADDRESSES), min_size=1, max_size=3, unique=True),
)


@st.composite
def attempts(draw: st.DrawFn) -> Attempt:
    host = draw(st.sampled_from(HOSTS))
    if draw(st.integers(0, 4)) == 0:
        return tcp(host, 5432)
    before = draw(st.sampled_from([None, Target("https", "a.example", 443), Target("http", "a.example", 80)]))
    scheme, port = draw(st.sampled_from(["http", "https"])), draw(st.sampled_from(["", ":8080", ":443", ":25"]))
    return http(f"{scheme}://{host}{port}/", before)


@st.composite
def grants(draw: st.DrawFn) -> NetworkGrant:
    is_tcp = draw(st.integers(0, 3)) == 0
    local = draw(st.booleans())
    pattern = f"tcp://{draw(st.sampled_from(HOSTS))}:5432" if is_tcp else draw(st.sampled_from(PATTERNS))
    return grant(
        pattern,
        decision=draw(st.sampled_from(["allowed"] * 5 + ["denied"])),
        duration=draw(st.sampled_from(["user", "workspace", "untilClosed"])),
        local=local,
        addresses=draw(st.one_of(st.just([]), some_addresses)) if local else [],
        verification=draw(st.sampled_from(["verify", "insecure"])),
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    network, tcp_hosts = draw(some_patterns), draw(tcp_patterns)
    network += draw(st.sampled_from([[], ["*"], ["*"]]))
    blocked = draw(st.sampled_from([[], [], [], [*PATTERNS, "93.184.0.0/16"]]))
    return Policy(
        "org.example.plugin",
        draw(st.sampled_from([None] * 9 + ["off"])),
        tuple(map(parse_pattern, network)) if network else None,
        tuple(map(parse_pattern, tcp_hosts)) if tcp_hosts else None,
        [Rule(parse_reach(one.pattern), one) for one in draw(st.lists(grants(), max_size=5))],
        read_blocked(draw(st.lists(st.sampled_from(blocked), max_size=1)) if blocked else [], pytest.fail),
        draw(st.sampled_from([None, None, None, "the setting"])),
    )


def broken_rules(attempt: Attempt, known: Policy, addresses: list[str], own: list[str]) -> list[str]:
    """The rules that stand against it, as somebody would check them by hand."""
    target = attempt.target
    need = known.tcp if target.scheme == "tcp" else known.network
    kinds = {"local" if address in own else classify(address).kind for address in addresses}
    kinds |= {"never" for address in addresses if classify(address).kind == "never"}
    covering = [rule for rule in known.rules if rule.reach.covers(target)]
    allows = [rule for rule in covering if rule.grant.decision == "allowed"]
    denying = [rule for rule in known.rules if rule.grant.decision == "denied"]
    local_allows = [
        rule
        for rule in allows
        if rule.grant.local
        and "*" not in rule.reach.pattern.host
        and rule.reach.pattern.port == target.port
        and (not rule.grant.addresses or set(addresses) <= set(rule.grant.addresses))
    ]
    named = any("*" not in pattern.host and pattern.covers(target.pattern()) for pattern in need or ())
    downgrade = attempt.redirected_from is not None and (attempt.redirected_from.scheme, target.scheme) == (
        "https",
        "http",
    )
    public_allowed = any(not rule.grant.local for rule in allows) or (named and not downgrade)
    at = {spelled for address in addresses for spelled in spellings(address)}
    places = [target, *(Target(target.scheme, address, target.port) for address in at)]
    rules = {
        "off": known.off is not None,
        "no need": need is None,
        "beyond the scope": not any(pattern.covers(target.pattern()) for pattern in need or ()),
        "denied": any(rule.reach.covers(place) for rule in denying for place in places),
        "blocked": any(reach.covers(place) for reach in known.blocked.reaches for place in places),
        "blocked network": any(ip_address(address) in network for network in known.blocked.networks for address in at),
        "another protocol": target.scheme != "tcp" and target.port == 25,
        "never": "never" in kinds,
        "mixed": len(kinds - {"never"}) > 1,
        "local without a grant": kinds == {"local"} and not local_allows,
        "public without a grant": kinds == {"public"} and not public_allowed,
        "plain": known.require_https is not None and target.scheme == "http" and target.host not in LOOPBACK,
    }
    return [name for name, broken in rules.items() if broken]


seen: Counter[str] = Counter()


@settings(max_examples=1500, deadline=None)
@given(attempts(), policies(), some_addresses, st.lists(st.sampled_from(ADDRESSES), max_size=2))
def test_what_is_allowed_keeps_every_rule(
    attempt: Attempt, known: Policy, addresses: list[str], own: list[str]
) -> None:
    """And what is refused or asked about has a rule against it."""
    if not is_named(attempt.target):
        addresses = [attempt.target.host]
    verdict = judge_addresses(attempt, known, addresses, own)
    broken = broken_rules(attempt, known, addresses, own)
    match verdict:
        case Allowed():
            assert broken == []
            assert verdict.local == (addresses[0] in own or classify(addresses[0]).kind == "local")
        case Ask():
            assert {"local without a grant", "public without a grant"} & set(broken)
            assert len(broken) == 1
        case Refused():
            assert set(broken) - {"local without a grant", "public without a grant"}
    seen[type(verdict).__name__] += 1


def test_all_verdicts_were_seen() -> None:
    """Else the test before this one would show little."""
    assert min(seen[name] for name in ("Allowed", "Ask", "Refused")) > 30, seen


@settings(max_examples=500, deadline=None)
@given(attempts(), policies(), some_addresses)
def test_a_name_is_judged_no_more_mildly_than_its_addresses(
    attempt: Attempt, known: Policy, addresses: list[str]
) -> None:
    """What is refused as it is written stays so, and nothing is allowed by a proxy that is refused as it is written."""
    if not is_named(attempt.target):
        addresses = [attempt.target.host]
    written = judge(attempt, known)
    if isinstance(written, Refused):
        assert isinstance(judge_addresses(attempt, known, addresses), Refused)
        assert isinstance(judge_unseen(attempt, known), Refused)
    if isinstance(written, Ask) and is_named(attempt.target):
        assert not isinstance(judge_addresses(attempt, known, addresses), Allowed)
        assert not isinstance(judge_unseen(attempt, known), Allowed)
