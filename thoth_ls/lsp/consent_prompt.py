"""Asks the person at the client what a plugin may reach: by our own request, or by one that every editor can show."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from lsprotocol import types

from thoth_ls.lsp.asking import answer_of, best_way, introduced, quoted
from thoth_ls.lsp.messages import unlinked
from thoth_ls.wire.methods import ASK_CONSENT
from thoth_ls.wire.network import ConsentAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.network import Choice, ConsentQuestion

    Ask = Callable[[ConsentQuestion], Awaitable[ConsentAnswer | None]]

CHOICES: Mapping[str, Choice] = {
    "Allow Once": "once",
    "Allow for This Session": "untilClosed",
    "Always Allow": "always",
    "Deny Always": "denyAlways",
    "Deny": "deny",
}
"""By the buttons of a message."""
SHOWN_ADDRESSES = 4


def consent_asker(ls: ThothServer) -> Ask | None:
    """Puts questions to the client, in the best way it has; None when it has none. See `best_way`."""
    return best_way(ls, "consent", ASK_CONSENT, ConsentAnswer, _ask_by_message)


def wording(question: ConsentQuestion) -> str:
    """The question as plain text."""
    who = introduced(question.plugin_id, question.plugin_name, question.version, question.origin)
    return "\n".join([f"{who} wants to reach {question.target}.", *_facts(question)])


def _facts(question: ConsentQuestion) -> list[str]:
    kind = {"http": f"Request: {unlinked(question.method)}", "websocket": "WebSocket", "tcp": "TCP connection"}
    facts = [f"• {kind[question.kind]}", f"• {_address(question)}"]
    if question.redirected_from is not None:
        facts.append(f"• Redirected here by {question.redirected_from}")
    on_this_machine = question.addresses and all(ip_address(address).is_loopback for address in question.addresses)
    if question.target.startswith("http://") and not on_this_machine:
        facts.append("• Not encrypted: others on the way can read and change it")
    if question.waiting > 1:
        facts.append(f"• {question.waiting} of them wait for your answer: Allow Once is for all of these")
    said = quoted(question.reason) if question.reason else "nothing"
    return [*facts, f"Its author says: {said}"]


def _address(question: ConsentQuestion) -> str:
    if not question.addresses:
        return "Address: found by the proxy, not checked here"
    shown = question.addresses[:SHOWN_ADDRESSES]
    more = len(question.addresses) - len(shown)
    where = "this machine or a private network" if question.local else "public"
    return f"Address: {', '.join(shown)}{f' and {more} more' if more else ''} ({where})"


async def _ask_by_message(ls: ThothServer, question: ConsentQuestion) -> ConsentAnswer | None:
    params = types.ShowMessageRequestParams(
        type=types.MessageType.Warning,
        message=wording(question),
        actions=[types.MessageActionItem(title=title) for title in CHOICES],
    )
    answer = await answer_of(ls, types.WINDOW_SHOW_MESSAGE_REQUEST, params)
    choice = CHOICES.get(str(getattr(answer, "title", None)))
    return None if choice is None else ConsentAnswer(choice=choice)
