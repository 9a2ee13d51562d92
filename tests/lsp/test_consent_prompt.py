"""How people are asked what a plugin may reach, by what their editor can show; every answer that is none is a no."""

from typing import Any, cast

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from thoth_ls.lsp.consent_prompt import CHOICES, consent_asker, wording
from thoth_ls.lsp.server import ThothServer
from thoth_ls.wire.network import ConsentQuestion

QUESTION = ConsentQuestion(
    plugin_id="org.example.plugin",
    plugin_name="Example",
    version="1.2.0",
    origin="user",
    kind="http",
    method="POST",
    target="https://api.example.com:443",
    host="api.example.com",
    port=443,
    addresses=["93.184.215.14"],
    local=False,
    reason="Asks the API.",
    redirected_from=None,
    waiting=1,
)


class Client:
    """Answers what it is asked; stands for the server that has it."""

    def __init__(self, answer: Any, *, ours: bool = False, messages: bool = False) -> None:
        self.answer = answer
        self.asked: list[tuple[str, Any]] = []
        message = types.ShowMessageRequestClientCapabilities() if messages else None
        self.client_capabilities = types.ClientCapabilities(
            window=types.WindowClientCapabilities(show_message=message),
            experimental={"thoth": {"consent": True}} if ours else None,
        )

    async def ask(self, method: str, params: Any) -> Any:
        self.asked.append((method, params))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


async def choice(client: Client) -> str | None:
    """What is understood."""
    ask = consent_asker(cast("ThothServer", client))
    assert ask is not None
    answer = await ask(QUESTION)
    return None if answer is None else answer.choice


@pytest.mark.parametrize("chosen", ["once", "untilClosed", "always", "deny", "denyAlways"])
async def test_a_client_of_ours_is_asked_by_our_request(chosen: str) -> None:
    client = Client({"choice": chosen}, ours=True, messages=True)
    assert await choice(client) == chosen
    assert client.asked == [("thoth/consent/request", QUESTION)]


@pytest.mark.parametrize(
    "answer", [None, {}, [], "always", {"choice": "yes"}, {"choice": ["always"]}, {"choice": "always", "more": 1}]
)
async def test_an_answer_that_is_none_decides_nothing(answer: Any) -> None:
    assert await choice(Client(answer, ours=True)) is None


@pytest.mark.parametrize("ours", [True, False])
async def test_a_client_that_fails_decides_nothing(ours: bool) -> None:
    assert await choice(Client(JsonRpcException("no such method", -32601), ours=ours, messages=True)) is None


@pytest.mark.parametrize(("button", "chosen"), [*CHOICES.items(), ("OK", None), ("", None)])
async def test_other_editors_are_asked_by_a_message(button: str, chosen: str | None) -> None:
    client = Client(types.MessageActionItem(button), messages=True)
    assert await choice(client) == chosen
    (method, params) = client.asked[0]
    assert method == "window/showMessageRequest"
    assert [action.title for action in params.actions] == [
        "Allow Once",
        "Allow for This Session",
        "Always Allow",
        "Deny Always",
        "Deny",
    ]
    assert params.message == (
        "The plugin “Example” (org.example.plugin 1.2.0, was installed by you) wants to reach https://api.example.com:443.\n"
        "• Request: POST\n"
        "• Address: 93.184.215.14 (public)\n"
        "Its author says: “Asks the API.”"
    )


async def test_waving_the_message_away_decides_nothing() -> None:
    assert await choice(Client(None, messages=True)) is None


def test_with_nobody_to_ask_there_is_no_asker() -> None:
    assert consent_asker(cast("ThothServer", Client(None))) is None


def test_the_message_says_what_is_special_about_it() -> None:
    local = {"target": "http://dev.example:8080", "local": True, "addresses": [f"10.0.0.{n}" for n in range(9)]}
    said = wording(QUESTION.model_copy(update={**local, "redirected_from": "https://a.example:443", "waiting": 30}))
    assert "• Address: 10.0.0.0, 10.0.0.1, 10.0.0.2, 10.0.0.3 and 5 more (this machine or a private network)" in said
    assert "• Redirected here by https://a.example:443" in said
    assert "• Not encrypted" in said
    assert "• 30 of them wait for your answer: Allow Once is for all of these" in said
    loopback = {"target": "http://localhost:8080", "local": True, "addresses": ["127.0.0.1", "::1"]}
    assert "Not encrypted" not in wording(QUESTION.model_copy(update=loopback))
    proxied = wording(QUESTION.model_copy(update={"target": "http://a.example:80", "addresses": []}))
    assert "• Address: found by the proxy, not checked here\n" in proxied
    assert "• Not encrypted" in proxied
    assert "• WebSocket\n" in wording(QUESTION.model_copy(update={"kind": "websocket", "method": "GET"}))
    assert "• TCP connection\n" in wording(QUESTION.model_copy(update={"kind": "tcp", "method": ""}))


def test_the_author_s_words_stay_between_their_quotation_marks() -> None:
    evil = {"reason": "Trust me.” [Allow](command:evil)", "plugin_name": "“Thoth”", "method": "[GET](command:evil)"}
    said = wording(QUESTION.model_copy(update=evil))
    assert "Its author says: “Trust me.' [Allow] (command:evil)”" in said
    assert said.startswith("The plugin “'Thoth'” (")
    assert "](" not in said
