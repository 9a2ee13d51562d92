"""Judges a plugin folder for its author: the manifest, the component, and whether they fit each other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wasmtime import WasmtimeError

from thoth_ls.catalog.discovery import COMPONENT, MANIFEST, read_plugin
from thoth_ls.catalog.manifest import Capability, ManifestError, check_manifest, read_bytes
from thoth_ls.catalog.manifest_problems import ManifestProblem, Places
from thoth_ls.catalog.needs import ABOUT, RULES
from thoth_ls.errors import ThothError
from thoth_ls.runtime.contract import EXPORTS, PROMISES
from thoth_ls.runtime.engine import first_line
from thoth_ls.runtime.guest import API, PACKAGE
from thoth_ls.runtime.inspection import ComponentShape, shape_of
from thoth_ls.runtime.meta import ask

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.catalog.manifest import Manifest
    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.runtime.runtime import PluginRuntime
    from thoth_ls.wire.permissions import Need

MOST_FUNCTIONS = 3
"""Functions that are named where more are meant."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be mended, or to be known."""

    severity: Literal["error", "warning"]
    file: str
    """`plugin.toml`, `plugin.wasm` or `theme.json`."""
    message: str
    line: int | None = None
    """In the manifest, counted from 1."""
    key: str = ""
    """In the manifest."""

    def __str__(self) -> str:
        """As compilers write it: file, line, severity, message."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.severity}: {f'{self.key}: ' if self.key else ''}{self.message}"


async def validate(folder: Path, runtime: PluginRuntime) -> tuple[Plugin, list[Finding]]:
    """The plugin in a folder and what is to be said of manifest and component, in that order.

    The component is compiled, and run once without any rights to ask it who it is.
    """
    plugin = read_plugin(folder, "development")
    try:
        raw = read_bytes(folder / MANIFEST)
    except ManifestError as error:
        return plugin, [Finding("error", MANIFEST, str(error).removeprefix(f"{MANIFEST} "))]
    checked = check_manifest(raw)
    found = [_in_manifest(problem) for problem in checked.problems]
    if checked.manifest is None:
        return plugin, found
    if plugin.problem is not None:
        return plugin, [*found, Finding("error", COMPONENT, plugin.problem)]
    if plugin.file(COMPONENT) is not None:
        found += await _component(plugin, checked.manifest, Places(raw.decode("utf-8-sig")), runtime)
    else:
        promised = [item.value for item in checked.manifest.capabilities if PROMISES[item]]
        if promised:
            said = f"is missing, and without it there is no {' and no '.join(promised)}"
            found.append(Finding("error", COMPONENT, said))
    return plugin, found


def _in_manifest(problem: ManifestProblem) -> Finding:
    return Finding(problem.severity, MANIFEST, problem.message, problem.line, problem.key)


async def _component(plugin: Plugin, manifest: Manifest, places: Places, runtime: PluginRuntime) -> list[Finding]:
    try:
        loaded = await runtime.load(plugin)
        shape = await asyncio.to_thread(shape_of, loaded.code)
    except ThothError as error:
        said = str(error).removeprefix(f"plugin {plugin.id}: ").removeprefix(f"its {COMPONENT} ")
        return [Finding("error", COMPONENT, said)]
    except WasmtimeError as error:
        return [Finding("error", COMPONENT, first_line(error))]
    found = [*map(_in_manifest, _declarations(manifest, shape, places)), *_exports(manifest, shape)]
    found += _imports(manifest, shape)
    if loaded.program is not None:
        said = "is a development build, which nobody else can use: `thoth plugin build` makes the plugin for everybody"
        found.append(Finding("warning", COMPONENT, said))
    differs = await ask(await runtime.instance(plugin), manifest)
    return found + [Finding("warning", COMPONENT, sentence) for sentence in differs]


def _exports(manifest: Manifest, shape: ComponentShape) -> Iterator[Finding]:
    for capability in manifest.capabilities:
        promised = PROMISES[capability]
        if promised and not any(name in shape.exports for name in promised):
            full = " or ".join(f"{PACKAGE}/{name}@{API}" for name in promised)
            yield Finding("error", COMPONENT, f'exports no {full}, which the capability "{capability.value}" promises')
    for name in shape.exports:
        missing = [function for function in EXPORTS.get(name, ()) if function not in shape.exports[name]]
        if missing:
            yield Finding("error", COMPONENT, f"exports {name} without {', '.join(missing)}")
        elif name not in EXPORTS and name.startswith(f"{PACKAGE}/"):
            yield Finding("warning", COMPONENT, f"exports {name}, which is not of the version this Thoth knows, {API}")
    for capability, promised in PROMISES.items():
        if capability not in manifest.capabilities and any(name in shape.exports for name in promised):
            said = f'exports {promised[-1]}, which is not used: capabilities does not name "{capability.value}"'
            yield Finding("warning", COMPONENT, said)
    if "plugin-lifecycle" not in shape.exports:
        yield Finding("warning", COMPONENT, "exports no plugin-lifecycle: it is not told its settings")


def _imports(manifest: Manifest, shape: ComponentShape) -> Iterator[Finding]:
    """An error for each need that is not declared, a warning for each function nobody offers."""
    unknown = [
        f"{interface}.{name}"
        for interface, functions in shape.imports.items()
        for name in sorted(functions)
        # An interface that plugins export is imported for its types; its functions come along.
        if not interface.startswith("wasi:") and interface not in EXPORTS and name not in RULES.get(interface, {})
    ]
    if unknown:
        yield Finding("warning", COMPONENT, f"imports {_some(unknown)}, which is not offered: calling it is refused")
    declared = manifest.needs()
    for need, functions in _needed(shape).items():
        if need not in declared:
            said = f"imports {_some(functions)}, which needs a permission that is not declared; add to {MANIFEST}: "
            yield Finding("error", COMPONENT, said + _line(manifest, need))


def _declarations(manifest: Manifest, shape: ComponentShape, places: Places) -> Iterator[ManifestProblem]:
    """What is declared in vain, what is not although a capability does nothing without it, and what has no reason."""
    declared = manifest.needs()
    if manifest.permissions is None:
        if declared:
            said = f"there is no section [permissions]: people are asked for {', '.join(declared)} without a reason"
            yield places.warning((), said)
        return
    used: set[Need] = {*_needed(shape), "read-datasets"}
    if Capability.FILE_LOADER in manifest.capabilities:
        used.add("opened-file")
        if "opened-file" not in declared:
            said = f"the plugin opens no files without opened-file; add: {_line(manifest, 'opened-file')}"
            yield places.error(("permissions",), said)
    if Capability.CLI in manifest.capabilities:
        used.add("headless")
        if "headless" not in declared:
            said = f"its commands run in an editor alone; for others add: {_line(manifest, 'headless')}"
            yield places.warning(("permissions",), said)
    for need in declared:
        if need not in used:
            yield places.warning(("permissions", need), "nothing in the plugin needs that")


def _needed(shape: ComponentShape) -> dict[Need, list[str]]:
    """The needs of the functions it imports."""
    found: dict[Need, list[str]] = {}
    for interface, functions in shape.imports.items():
        for name in sorted(functions):
            rule = RULES.get(interface, {}).get(name)
            if rule is not None and rule.need is not None:
                found.setdefault(rule.need, []).append(f"{interface}.{name}")
    return found


def _line(manifest: Manifest, need: Need) -> str:
    """What to write into the manifest."""
    hosts = 'hosts = ["…"], ' if ABOUT[need].scoped else ""
    section = "" if manifest.permissions is not None else "[permissions] "
    return f'{section}{need} = {{ {hosts}reason = "…" }}'


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST_FUNCTIONS} more" if len(names) > MOST_FUNCTIONS else ""
    return ", ".join(names[:MOST_FUNCTIONS]) + more
