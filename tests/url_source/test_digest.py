"""Digest: the examples of the RFCs, a server that is not ours, and what curl answers."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import httpbin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rest import digest, params
from rest.model import Auth, Body, Request
from rest.prepare import prepare
from rest.prepared import Base64, Credentials, Handle, Prepared, Text
from rest.variables import Variables
from tests.url_source.real_curl import both
from thoth_ls.net.target import parse_url

if TYPE_CHECKING:
    from pathlib import Path

MUFASA = Credentials("Mufasa", "Circle of Life")
NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


def prepared(url: str = "http://h.test/dir/index.html?a=1", method: str = "GET", *body: Text | Handle) -> Prepared:
    return Prepared(method, url, (), body, {}, digest=MUFASA)


def asked(**more: str) -> list[tuple[str, str]]:
    said = {"realm": '"r"', "nonce": '"n"', "qop": '"auth"', **more}
    return [("WWW-Authenticate", f"Digest {', '.join(f'{key}={value}' for key, value in said.items() if value)}")]


def no_body(_: str) -> list[bytes]:
    raise AssertionError("the body need not be read")


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_example_of_rfc_7616(algorithm: str, response: str) -> None:
    challenge = digest.Challenge("http-auth@example.org", NONCE, algorithm, qop=("auth", "auth-int"), opaque=OPAQUE)
    session = digest.Session(challenge, 1, CNONCE)
    value = digest.header(challenge, MUFASA, "GET", "/dir/index.html", "auth", session)
    assert value == (
        f'Digest username="Mufasa", realm="http-auth@example.org", nonce="{NONCE}", uri="/dir/index.html",'
        f' response="{response}", algorithm={algorithm}, qop=auth, nc=00000001, cnonce="{CNONCE}", opaque="{OPAQUE}"'
    )


def test_the_example_of_rfc_2617() -> None:
    challenge = digest.Challenge("testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", qop=("auth",))
    who = Credentials("Mufasa", "Circle Of Life")
    value = digest.header(challenge, who, "GET", "/dir/index.html", "auth", digest.Session(challenge, 1, "0a4f113b"))
    assert 'response="6629fae49393a05397450978507c4ef1"' in value


@pytest.mark.parametrize("qop", ["auth", "auth-int"])
@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
@pytest.mark.parametrize("stale", ["never", "1"])
def test_a_server_that_is_not_ours_is_content(qop: str, algorithm: str, stale: str) -> None:
    """httpbin checks the answer, the count of each nonce too; with `stale` it asks again for a new one."""
    client = httpbin.app.test_client()
    path = f"/digest-auth/{qop}/Mufasa/Circle/{algorithm}/{stale}"  # it decodes the path before it hashes it
    ready = replace(prepared(f"http://localhost{path}"), digest=Credentials("Mufasa", "Circle"))
    request, session = ready, None
    statuses = []
    for _ in range(5):
        response = client.get(path, headers=dict(request.headers))
        statuses.append(response.status_code)
        answered = digest.answer(request, response.status_code, list(response.headers), no_body, session)
        if answered is None:
            break
        request, session = answered
    assert statuses[-1] == 200
    assert session is not None
    if stale == "never":
        again = digest.authorized(ready, session, no_body)
        assert "nc=00000002" in (again.header("Authorization") or "")
        assert client.get(path, headers=dict(again.headers)).status_code == 200


def test_auth_int_covers_the_body_also_where_the_host_holds_it() -> None:
    request = prepared("http://h.test/", "POST", Text("a"), Handle("h1"), Text("d"))
    whole = prepared("http://h.test/", "POST", Text("abcd"))
    headers = asked(qop='"auth-int"')
    first, second = (
        digest.answer(one, 401, headers, lambda _: [b"b", b"c"], None, lambda: "c") for one in (request, whole)
    )
    assert first is not None
    assert second is not None
    assert first[0].header("Authorization") == second[0].header("Authorization")
    assert "qop=auth-int" in (first[0].header("Authorization") or "")


@pytest.mark.parametrize(
    "challenge",
    [
        'Digest realm="r", nonce="n1", qop="auth", algorithm=MD5, opaque="o"',
        'Digest realm="r \\"q\\"", nonce="n2"',
        'Digest realm="r", nonce="n3", qop="auth-int, auth", algorithm=SHA-256',
        'Digest realm="r", nonce="n4", qop="auth", algorithm=MD5-sess',
        'Digest realm="r", nonce="n5", qop=auth, algorithm=SHA-256-sess',
        'Basic realm="b", Digest realm="r", nonce="n6", qop="auth"',
        'Digest realm="r", nonce="n7", qop="auth", userhash=true',
    ],
)
async def test_curl_answers_the_same(challenge: str, tmp_path: Path) -> None:
    """Given the same random number of the client, curl's answer and ours are one."""
    async with both(tmp_path) as host:
        host.recorder.challenge = challenge
        sent = await host.curl(f"curl -s --digest -u 'Mu:Circle of Life' -X PUT '{host.url}/a/../d?x=1&y=%20'")
        assert sent is not None
        theirs = dict(sent[-1].lower())["authorization"]
        said = digest.parsed(theirs)[0][1]
        request = Request(auth=Auth("digest", "Mu", "Circle of Life"), method="PUT")
        params.set_url(request, f"{host.url}/a/../d?x=1&y=%20")
        ready = prepare(request, Variables())
        answered = digest.answer(
            ready, 401, [("www-authenticate", challenge)], no_body, None, lambda: said.get("cnonce", "x")
        )
        assert answered is not None
        ours = digest.parsed(answered[0].header("Authorization") or "")[0][1]
        if "userhash" in challenge:
            assert ours["userhash"] == "true"
        assert ours == said
        await host.send(answered[0])
        assert dict(host.recorder.sent[-1].lower())["authorization"] == answered[0].header("Authorization")


