"""Secrets in the store of a client that has one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pygls.exceptions import JsonRpcException

from thoth_ls.errors import SecretsUnavailable
from thoth_ls.lsp.capabilities import declares
from thoth_ls.wire.methods import FORGET_SECRETS, READ_SECRET, STORE_SECRET
from thoth_ls.wire.secrets import SecretOwner, SecretRef, SecretValue, StoreSecretParams

if TYPE_CHECKING:
    from thoth_ls.lsp.server import ThothServer
    from thoth_ls.wire.base import Wire

ANSWER_SECONDS = 60.0
"""Longest wait for the client; its key store may be waiting for a person who unlocks it."""
MOST_SAID = 200
"""Characters of what the client says against it."""


def client_secrets(ls: ThothServer) -> ClientSecrets | None:
    """The client's store of secrets; None where it does not say that it has one."""
    return ClientSecrets(ls) if declares(ls.client_capabilities, "secrets") else None


class ClientSecrets:
    """A `SecretStore` that asks the client. No secret is in any error: whatever the client says, none is repeated."""

    def __init__(self, ls: ThothServer, seconds: float = ANSWER_SECONDS) -> None:
        self._ls = ls
        self._seconds = seconds

    async def read(self, owner: str, key: str) -> str | None:
        """See `SecretStore`."""
        answer = await self._request(READ_SECRET.method, SecretRef(owner=owner, key=key), "")
        try:
            return SecretValue.model_validate(answer).value
        except ValidationError:  # whose text holds what does not fit
            raise SecretsUnavailable("The editor's answer about a secret does not fit the protocol.") from None

    async def store(self, owner: str, key: str, value: str | None) -> None:
        """See `SecretStore`."""
        await self._request(STORE_SECRET.method, StoreSecretParams(owner=owner, key=key, value=value), value or "")

    async def forget_all(self, owner: str) -> None:
        """See `SecretStore`."""
        await self._request(FORGET_SECRETS.method, SecretOwner(owner=owner), "")

    async def _request(self, method: str, params: Wire, secret: str) -> Any:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._ls.ask(method, params)
        except TimeoutError:
            said = f"has not answered within {self._seconds:g} s. If it is locked, unlock it and try again"
        except JsonRpcException as error:
            text = " ".join(str(error.message).split())
            said = f"failed: {text[:MOST_SAID]}" if not secret or secret not in text else "failed"
        raise SecretsUnavailable(f"The editor's store of secrets {said}.")
