"""Secrets in the key store of this machine, for clients that have none of their own."""

from __future__ import annotations

import asyncio
import queue
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from thoth_ls.errors import SecretsUnavailable, ThothError
from thoth_ls.storage.json_file import JsonFile
from thoth_ls.storage.secret_store import ANSWER_SECONDS, MOST_KEYS, no_answer, too_many

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from keyring.backend import KeyringBackend

    from thoth_ls.storage.whole_file import Report

P = ParamSpec("P")
T = TypeVar("T")

SERVICE = "thoth-ls"
"""Under which the key store lists them; the account is `<owner>:<key>`."""
INDEX = "secret-keys.json"
MOST_INDEX_BYTES = 8 << 20
_LEAST_PRIORITY = 1
"""Of what the package recommends; below are files, some of them plain text, and those that refuse everything."""
NOT_INSTALLED = (
    "There is no store of secrets: this client has none of its own, and the Python package keyring is not installed."
    " Install it with: pip install 'thoth-ls[keyring]'."
)


class KeyringSecrets:
    """A `SecretStore` on the package keyring, which is loaded by the first use.

    Key stores cannot list what they hold, so the keys (never the secrets) are noted in `<state>/secret-keys.json`. The
    package may wait for a person, and its connections belong to one thread: it has one, which nothing waits for when
    the server ends.
    """

    def __init__(self, state: Path, report: Report, seconds: float = ANSWER_SECONDS) -> None:
        self._index = JsonFile(state / INDEX, MOST_INDEX_BYTES, report)
        self._seconds = seconds
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def read(self, owner: str, key: str) -> str | None:
        """See `SecretStore`."""
        return await self._call(lambda: _told(_backend().get_password, SERVICE, _account(owner, key)))

    async def store(self, owner: str, key: str, value: str | None) -> None:
        """See `SecretStore`."""
        await self._call(lambda: self._forget(owner, [key]) if value is None else self._keep(owner, key, value))

    async def forget_all(self, owner: str) -> None:
        """See `SecretStore`."""
        await self._call(lambda: self._forget(owner, self._keys(owner)))

    # On the thread

    def _keep(self, owner: str, key: str, value: str) -> None:
        backend = _backend()

        def note(known: dict[str, Any]) -> dict[str, Any]:
            keys = _noted(known, owner)
            if key not in keys and len(keys) >= MOST_KEYS:
                raise too_many(owner)
            return {**known, owner: sorted({*keys, key})}

        self._index.update(note)  # first: a key without a secret does no harm, a secret nobody knows of would stay
        _told(backend.set_password, SERVICE, _account(owner, key), value)

    def _forget(self, owner: str, keys: list[str]) -> None:
        if not keys:
            return
        backend = _backend()
        for key in keys:
            account = _account(owner, key)
            if _told(backend.get_password, SERVICE, account) is not None:
                _told(backend.delete_password, SERVICE, account)

        def strike(known: dict[str, Any]) -> dict[str, Any]:
            left = [key for key in _noted(known, owner) if key not in keys]
            others = {name: item for name, item in known.items() if name != owner}
            return {**others, owner: left} if left else others

        self._index.update(strike)

    def _keys(self, owner: str) -> list[str]:
        return _noted(self._index.read(), owner)

    # Between the two

    async def _call(self, action: Callable[[], T]) -> T:
        done: Future[T] = Future()

        def run() -> None:
            if done.set_running_or_notify_cancel():
                try:
                    done.set_result(action())
                except BaseException as error:  # noqa: BLE001 - goes to whoever waits for it
                    done.set_exception(error)

        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="thoth-keyring", daemon=True)
            self._thread.start()
        self._calls.put(run)
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(done)
        except TimeoutError:
            raise no_answer() from None
        except SecretsUnavailable:
            raise
        except ThothError as error:  # of the file of keys
            raise SecretsUnavailable(str(error)) from None

    def _work(self) -> None:
        while True:
            self._calls.get()()


def _backend() -> KeyringBackend:
    """The key store to use; raises SecretsUnavailable where there is none that keeps secrets secret."""
    try:
        import keyring
    except ImportError:
        raise SecretsUnavailable(NOT_INSTALLED) from None
    found = _told(keyring.get_keyring)
    # A chain takes whatever there is: of those in it only the first that is recommended is used.
    for backend in getattr(found, "backends", None) or [found]:
        if _told(getattr, backend, "priority") >= _LEAST_PRIORITY:
            usable: KeyringBackend = backend
            return usable
    raise SecretsUnavailable(
        "There is no store of secrets: the Python package keyring finds no key store on this machine that keeps them"
        " secret. Install or start one (such as GNOME Keyring or KWallet), or use an editor that has one."
    )


def _told(action: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """What the package returns; what it raises may be anything, and holds whatever its author put into it."""
    try:
        return action(*arguments, **named)
    except Exception as error:  # noqa: BLE001 - key stores raise what they like
        name = type(error).__name__
        if name in ("KeyringLocked", "InitError"):
            said = "The key store of this machine is locked, or cannot be opened from here. Unlock it and try again."
            raise SecretsUnavailable(said) from None
        raise SecretsUnavailable(f"The key store of this machine failed ({name}).") from None


def _account(owner: str, key: str) -> str:
    return f"{owner}:{key}"  # owners hold no colon


def _noted(known: dict[str, Any], owner: str) -> list[str]:
    found = known.get(owner)
    return [key for key in found if isinstance(key, str)] if isinstance(found, list) else []
