"""Which of the installed plugins opens a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.documents.choosing import no_loader
from thoth_ls.documents.source import Candidate, Candidates
from thoth_ls.errors import PluginError, PluginInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.documents.source import Loader, Match
    from thoth_ls.runtime.runtime import PluginRuntime

COMPRESSED = (".gz", ".zst")
"""Endings the host takes off a name before it looks at the extension."""
ORDER = ("setting", "name", "content", "other")
"""Reasons to try a loader on a file, the best first."""


class InstalledLoaders:
    """The documents' `Loaders`: plugins of a runtime that open files."""

    def __init__(self, runtime: PluginRuntime) -> None:
        self.preferred: Mapping[str, str] = {}
        """Ids of the plugins to try first, by extension; may be replaced."""
        self._runtime = runtime

    def choose(self, file_name: str, plugin_id: str | None) -> Loader:
        """The loader that is tried first on a file of that name, or the one of that id.

        Raises NoLoader where no setting and no extension says which, and what `named` raises.
        """
        if plugin_id is not None:
            return self.named(plugin_id)
        found = self.candidates(file_name)
        first = next((item for item in found.items if item.match in ("setting", "name")), None)
        if first is None:
            raise no_loader(file_name, found)
        return first.loader

    def candidates(self, file_name: str) -> Candidates:
        """Every loader, in the order in which they should be tried on a file of that name (of `a.csv.gz`: `csv`).

        The one that `preferred` names for the extension, then those made for it, then those that tell by the content
        whether a file is of their kind, then the rest. Where several are as good, those that came with Thoth go first,
        then the id decides. One that nobody has decided about yet does not look into files by itself.
        """
        from thoth_ls.runtime.loader import PluginLoader

        extension = _extension(file_name)
        wanted, notes = self._preferred(extension)
        items: list[Candidate] = []
        off: list[str] = []
        for plugin in sorted(self._runtime.catalog.usable, key=lambda plugin: not plugin.bundled):
            manifest = plugin.manifest
            if manifest is None or not manifest.opens_files():
                continue
            looks = manifest.any_extension() and self._runtime.custody.settled(plugin)
            match: Match = "content" if looks else "other"
            if extension in manifest.extensions():
                match = "name"
            if self._runtime.custody.refusal(plugin) is None:
                items.append(Candidate(PluginLoader(self._runtime, plugin), "setting" if plugin is wanted else match))
            elif match == "name":
                off.append(manifest.name)
        items.sort(key=lambda item: ORDER.index(item.match))
        return Candidates(extension, items, notes, off)

    def named(self, plugin_id: str) -> Loader:
        """The loader of that id; raises PluginNotFound, or PluginInvalid when it cannot open files."""
        from thoth_ls.runtime.loader import PluginLoader

        return PluginLoader(self._runtime, self._asked_for(plugin_id))

    def _preferred(self, extension: str) -> tuple[Plugin | None, Sequence[str]]:
        """The plugin that `preferred` names for an extension, or why it cannot be used."""
        plugin_id = self.preferred.get(extension)
        if plugin_id is None:
            return None, []
        try:
            return self._asked_for(plugin_id), []
        except PluginError as error:
            said = f"The plugin that thoth.files.loaders names for .{extension} cannot be used: {error}."
            return None, [said]

    def _asked_for(self, plugin_id: str) -> Plugin:
        plugin = self._runtime.catalog.runnable(plugin_id)
        refusal = self._runtime.custody.refusal(plugin)
        if refusal is not None:
            raise refusal
        if plugin.manifest is None or not plugin.manifest.opens_files():
            raise PluginInvalid(plugin_id, "it does not open files")
        return plugin


def _extension(file_name: str) -> str:
    name = file_name.lower()
    for ending in COMPRESSED:
        name = name.removesuffix(ending)
    return name.rpartition(".")[2] if "." in name else ""
