"""`plugin-storage`: one text per plugin that outlives the session."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

from thoth_ls.catalog.grants import own_name
from thoth_ls.errors import FileUnwritable
from thoth_ls.storage.text_file import TextFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.storage.whole_file import Report

FILE = "state.txt"


class PluginStorage:
    """The texts of all plugins: `<folder>/<id>/state.txt`, never in the folder the plugin itself lies in.

    One of a workspace or a development folder has a folder of its own, `<id>@<hash of where it is from>`: as with what
    is granted, whoever made that folder may have called it like one that the person trusts with something.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        self.max_bytes = 16 << 20
        """Largest text; may be set at any time."""
        self.written: Callable[[Plugin, Caller], None] = lambda plugin, caller: None
        """Called on a guest's thread when that has written another text than the last one; may be replaced."""
        self._written: dict[Path, bytes] = {}
        """Hashes of what was written last: plugins that write at each notice would keep each other busy for ever."""
        self._folder = folder
        self._report = report

    def imports(self, plugin: Plugin, caller: Caller) -> Mapping[str, Callable[..., Any]]:
        """The functions of the interface for one guest; what they raise is a sentence."""
        file = self._file(plugin)

        def write(data: str) -> None:
            file.write(data, self.max_bytes)
            digest = hashlib.sha256(data.encode("utf-8", "replace")).digest()
            if self._written.get(file.path) != digest:
                self._written[file.path] = digest
                self.written(plugin, caller)

        return {"read": file.read, "write": write}

    def size(self, plugin: Plugin) -> int:
        """Bytes kept for a plugin."""
        try:
            return self._file(plugin).path.stat().st_size
        except OSError:
            return 0

    def remove(self, plugin: Plugin) -> None:
        """Deletes what is kept for a plugin; raises FileUnwritable."""
        folder = self._file(plugin).path.parent
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise FileUnwritable(f"{folder} was not deleted: {error.strerror or error}.") from None

    def _file(self, plugin: Plugin) -> TextFile:
        return TextFile(self._folder / own_name(plugin) / FILE, self._report)
