"""Redirects: followed here, and judged anew at every hop."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.net.http.guests import stage
from tests.net.servers import Certificates, raw, rude, web
from thoth_ls.net.http.headers import checked
from thoth_ls.net.http.redirects import Outgoing, followed, redirection
from thoth_ls.net.model import NetworkRefused
from thoth_ls.net.target import parse_url

if TYPE_CHECKING:
    from pathlib import Path

SECRETS = [("Authorization", "Bearer 1"), ("Cookie", "sid=1"), ("X-Api-Key", "1"), ("Accept", "text/plain")]


def asked(url: str, method: str = "GET", headers: Any = (), body: bytes | None = None) -> Outgoing:
    target, canonical = parse_url(url, "http")
    return Outgoing(method, target, canonical, checked(headers, "", 0), body)


async def test_a_chain_is_followed_and_told_hop_by_hop(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        answer = await on.ok(server.url("/hops/9"))
        assert answer["body"] == "hello"
        assert answer["url"] == server.url("/hello")
        assert [hop["status"] for hop in answer["hops"]] == [302] * 10 + [200]
        too_far = await on.err(server.url("/hops/10"))
        assert "redirects more than 10 times" in too_far["message"]


async def test_a_redirect_is_handed_over_where_it_shall_not_be_followed(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        answer = await on.ok(server.url("/hops/1"), follow_redirects=False)
        assert answer["status"] == 302
        assert ["location", "/hops/0"] in answer["headers"]
        assert "more than 0 times" in (await on.err(server.url("/hops/1"), max_redirects=0))["message"]


@pytest.mark.parametrize(
    "place",
    ["http://127.0.0.1:{port}/", "http://[::1]:{port}/", "http://10.0.0.1/", "http://[::ffff:7f00:1]:{port}/x"],
)
async def test_a_redirect_to_a_private_address_is_a_question_of_its_own(tmp_path: Path, place: str) -> None:
    """Being allowed to ask a public server does not let it send us to a private one."""
    async with web() as inside, web() as server, stage(tmp_path) as on:
        on.names.answers["outside.example"] = ["127.0.0.1"]
        outside = server.url("", "outside.example")
        await on.allow(outside)
        to = place.format(port=inside.port)
        number = await on.submit(f"{outside}/redirect/302?to={to}")
        assert (await on.guest.event(number))["err"]["code"] == "consent_pending"
        assert "was denied by the person" in (await on.guest.event(number, 1))["err"]["message"]
        assert inside.app.requests == []


@pytest.mark.parametrize("place", ["http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://0.0.0.0/"])
async def test_a_redirect_to_what_is_never_reached_is_refused_without_a_question(tmp_path: Path, place: str) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        error = await on.err(server.url(f"/redirect/307?to={place}"))
        assert error["code"] == "error"
        assert on.person.asked == []
        assert on.log()[-1].verdict == "refused"
        assert on.log()[-1].redirected_from == server.url("")


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://localhost/", "javascript:alert(1)", "http://a b/"])
async def test_a_redirect_to_no_address_ends_the_request(tmp_path: Path, location: str) -> None:
    answer = rude.says(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode())
    async with raw(answer) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        assert "Not an address" in (await on.err(server.url("/")))["message"]
        assert server.connections == 1


async def test_secrets_and_body_stay_behind_when_the_origin_changes(tmp_path: Path) -> None:
    async with web() as other, web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        await on.allow(other.url(""))
        url = server.url(f"/redirect/307?to={other.url('/echo')}")
        told = json.loads((await on.ok(url, "POST", [*SECRETS, ("Content-Type", "a/b")], b"secret"))["body"])
        names = [name for name, _ in told["headers"]]
        assert (told["method"], told["body_base64"]) == ("POST", "")
        assert "accept" in names
        assert not {"authorization", "cookie", "x-api-key", "content-type"} & set(names)
        assert server.app.requests[0].header("authorization") == "Bearer 1"


async def test_at_the_same_origin_everything_goes_along(tmp_path: Path) -> None:
    async with web() as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        told = json.loads((await on.ok(server.url("/redirect/308?to=/echo"), "PUT", SECRETS, b"kept"))["body"])
        assert told["method"] == "PUT"
        assert told["body_base64"] == "a2VwdA=="
        assert {"authorization", "cookie", "x-api-key"} <= {name for name, _ in told["headers"]}


async def test_encryption_is_not_given_up_without_a_decision(tmp_path: Path, certificates: Certificates) -> None:
    """That the plugin's permission names the host is no leave to go there unencrypted."""
    async with web() as plain, web(tls=certificates.server()) as server, stage(tmp_path) as on:
        trusted = str(certificates.ca_file)
        await on.allow(server.url("", "localhost"), verification="caFile", ca_file=trusted)
        number = await on.submit(server.url(f"/redirect/302?to={plain.url('/hello', 'localhost')}", "localhost"))
        assert (await on.guest.event(number))["err"]["code"] == "consent_pending"
        assert plain.app.requests == []


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        *[(301, "POST", "GET"), (302, "POST", "GET"), (302, "PUT", "PUT"), (303, "PUT", "GET"), (303, "HEAD", "HEAD")],
        *[(307, "POST", "POST"), (308, "DELETE", "DELETE"), (301, "HEAD", "HEAD")],
    ],
)
def test_the_method_after_a_redirect(status: int, method: str, then: str) -> None:
    after = followed(asked("https://a.example/x", method, body=b"b"), status, "/y")
    assert (after.method, after.url) == (then, "https://a.example/y")
    assert (after.body is None) == (then != method)


@pytest.mark.parametrize(
    "location", ["//b.example/", "https://a.example:444/", "http://a.example/", "https://A.example/"]
)
def test_what_another_origin_is(location: str) -> None:
    after = followed(asked("https://a.example/", "PUT", SECRETS, b"b"), 307, location)
    assert (after.body is None) == (location != "https://A.example/")
    assert len(after.headers) == (1 if after.body is None else 4)


@pytest.mark.parametrize("location", ["https://b\t.example/", "https://b.example/\r\nX: 1", "/\0", "/\x85"])
def test_control_characters_are_not_left_out_of_a_place(location: str) -> None:
    with pytest.raises(NetworkRefused, match="control characters"):
        followed(asked("https://a.example/"), 302, location)


@pytest.mark.parametrize("location", ["https://u:p@b.example/", "https://0x7f.1/", "https://b.example:99999/"])
def test_a_place_that_could_be_read_in_two_ways_is_none(location: str) -> None:
    with pytest.raises(NetworkRefused):
        followed(asked("https://a.example/"), 302, location)


def test_spaces_in_a_place_are_escaped() -> None:
    assert followed(asked("https://a.example/"), 302, "/a b?c d").url == "https://a.example/a%20b?c%20d"


def test_only_some_answers_redirect() -> None:
    headers = [("location", "/x")]
    assert [status for status in range(200, 600) if redirection(status, headers)] == [301, 302, 303, 307, 308]
    assert redirection(302, []) is None


@pytest.mark.parametrize("location", ["http://[", "//[x", "http://a]b/", "http://\u2100x/"])
async def test_a_redirect_to_what_is_no_address_is_said_to_be_one(tmp_path: Path, location: str) -> None:
    head = f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {location}\r\n\r\n"
    async with raw(rude.says(head.encode())) as server, stage(tmp_path) as on:
        await on.allow(server.url(""))
        assert "leads to no address" in (await on.err(server.url("/")))["message"]
