"""No secret stays in what is stored or exported."""

import json
from collections.abc import Callable
from itertools import count

import pytest

from rest import params, secrets, stored, workspace
from rest.collections import Folder
from rest.curl.writing import write
from rest.environments import Environment, Variable, key_of, make_secret, put, scope_of
from rest.model import Auth, Body, Param, Part, Request, Row
from rest.prepare import prepare
from rest.stored import NotUnderstood
from rest.telling import LEFT_OUT, is_telling
from rest.variables import Variables
from rest.vault import Vault

SECRET = "s3cr3t-Wörd"
ORIGINAL = {
    "requests": [
        {
            "name": "Login",
            "method": "POST",
            "url": "https://h/login",
            "params": [{"key": "a", "value": "1", "enabled": False}, ["b", "2"]],
            "req_headers": [{"key": "Content-Type", "value": "application/json", "enabled": True}],
            "body": '{"x": 1}',
            "auth_type": "basic",
            "auth_username": "me",
            "auth_password": SECRET,
        },
        {"name": "Login", "method": "WSS", "url": "h/ws", "auth_type": "bearer", "auth_token": SECRET},
        {
            "url": "https://h",
            "auth_type": "api-key",
            "auth_key_name": "k",
            "auth_key_value": SECRET,
            "auth_key_in": "query",
        },
        {"method": "PUT", "url": "https://h", "body": "plain", "req_headers": "nonsense"},
        "nonsense",
    ]
}


def full() -> Request:
    request = Request(
        "r1",
        headers=[Row("Authorization", f"Bearer {SECRET}"), Row("X-Api-Key", SECRET), Row("Accept", "a/b")],
        auth=Auth("basic", "u", SECRET, SECRET, key_name="k", key_value=SECRET),
        body=Body(
            "form", fields=[Param("password", SECRET), Param("q", "1")], parts=[Part("secret", SECRET), Part("a", "b")]
        ),
    )
    params.set_url(request, f"https://u:{SECRET}@h/?access_token={SECRET}&page_token=3")
    return request


def ids() -> Callable[[], str]:
    numbers = count()
    return lambda: f"id{next(numbers)}"