def test_the_strongest_of_several_challenges_is_answered() -> None:
    headers = [*asked(algorithm="MD5"), *asked(algorithm="SHA-256"), *asked(algorithm="SHA-999")]
    found = digest.challenges(headers)
    assert [one.algorithm for one in found] == ["SHA-256", "MD5"]
    one_header = [("www-authenticate", ", ".join(value for _, value in headers) + ", Negotiate abc==, Basic realm=x")]
    assert digest.challenges(one_header) == found
    assert digest.parsed("Negotiate abc==, Basic realm=x") == [("negotiate", {}), ("basic", {"realm": "x"})]


def test_credentials_that_were_refused_are_not_sent_again_unless_the_nonce_was_stale() -> None:
    answered = digest.answer(prepared(), 401, asked(), no_body)
    assert answered is not None
    request, session = answered
    assert digest.answer(request, 401, asked(nonce='"m"'), no_body, session) is None
    again = digest.answer(request, 401, asked(nonce='"m"', stale="true"), no_body, session)
    assert again is not None
    assert 'nonce="m"' in (again[0].header("authorization") or "")
    assert len(again[0].headers) == 1


def test_what_is_no_challenge_of_digest_is_not_answered() -> None:
    assert digest.answer(prepared(), 200, asked(), no_body) is None
    assert digest.answer(prepared(), 401, [("WWW-Authenticate", "Basic realm=x")], no_body) is None
    assert digest.answer(Prepared("GET", "http://h/", (), (), {}), 401, asked(), no_body) is None
    with pytest.raises(digest.Unanswerable):
        digest.answer(prepared(), 401, asked(algorithm="SHA-999"), no_body)
    with pytest.raises(digest.Unanswerable):
        digest.answer(prepared(), 401, asked(qop='"new"'), no_body)


def test_a_name_beyond_ascii_is_written_as_the_server_understands() -> None:
    who = Credentials("Jäsøn Doe", "p")
    for more, written in (
        ({}, 'username="Jäsøn Doe"'),
        ({"charset_utf8": True}, "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe"),
        ({"userhash": True}, f'username="{digest._hash("MD5", "Jäsøn Doe:r".encode())}"'),
    ):
        challenge = digest.Challenge("r", "n", qop=("auth",), **more)  # type: ignore[arg-type]
        value = digest.header(challenge, who, "GET", "/", "auth", digest.Session(challenge, 1, "c"))
        assert written in value


def test_md5_without_encryption_is_told() -> None:
    answered = digest.answer(prepared(), 401, asked(), no_body)
    assert answered is not None
    assert "weak" in answered[0].warnings[0].message


@given(st.text(max_size=60))
def test_any_header_is_read_without_a_fault(value: str) -> None:
    digest.challenges([("WWW-Authenticate", value), ("WWW-Authenticate", f"Digest {value}")])


@given(st.text(alphabet=st.sampled_from("a.%2E/\\?=&'\"<>{}[]^`|#ä €;:@+~!$()*,_-1 "), max_size=30))
def test_what_is_signed_is_what_the_host_asks_for(rest: str) -> None:
    """The host writes addresses in one form; ours is in that form already, or the signature would be of another one."""
    request = Request(body=Body())
    params.set_url(request, f"http://h.test/{rest}")
    ready = prepare(request, Variables())
    _, canonical = parse_url(ready.url, "http")
    assert canonical == ready.url
    assert canonical == f"http://h.test{digest.target_of(ready.url)}"


def test_base64_parts_count_as_their_bytes() -> None:
    assert re.fullmatch("[0-9a-f]{32}", digest._body_hash([Text("a")], "MD5", no_body))
    encoded = base64.b64encode(b"\xff").decode()
    assert digest._body_hash([Base64(encoded)], "MD5", no_body) == digest._hash("MD5", b"\xff")
