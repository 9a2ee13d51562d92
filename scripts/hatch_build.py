"""Puts the built plugins into the wheel, beside the code that looks for them there."""

from __future__ import annotations

import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FILES = ("plugin.toml",)
OPTIONAL = ("plugin.wasm", "plugin.cwasm", "theme.json", "README.md")
KIT = ("wit", "plugins/zig-sdk", "plugins/sdk/python")
"""What plugins are built with; laid out as here, below `bundled/authoring`."""


class PluginsHook(BuildHookInterface[Any]):
    """Without plugins there is no wheel; an editable install finds them in `build/plugins` by itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the files, and names the platform their machine code is for."""
        if version == "editable":
            return
        built = Path(self.root) / "build" / "plugins"
        plugins = sorted(path.parent for path in built.glob("*/plugin.toml"))
        if not plugins:
            raise RuntimeError(f"there are no plugins in {built}; run `make plugins` first")
        for plugin in plugins:
            for name in (*FILES, *(name for name in OPTIONAL if (plugin / name).is_file())):
                build_data["force_include"][str(plugin / name)] = f"thoth_ls/bundled/plugins/{plugin.name}/{name}"
        for folder in KIT:
            for path in sorted((Path(self.root) / folder).rglob("*")):
                if path.is_file() and path.suffix in (".wit", ".zig", ".py", ".typed"):
                    name = path.relative_to(self.root).as_posix()
                    build_data["force_include"][str(path)] = f"thoth_ls/bundled/authoring/{name}"
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"
