"""Which plugins there are for a purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thoth_ls.errors import PluginInvalid

if TYPE_CHECKING:
    from thoth_ls.catalog.discovery import Catalog, Plugin
    from thoth_ls.catalog.manifest import Capability
    from thoth_ls.documents.reading import Reading
    from thoth_ls.runtime.runtime import PluginRuntime


def offering(catalog: Catalog, capability: Capability) -> list[Plugin]:
    """The plugins that can be run and declare the capability, by id."""
    return [plugin for plugin in catalog.usable if plugin.manifest and capability in plugin.manifest.capabilities]


def named(catalog: Catalog, plugin_id: str, capability: Capability, lacking: str) -> Plugin:
    """The plugin of that id; raises PluginNotFound, or PluginInvalid with `lacking` where it does not declare that."""
    plugin = catalog.runnable(plugin_id)
    if plugin.manifest is None or capability not in plugin.manifest.capabilities:
        raise PluginInvalid(plugin_id, lacking)
    return plugin


async def admit_to(runtime: PluginRuntime, plugin: Plugin, reading: Reading) -> None:
    """Lets a plugin have the records of a document; where they are another plugin's, a person may be asked.

    Raises PermissionDenied where it may not read data of other plugins.
    """
    owner = reading.opened.owner
    if owner is not None and owner.lower() != plugin.id.lower():
        await runtime.custody.admit(plugin, "read-datasets")
