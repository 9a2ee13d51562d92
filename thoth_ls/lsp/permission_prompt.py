"""Asks the person at the client what a plugin may do: by our own request, or by one that every editor can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from thoth_ls.lsp.asking import answer_of, best_way, introduced, quoted
from thoth_ls.wire.methods import ASK_PERMISSION
from thoth_ls.wire.permissions import Permission, PermissionAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.permissions import PermissionQuestion

    Ask = Callable[[PermissionQuestion], Awaitable[PermissionAnswer | None]]

ALLOW, DENY = "Allow", "Deny"
SHOWN_HOSTS = 10
"""Of one need; those that allow most come first."""


def asker(ls: ThothServer) -> Ask | None:
    """Puts questions to the client, in the best way it has; None when it has none. See `best_way`."""
    return best_way(ls, "permissions", ASK_PERMISSION, PermissionAnswer, _ask_by_message)


def wording(question: PermissionQuestion) -> str:
    """The question as plain text; the author's words in it are quoted, and were made harmless before."""
    who = introduced(question.plugin_id, question.plugin_name, question.version, question.origin)
    lines = [f"{who} {'now also asks' if question.update else 'asks'} for leave to:"]
    lines += [f"• {_line(permission)}" for permission in question.permissions]
    return "\n".join(lines)


def _line(permission: Permission) -> str:
    hosts = permission.scope[:SHOWN_HOSTS]
    more = len(permission.scope) - len(hosts)
    scope = f": {', '.join(hosts)}" if hosts else ""
    rest = f" and {more} more" if more else ""
    return f"{permission.title}{scope}{rest}. Its author says: {quoted(permission.reason)}"


async def _ask_by_message(ls: ThothServer, question: PermissionQuestion) -> PermissionAnswer | None:
    params = types.ShowMessageRequestParams(
        type=types.MessageType.Warning,
        message=wording(question),
        actions=[types.MessageActionItem(title=ALLOW), types.MessageActionItem(title=DENY)],
    )
    answer = await answer_of(ls, types.WINDOW_SHOW_MESSAGE_REQUEST, params)
    needs = [permission.need for permission in question.permissions]
    match getattr(answer, "title", None):
        case "Allow":
            return PermissionAnswer(granted=needs, denied=[])
        case "Deny":
            return PermissionAnswer(granted=[], denied=needs)
        case _:
            return None
