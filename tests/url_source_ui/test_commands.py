"""What runs without a tab: commands, the data source, tables for others."""

import json

import pytest

import main
from explorer.panel import Explorer
from tests.url_source_ui.tabs import opened, sent
from thoth_plugin import PluginError
from thoth_plugin.testing import FakeHost


def stocked(*requests: tuple[str, str]) -> FakeHost:
    """A host with saved requests: name and URL."""
    host = FakeHost(main.PLUGIN)
    for name, url in requests:
        _, tab = opened(url, host)
        tab.click("save")
        tab.change("save-name", name)
        tab.click("save-keep")
    return host


def test_all_requests_are_listed() -> None:
    host = stocked(("One", "https://one.example"), ("Two", "https://two.example"))
    assert host.run("list") == [
        {"path": "One", "method": "GET", "url": "https://one.example"},
        {"path": "Two", "method": "GET", "url": "https://two.example"},
    ]
    assert [record["path"] for record in host.run("list", search="two")] == ["Two"]


def test_a_saved_request_is_sent_and_its_records_returned() -> None:
    host = stocked(("Items", "https://a.example/items"))
    host.http.on("GET", "https://a.example/items", json=[{"id": 1}, 2])
    assert host.run("send", name="Items") == [{"id": 1}, {"value": 2}]
    assert json.loads(host.storage)["history"]["entries"][0]["url"] == "https://a.example/items"


def test_status_and_headers_alone() -> None:
    host = stocked(("Items", "https://a.example/items"))
    host.http.on("GET", "*", status=404, body="no", headers={"X-One": "1"})
    record = host.run("send", name="Items", head=True)[0]
    assert (record["status"], record["headers"]) == (404, {"x-one": "1"})
    assert host.run("send", name="Items") == [{"body": "no"}]
    with pytest.raises(PluginError, match="answered 404"):
        host.run("send", name="Items", fail=True)


def test_what_is_not_there_says_what_to_do() -> None:
    host = stocked(("Items", "https://a.example"), ("Items", "https://b.example"))
    with pytest.raises(PluginError, match="thoth url-source list"):
        host.run("send", name="Nothing")
    with pytest.raises(PluginError, match="2 requests are called"):
        host.run("send", name="Items")
    with pytest.raises(PluginError, match="there are none"):
        host.run("send", name="Items", env="staging")


def test_variables_that_are_not_known_keep_it_from_being_sent() -> None:
    host = stocked(("Items", "https://{{host}}/items"))
    with pytest.raises(PluginError, match="host"):
        host.run("send", name="Items")
    assert host.http.requests == []


def test_what_was_sent_last_is_sent_again_in_a_tab() -> None:
    host = stocked(("Items", "https://a.example/items"))
    host.http.on("GET", "*", json=[1])
    host.run("send", name="Items")
    assert host.run("send-last-again") == []
    tab = host.open(Explorer, state=json.loads(str(host.tabs[-1][2])))
    assert "200 OK" in tab.text
    assert len(host.http.requests) == 2
    again = host.open(Explorer, state=tab.state())
    assert len(host.http.requests) == 2
    assert "From the history" in again.text


def test_without_an_editor_what_was_sent_last_returns_its_records() -> None:
    host = stocked(("Items", "https://a.example/items"))
    with pytest.raises(PluginError, match="Nothing was sent yet"):
        host.run("send-last-again")
    host.http.on("GET", "*", json=[{"a": 1}])
    host.run("send", name="Items")
    host.refuse("ui-tabs", "no tabs here")
    assert host.run("send-last-again") == [{"a": 1}]


def test_curl_is_imported_into_tabs_or_the_collection() -> None:
    host = stocked()
    command = "curl https://a.example -H 'Authorization: Bearer tok-12345' --compressed --limit-rate 1k"
    record = host.run("import-curl", text=command)[0]
    assert (record["method"], record["kept"]) == ("GET", "in a tab")
    assert "--limit-rate" in record["left_out"]
    assert "tok-12345" not in str(host.tabs)
    tab = host.open(Explorer, state=json.loads(str(host.tabs[-1][2])))
    assert sent(tab).header("Authorization") == "Bearer tok-12345"
    assert host.run("import-curl", text=command, save=True)[0]["kept"] == "in the collection"
    assert host.run("list")[0]["url"] == "https://a.example"
    with pytest.raises(PluginError, match="cannot be imported"):
        host.run("import-curl", text="ls -l")


def test_a_request_is_written_as_a_command_line() -> None:
    host = stocked(("Items", "https://a.example/items"))
    assert "https://a.example/items" in host.run("export-curl", name="Items")[0]["curl"]
    with pytest.raises(PluginError, match="sh, cmd or powershell"):
        host.run("export-curl", name="Items", shell="fish")


