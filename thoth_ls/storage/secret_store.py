"""What a store of secrets does, whoever keeps them."""

from __future__ import annotations

from typing import Protocol

from thoth_ls.errors import SecretsUnavailable

MOST_KEYS = 100
"""Secrets of one plugin."""
ANSWER_SECONDS = 60.0
"""Longest wait for a store; it may be waiting for a person who unlocks it."""


class SecretStore(Protocol):
    """Texts by owner (`catalog.grants.own_name`) and key. Belongs to the event loop.

    Everything raises SecretsUnavailable, in at most a bit more than `ANSWER_SECONDS`; no secret is in its text.
    """

    async def read(self, owner: str, key: str) -> str | None:
        """The secret; None where there is none."""

    async def store(self, owner: str, key: str, value: str | None) -> None:
        """Keeps a secret in place of what was there, or (None) forgets it; there need be none."""

    async def forget_all(self, owner: str) -> None:
        """Forgets every secret of one owner."""


def too_many(owner: str) -> SecretsUnavailable:
    """What to raise instead of keeping one secret more than `MOST_KEYS`."""
    plugin_id = owner.partition("@")[0]
    return SecretsUnavailable(
        f"The plugin {plugin_id} keeps {MOST_KEYS} secrets, more are not kept. Forget some first."
    )


def no_answer() -> SecretsUnavailable:
    """What to raise after `ANSWER_SECONDS`."""
    said = (
        f"The store of secrets has not answered within {ANSWER_SECONDS:g} s. If it is locked, unlock it and try again."
    )
    return SecretsUnavailable(said)
