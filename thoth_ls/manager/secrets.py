"""`secure-storage`, and settings that are secrets: the same store, each plugin's apart from all others'."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from thoth_ls.calling import CANNOT_CONNECT, INVALID, HostRefusal, begun
from thoth_ls.catalog.grants import own_name
from thoth_ls.errors import InputInvalid, SecretsUnavailable
from thoth_ls.storage.secret_store import ANSWER_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.storage.secret_store import SecretStore

T = TypeVar("T")

MOST_KEY = 256
"""Characters of a key."""
MOST_SECRET_BYTES = 64 << 10
_WAIT_SECONDS = ANSWER_SECONDS + 5
"""The store gives up by itself before that."""


class Secrets:
    """Secrets of plugins. Made on the event loop, and belongs to it but for the functions in `imports`."""

    def __init__(self, store: SecretStore) -> None:
        self._store = store
        self._loop = asyncio.get_running_loop()

    def imports(self, plugin: Plugin, caller: Caller) -> Mapping[str, Callable[..., Any]]:
        """The functions of the interface for one guest; they raise HostRefusal, with no secret in its text."""
        owner = own_name(plugin)

        def now(action: Coroutine[Any, Any, T]) -> T:
            try:
                return caller.wait(begun(self._loop, action), _WAIT_SECONDS)
            except SecretsUnavailable as error:
                raise HostRefusal(str(error), CANNOT_CONNECT) from None

        def write(key: str, secret: str) -> None:
            _require(_key_problem(key) or secret_problem(secret))
            now(self._store.store(owner, key, secret))

        def read(key: str) -> str | None:
            _require(_key_problem(key))
            return now(self._store.read(owner, key))

        def delete(key: str) -> None:
            _require(_key_problem(key))
            now(self._store.store(owner, key, None))

        return {"write": write, "read": read, "delete": delete}

    async def is_set(self, plugin: Plugin, key: str) -> bool:
        """Whether there is a secret; raises SecretsUnavailable."""
        return await self._store.read(own_name(plugin), key) is not None

    async def set(self, plugin: Plugin, key: str, value: str | None) -> None:
        """Keeps the secret of a setting, or (None) forgets it; raises InputInvalid and SecretsUnavailable."""
        problem = None if value is None else secret_problem(value)
        if problem is not None:
            raise InputInvalid(plugin.id, key, f"setting {key}: {problem}")
        await self._store.store(own_name(plugin), key, value)

    async def forget(self, plugin: Plugin) -> None:
        """Forgets every secret of a plugin; raises SecretsUnavailable."""
        await self._store.forget_all(own_name(plugin))


def secret_problem(secret: str) -> str | None:
    """Why a text cannot be kept, without the text; None when it can."""
    if len(secret.encode("utf-8", "replace")) > MOST_SECRET_BYTES:
        return f"a secret must not be longer than {MOST_SECRET_BYTES >> 10} KiB"
    return None


def _key_problem(key: str) -> str | None:
    if not key:
        return "the key of a secret must not be empty"
    if len(key) > MOST_KEY:
        return f"the key of a secret must not have more than {MOST_KEY} characters"
    if not key.isprintable():
        return "the key of a secret must not hold control characters"
    return None


def _require(problem: str | None) -> None:
    if problem is not None:
        raise HostRefusal(problem, INVALID)
