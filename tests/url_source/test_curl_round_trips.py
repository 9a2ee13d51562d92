"""Command line to request, to command line, to request: nothing changes on the way, and nothing is left out unsaid."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rest.curl.options import OPTIONS, SHORT, long_option
from rest.curl.reading import CurlImporter, read
from rest.curl.writing import write
from rest.importing import Imported, ImportedRequest, NotImportable, importer_for, no_files
from rest.model import Auth, Body, FileRef, Options, Part, Request, Row
from rest.prepare import prepare
from rest.shells.quoting import Unspeakable, line
from rest.variables import Scope, Value, Variables
from tests.url_source import command_lines
from tests.url_source.test_shells import SHELLS

if TYPE_CHECKING:
    from rest.shells.commands import Shell

MANUAL = command_lines.of_the_manual()


def one(text: str, shell: Shell | None = None) -> ImportedRequest:
    (found,) = read(text, shell=shell, templates_in_it=False).requests
    return found


def sent(request: Request) -> object:
    """What leaves, but for what is made up each time."""
    for file in [request.body.file, *(part.file for part in request.body.parts)]:
        if file is not None:
            file.handle = f"handle of {file.path}"
    ready = prepare(request, Variables())
    boundary = re.search("boundary=(-+[0-9a-f]+)", ready.header("Content-Type") or "")
    return repr((ready.method, ready.url, ready.headers, ready.body, ready.options)).replace(
        boundary[1] if boundary else "\0", "BOUNDARY"
    )


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(command_lines.arguments(), st.sampled_from(SHELLS), st.sampled_from(SHELLS))
def test_a_request_comes_back_from_the_command_line_it_is_written_as(
    groups: list[list[str]], first: Shell, second: Shell
) -> None:
    try:
        text = line("curl", groups, first)
    except Unspeakable:
        assume(False)
    imported = one(text, first)
    request = imported.request
    written = write(request, second, with_secrets=True)
    if not written.text:
        assert any(note.what == second for note in written.notes)
        return
    again = one(written.text, second)
    if not written.notes:
        assert again.request == request, written.text
    assert [note for note in again.lost if note not in imported.lost] == []
    assert write(again.request, second, with_secrets=True).text == written.text


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(command_lines.arguments())
def test_what_leaves_is_the_same_after_a_round_trip(groups: list[list[str]]) -> None:
    request = one(line("curl", groups, "sh"), "sh").request
    written = write(request, "sh", with_secrets=True)
    assume(not written.notes)
    assert sent(one(written.text, "sh").request) == sent(request)


@pytest.mark.parametrize("command", MANUAL)
def test_every_command_line_of_the_manual_is_read_or_told_why_not(command: str) -> None:
    try:
        found = read(command)
    except NotImportable as error:
        told = str(error)
        found = Imported()
    assert found.requests or re.search("another protocol|no address of HTTP|not closed", told), told
    for each in found.requests:
        assert not any("no such option" in note.reason for note in each.notes)
        for shell in SHELLS:
            written = write(each.request, shell, with_secrets=True)
            if not written.notes:
                assert [again.request for again in read(written.text, shell=shell).requests] == [each.request]


def test_the_manual_is_there_and_long() -> None:
    assert len(MANUAL) > 250


def test_every_option_of_the_curl_that_is_installed_is_known() -> None:
    """By its name, its letter, and whether a value follows."""
    said = subprocess.run(["curl", "--help", "all"], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^ *(?:-(\S), )?--(\S+)( [<\[].*?[>\]]\S*)? {1,}\S", said, re.MULTILINE)
    assert len(found) > 200
    assert [name for _, name, _ in found if name not in OPTIONS] == []
    assert [name for _, name, value in found if OPTIONS[name].takes != bool(value)] == []
    assert {letter: name for letter, name, _ in found if letter} == SHORT


def test_an_option_that_is_not_in_the_request_has_a_reason() -> None:
    assert [option.name for option in OPTIONS.values() if (option.meaning == "read") == bool(option.reason)] == []


def test_options_are_found_cut_short_and_taken_back() -> None:
    assert long_option("insec") == (OPTIONS["insecure"], True)
    assert long_option("no-insecure") == (OPTIONS["insecure"], False)
    assert long_option("dat") is None
    assert long_option("") is None
    assert one("curl -k --no-insecure -L --no-location h").request.options == Options(follow_redirects=False)


def test_a_websocket_is_connected_without_a_check_where_the_command_says_so() -> None:
    found = one("curl -k wss://h.test/chat")
    assert (found.request.protocol, found.request.options.verify_tls, found.notes) == ("websocket", False, [])
    assert "-k" in write(found.request).text


def test_spaces_at_the_end_of_a_query_are_not_lost() -> None:
    request = one("curl -G -d 'a=b ' http://h.test").request
    assert request.url == "http://h.test?a=b%20"
    assert one(write(request).text).request == request


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("curl --resolve a:1:b h", "--resolve a:1:b: requests go where their address leads"),
        ("curl -x p:1 h", "--proxy p:1: a proxy"),
        ("curl -E c h", "--cert c: certificates"),
        ("curl --nonsense h", "--nonsense: curl has no such option"),
        ("curl -d @gone -d x h", "--data @gone: the file cannot be read"),
        ("curl --data-urlencode n@gone h", "--data-urlencode n@gone: the file cannot be read"),
        ("curl -H @gone h", "--header @gone: the file cannot be read"),
        ("curl -K gone h", "--config gone: the file cannot be read"),
        ("curl -F 'x=<gone' h", "-F x=<gone: the file cannot be read"),
        ("curl -F 'x=@a,b' h", "-F x=@a,b: files within one part"),
        ("curl -F 'x=a;encoder=base64' h", "-F x=a;encoder=base64: the coding base64"),
        ("curl -F '=(;type=a/b' -F x=1 -F '=)' h", "-F x=1: parts within parts"),
        ("curl -F a=b -H Content-Type: h", "-H Content-Type: curl writes its parts another way"),
        ("curl -F nothing h", "-F nothing: it has no ="),
        ("curl -F a=b -d c h", "-F: a request has one body"),
        ("curl -b file h", "--cookie file: cookies are not read"),
        ("curl -u me h", "--user me: curl would ask for the password"),
        ("curl --ntlm -u a:b h", "--ntlm: its way of proving"),
        ("curl --anyauth -u a:b h", "--anyauth: the server is not asked first"),
        ("curl -e 'x;auto' h", "--referer ;auto: redirects"),
        ("curl -A '' h", "--user-agent '': it is sent"),
        ("curl -H 'Accept:' h", "-H Accept:: it is sent"),
        ("curl -H nonsense h", "-H nonsense: curl leaves it out"),
        ("curl -H 'Host: other' h", "-H Host: other: it follows from the address"),
        ("curl -H 'A B: c' h", "-H A B: c: its name has signs"),
        ("curl -r 0-5 -d a h", "--range 0-5: with a body"),
        ("curl -C - h", "--continue-at -: how far"),
        ("curl -z file h", "--time-cond file: it is no date"),
        ("curl -m x h", "--max-time x: it is no number"),
        ("curl -m 9999 h", "--max-time 9999: an hour"),
        ("curl --max-redirs 50 h", "--max-redirs 50: 10 redirects"),
        ("curl --location-trusted h", "--location-trusted: secrets are not sent on"),
        ("curl --http2 http://h", "--http2: without encryption"),
        ("curl -G -d a --url-query b h", "--url-query b: curl leaves it out"),
        ("curl 'h/{a'", "http://h/{a: its brackets or braces are taken as they stand: a brace { is not closed"),
        ("curl 'h/[1-999]'", "http://h/[1-999]: its brackets"),
        ("curl $(cat url) h", "$(cat url): only the shell"),
        ("curl h < file", "< file: only the shell"),
        ("curl h -X", "-X: its value is missing"),
        ("curl h ftp://x", "ftp://x: ftp:// is another protocol"),
        ("curl -T '{a,b}' h", "-T: braces and brackets"),
    ],
)
def test_what_is_not_in_the_request_is_listed_with_the_reason(command: str, what: str) -> None:
    found = read(command)
    assert any(f"{note}".startswith(what) for each in found.requests for note in each.lost), found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no command of curl"),
        ("wget https://h", "no command of curl"),
        ("curl", "no address"),
        ("curl 'https://h", "not closed"),
        ("curl ftp://h/x", "another protocol"),
    ],
)
def test_what_cannot_be_imported_is_told(text: str, said: str) -> None:
    with pytest.raises(NotImportable, match=said):
        read(text)


def test_importers_are_chosen_by_what_a_text_looks_like() -> None:
    importers = (CurlImporter(),)
    assert importer_for("$ curl https://h", importers).read("$ curl https://h", no_files).requests
    with pytest.raises(NotImportable, match="cURL"):
        importer_for("GET https://h", importers)


def test_several_commands_with_variables_of_the_shell_and_ours() -> None:
    found = read(
        'TOKEN=x curl "$BASE/a" -H "Authorization: Bearer $TOKEN" && curl {{host}}/b --next c | jq .\necho done'
    )
    assert [each.request.url for each in found.requests] == ["{{BASE}}/a", "{{host}}/b", "http://c"]
    assert found.requests[0].request.auth == Auth("bearer", token="{{TOKEN}}")
    assert found.needed == ["BASE", "TOKEN", "host"]
    assert [note.what for note in found.notes] == ["jq .", "echo done"]


def test_variables_of_curl_are_variables_of_ours() -> None:
    found = read("curl --variable id=7 --expand-url 'https://h/{{id}}?x={{id:url}}' --variable %HOME")
    assert found.variables == {"id": "7"}
    assert found.requests[0].request.url == "https://h/{{id}}?x={{id:url}}"
    assert found.requests[0].lost[0].what == "{{id:url}}"


def test_websockets_are_seen_by_their_scheme() -> None:
    found = one("curl wss://h/ws -H 'Sec-WebSocket-Key: x' -H 'Sec-WebSocket-Protocol: a, b' -H 'Upgrade: websocket'")
    assert found.request.protocol == "websocket"
    assert found.request.socket.subprotocols == ["a", "b"]
    assert found.request.headers == []


VARIABLES = Variables(
    [Scope("e", {"host": Value("h.test"), "n": Value("a b"), "pw": Value(key="k")})], lambda _: "p4ssw0rd"
)


def test_an_export_has_variables_in_braces_or_their_values() -> None:
    request = read("curl https://{{host}}/x?q={{n}} -u 'u:{{pw}}' -d 'a={{n}}'").requests[0].request
    assert write(request).text == (
        "curl -g 'https://{{host}}/x?q={{n}}' \\\n  -u 'u:{{pw}}' \\\n  --data-raw 'a={{n}}'"
    )
    assert write(request, variables=VARIABLES).text == (
        "curl 'https://h.test/x?q=a%20b' \\\n  -u 'u:{{pw}}' \\\n  --data-raw a=a+b"
    )
    assert "u:p4ssw0rd" in write(request, variables=VARIABLES, with_secrets=True).text


@pytest.mark.parametrize(
    ("request_", "what"),
    [
        (Request(url="wss://h", protocol="websocket"), "the WebSocket"),
        (Request(url="https://h", options=Options(cookies=True)), "cookies"),
        (Request(url="https://h", body=Body("multipart", parts=[Part("a=b", "c")])), "the part a=b"),
        (Request(url="https://h", body=Body("multipart", parts=[Part("a", "c", filename="f")])), "the part a"),
        (Request(url="https://h", body=Body("multipart")), "body"),
        (Request(url="https://h", body=Body("binary")), "body"),
        (Request(url="https://h", body=Body("binary", base64="AAE=")), "sh"),
        (Request(url="https://h", body=Body("binary", file=FileRef())), "body"),
    ],
)
def test_what_a_command_line_cannot_say_is_listed(request_: Request, what: str) -> None:
    assert what in [note.what for note in write(request_).notes]


def test_all_kinds_of_requests_are_written() -> None:
    request = Request(
        url="https://h/", headers=[Row("A", "1"), Row("B", "2", enabled=False), Row("C", "")], method="POST",
        auth=Auth("api-key", key_name="k", key_value="{{v}}", key_in="query"), body=Body("graphql", query="{ a }"),
        options=Options(1500, follow_redirects=False, max_redirects=2, verify_tls=False, http_version="1.1"),
    )  # fmt: skip
    assert write(request).text == (
        "curl -g 'https://h/?k={{v}}' \\\n  -H 'A: 1' \\\n  -H 'C;' \\\n  -H 'Content-Type: application/json' \\\n"
        '  --max-redirs 2 -k -m 1.5 --http1.1 \\\n  --data-raw \'{"query":"{ a }"}\''
    )
