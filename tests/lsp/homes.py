"""A user with one plugin of their own, for servers that a test talks to."""

import json
import shutil
from pathlib import Path
from typing import Any

from tests.catalog.plugins import PLUGIN_ID, manifest_text

FIXTURE = Path(__file__).parents[2] / "build" / "fixtures" / "line-loader.wasm"
OPENS = 'capabilities = ["file-loader"]\n[[file-loader]]\nsupported-extensions = ["log"]'
READS = {"opened-file": {"reason": "Reads your logs."}}


class Home:
    """A user with one plugin for `.log`, and a file it opens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "a.log"
        self.file.write_text("one\ntwo\n")
        self.grants = folder / "state" / "permissions.json"
        self.install()

    def install(self, permissions: Any = None, plugin_id: str = PLUGIN_ID, rest: str = OPENS, **fields: str) -> None:
        folder = self.folder / "data" / "plugins" / plugin_id
        folder.mkdir(parents=True, exist_ok=True)
        text = manifest_text(READS if permissions is None else permissions, plugin_id=plugin_id, rest=rest, **fields)
        (folder / "plugin.toml").write_text(text, "utf-8")
        shutil.copy(FIXTURE, folder / "plugin.wasm")

    def decided(self) -> Any:
        """What the file of grants says about the plugin."""
        return json.loads(self.grants.read_text())[PLUGIN_ID]["user"] if self.grants.exists() else {}

    @property
    def opening(self) -> dict[str, Any]:
        return {"uri": self.file.as_uri()}
