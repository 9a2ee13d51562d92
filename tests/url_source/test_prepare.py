"""The request that leaves."""

import json

import pytest

from rest import params
from rest.model import Auth, Body, FileRef, Options, Param, Part, Request, Row, Socket
from rest.prepare import prepare
from rest.prepared import Base64, Handle, Prepared, Text
from rest.stored import NotUnderstood, dump_request, load_request
from rest.variables import Scope, Value, Variables

VALUES = Variables([Scope("test", {"v": Value("x&y z"), "base": Value("http://h.test/api"), "q": Value("k=1&l=2")})])


def made(url: str = "https://h.test/", **said: object) -> Request:
    request = Request(**said)  # type: ignore[arg-type]
    params.set_url(request, url)
    return request


def sent(request: Request) -> Prepared:
    return prepare(request, VALUES)


def body_text(prepared: Prepared) -> str:
    assert all(isinstance(part, Text) for part in prepared.body)
    return "".join(part.text for part in prepared.body if isinstance(part, Text))


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://h.test/a b?x=ä#f", "https://h.test/a%20b?x=%C3%A4"),
        ("{{base}}/{{v}}?a={{v}}&b=1", "http://h.test/api/x&y%20z?a=x%26y%20z&b=1"),
        ("{{base}}?{{q}}&b=%20+", "http://h.test/api?k=1&l=2&b=%20+"),
        ("h.test/x", "https://h.test/x"),
        ("localhost:8080/x", "http://localhost:8080/x"),
        ("//127.0.0.1/x", "http://127.0.0.1/x"),
        ("https://h.test?a=1&a=1&&b", "https://h.test/?a=1&a=1&&b"),
        ("{{no|http://h.test?a=1}}?b=2", "http://h.test/?a=1&b=2"),
    ],
)
def test_the_address(url: str, target: str) -> None:
    prepared = sent(made(url))
    assert prepared.url == target
    assert prepared.problems == ()


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (Body("json", '{"a": "{{v}}"}'), "application/json", '{"a": "x&y z"}'),
        (Body("text", "hällo"), "text/plain; charset=utf-8", "hällo"),
        (Body("xml", "<a/>"), "application/xml", "<a/>"),
        (
            Body(
                "form", fields=[Param("a b", "{{v}}"), Param("off", "1", enabled=False), Param("c", "d", raw="c=%64")]
            ),
            "application/x-www-form-urlencoded",
            "a+b=x%26y+z&c=%64",
        ),
        (
            Body("graphql", query="query Q { me { id }}", variables='{"a":1}', operation="Q"),
            "application/json",
            '{"query":"query Q { me { id }}","variables":{"a":1},"operationName":"Q"}',
        ),
        (Body("text", "x", content_type="a/b"), "a/b", "x"),
        (Body("text", "x", content_type=""), None, "x"),
    ],
)
def test_bodies_have_their_content_type(body: Body, content_type: str | None, text: str) -> None:
    prepared = sent(made(method="POST", body=body))
    assert prepared.header("Content-Type") == content_type
    assert body_text(prepared) == text
    assert prepared.problems == ()


def test_a_header_content_type_wins() -> None:
    prepared = sent(made(method="POST", body=Body("json", "{}"), headers=[Row("content-type", "application/x+json")]))
    assert prepared.headers == (("content-type", "application/x+json"),)


def test_multipart_has_text_and_files_and_the_boundary_in_the_header() -> None:
    parts = [
        Part("a", "{{v}}"),
        Part("f", file=FileRef("x.json", handle="h1")),
        Part('q"', "1", content_type="text/csv", filename="t.csv", headers=[Row("X-A", "b")]),
        Part("off", "1", enabled=False),
    ]
    header = Row("Content-Type", "multipart/form-data; boundary=BB")
    prepared = sent(made(method="POST", body=Body("multipart", parts=parts), headers=[header]))
    assert prepared.body == (
        Text(
            '--BB\r\nContent-Disposition: form-data; name="a"\r\n\r\nx&y z\r\n--BB\r\nContent-Disposition: form-data;'
            ' name="f"; filename="x.json"\r\nContent-Type: application/json\r\n\r\n'
        ),
        Handle("h1"),
        Text(
            '\r\n--BB\r\nContent-Disposition: form-data; name="q%22"; filename="t.csv"\r\nContent-Type: text/csv\r\n'
            "X-A: b\r\n\r\n1\r\n--BB--\r\n"
        ),
    )
    assert prepared.submit_options()["body_parts"][1] == {"body_handle": "h1"}


