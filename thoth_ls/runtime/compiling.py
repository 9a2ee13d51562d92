"""From a plugin's folder to machine code that can be run."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from wasmtime import WasmtimeError

from thoth_ls.catalog.development import program_of
from thoth_ls.errors import PluginInvalid
from thoth_ls.runtime.cache import CompileCache
from thoth_ls.runtime.engine import compile_component, exports_of, fingerprint
from thoth_ls.runtime.guest import API, PACKAGE, LoadedPlugin
from thoth_ls.runtime.precompile import read_precompiled
from thoth_ls.runtime.shared_code import share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from thoth_ls.catalog.discovery import Plugin
    from thoth_ls.paths import Paths
    from thoth_ls.runtime.shared_code import SharedCode

logger = logging.getLogger(__name__)

OnCompile = Callable[[str, bool], None]
"""(plugin name, whether compilation begins or has ended). Called on the thread that compiles."""

MAX_WASM_BYTES = 256 << 20


class Compiler:
    """Finds or makes machine code. For any thread; the same plugin may be compiled twice at once, to no harm."""

    def __init__(self, paths: Paths, on_compile: OnCompile) -> None:
        self._cache = CompileCache(paths)
        self._on_compile = on_compile

    def load(self, plugin: Plugin) -> LoadedPlugin:
        """The plugin's machine code, checked to be a plugin of our contract; raises PluginInvalid."""
        wasm = _read(plugin)
        program, refusal = program_of(plugin, wasm)
        if refusal is not None:
            raise PluginInvalid(plugin.id, refusal)
        digest = hashlib.sha256(wasm).digest()
        for kept in self._kept(plugin, digest):
            code = share(kept)
            try:
                exports = exports_of(code)
            except WasmtimeError as error:
                logger.info("kept code of plugin %s does not run here: %s", plugin.id, error)
            else:
                return _loaded(plugin, code, exports, program)
        made = self._compile(plugin.id, plugin.manifest.name if plugin.manifest else plugin.id, wasm)
        code = share(made)
        loaded = _loaded(plugin, code, exports_of(code), program)
        self._cache.write(digest, fingerprint(), made)
        return loaded

    def prepare(self, name: str, wasm: bytes) -> None:
        """Makes machine code where there is none yet, so that whoever loads this component finds it.

        Raises PluginInvalid.
        """
        digest = hashlib.sha256(wasm).digest()
        if self._cache.read(digest, fingerprint()) is None:
            self._cache.write(digest, fingerprint(), self._compile(name, name, wasm))

    def _kept(self, plugin: Plugin, digest: bytes) -> Iterator[bytes]:
        """Code made earlier, the best first."""
        bundled = read_precompiled(plugin.precompiled, digest) if plugin.bundled else None
        if bundled is not None:
            yield bundled
        cached = self._cache.read(digest, fingerprint())
        if cached is not None:
            yield cached

    def _compile(self, plugin_id: str, name: str, wasm: bytes) -> bytes:
        self._on_compile(name, True)
        try:
            return compile_component(plugin_id, wasm)
        finally:
            self._on_compile(name, False)


def _read(plugin: Plugin) -> bytes:
    try:
        with plugin.wasm.open("rb") as file:
            wasm = file.read(MAX_WASM_BYTES + 1)
    except OSError as error:
        raise PluginInvalid(plugin.id, f"its plugin.wasm cannot be read: {error.strerror or error}") from None
    if len(wasm) > MAX_WASM_BYTES:
        raise PluginInvalid(plugin.id, f"its plugin.wasm is larger than {MAX_WASM_BYTES >> 20} MiB")
    return wasm


def _loaded(plugin: Plugin, code: bytes | SharedCode, exports: frozenset[str], program: Path | None) -> LoadedPlugin:
    """Refuses components of another world: every plugin exports `plugin-meta`."""
    start, end = f"{PACKAGE}/", f"@{API}"
    ours = frozenset(name.removeprefix(start).removesuffix(end) for name in exports if name.endswith(end))
    if "plugin-meta" not in ours:
        found = ", ".join(sorted(exports)[:5]) or "nothing"
        raise PluginInvalid(
            plugin.id, f"its plugin.wasm is a component of another world: it exports {found}, no {PACKAGE}/plugin-meta"
        )
    return LoadedPlugin(plugin.id, code, ours, program, plugin.folder)