class Storage:
    """Secure storage, and how often it was written."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}
        self.writes = 0

    def write(self, key: str, value: str) -> None:
        self.entries[key] = value
        self.writes += 1

    def vault(self) -> Vault:
        return Vault(self.entries.get, self.write, lambda key: self.entries.pop(key, None) and None)


def test_hiding_leaves_no_secret_and_loses_none() -> None:
    hidden, kept = secrets.hide(full(), ids())
    assert SECRET not in json.dumps(stored.to_json(hidden), ensure_ascii=False)
    assert set(kept.values()) == {SECRET}
    assert len(kept) == 9
    assert secrets.places(hidden) == []
    assert secrets.all_keys(place.value for place in secrets._candidates(hidden)) == set(kept)
    sent, was = (prepare(one, Variables(read_secret=kept.get)) for one in (hidden, full()))
    assert (sent.url, sent.headers, sent.body) == (was.url, was.headers, was.body)
    assert sent.errors == []


def test_revealing_gives_the_request_again() -> None:
    hidden, kept = secrets.hide(full(), ids())
    again = secrets.revealed(hidden, kept.get)
    again.params = [Param(row.name, row.value, row.enabled, row.note) for row in again.params]
    wanted = full()
    wanted.params = [Param(row.name, row.value, row.enabled, row.note) for row in wanted.params]
    assert again.headers == wanted.headers
    assert again.auth == wanted.auth
    assert [(row.name, row.value) for row in again.params] == [(row.name, row.value) for row in wanted.params]


def test_variables_are_no_secrets() -> None:
    request = Request(headers=[Row("Authorization", "Bearer {{token}}")], auth=Auth("basic", password="{{pw}}"))
    assert secrets.places(request) == []
    assert secrets.hide(request, ids()) == (request, {})


def test_hiding_twice_changes_nothing() -> None:
    hidden, _ = secrets.hide(full(), ids())
    assert secrets.hide(hidden, ids()) == (hidden, {})


@pytest.mark.parametrize("shell", ["sh", "cmd", "powershell", "powershell-5.1"])
def test_an_export_has_secrets_only_when_asked(shell: str) -> None:
    hidden, kept = secrets.hide(full(), ids())
    variables = Variables(read_secret=kept.get)
    for request in (full(), hidden):
        for given in (None, variables):
            text = write(request, shell, variables=given).text  # type: ignore[arg-type]
            assert text
            assert "s3cr3t" not in text
            assert "$secret" not in text
            assert "{{X_Api_Key}}" in text.replace("^", "")
    assert "s3cr3t" in write(hidden, shell, variables=variables, with_secrets=True).text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "telling"),
    [
        *(
            (name, True)
            for name in ("Authorization", "X-Auth-Token", "cookie", "apiKey", "api_key", "key", "sid", "pwd")
        ),
        *(
            (name, True)
            for name in ("access_token", "refreshToken", "client_secret", "userPassword", "X-Amz-Signature")
        ),
        *((name, True) for name in ("JSESSIONID", "sessionid", "X-CSRF-Token", "otp", "auth", "Proxy-Authorization")),
        *((name, False) for name in ("author", "authority", "Authors", "page_token", "nextPageToken", "token_type")),
        *((name, False) for name in ("keyboard", "monkey", "Accept", "max_tokens", "side", "compass", "signal")),
    ],
)
def test_names_that_sound_like_secrets(name: str, telling: bool) -> None:
    assert is_telling(name) is telling


def test_texts_for_people_have_no_secret_whatever_it_is_written_as() -> None:
    values = {"token": "a b/c+ä", "short": "abc"}
    shown = secrets.redact("x a b/c+ä y a%20b%2Fc%2B%C3%A4 z a+b%2Fc%2B%C3%A4 abc", values)
    assert shown == "x ••• y ••• z ••• abc"
    url = secrets.redacted_url("https://h/p?api_key=1&q=2&a=a%20b%2Fc%2B%C3%A4#f", values)
    assert url == "https://h/p?api_key=•••&q=2&a=•••#f"
    headers = secrets.redacted_headers([("Authorization", "x"), ("A", "a b/c+ä")], values)
    assert headers == [("Authorization", "•••"), ("A", "•••")]


def test_the_original_is_migrated_with_its_secrets_moved_out() -> None:
    loaded = workspace.load(json.dumps(ORIGINAL), ids())
    assert loaded.migrated
    text = workspace.dump(loaded.workspace)
    assert SECRET not in text
    assert set(loaded.secrets.values()) == {SECRET}
    assert loaded.workspace.keys() == set(loaded.secrets)
    first, second, third, fourth = loaded.workspace.root.items
    assert isinstance(first, Request)
    assert (first.name, first.url, first.body.kind) == ("Login", "https://h/login?b=2", "json")
    assert [(row.name, row.enabled) for row in first.params] == [("a", False), ("b", True)]
    assert isinstance(second, Request)
    assert (second.name, second.protocol, second.url) == ("Login 2", "websocket", "wss://h/ws")
    sent = prepare(third, Variables(read_secret=loaded.secrets.get))  # type: ignore[arg-type]
    assert sent.url == "https://h/?k=s3cr3t-W%C3%B6rd"
    plain = prepare(fourth, Variables())  # type: ignore[arg-type]
    assert plain.headers == ()
    again = workspace.load(text, lambda: "never")
    assert again.workspace == loaded.workspace
    assert (again.migrated, again.secrets) == (False, {})


def test_what_would_write_a_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="holds a secret"):
        workspace.dump(workspace.Workspace(Folder(items=[full()])))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "no JSON"),
        ('{"version": 9}', "update the plugin"),
        ('{"version":1,"root":{"items":[{"id":"a"},{"id":"a"}]}}', "the id 'a'"),
        ('{"version":1,"root":{"items":[{"name":"x"}]}}', "the id ''"),
        ('{"version":1,"environments":[{"variables":[{"secret":"yes"}]}]}', "true or false"),
    ],
)
def test_a_state_that_cannot_be_read_is_told(text: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as told:
        workspace.load(text, lambda: "x")
    assert said in str(told.value)


def test_nothing_stored_is_an_empty_workspace() -> None:
    assert workspace.load("", lambda: "x").workspace == workspace.Workspace()
    assert workspace.load(workspace.dump(workspace.Workspace()), lambda: "x").workspace == workspace.Workspace()


def test_secret_variables_are_in_secure_storage_alone() -> None:
    environment = Environment("e1", "Staging", [Variable("v1", "host", "h"), Variable("v2", "token", SECRET)])
    key, value = make_secret(environment, environment.variables[1])
    assert (key, value) == (key_of(environment, environment.variables[1]), SECRET)
    assert SECRET not in json.dumps(stored.to_json(environment), ensure_ascii=False)
    assert scope_of(environment).values["token"].key == key
    assert put(environment, "token", "new", "v9") == (key, "new")
    assert put(environment, "id", "7", "v9") is None
    assert [(one.name, one.value) for one in environment.variables] == [("host", "h"), ("token", ""), ("id", "7")]


def test_many_secrets_need_few_entries() -> None:
    storage = Storage()
    vault = storage.vault()
    vault.put_all({f"request.{number}.auth": f"value {number}" for number in range(1000)})
    assert len(storage.entries) <= 64
    assert storage.writes <= 64
    assert vault.get("request.7.auth") == "value 7"
    assert vault.get("request.none") is None
    vault.put("request.7.auth", "value 7")
    assert storage.writes <= 64
    vault.forget(["request.7.auth", "gone"])
    assert vault.get("request.7.auth") is None
    vault.keep_only({"request.8.auth"})
    assert len(storage.entries) == 1
    assert storage.vault().get("request.8.auth") == "value 8"


def test_entries_that_are_not_ours_are_nothing() -> None:
    storage = Storage()
    storage.vault().put("k", "v")
    for wrong in ("nonsense", "[]", '{"k": 1}'):
        storage.entries = dict.fromkeys(storage.entries, wrong)
        assert storage.vault().get("k") is None


@pytest.mark.parametrize(
    "url",
    [
        f"ada:{SECRET}@host/x",
        f" https://ada:{SECRET}@host",
        f"{{{{scheme}}}}://ada:{SECRET}@host/",
        f"{{{{scheme|http://}}}}ada:{SECRET}@host/",
        f"//ada:{SECRET}@host/",
        f"https://{{{{user}}}}:{SECRET}@host/",
        f"https://{SECRET}@host/x?a=b",
        f"https://{SECRET}:@host/",
    ],
)
def test_what_stands_before_the_host_is_a_secret_however_it_is_typed(url: str) -> None:
    request = Request("r1")
    params.set_url(request, url)
    hidden, kept = secrets.hide(request, ids())
    assert SECRET not in json.dumps(stored.to_json(hidden), ensure_ascii=False)
    assert SECRET not in request.title
    assert list(kept.values()) == [SECRET]
    assert secrets.revealed(hidden, kept.get).url == url
    assert secrets.hide(hidden, ids()) == (hidden, {})


@pytest.mark.parametrize(
    "url", ["https://host/@me", "host/x?mail=a@b", "{{base}}/a@b", "https://{{user}}:{{pw}}@h", ""]
)
def test_other_signs_of_an_address_are_none(url: str) -> None:
    request = Request("r1")
    params.set_url(request, url)
    assert secrets.places(request) == []


def test_a_request_without_a_name_is_called_by_its_url_without_secrets() -> None:
    url = f"https://ada:{SECRET}@h/x?q=1&access_token={SECRET}#end"
    shown = f"https://h/x?q=1&access_token={LEFT_OUT}#end"
    assert Request(url=url).title == shown
    assert secrets.redacted_url(url, {}) == shown
    request = Request("r1", name=url)
    written = workspace.dump(workspace.Workspace(Folder(items=[request])))
    assert SECRET not in json.loads(written)["root"]["items"][0]["name"]
    assert json.loads(workspace.dump(workspace.load(written, ids()).workspace)) == json.loads(written)
    original = json.dumps({"requests": [{"url": f"https://h/?api_key={SECRET}"}]})
    found = workspace.load(original, ids())
    assert SECRET not in json.dumps(stored.to_json(found.workspace), ensure_ascii=False)


def test_a_variable_that_is_new_is_secret_where_its_name_says_so() -> None:
    environment = Environment("e1")
    assert put(environment, "access_token", SECRET, "v1") == ("environment.e1.v1", SECRET)
    assert put(environment, "order", "7", "v2") is None
    assert [(one.name, one.value, one.secret) for one in environment.variables] == [
        ("access_token", "", True),
        ("order", "7", False),
    ]


def test_what_was_kept_before_it_was_taken_for_a_secret_is_hidden_now() -> None:
    request = {"id": "r1", "url": f"ada:{SECRET}@host/x"}
    text = json.dumps({"version": 1, "root": {"items": [{"id": "f1", "name": "F", "items": [request]}]}})
    found = workspace.load(text, ids())
    assert (list(found.secrets.values()), found.migrated) == ([SECRET], True)
    again = workspace.load(workspace.dump(found.workspace), ids())
    assert (again.secrets, again.migrated) == ({}, False)
