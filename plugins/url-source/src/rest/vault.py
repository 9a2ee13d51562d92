"""Many secrets in few entries of secure storage, which has room for a hundred of a plugin."""

import json
import zlib
from collections.abc import Callable, Iterable
from typing import Final

BUCKETS: Final = 64
"""Entries that are used at most. A secret stays in its own for good: changing this number loses them."""


class Vault:
    """Secrets by key, over secure storage. What the functions raise goes through."""

    def __init__(
        self,
        read: Callable[[str], str | None],
        write: Callable[[str, str], None],
        delete: Callable[[str], None],
    ) -> None:
        self._read = read
        self._write = write
        self._delete = delete

    def get(self, key: str) -> str | None:
        """The secret; None where there is none."""
        return self._bucket(_place(key)).get(key)

    def put(self, key: str, secret: str) -> None:
        """Keeps one."""
        self.put_all({key: secret})

    def put_all(self, secrets: dict[str, str]) -> None:
        """Keeps several, each entry written once."""
        for place in {_place(key) for key in secrets}:
            held = self._bucket(place)
            wanted = held | {key: secret for key, secret in secrets.items() if _place(key) == place}
            if wanted != held:
                self._write(place, json.dumps(wanted, ensure_ascii=False))

    def forget(self, keys: Iterable[str]) -> None:
        """Forgets those; they need not be there."""
        gone = set(keys)
        for place in {_place(key) for key in gone}:
            self._keep(place, lambda key: key not in gone)

    def keep_only(self, keys: set[str]) -> None:
        """Forgets all others: those of requests and environments that are no more."""
        for number in range(BUCKETS):
            self._keep(f"secrets-{number}", lambda key: key in keys)

    def _keep(self, place: str, wanted: Callable[[str], bool]) -> None:
        held = self._bucket(place)
        kept = {key: secret for key, secret in held.items() if wanted(key)}
        if not kept and held:
            self._delete(place)
        elif kept != held:
            self._write(place, json.dumps(kept, ensure_ascii=False))

    def _bucket(self, place: str) -> dict[str, str]:
        """What an entry holds; nothing where it holds what is not ours."""
        try:
            held = json.loads(self._read(place) or "{}")
        except ValueError:
            return {}
        if not isinstance(held, dict):
            return {}
        return {key: secret for key, secret in held.items() if isinstance(secret, str)}


def _place(key: str) -> str:
    """The entry a key belongs to."""
    return f"secrets-{zlib.crc32(key.encode()) % BUCKETS}"
