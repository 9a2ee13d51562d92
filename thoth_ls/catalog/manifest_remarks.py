"""What the author of a manifest that can be used should know about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thoth_ls.catalog.manifest_tables import Capability

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoth_ls.catalog.manifest_model import Manifest
    from thoth_ls.catalog.manifest_problems import ManifestProblem, Places

VERSION = re.compile(r"\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][0-9A-Za-z.+-]{1,64})?")
WEB = re.compile(r"https?://[^\s/]+\S*")
SECTIONS = (
    (Capability.FILE_LOADER, "file-loader", "file_loader"),
    (Capability.EXPORTER, "exporter", "exporter"),
    (Capability.THEME, "theme", "theme"),
)
"""Sections that belong to a capability, as written and in the model."""


def is_web(address: str | None) -> bool:
    """Whether an address can be offered as a link."""
    return address is not None and WEB.fullmatch(address) is not None


def remarks(manifest: Manifest, places: Places) -> Iterator[ManifestProblem]:
    """Warnings: what is given and has no effect, and what is missing although nothing works without it."""
    if not VERSION.fullmatch(manifest.version):
        said = "expected major.minor.patch; as it is, permissions are asked for again after every update"
        yield places.warning(("version",), said)
    if manifest.homepage and not is_web(manifest.homepage):
        yield places.warning(("homepage",), "expected an address that begins with https://; it is not shown")
    for capability, written, name in SECTIONS:
        given, declared = bool(getattr(manifest, name)), capability in manifest.capabilities
        if given and not declared:
            yield places.warning((written,), f'has no effect: capabilities does not name "{capability.value}"')
        elif declared and not given:
            said = f'names "{capability.value}", but there is no section {written}: nothing comes of it'
            yield places.warning(("capabilities",), said)
    if len(set(manifest.capabilities)) < len(manifest.capabilities):
        yield places.warning(("capabilities",), "names a capability twice")
    secret = next((at for at, setting in enumerate(manifest.setting) if setting.type == "secret"), None)
    if secret is not None and "secure-storage" not in manifest.needs():
        said = "is a secret, which takes the need secure-storage to be read; add it to [permissions]"
        yield places.warning(("setting", secret), said)
    if manifest.permissions is not None and manifest.network is not None and manifest.network.allowed_domains:
        said = "has no effect beside [permissions]: name the hosts in its network and tcp"
        yield places.warning(("network", "allowed_domains"), said)
