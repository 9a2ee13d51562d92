"""Commands on the SDK."""

from __future__ import annotations

import json

import pytest

import thoth_plugin as thoth
from thoth_plugin.definition import Plugin
from thoth_plugin.testing import FakeHost


@thoth.command(
    "send",
    "Sends a request",
    thoth.positional("name", "Which"),
    thoth.option("env-name", "Environment", short="e"),
    thoth.flag("raw", "As it is"),
)
async def send(name: str, raw: bool, env_name: str = "none") -> list[dict[str, object]]:
    """What came of it."""
    answer = await thoth.http.request("POST", f"http://a/{name}", json={"env": env_name}, follow_redirects=False)
    return [{"status": answer.status, "raw": raw, "got": answer.json()}]


@thoth.command("fail", "Fails", thoth.positional("how", "How"))
def fail(how: str) -> None:
    """Fails as it is told."""
    if how == "said":
        raise thoth.PluginError("no such thing", 7)
    raise KeyError(how)


@thoth.command("wait", "Waits for what never comes")
async def wait() -> None:
    """A command cannot."""
    await thoth.Pending[None]()


@pytest.fixture
def host() -> FakeHost:
    return FakeHost(Plugin(commands=[send, fail, wait]))


def test_a_command_is_called_by_name_and_waits_for_its_response(host: FakeHost) -> None:
    """Flags are there as booleans, what was not given keeps its default, options reach the host."""
    host.http.on("POST", "http://a/*", lambda request: request.respond(json=request.json()))
    assert host.run("send", name="x") == [{"status": 200, "raw": False, "got": {"env": "none"}}]
    assert host.run("send", name="x", raw=True, env_name="e")[0]["got"] == {"env": "e"}
    assert host.http.last.options == {"follow_redirects": False}
    assert host.http.last.header("content-type") == "application/json"


@pytest.mark.parametrize(("how", "said", "code"), [("said", "no such thing", 7), ("odd", "KeyError: 'odd'", 0)])
def test_what_a_command_raises_is_a_plugin_error(host: FakeHost, how: str, said: str, code: int) -> None:
    """Never anything else, which would end the instance."""
    with pytest.raises(thoth.PluginError, match=said) as caught:
        host.run("fail", how=how)
    assert caught.value.code == code
    assert ("Traceback" in host.log) == (how == "odd")


def test_a_command_that_waits_for_an_event_is_told_so(host: FakeHost) -> None:
    """It does not hang."""
    with pytest.raises(thoth.PluginError, match="comes as an event"):
        host.run("wait")


def test_the_schema_says_all_of_it(host: FakeHost) -> None:
    """As `plugin-cli` wants it."""
    instance = host.instance()
    with instance.entered():
        schema = json.loads(instance.cli_schema())
    assert [each["name"] for each in schema["subcommands"]] == ["send", "fail", "wait"]
    assert schema["subcommands"][0]["args"][1] == {
        "id": "env-name",
        "help": "Environment",
        "required": False,
        "kind": {"kind": "option", "long": "env-name", "value-name": "ENV-NAME", "short": "e"},
    }


def test_an_argument_without_a_parameter_is_told_at_once() -> None:
    """When the module is read, not when the command is run."""
    with pytest.raises(TypeError, match="no parameter 'b'"):

        @thoth.command("a", "b", thoth.positional("b", "c"))
        def made() -> None: ...
