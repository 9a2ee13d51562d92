"""Secrets, in the editor's key store. Needs `secure-storage`; all of it raises HostError (1: no store, refused)."""

from __future__ import annotations

from thoth_plugin import current


def read(key: str) -> str | None:
    """The secret of that key; None where there is none."""
    secret: str | None = current.host_call("secure-storage", "read", key)
    return secret


def write(key: str, secret: str) -> None:
    """Keeps a secret."""
    current.host_call("secure-storage", "write", key, secret)


def delete(key: str) -> None:
    """Forgets a secret."""
    current.host_call("secure-storage", "delete", key)