def test_a_boundary_is_made_and_added_to_a_header_without_one() -> None:
    body = Body("multipart", parts=[Part("a", "1")])
    own = sent(made(method="POST", body=body)).header("Content-Type") or ""
    assert own.startswith("multipart/form-data; boundary=------------------------")
    other = sent(made(method="POST", body=body, headers=[Row("Content-Type", "multipart/form-data")]))
    assert (other.header("Content-Type") or "").startswith("multipart/form-data; boundary=")
    assert len(other.headers) == 1


def test_a_file_that_has_to_be_chosen_again_is_an_error_that_names_it() -> None:
    prepared = sent(made(method="PUT", body=Body("binary", file=FileRef("photo.png"))))
    assert [problem.message for problem in prepared.errors] == ["the file photo.png has to be chosen again"]


def test_bytes_are_sent_as_they_are() -> None:
    prepared = sent(made(method="PUT", body=Body("binary", base64="/wA=")))
    assert prepared.body == (Base64("/wA="),)
    assert prepared.header("Content-Type") == "application/octet-stream"


@pytest.mark.parametrize(
    ("auth", "headers", "url"),
    [
        (Auth("basic", "u", "pä"), (("Authorization", "Basic dTpww6Q="),), "https://h.test/"),
        (Auth("bearer", token="{{v}}"), (("Authorization", "Bearer x&y z"),), "https://h.test/"),
        (Auth("api-key", key_name="X-Key", key_value="k"), (("X-Key", "k"),), "https://h.test/"),
        (Auth("api-key", key_name="k y", key_value="{{v}}", key_in="query"), (), "https://h.test/?k%20y=x%26y%20z"),
        (Auth("digest", "u", "p"), (), "https://h.test/"),
    ],
)
def test_auth(auth: Auth, headers: object, url: str) -> None:
    prepared = sent(made(auth=auth))
    assert (prepared.headers, prepared.url) == (headers, url)
    assert (prepared.digest is not None) == (auth.kind == "digest")
    assert len(prepared.secrets) == 1


def test_headers_of_a_part_win_over_ours_and_have_real_names() -> None:
    """As with curl's `-F 'a=1;headers="…"'`."""
    rows = [Row("content-disposition", "attachment"), Row("Content-Type", "a/{{v}}"), Row("X-Off", "1", enabled=False)]
    part = Part("a", "1", content_type="text/plain", headers=rows)
    text = body_text(sent(made(method="POST", body=Body("multipart", parts=[part]))))
    assert text.split("\r\n")[1:4] == ["content-disposition: attachment", "Content-Type: a/x&y z", ""]
    for name, said in (("X Y", "is no name of a header"), ("X:", "is no name of a header")):
        wrong = sent(made(method="POST", body=Body("multipart", parts=[Part("a", "1", headers=[Row(name, "1")])])))
        assert [problem.where for problem in wrong.errors] == ["body.parts[0]"]
        assert said in wrong.errors[0].message
    broken = Part("a", "1", headers=[Row("X", "1\r\nY: 2")])
    assert "line break" in sent(made(method="POST", body=Body("multipart", parts=[broken]))).errors[0].message


def test_a_user_in_the_url_is_basic_auth_and_no_part_of_the_address() -> None:
    prepared = sent(made("https://us%40er:p%3Aw@h.test/x@y"))
    assert prepared.url == "https://h.test/x@y"
    assert prepared.headers == (("Authorization", "Basic dXNAZXI6cDp3"),)


def test_what_is_written_among_the_headers_wins_over_auth_and_that_is_told() -> None:
    prepared = sent(made(headers=[Row("authorization", "X y")], auth=Auth("bearer", token="t")))
    assert prepared.headers == (("authorization", "X y"),)
    assert "Authorization is sent as written among the headers" in prepared.warnings[0].message


def test_an_encoding_that_is_not_read_here_is_told() -> None:
    for value, told in (("gzip, deflate, br", 1), ("br;q=0.5", 1), ("br;q=0, gzip", 0), ("gzip, zstd", 0)):
        assert len(sent(made(headers=[Row("Accept-Encoding", value)])).warnings) == told


def test_headers_that_the_host_writes_are_left_out_and_told() -> None:
    prepared = sent(made(headers=[Row("Connection", "close"), Row("X", " a "), Row("Y", "1", enabled=False)]))
    assert prepared.headers == (("X", "a"),)
    assert prepared.warnings[0].message == "the header Connection is not sent: connections are shared by requests"


