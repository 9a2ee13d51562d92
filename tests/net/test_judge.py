"""What the judge says: deny is the default, and what denies wins."""

import pytest

from tests.net.places import ANYWHERE, declared, grant, http, plugin, tcp
from thoth_ls.catalog.plugin import Plugin
from thoth_ls.net.judge import Allowed, Ask, Refused, Verdict, judge, judge_addresses, judge_unseen
from thoth_ls.net.model import Attempt, Target
from thoth_ls.net.patterns import parse_reach
from thoth_ls.net.policy import Policy, Rule, policy, read_blocked
from thoth_ls.settings import Settings
from thoth_ls.wire.network import NetworkGrant

PUBLIC = ("93.184.216.34",)
LOCAL = ("127.0.0.1", "::1")
NAMED = {"network": {"hosts": ["api.example.com", "*.other.example"], "reason": "r"}}
OLDER = 'capabilities = ["data-source"]\n[network]\nallowed_domains = ["*"]\nrequire_https = true'


def knowing(
    *grants: NetworkGrant, of: Plugin | None = None, settings: Settings | None = None, **network: object
) -> Policy:
    """A policy with these decisions and settings."""
    settings = settings or Settings.model_validate({"network": network})
    rules = [Rule(parse_reach(one.pattern), one) for one in grants]
    return policy(of or plugin(), settings, read_blocked(settings.network.blocked, pytest.fail), declared, rules)


def said(verdict: Verdict) -> str:
    assert isinstance(verdict, Refused)
    return verdict.message


def test_what_nobody_decided_is_asked() -> None:
    assert judge(http("https://a.example/"), knowing()) == Ask()
    assert judge_addresses(http("https://a.example/"), knowing(), PUBLIC) == Ask()
    assert judge_addresses(http("https://a.example/"), knowing(), LOCAL) == Ask(local=True)


def test_a_switch_that_is_off_wins() -> None:
    off = knowing(grant("https://a.example"), enabled=False)
    assert "thoth.network.enabled" in said(judge(http("https://a.example/"), off))
    assert "thoth.network.enabled" in said(judge_addresses(http("https://a.example/"), off, PUBLIC))


def test_an_untrusted_workspace_reaches_nothing() -> None:
    """An editor that says nothing of trust has none to withhold."""
    for fields, refused in (({"workspaceTrusted": False}, True), ({"workspaceTrusted": True}, False), ({}, False)):
        known = knowing(grant("https://a.example"), settings=Settings.model_validate(fields))
        assert isinstance(judge(http("https://a.example/"), known), Refused) == refused


def test_a_need_that_is_not_granted_reaches_nothing() -> None:
    only_http = plugin({"network": {"hosts": ["*"], "reason": "r"}})
    known = knowing(grant("tcp://a.example:1"), of=only_http)
    assert "thoth plugins grant org.example.plugin tcp" in said(judge(tcp("a.example", 1), known))


def test_beyond_what_is_declared_nobody_is_asked() -> None:
    known = knowing(grant("https://evil.example"), of=plugin(NAMED))
    assert "api.example.com" in said(judge(http("https://evil.example/"), known))


def test_an_exact_name_that_was_granted_needs_no_question_for_public_addresses() -> None:
    attempt, known = http("https://api.example.com/"), knowing(of=plugin(NAMED))
    assert isinstance(judge(attempt, known), Allowed)
    assert isinstance(judge_addresses(attempt, known, PUBLIC), Allowed)
    assert judge_addresses(attempt, known, LOCAL) == Ask(local=True)
    assert judge(http("https://x.other.example/"), known) == Ask()


def test_a_decision_of_a_person_allows_public_addresses_alone() -> None:
    attempt, known = http("https://a.example/"), knowing(grant("https://*.example"), grant("https://a.example"))
    assert isinstance(judge(attempt, known), Allowed)
    assert isinstance(judge_addresses(attempt, known, PUBLIC), Allowed)
    assert judge_addresses(attempt, known, ("10.0.0.1",)) == Ask(local=True)


def test_a_local_grant_holds_for_its_addresses_alone() -> None:
    attempt = http("http://dev.example:8080/")
    known = knowing(grant("http://dev.example:8080", local=True, addresses=["127.0.0.1"]))
    assert judge_addresses(attempt, known, ("127.0.0.1",)) == Allowed(
        "allowed by http://dev.example:8080 (untilClosed)", local=True
    )
    assert judge_addresses(attempt, known, LOCAL) == Ask(local=True)
    assert judge_addresses(attempt, known, PUBLIC) == Ask()
    assert judge_addresses(http("http://dev.example:8081/"), known, ("127.0.0.1",)) == Ask(local=True)
    anywhere = knowing(grant("http://dev.example:8080", local=True))
    assert isinstance(judge_addresses(attempt, anywhere, LOCAL), Allowed)


