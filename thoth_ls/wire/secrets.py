"""Secrets of plugins, kept by the client. Their texts are in no log, state or error."""

from typing import Annotated

from pydantic import Field

from thoth_ls.wire.base import Wire


class SecretRef(Wire):
    """Names one secret."""

    owner: str
    """Whose it is: the plugin, by id and origin; never shared."""
    key: Annotated[str, Field(max_length=256)]


class SecretValue(Wire):
    """A secret, null where there is none."""

    value: Annotated[str | None, Field(max_length=65_536, repr=False)]


class StoreSecretParams(SecretRef):
    """Keeps a secret, or (null) forgets it."""

    value: Annotated[str | None, Field(max_length=65_536, repr=False)]


class SecretOwner(Wire):
    """Names all secrets of one plugin."""

    owner: str
