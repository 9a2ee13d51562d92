"""What plugins say about themselves when they run (`plugin-meta.get-info`), compared with their manifests."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from thoth_ls.catalog.development import ANNOUNCED
from thoth_ls.catalog.harmless import harmless
from thoth_ls.errors import ThothError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.catalog.manifest import Manifest
    from thoth_ls.runtime.guest import LoadedPlugin
    from thoth_ls.runtime.instance import PluginInstance

    Start = Callable[[Plugin, LoadedPlugin], PluginInstance]

LATER_SECONDS = 1.0
"""How long after a plugin was first run it is asked: what it was run for goes first."""
LONGEST = 100
NOT_IN_WIT = {"theme"}
"""Capabilities that only manifests can name."""


def differences(manifest: Manifest, said: Mapping[str, Any]) -> list[str]:
    """Where a plugin and its manifest disagree, as sentences; the manifest is believed."""
    found = []
    for key, declared in (("id", manifest.id), ("name", manifest.name), ("version", manifest.version)):
        told = harmless(str(said.get(key, "")), LONGEST)
        if told != declared:
            found.append(_differs(key, told, declared))
    told = harmless(", ".join(sorted(map(str, said.get("capabilities", [])))), LONGEST)
    declared = ", ".join(sorted(set(manifest.capabilities) - NOT_IN_WIT))
    if told != declared:
        found.append(_differs("capabilities", told, declared))
    return found


def _differs(key: str, told: str, declared: str) -> str:
    return f"Its get-info says {key} “{told}”, its plugin.toml “{declared}”; what plugin.toml says holds."


async def ask(instance: PluginInstance, manifest: Manifest) -> list[str]:
    """Asks a fresh instance and closes it; what differs, or that it did not answer, as sentences."""
    try:
        said = await instance.call("plugin-meta", "get-info")
    except ThothError as error:
        reason = str(error).removeprefix(f"plugin {instance.plugin_id}: ")
        return [f"Its get-info could not be compared with plugin.toml: {harmless(reason, 3 * LONGEST)}."]
    finally:
        await instance.close()
    return differences(manifest, said)


class Introductions:
    """Asks every plugin once a build, some time after it was first run, on an instance of its own without any rights.

    Belongs to the event loop, but for `warnings`. Asked in the midst of its work a plugin could be disturbed, and one
    that crashes over it would be gone.
    """

    def __init__(self, start: Start, on_warning: Callable[[str, str], None]) -> None:
        self.on_warning = on_warning
        """(plugin id, what was found); may be replaced."""
        self._start = start
        self._asked: dict[Path, tuple[LoadedPlugin, Manifest]] = {}
        self._warnings: dict[Path, list[str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def later(self, plugin: Plugin, loaded: LoadedPlugin) -> None:
        """A plugin was run; unless this build was asked already, it will be."""
        manifest = plugin.manifest
        if manifest is None or self._asked.get(plugin.folder) == (loaded, manifest):
            return
        self._asked[plugin.folder] = (loaded, manifest)
        self._warnings.pop(plugin.folder, None)
        task = asyncio.create_task(self._ask(plugin, loaded, manifest))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def warnings(self, plugin: Plugin) -> Sequence[str]:
        """What was found, as sentences; nothing until the plugin has been asked."""
        return self._warnings.get(plugin.folder, ())

    async def close(self) -> None:
        """Asks nobody any more."""
        tasks: list[Awaitable[None]] = list(self._tasks)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, plugin: Plugin, loaded: LoadedPlugin, manifest: Manifest) -> None:
        await asyncio.sleep(LATER_SECONDS)
        try:
            instance = self._start(plugin, loaded)
        except ThothError:  # it was switched off, or removed: asked when it is run again
            self._asked.pop(plugin.folder, None)
            return
        with suppress(ThothError):  # too many threads hang: there are other worries
            found = await ask(instance, manifest)
            found += [] if loaded.program is None else [ANNOUNCED]
            if found and self._asked.get(plugin.folder) == (loaded, manifest):
                self._warnings[plugin.folder] = found
                self.on_warning(plugin.id, " ".join(found))