@pytest.mark.parametrize("pattern", ["*", "http://*", "*.example:8080", "http://dev.example:*", "dev.example"])
def test_a_local_grant_of_more_than_one_place_allows_nothing(pattern: str) -> None:
    """Such a grant cannot be given; somebody wrote it into the file."""
    known = knowing(grant(pattern, local=True))
    assert judge_addresses(http("http://dev.example:8080/"), known, ("127.0.0.1",)) == Ask(local=True)


@pytest.mark.parametrize("pattern", ["https://a.example", "*.example", "*", "https://*:443"])
def test_denied_wins_over_everything(pattern: str) -> None:
    denied = grant(pattern, decision="denied", duration="workspace")
    for order in ([denied, grant("https://a.example")], [grant("https://a.example"), denied]):
        message = said(judge(http("https://a.example/"), knowing(*order)))
        assert f"thoth network forget org.example.plugin {parse_reach(pattern)}" in message


def test_a_denial_of_http_is_none_of_tcp() -> None:
    known = knowing(grant("*", decision="denied"))
    assert judge(tcp("a.example", 443), known) == Ask()
    assert isinstance(judge(tcp("a.example", 443), knowing(grant("tcp://*:443", decision="denied"))), Refused)


def test_blocked_wins_over_everything() -> None:
    known = knowing(grant("https://a.example"), grant("tcp://a.example:5"), blocked=["a.example"])
    assert "thoth.network.blocked" in said(judge(http("https://a.example/"), known))
    assert "thoth.network.blocked" in said(judge(tcp("a.example", 5), known))
    assert judge(tcp("a.example", 5), knowing(blocked=["https://a.example"])) == Ask()


@pytest.mark.parametrize("address", ["93.184.216.34", "64:ff9b::5db8:d822", "2002:5db8:d822::1"])
def test_a_blocked_address_is_blocked_under_every_name(address: str) -> None:
    known = knowing(grant("https://a.example"), blocked=["93.184.216.34"])
    assert isinstance(judge_addresses(http("https://a.example/"), known, (address,)), Refused)


@pytest.mark.parametrize("network", ["93.184.216.0/24", "93.184.216.34/8", "64:ff9b::/96", "0.0.0.0/0"])
def test_a_blocked_network_is_blocked_under_every_name(network: str) -> None:
    known = knowing(grant("*"), grant("tcp://*:5"), blocked=[network])
    at = "64:ff9b::5db8:d822"
    assert network.partition("/")[2] in said(judge_addresses(http("https://a.example/"), known, (at,)))
    assert isinstance(judge_addresses(tcp("a.example", 5), known, (at,)), Refused)
    assert isinstance(judge_addresses(http("https://a.example/"), known, ("2606:4700::1",)), Allowed)


def test_a_denied_address_is_denied_under_every_name() -> None:
    known = knowing(grant("*"), grant("http://10.0.0.1", decision="denied"))
    assert isinstance(judge_addresses(http("http://a.example/"), known, ("10.0.0.1",)), Refused)


def test_answers_of_both_kinds_are_refused() -> None:
    known = knowing(grant("https://a.example"), grant("https://a.example:443", local=True))
    for addresses in (("93.184.216.34", "10.0.0.1"), ("10.0.0.1", "93.184.216.34")):
        message = said(judge_addresses(http("https://a.example/"), known, addresses))
        assert "93.184.216.34" in message
        assert "10.0.0.1" in message


def test_one_answer_that_is_never_reached_refuses_all() -> None:
    known = knowing(grant("https://a.example"))
    assert "169.254.169.254" in said(judge_addresses(http("https://a.example/"), known, (*PUBLIC, "169.254.169.254")))


def test_no_answer_is_no_way() -> None:
    assert isinstance(judge_addresses(http("https://a.example/"), knowing(grant("*")), ()), Refused)


def test_public_addresses_of_this_machine_are_local() -> None:
    known = knowing(grant("https://a.example"))
    assert judge_addresses(http("https://a.example/"), known, PUBLIC, own=PUBLIC) == Ask(local=True)