def test_new_requests_need_an_editor() -> None:
    host = stocked()
    host.run("new-request", url="https://a.example")
    tab = host.open(Explorer, state=json.loads(str(host.tabs[-1][2])))
    assert tab.find("url").value == "https://a.example"
    host.refuse("ui-tabs", "no tabs here")
    with pytest.raises(PluginError, match="no editor"):
        host.run("new-request")


def test_a_tab_for_a_new_request_begins_in_its_url() -> None:
    """One for anything else is left to whatever the person does there."""
    host = stocked(("Items", "https://a.example/items"))
    host.run("new-request")
    host.run("open", name="Items")
    host.run("environments")
    seeds = [json.loads(str(state)) for _, _, state in host.tabs]
    assert [bool(host.open(Explorer, state=seed).find("url").get("focus")) for seed in seeds] == [True, False, False]
    assert host.open(Explorer).find("url")["focus"]


def test_requests_of_one_name_are_opened_by_their_ids() -> None:
    """By path where that says which."""
    host = stocked(("Items", "https://a.example/1"), ("Items", "https://a.example/2"))
    assert "id" not in host.run("list")[0]
    first, second = (record["id"] for record in host.run("list", ids=True))
    with pytest.raises(PluginError, match="2 requests are called 'Items'"):
        host.run("open", name="Items")
    for wanted, url in ((second, "https://a.example/2"), (first, "https://a.example/1")):
        host.run("open", name=wanted)
        assert host.open(Explorer, state=json.loads(str(host.tabs[-1][2]))).find("url").value == url
    host.run("environments")
    assert "Environments" in host.open(Explorer, state=json.loads(str(host.tabs[-1][2]))).text
    host.refuse("ui-tabs", "no tabs here")
    for name, given in (("open", {"name": first}), ("environments", {})):
        with pytest.raises(PluginError, match="no editor"):
            host.run(name, **given)


def test_the_response_is_a_table_for_others() -> None:
    _host, tab = opened("https://a.example")
    instance = tab.instance
    with instance.entered(), pytest.raises(PluginError, match="send the request first"):
        instance.provide_dataset()
    sent(tab).respond(200, json=[{"a": 1, "b": {"c": 2}}, {"b": None, "d": "x"}])
    with instance.entered():
        table = instance.provide_dataset()
    assert (table["name"], table["kind"]) == ("response", "http-response")
    assert [column["name"] for column in table["columns"]] == ["a", "b", "d"]
    assert table["rows"] == [["1", '{"c":2}', ""], ["", "", "x"]]


def test_the_data_source_takes_the_settings_of_the_explorer_before() -> None:
    host = stocked()
    host.http.on("POST", "https://a.example/q", json={"rows": 3})
    instance = host.instance()
    given = {
        "url": "https://a.example/q",
        "method": "post",
        "headers": "X-One: 1\n",
        "body": "{}",
        "auth_type": "api-key",
        "auth_key_name": "X-Key",
        "auth_key_value": "k",
    }
    with instance.entered():
        assert [entry.name for entry in instance.source.required_config()][:4] == ["url", "method", "headers", "body"]
        handle = instance.source.connect(given)
        assert json.loads(instance.query(handle, "whatever")) == [{"rows": 3}]
        assert [field.name for field in instance.source.schema(handle)[0].fields] == ["rows"]
        instance.source.close(handle)
        with pytest.raises(PluginError, match="no connection"):
            instance.query(handle, "")
    request = host.http.last
    assert (request.method, request.header("X-One"), request.header("X-Key"), request.body) == ("POST", "1", "k", b"{}")


@pytest.mark.parametrize(
    ("body", "records"),
    [('{"a": "1\u2028 2"}\n{"a": 3}\n', [{"a": "1\u2028 2"}, {"a": 3}]), ('{"a": 1}\n{', [{"body": '{"a": 1}\n{'}])],
)
def test_a_line_of_json_ends_at_a_line_feed_alone(body: str, records: list[object]) -> None:
    host = stocked(("Items", "https://a.example/items"))
    host.http.on("GET", "*", body=body, headers={"Content-Type": "application/x-ndjson"})
    assert host.run("send", name="Items") == records


def test_the_data_source_tells_no_key_of_its_url() -> None:
    host = stocked()
    host.http.on("GET", "*", status=403, body="no")
    instance = host.instance()
    given = {"url": "https://a.example/q", "auth_type": "api-key", "auth_key_name": "k", "auth_key_value": "key-12345"}
    with instance.entered(), pytest.raises(PluginError, match="answered 403") as told:
        instance.source.connect(given | {"auth_key_in": "query"})
    assert "key-12345" not in told.value.message
    assert "key-12345" in host.http.last.url