@pytest.mark.parametrize(
    ("request_", "where", "word"),
    [
        (made(""), "url", "no URL"),
        (made("ftp://h.test"), "url", "http:// or https://"),
        (made("https://h.test/{{gone}}"), "url", "{{gone}}"),
        (made(method="A B"), "method", "no method"),
        (made(headers=[Row("A B", "1")]), "headers[0]", "no name"),
        (made(headers=[Row("A", "1\n2")]), "headers[0]", "line break"),
        (made(method="POST", body=Body("graphql")), "body.query", "no query"),
        (made(method="POST", body=Body("graphql", query="{a}", variables="[1]")), "body.variables", "no object"),
        (made(method="POST", body=Body("binary")), "body.file", "no file"),
        (made(method="POST", body=Body("binary", base64="?")), "body", "base64"),
        (made(options=Options(timeout_ms=0)), "options.timeout_ms", "timeout"),
        (made("wss://h.test"), "url", "http://"),
    ],
)
def test_what_cannot_be_sent_is_told_with_its_place(request_: Request, where: str, word: str) -> None:
    (problem, *_) = sent(request_).errors
    assert problem.where == where
    assert word in problem.message


def test_json_that_is_none_is_sent_all_the_same_and_told() -> None:
    prepared = sent(made(method="POST", body=Body("json", '{"a": 1,\n}')))
    assert body_text(prepared) == '{"a": 1,\n}'
    assert prepared.warnings[0].message == (
        "the body is no JSON: line 2, column 1: the comma before this has nothing behind it"
    )


def test_graphql_with_get_goes_into_the_query() -> None:
    prepared = sent(made("https://h.test/?a=1", body=Body("graphql", query="{ me }", variables='{"a": [1]}')))
    assert prepared.url == "https://h.test/?a=1&query=%7B%20me%20%7D&variables=%7B%22a%22%3A%5B1%5D%7D"
    assert prepared.body == ()


def test_trace_has_no_body() -> None:
    prepared = sent(made(method="TRACE", body=Body("text", "x")))
    assert prepared.body == ()
    assert "TRACE" in prepared.warnings[0].message


def test_options_are_those_of_the_host_and_only_what_differs() -> None:
    """But for the checking of certificates: left out, it would be what the person has decided for the host."""
    assert sent(made()).options == {"verify_tls": True}
    options = Options(timeout_ms=5, follow_redirects=False, max_redirects=3, verify_tls=False, http_version="2")
    assert sent(made(options=options)).options == {
        "timeout_ms": 5,
        "follow_redirects": False,
        "max_redirects": 3,
        "verify_tls": False,
        "http_version": "2",
    }


def test_a_websocket_has_no_body_and_its_own_schemes() -> None:
    request = made("http://h.test/ws", protocol="websocket", socket=Socket(["a"]), body=Body("json", "{}"))
    prepared = sent(request)
    assert (prepared.url, prepared.body, prepared.subprotocols) == ("ws://h.test/ws", (), ("a",))


def test_a_request_is_stored_and_read_without_a_loss() -> None:
    request = made(
        "https://h.test?a=1",
        method="POST",
        body=Body("multipart", parts=[Part("f", file=FileRef("x", "/x", 3, "h"))]),
        auth=Auth("digest", "u", "{{p}}"),
        options=Options(timeout_ms=3),
    )
    again = load_request(dump_request(request))
    assert request.body.parts[0].file is not None
    request.body.parts[0].file.handle = ""  # of this instance of the host alone
    assert again == request
    assert "version" in json.loads(dump_request(request))
    assert len(dump_request(Request())) == len('{"version": 1}')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "should be a request (an object)"),
        ("{", "is no JSON"),
        ('{"version": 2}', "reads up to 1"),
        ('{"method": 3}', "method should be a text, and is 3"),
        ('{"headers": [{"name": null}]}', "headers[0].name should be a text, and is null"),
        ('{"auth": {"kind": "magic"}}', "auth.kind should be 'none' or"),
        ('{"options": {"timeout_ms": true}}', "options.timeout_ms should be a whole number"),
        ('{"params": {}}', "params should be a list"),
    ],
)
def test_what_is_no_request_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as told:
        load_request(text)
    assert said in str(told.value)


def test_names_of_a_later_version_are_left_out() -> None:
    assert load_request('{"version": 1, "method": "PUT", "later": 1}') == Request(method="PUT")
