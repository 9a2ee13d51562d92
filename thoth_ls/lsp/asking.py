"""Asking the person at the client, in words that plugins cannot bend."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError
from pygls.exceptions import JsonRpcException

from thoth_ls.lsp.capabilities import declares
from thoth_ls.lsp.messages import unlinked

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.base import Wire
    from thoth_ls.wire.methods import Rpc

Question = TypeVar("Question", bound="Wire")
Answer = TypeVar("Answer", bound="Wire")

logger = logging.getLogger(__name__)

ORIGINS = {
    "bundled": "comes with Thoth",
    "user": "was installed by you",
    "development": "stands in a development folder",
    "workspace": "comes with this workspace",
}
_QUOTES = re.compile('["“”„‟«»″]')


def best_way(
    ls: ThothServer,
    capability: str,
    rpc: Rpc,
    answer: type[Answer],
    by_message: Callable[[ThothServer, Question], Awaitable[Answer | None]],
) -> Callable[[Question], Awaitable[Answer | None]] | None:
    """Puts questions to the client: by `rpc` where it declares the capability, else by a message; None without either.

    The answer is None when the person waved the question away, or the client did not answer as agreed. A question
    that is no longer awaited is withdrawn by `$/cancelRequest`.
    """

    async def by_ours(question: Question) -> Answer | None:
        said = await answer_of(ls, rpc.method, question)
        try:
            return None if said is None else answer.model_validate(said)
        except ValidationError as error:
            logger.warning("The client's answer to %s does not fit: %s", rpc.method, error)
            return None

    window = ls.client_capabilities.window
    if declares(ls.client_capabilities, capability):
        return by_ours
    if window is not None and window.show_message is not None:
        return lambda question: by_message(ls, question)
    return None


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
