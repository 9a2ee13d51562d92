"""A plugin's folder as its tests need it: what its main module says, and what its manifest says of settings."""

from __future__ import annotations

import importlib
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thoth_plugin.definition import Info, Plugin, last_made

if TYPE_CHECKING:
    from collections.abc import Iterator


def load(folder: str | Path) -> Plugin:
    """The plugin in `folder`, made by importing its `src/main.py` anew, as it is imported when it is built."""
    source = Path(folder).resolve() / "src"
    own = {path.relative_to(source).parts[0].removesuffix(".py") for path in source.rglob("*.py")}
    for name in [name for name in sys.modules if name.partition(".")[0] in own]:
        del sys.modules[name]
    sys.path.insert(0, str(source))
    try:
        importlib.import_module("main")
    finally:
        sys.path.remove(str(source))
    return last_made().with_info(_info(_manifest(folder)))


def defaults(folder: str | Path) -> dict[str, str]:
    """The settings of the plugin in `folder`, as they are when nobody has changed any."""
    return dict(_settings(_manifest(folder)))


def _manifest(folder: str | Path) -> dict[str, Any]:
    return tomllib.loads((Path(folder) / "plugin.toml").read_text("utf-8"))


def _info(told: dict[str, Any]) -> Info:
    named = ("id", "name", "version", "description", "author", "homepage", "icon", "capabilities")
    return Info(**{name: told[name] for name in named if name in told})


def _settings(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for setting in told.get("setting", ()):
        value = setting.get("default")
        if value is not None:
            yield setting["key"], value if isinstance(value, str) else str(value).lower()
