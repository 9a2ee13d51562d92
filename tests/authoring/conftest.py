"""What the tests of this folder build with: caches of compilers are shared with `make plugins`, for they cost most."""

from __future__ import annotations

from pathlib import Path

import pytest

from thoth_ls.authoring.building.kit import Kit

ROOT = Path(__file__).parents[2]
CACHES = ("zig-cache", "zig-cache-global", "development")


def warm(scratch: Path) -> Path:
    """A folder for what is being made, whose caches are those of the checkout."""
    scratch.mkdir(parents=True)
    for name in CACHES:
        (ROOT / "build" / name).mkdir(parents=True, exist_ok=True)
        (scratch / name).symlink_to(ROOT / "build" / name)
    return scratch


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """That of the checkout, with a folder of its own for what is being made."""
    return Kit.beside(ROOT, warm(tmp_path / "scratch"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an author's files are."""
    folder = tmp_path_factory.mktemp("home")
    warm(folder / "cache" / "authoring")
    return folder
