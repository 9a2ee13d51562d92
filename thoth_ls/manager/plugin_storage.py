"""`plugin-storage`: one text per plugin that outlives the session."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from thoth_ls.catalog.grants import own_name
from thoth_ls.errors import FileUnreadable, FileUnwritable
from thoth_ls.storage.text_file import TextFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from thoth_ls.calling import Caller
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.storage.whole_file import Report

    Stamp = tuple[int, int, int] | None
    """Time, size and number of a file; None where there is none."""

FILE = "state.txt"


class PluginStorage:
    """The texts of all plugins: `<folder>/<id>/state.txt`, never in the folder the plugin itself lies in.

    One of a workspace or a development folder has a folder of its own, `<id>@<hash of where it is from>`: as with what
    is granted, whoever made that folder may have called it like one that the person trusts with something.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        self.max_bytes = 16 << 20
        """Largest text; may be set at any time."""
        self.written: Callable[[Plugin, str | None], None] = lambda plugin, panel_id: None
        """Called on any thread when there is another text, with the panel that wrote it; may be replaced."""
        self._known: dict[Path, bytes] = {}
        """Hashes of the texts that were told: plugins that write at each notice would keep each other busy for ever."""
        self._looked: dict[Path, tuple[Plugin, Stamp]] = {}
        """The files of plugins that ran, as they were when they were looked at last."""
        self._folder = folder
        self._report = report

    def imports(self, plugin: Plugin, caller: Caller) -> Mapping[str, Callable[..., Any]]:
        """The functions of the interface for one guest; what they raise is a sentence."""
        file = self._file(plugin)
        self._looked.setdefault(file.path, (plugin, _stamp(file.path)))

        def write(data: str) -> None:
            file.write(data, self.max_bytes)
            self._looked[file.path] = (plugin, _stamp(file.path))
            self._tell(plugin, file.path, data, caller.panel_id)

        return {"read": file.read, "write": write}

    def look(self) -> None:
        """Tells of what other processes have written since the last look. Reads files, for any thread."""
        for path, (plugin, before) in list(self._looked.items()):
            now = _stamp(path)
            if now == before:
                continue
            self._looked[path] = (plugin, now)
            with suppress(FileUnreadable):
                self._tell(plugin, path, self._file(plugin).read(), None)

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

    def _tell(self, plugin: Plugin, path: Path, text: str, panel_id: str | None) -> None:
        digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
        if self._known.get(path) != digest:
            self._known[path] = digest
            self.written(plugin, panel_id)

    def _file(self, plugin: Plugin) -> TextFile:
        return TextFile(self._folder / own_name(plugin) / FILE, self._report)


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
