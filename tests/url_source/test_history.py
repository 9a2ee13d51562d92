"""What was sent, within a number and a size, without secrets."""

import json

import pytest

from rest import history, params, stored
from rest.history import Entry, History
from rest.model import Auth, Request, Row
from rest.prepare import prepare
from rest.variables import Scope, Value, Variables

VARIABLES = Variables([Scope("e", {"t": Value(key="k")})], lambda _: "t0p-s3cret")


def entry(number: int, body: str = "x") -> Entry:
    response = history.response_of(200, [], body, len(body), {})
    return Entry(f"h{number}", request=Request("r1" if number % 2 else "r2"), response=response)


def test_the_newest_is_first_and_the_oldest_go() -> None:
    kept = History()
    for number in range(30):
        history.add(kept, entry(number), most_entries=10)
    assert [one.id for one in kept.entries] == [f"h{number}" for number in range(29, 19, -1)]
    assert [one.id for one in kept.of_request("r1")] == ["h29", "h27", "h25", "h23", "h21"]
    assert kept.of_request("") == []
    history.remove(kept, "h29")
    assert kept.find("h29") is None
    assert kept.find("h28") is kept.entries[0]


def test_all_together_stay_below_a_size() -> None:
    kept = History()
    for number in range(30):
        history.add(kept, entry(number, "ä" * 1000), most_bytes=20_000)
    assert sum(history.size_of(one) for one in kept.entries) <= 20_000
    assert len(kept.entries) > 5
    history.add(kept, entry(99, "x" * 60_000), most_bytes=20_000)
    first = kept.entries[0].response
    assert kept.entries[0].id == "h99"
    assert first is not None
    assert (first.body, first.truncated) == ("", True)


def test_an_entry_has_no_secret_and_can_be_sent_again() -> None:
    request = Request(
        "r1",
        headers=[Row("Cookie", "sid=plain-secret")],
        auth=Auth("basic", "u", "{{$secret request.r1.auth.password}}"),
    )
    params.set_url(request, "https://h/{{t}}?access_token=abc")
    made = history.entry_of("h1", "2026-01-31T12:00:00Z", request, prepare(request, VARIABLES))
    made.response = history.response_of(
        200,
        [("Set-Cookie", "sid=plain-secret"), ("Content-Type", "application/json"), ("X-Echo", "t0p-s3cret")],
        '{"access_token": "abc", "user": {"name": "n", "password": "p"}, "echo": "t0p-s3cret", "expires": 3}',
        99,
        {"t": "t0p-s3cret"},
        url="https://h/t0p-s3cret?access_token=abc",
    )
    text = json.dumps(stored.to_json(made))
    for secret in ("plain-secret", "t0p-s3cret", "abc", '"p"'):
        assert secret not in text
    assert made.request.auth.password == "{{$secret request.r1.auth.password}}"
    assert made.request.url.startswith("https://h/{{t}}")
    assert json.loads(made.response.body)["user"]["name"] == "n"
    assert stored.from_json(Entry, json.loads(text)) == made


def test_a_body_without_secrets_is_kept_as_it_came() -> None:
    made = history.response_of(200, [("content-type", "application/json")], '{ "a":1.0,\n"b": [] }', 20, {})
    assert made.body == '{ "a":1.0,\n"b": [] }'
    assert not made.truncated


def test_of_a_long_body_the_beginning_is_kept_and_that_is_said() -> None:
    made = history.response_of(200, [], "x" * 100_000, 100_000, {})
    assert (len(made.body), made.truncated, len(made.digest)) == (history.MOST_BODY, True, 64)
    assert history.response_of(200, [], "x", 5_000_000, {}).truncated
    binary = history.response_of(200, [], None, 3, {})
    assert (binary.body, binary.truncated, binary.digest) == ("", True, "")


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ('{"token": "abc", "a": ["token", "b"]}', '{"token": "•••", "a": ["token", "b"]}'),
        ('{"a": {"na\\"me" : 12345, "otp":123456}}', '{"a": {"na\\"me" : 12345, "otp":"•••"}}'),
        ('{"password":"a\\"b", "x": "token"}', '{"password":"•••", "x": "token"}'),
        ('{"password": "cut o', '{"password": "•••"'),
        ('{"password": "cut \\', '{"password": "•••"'),
        ('{"secret": "", "token": null, "token_type": "x"}', '{"secret": "", "token": null, "token_type": "x"}'),
        ("[" * 100_000, "[" * history.MOST_BODY),
    ],
)
def test_values_of_telling_names_are_left_out_of_json_whole_or_not(body: str, kept: str) -> None:
    assert history.response_of(200, [("Content-Type", "application/json")], body, len(body), {}).body == kept


def test_forms_are_kept_without_their_secrets() -> None:
    headers = [("Content-Type", "application/x-www-form-urlencoded")]
    assert history.response_of(200, headers, "access_token=abc&scope=x", 24, {}).body == "access_token=•••&scope=x"
