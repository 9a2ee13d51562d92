"""`plugin-storage`: one text per plugin that outlives the session."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from thoth_ls.errors import FileUnwritable
from thoth_ls.storage.text_file import TextFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from thoth_ls.storage.whole_file import Report

FILE = "state.txt"


class PluginStorage:
    """The texts of all plugins: `<folder>/<id>/state.txt`, never in the folder the plugin itself lies in."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.max_bytes = 16 << 20
        """Largest text; may be set at any time."""
        self._folder = folder
        self._report = report

    def imports(self, plugin_id: str) -> Mapping[str, Callable[..., Any]]:
        """The functions of the interface for one plugin; what they raise is a sentence."""
        file = self._file(plugin_id)
        return {"read": file.read, "write": lambda data: file.write(data, self.max_bytes)}

    def size(self, plugin_id: str) -> int:
        """Bytes kept for a plugin."""
        try:
            return self._file(plugin_id).path.stat().st_size
        except OSError:
            return 0

    def remove(self, plugin_id: str) -> None:
        """Deletes what is kept for a plugin; raises FileUnwritable."""
        folder = self._file(plugin_id).path.parent
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise FileUnwritable(f"{folder} was not deleted: {error.strerror or error}.") from None

    def _file(self, plugin_id: str) -> TextFile:
        """Ids are safe as names of folders: `catalog.manifest` refuses others."""
        return TextFile(self._folder / plugin_id / FILE, self._report)
