"""What plugins are built with: the contract, the SDKs and where tools keep what they know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import thoth_ls
from thoth_ls.errors import BuildFailed


@dataclass(frozen=True, slots=True)
class Kit:
    """Folders."""

    wit: Path
    """The contract."""
    zig_sdk: Path
    """The Zig SDK; its `wit/` has the parts of WASI that worlds may import."""
    python_sdk: Path
    """The folder that holds the package `thoth_plugin`."""
    scratch: Path
    """For caches of the tools and for what is being made; on the disk the result goes to."""

    @classmethod
    def beside(cls, root: Path, scratch: Path) -> Kit:
        """That of a checkout, or of a folder laid out like one."""
        plugins = root / "plugins"
        return cls(root / "wit", plugins / "zig-sdk", plugins / "sdk" / "python", scratch)


def installed_kit(scratch: Path) -> Kit:
    """That of this installation: a checkout, or what the package brings; raises BuildFailed where it brings none."""
    package = Path(thoth_ls.__file__).resolve().parent
    for root in (package.parent, package / "bundled" / "authoring"):
        kit = Kit.beside(root, scratch)
        if (kit.wit / "worlds.wit").is_file() and (kit.python_sdk / "thoth_plugin").is_dir():
            return kit
    raise BuildFailed(
        "this installation of Thoth has no SDK to build plugins with: install the package thoth-ls from PyPI, with the"
        " extra `authoring`"
    )