def test_an_address_is_judged_before_anybody_is_asked() -> None:
    assert isinstance(judge(http("http://169.254.169.254/"), knowing(grant("*"))), Refused)
    assert judge(http("http://127.0.0.1:8080/"), knowing()) == Ask(local=True)
    assert judge(http("http://93.184.216.34/"), knowing()) == Ask()
    allowed = judge(http("http://127.0.0.1:8080/"), knowing(grant("http://127.0.0.1:8080", local=True)))
    assert isinstance(allowed, Allowed)
    assert allowed.local


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("http://a.example/", True),
        ("http://10.0.0.1/", True),
        ("http://127.0.0.1/", False),
        ("http://[::1]/", False),
        ("http://localhost/", False),
        ("http://x.localhost/", False),
        ("http://notlocalhost/", True),
        ("https://a.example/", False),
    ],
)
def test_plain_http_is_refused_where_https_is_wanted(url: str, refused: bool) -> None:
    assert isinstance(judge(http(url), knowing(require_https=True)), Refused) == refused
    assert not isinstance(judge(http(url), knowing()), Refused)


def test_a_manifest_can_want_https_as_well() -> None:
    older = plugin(ANYWHERE, rest=OLDER)
    assert "its manifest" in said(judge(http("http://a.example/"), knowing(of=older)))


def test_a_redirect_that_gives_encryption_up_takes_a_grant() -> None:
    before = Target("https", "api.example.com", 443)
    attempt, known = http("http://api.example.com/", before), knowing(of=plugin(NAMED))
    assert judge(attempt, known) == Ask()
    assert isinstance(judge(http("http://api.example.com/"), known), Allowed)
    assert isinstance(judge(attempt, knowing(grant("http://api.example.com"), of=plugin(NAMED))), Allowed)


def test_the_narrowest_grant_says_how_certificates_are_checked() -> None:
    exact = grant("https://a.example", verification="insecure")
    for order in ([exact, grant("*.example"), grant("*")], [grant("*"), grant("*.example"), exact]):
        verdict = judge(http("https://a.example/"), knowing(*order))
        assert isinstance(verdict, Allowed)
        assert verdict.trust.verification == "insecure"


def test_of_equal_grants_the_shorter_says_how_certificates_are_checked() -> None:
    once, kept = grant("https://a.example", verification="insecure"), grant("https://a.example", duration="user")
    for order in ([once, kept], [kept, once]):
        verdict = judge(http("https://a.example/"), knowing(*order))
        assert isinstance(verdict, Allowed)
        assert verdict.trust.verification == "insecure"


@pytest.mark.parametrize(
    "attempt", [http("https://a.example/"), http("http://127.0.0.1:1/"), tcp("10.0.0.1", 5432), tcp("db.example", 1)]
)
def test_without_a_scope_nothing_is_reached(attempt: Attempt) -> None:
    assert isinstance(judge(attempt, knowing(of=plugin({}))), Refused)


@pytest.mark.parametrize("port", [22, 25, 6667])
def test_no_request_goes_to_a_port_of_another_protocol(port: int) -> None:
    """A mail server would take its lines for commands. TCP is another matter: it says what it is."""
    known = knowing(grant("*"), grant(f"tcp://a.example:{port}"))
    assert "another protocol" in said(judge(http(f"http://a.example:{port}/"), known))
    assert isinstance(judge(tcp("a.example", port), known), Allowed)


@pytest.mark.parametrize(
    "host", ["intranet", "printer.local", "x.localhost", "metadata.google.internal", "nas.home.arpa", "wiki.corp"]
)
def test_a_proxy_is_not_asked_for_names_of_private_networks(host: str) -> None:
    """It would find them where it stands itself, and nobody would see where that is."""
    assert "NO_PROXY" in said(judge_unseen(http(f"http://{host}/"), knowing(grant("*"))))


def test_what_a_proxy_finds_is_judged_by_its_name() -> None:
    attempt = http("https://a.example/")
    assert judge_unseen(attempt, knowing()) == Ask()
    assert judge_unseen(attempt, knowing(grant("https://a.example", local=True))) == Ask()
    assert isinstance(judge_unseen(attempt, knowing(grant("https://a.example"))), Allowed)
    assert isinstance(judge_unseen(http("https://api.example.com/"), knowing(of=plugin(NAMED))), Allowed)
    assert isinstance(judge_unseen(attempt, knowing(grant("*"), blocked=["a.example"])), Refused)
    assert isinstance(judge_unseen(attempt, knowing(grant("*"), enabled=False)), Refused)
