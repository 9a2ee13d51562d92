"""`thoth plugins list` and `thoth plugins info`: what is installed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from thoth_ls.cli import session
from thoth_ls.cli.table import printable
from thoth_ls.wire.methods import PLUGIN_DETAILS, PLUGINS
from thoth_ls.wire.plugins import PluginDetails, PluginRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thoth_ls.wire.permissions import Permission
    from thoth_ls.wire.plugins import PluginInfo, PluginList

ORIGINS = {
    "bundled": "came with Thoth",
    "user": "installed",
    "development": "development folder",
    "workspace": "workspace",
}
DECISIONS = {"granted": "granted", "denied": "denied", "ask": "not decided"}


async def list_plugins(as_json: bool) -> int:
    """Prints the installed plugins; returns 1 when one of them cannot be used, nor another in its place."""
    async with session.connect({"logLevel": "warning"}) as client:
        answer: PluginList = await client.request(PLUGINS)
    if as_json:
        print(json.dumps([plugin.model_dump(by_alias=True) for plugin in answer.plugins], ensure_ascii=False, indent=2))
    else:
        for plugin in answer.plugins:
            print("\n".join(printable(line) for line in _listed(plugin)))
    used = {plugin.id.lower() for plugin in answer.plugins if not plugin.problem}
    return 1 if any(plugin.problem and plugin.id.lower() not in used for plugin in answer.plugins) else 0


async def plugin_info(plugin_id: str, as_json: bool) -> int:
    """Prints one plugin; returns 1 when it cannot be used."""
    async with session.connect({"logLevel": "warning"}) as client:
        details: PluginDetails = await client.request(PLUGIN_DETAILS, PluginRef(plugin_id=plugin_id))
    if as_json:
        print(json.dumps(details.model_dump(by_alias=True), ensure_ascii=False, indent=2))
    else:
        print("\n".join(printable(line) for line in _described(details)))
    return 1 if details.plugin.problem else 0


def _listed(plugin: PluginInfo) -> Iterator[str]:
    extensions = f"  [{' '.join(plugin.extensions)}]" if plugin.extensions else ""
    yield f"{plugin.id}  {plugin.version}  {plugin.name}  ({ORIGINS[plugin.origin]}, {plugin.state}){extensions}"
    if plugin.problem:
        yield f"    cannot be used: {plugin.problem}"
    for warning in plugin.warnings:
        yield f"    warning: {warning}"


def _described(details: PluginDetails) -> Iterator[str]:
    plugin = details.plugin
    yield f"{plugin.name} {plugin.version}".strip()
    if plugin.description:
        yield plugin.description
    yield ""
    facts = {
        "id": plugin.id,
        "author": plugin.author,
        "license": plugin.license,
        "homepage": plugin.homepage,
        "keywords": ", ".join(plugin.keywords),
        "origin": ORIGINS[plugin.origin],
        "folder": plugin.folder,
        "state": plugin.state,
        "offers": ", ".join(plugin.capabilities),
        "opens": ", ".join(plugin.extensions),
        "keeps": f"{details.storage_bytes:,} bytes",
    }
    yield from (f"{name:<9} {value}" for name, value in facts.items() if value)
    if plugin.problem:
        yield f"cannot be used: {plugin.problem}"
    yield from (f"warning: {warning}" for warning in plugin.warnings)
    yield ""
    yield "needs:" if plugin.permissions else "needs nothing beyond its sandbox"
    for permission in plugin.permissions:
        yield from needed(permission)


def needed(permission: Permission) -> Iterator[str]:
    """One need of a plugin in two lines, with what was decided about it."""
    scope = f": {', '.join(permission.scope)}" if permission.scope else ""
    yield f"  {permission.need} ({DECISIONS[permission.decision]}): {permission.title}{scope}"
    yield f"      {permission.reason}"
