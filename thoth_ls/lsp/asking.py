"""Asking the person at the client, in words that plugins cannot bend."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from pygls.exceptions import JsonRpcException

from thoth_ls.lsp.messages import unlinked

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer

logger = logging.getLogger(__name__)

ORIGINS = {
    "bundled": "comes with Thoth",
    "user": "was installed by you",
    "development": "stands in a development folder",
    "workspace": "comes with this workspace",
}
_QUOTES = re.compile('["“”„‟«»″]')


async def answer_of(ls: ThothServer, method: str, params: object) -> Any:
    """What the client answers, None where it fails to; cancelling withdraws the question."""
    try:
        return await ls.ask(method, params)
    except JsonRpcException as error:
        logger.warning("The client could not ask: %s", error)
        return None


def quoted(text: str) -> str:
    """An author's words between quotation marks, which they cannot leave; they were made harmless before."""
    inside = _QUOTES.sub("'", unlinked(text))
    return f"“{inside}”"


def introduced(plugin_id: str, name: str, version: str, origin: str) -> str:
    """A plugin, by its name and what is known of it, at the beginning of a sentence."""
    return f"The plugin {quoted(name)} ({plugin_id} {version}, {ORIGINS.get(origin, origin)})"
