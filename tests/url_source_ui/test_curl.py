"""Command lines of curl, in and out."""

import main
from tests.url_source_ui.tabs import opened, sent
from thoth_plugin.testing import FakeHost

PASTED = """\
curl 'https://a.example/items?x=1' -X PUT -H 'X-One: 1' -u ada:pass --limit-rate 10k \\
  -d '{"a":1}' -H 'Content-Type: application/json'"""


def test_a_command_becomes_the_request_of_the_tab_and_what_is_lost_is_listed() -> None:
    _, tab = opened()
    tab.click("curl-import")
    tab.change("curl-text", PASTED)
    assert "--limit-rate" in tab.text
    tab.click("curl-import-open")
    assert not tab.tree.has("curl-text")
    request = sent(tab)
    assert (request.method, request.url, request.body) == ("PUT", "https://a.example/items?x=1", b'{"a":1}')
    assert request.header("Authorization") == "Basic YWRhOnBhc3M="
    assert request.header("x-one") == "1"


def test_what_is_no_command_says_so_while_it_is_typed() -> None:
    _, tab = opened()
    tab.click("curl-import")
    assert not tab.find("curl-import-open").enabled
    tab.change("curl-text", "wget https://a.example")
    assert "cannot be imported" in tab.text
    assert not tab.find("curl-import-open").enabled


def test_several_commands_open_a_tab_each() -> None:
    host, tab = opened()
    tab.click("curl-import")
    tab.change("curl-text", "curl https://a.example\ncurl https://b.example\n")
    assert tab.find("curl-import-open")["label"] == "Open 2 Requests"
    tab.click("curl-import-open")
    assert tab.find("url").value == "https://a.example"
    assert [title for title, _, _ in host.tabs] == ["https://b.example"]
    assert '"url":"https://b.example"' in str(host.tabs[0][2])


def test_a_tab_with_something_in_it_is_left_alone() -> None:
    host, tab = opened("https://mine.example")
    tab.click("curl-import")
    tab.change("curl-text", "curl https://a.example")
    tab.click("curl-import-open")
    assert tab.find("url").value == "https://mine.example"
    assert len(host.tabs) == 1


def test_the_request_is_written_for_a_shell_without_secrets_unless_they_are_wanted() -> None:
    _, tab = opened("https://a.example/x?q=it's")
    tab.change("auth-kind", "bearer")
    tab.change("auth-token", "tok-123")
    tab.click("curl-export")
    written = tab.find("curl-copied")["copy"]
    assert "tok-123" not in written
    assert written.startswith("curl ")
    tab.change("curl-secrets", "true")
    assert "tok-123" in tab.find("curl-copied")["copy"]
    tab.change("curl-shell", "powershell")
    assert tab.find("curl-copied")["copy"].startswith("curl.exe ")
    tab.click("curl-export-close")
    assert "curl.exe" not in tab.text


def test_what_is_written_is_read_again_as_the_same_request() -> None:
    _, tab = opened("https://a.example/x?a=1&b=%20")
    tab.change("method", "PATCH")
    tab.change("body-kind", "json")
    tab.change("body-text", '{"quote": "it\'s \\"here\\""}')
    first = sent(tab)
    first.respond(200)
    tab.click("curl-export")
    written = tab.find("curl-copied")["copy"]
    _, other = opened()
    other.click("curl-import")
    other.change("curl-text", written)
    other.click("curl-import-open")
    second = sent(other)
    assert (first.method, first.url, first.body) == (second.method, second.url, second.body)
    assert sorted(first.headers) == sorted(second.headers)


def test_secrets_that_are_kept_are_written_where_they_are_wanted() -> None:
    _, tab = opened("https://a.example")
    tab.change("auth-kind", "bearer")
    tab.change("auth-token", "tok-123")
    tab.click("save")
    tab.click("save-keep")
    tab.click("curl-export")
    tab.change("curl-values", "false")
    assert "tok-123" not in tab.find("curl-copied")["copy"]
    tab.change("curl-secrets", "true")
    assert "tok-123" in tab.find("curl-copied")["copy"]


def test_variables_of_a_command_are_listed_with_their_values() -> None:
    _, tab = opened()
    tab.click("curl-import")
    command = (
        "curl --variable host=a.example --variable token=tok-123 --expand-url 'https://{{host}}/{{token}}/{{more}}'"
    )
    tab.change("curl-text", command)
    assert "Variables to be defined: host = a.example, token = •••, more." in tab.text
    host = FakeHost(main.PLUGIN)
    assert host.run("import-curl", text=command)[0]["variables"] == "host = a.example, token = •••, more"


def test_what_does_not_apply_to_websockets_is_listed() -> None:
    _, tab = opened()
    tab.click("curl-import")
    tab.change("curl-text", "curl -k --digest -u ada:pass wss://a.example/chat")
    assert "--digest: " in tab.text
    tab.change("curl-text", "curl -k --digest -u ada:pass https://a.example/chat")
    assert "--digest: " not in tab.text
