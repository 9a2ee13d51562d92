"""A store of secrets in memory that can be broken."""

from __future__ import annotations

from thoth_ls.errors import SecretsUnavailable


class KeptSecrets:
    """`storage.secret_store.SecretStore`, as long as the test goes on."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        """By owner and key."""
        self.broken = False
        """Whether it is locked."""

    async def read(self, owner: str, key: str) -> str | None:
        self._look()
        return self.kept.get((owner, key))

    async def store(self, owner: str, key: str, value: str | None) -> None:
        self._look()
        if value is None:
            self.kept.pop((owner, key), None)
        else:
            self.kept[owner, key] = value

    async def forget_all(self, owner: str) -> None:
        self._look()
        self.kept = {name: value for name, value in self.kept.items() if name[0] != owner}

    def _look(self) -> None:
        if self.broken:
            raise SecretsUnavailable("The store is locked. Unlock it.")
