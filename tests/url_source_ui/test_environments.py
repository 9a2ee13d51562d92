"""Environments are edited in a dialog, and hold in all tabs."""

import json

from tests.url_source_ui.tabs import opened, sent
from thoth_plugin.testing import OpenedPanel


def environment(tab: OpenedPanel, name: str, **values: str) -> None:
    """Writes an environment as a person does; values of names that end in `_secret` are secret."""
    tab.click("environments")
    tab.click("environment-add")
    tab.change("environment-name", name)
    for at, (variable, value) in enumerate(values.items()):
        tab.click("variable-add")
        tab.change(f"variable-{at}-name", variable)
        tab.change(f"variable-{at}-value", value)
        if variable.endswith("_secret"):
            tab.change(f"variable-{at}-secret", "true")
    tab.click("environments-save")


def choose(tab: OpenedPanel, name: str) -> None:
    options = {option["label"]: option["value"] for option in tab.find("environment")["options"]}
    tab.change("environment", options[name])


def test_variables_of_the_active_environment_are_filled_in() -> None:
    host, tab = opened("https://{{host}}/x")
    environment(tab, "Local", host="local.example")
    environment(tab, "Live", host="live.example")
    assert "{{host}} is not known" in tab.text
    choose(tab, "Live")
    assert "https://live.example/x" in tab.text
    assert sent(tab).url == "https://live.example/x"
    host.http.last.respond(200)
    choose(tab, "Local")
    assert sent(tab).url == "https://local.example/x"


def test_a_secret_variable_is_in_the_key_store_alone() -> None:
    host, tab = opened("https://a.example")
    environment(tab, "Live", api_secret="s3cret-value")
    choose(tab, "Live")
    assert "s3cret-value" not in host.storage
    assert "s3cret-value" in json.dumps(host.secrets)
    tab.event("headers", "change", '[{"key":"X-Key","value":"{{api_secret}}","enabled":true}]')
    tab.change("url", "https://a.example/{{api_secret}}")
    assert "https://a.example/•••" in tab.text
    assert sent(tab).header("X-Key") == "s3cret-value"
    host.http.last.respond(200)
    tab.click("environments")
    assert "Kept in the key store" in tab.text
    tab.click("variable-0-replace")
    tab.change("variable-0-value", "another-value")
    tab.click("environments-save")
    assert "s3cret-value" not in json.dumps(host.secrets)
    assert sent(tab).header("X-Key") == "another-value"


def test_what_is_not_saved_changes_nothing() -> None:
    host, tab = opened("https://a.example")
    environment(tab, "Live", host="a")
    before = host.storage
    tab.click("environments")
    tab.change("variable-0-value", "b")
    tab.click("environment-delete")
    tab.click("environments-close")
    assert host.storage == before


def test_an_environment_is_duplicated_and_deleted_with_its_secrets() -> None:
    host, tab = opened("https://a.example")
    environment(tab, "Live", host="a", api_secret="s3cret-value")
    tab.click("environments")
    tab.click("environment-duplicate")
    assert tab.find("environment-name").value == "Live copy"
    tab.click("environments-save")
    tab.click("environments")
    tab.event("environment-list", "click", "0")
    tab.click("environment-delete")
    tab.click("environments-save")
    assert [option["label"] for option in tab.find("environment")["options"]] == ["No Environment", "Live copy"]
    assert "s3cret-value" not in json.dumps(host.secrets)


def test_a_variable_is_switched_off_renamed_and_removed() -> None:
    host, tab = opened("https://{{host}}/")
    environment(tab, "Live", host="a.example", other="x")
    choose(tab, "Live")
    tab.click("environments")
    tab.change("variable-0-enabled", "false")
    tab.click("variable-1-remove")
    tab.click("environments-save")
    assert "{{host}} is not known" in tab.text
    assert len(json.loads(host.storage)["environments"][0]["variables"]) == 1
