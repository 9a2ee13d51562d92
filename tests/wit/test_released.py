"""A released contract is never edited: every byte of wit/released is pinned."""

from __future__ import annotations

import hashlib

import pytest

from .wit_package import REPOSITORY

RELEASED = REPOSITORY / "wit" / "released"
MANIFEST_HASHES = {"0.1.0": "e0c742fae00d1961cfdcc258fc6900fbdea988b03210fd5e4d661175c1ed961d"}
"""Version → sha256 of its SHA256SUMS, which lists the sha256 of every file of that version."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_every_released_version_is_pinned() -> None:
    """A new version gets a line here on the day it is released."""
    assert {path.name for path in RELEASED.iterdir()} == MANIFEST_HASHES.keys()


@pytest.mark.parametrize("version", MANIFEST_HASHES)
def test_a_released_version_is_untouched(version: str) -> None:
    """Plugins were built against these bytes: nothing in them changes, nothing is added, nothing goes."""
    folder = RELEASED / version
    manifest = (folder / "SHA256SUMS").read_bytes()
    assert sha256(manifest) == MANIFEST_HASHES[version]
    listed = dict(reversed(line.split("  ")) for line in manifest.decode().splitlines())
    found = {path.name: sha256(path.read_bytes()) for path in folder.glob("*.wit")}
    assert found == listed
    assert {path.name for path in folder.iterdir()} == listed.keys() | {"SHA256SUMS"}
