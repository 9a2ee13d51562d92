"""Asks the person at the client what a plugin may do: by our own request, or by one that every editor can show."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pydantic import ValidationError
from pygls.exceptions import JsonRpcException

from thoth_ls.lsp.capabilities import declares
from thoth_ls.lsp.messages import unlinked
from thoth_ls.wire.methods import ASK_PERMISSION
from thoth_ls.wire.permissions import Permission, PermissionAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.permissions import PermissionQuestion

    Ask = Callable[[PermissionQuestion], Awaitable[PermissionAnswer | None]]

logger = logging.getLogger(__name__)

ALLOW, DENY = "Allow", "Deny"
_QUOTES = re.compile('["“”„‟«»″]')
SHOWN_HOSTS = 10
"""Of one need; those that allow most come first."""
_FROM = {
    "bundled": "comes with Thoth",
    "user": "was installed by you",
    "development": "stands in a development folder",
    "workspace": "comes with this workspace",
}


def asker(ls: ThothServer) -> Ask | None:
    """Puts questions to the client, in the best way it has; None when it has none.

    The answer is None when the person waved the question away, or the client did not answer as agreed. A question
    that is no longer awaited is withdrawn by `$/cancelRequest`.
    """
    capabilities = ls.client_capabilities
    if declares(capabilities, "permissions"):
        return lambda question: _ask_ours(ls, question)
    if capabilities.window is not None and capabilities.window.show_message is not None:
        return lambda question: _ask_by_message(ls, question)
    return None


def wording(question: PermissionQuestion) -> str:
    """The question as plain text; the author's words in it are quoted, and were made harmless before."""
    about = f"{question.plugin_id} {question.version}, {_FROM.get(question.origin, question.origin)}"
    verb = "now also asks for leave to:" if question.update else "asks for leave to:"
    lines = [f"The plugin {_quoted(question.plugin_name)} ({about}) {verb}"]
    lines += [f"• {_line(permission)}" for permission in question.permissions]
    return "\n".join(lines)


def _line(permission: Permission) -> str:
    hosts = permission.scope[:SHOWN_HOSTS]
    more = len(permission.scope) - len(hosts)
    scope = f": {', '.join(hosts)}" if hosts else ""
    rest = f" and {more} more" if more else ""
    return f"{permission.title}{scope}{rest}. Its author says: {_quoted(permission.reason)}"


def _quoted(text: str) -> str:
    """An author's words between quotation marks, which they cannot leave."""
    inside = _QUOTES.sub("'", unlinked(text))
    return f"“{inside}”"


async def _ask_ours(ls: ThothServer, question: PermissionQuestion) -> PermissionAnswer | None:
    answer = await _request(ls, ASK_PERMISSION.method, question)
    try:
        return None if answer is None else PermissionAnswer.model_validate(answer)
    except ValidationError as error:
        logger.warning("The client's answer about %s does not fit: %s", question.plugin_id, error)
        return None


async def _ask_by_message(ls: ThothServer, question: PermissionQuestion) -> PermissionAnswer | None:
    params = types.ShowMessageRequestParams(
        type=types.MessageType.Warning,
        message=wording(question),
        actions=[types.MessageActionItem(title=ALLOW), types.MessageActionItem(title=DENY)],
    )
    answer = await _request(ls, types.WINDOW_SHOW_MESSAGE_REQUEST, params)
    needs = [permission.need for permission in question.permissions]
    match getattr(answer, "title", None):
        case "Allow":
            return PermissionAnswer(granted=needs, denied=[])
        case "Deny":
            return PermissionAnswer(granted=[], denied=needs)
        case _:
            return None


async def _request(ls: ThothServer, method: str, params: object) -> Any:
    try:
        return await ls.ask(method, params)
    except JsonRpcException as error:
        logger.warning("The client could not ask: %s", error)
        return None
