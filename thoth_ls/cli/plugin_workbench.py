"""A plugin while it is being written: built for development, put where an editor finds it, and judged."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from thoth_ls.authoring.building.development import development_component, install_development, put_program
from thoth_ls.authoring.building.sources import sources_of
from thoth_ls.catalog.development import is_development_build
from thoth_ls.cli.plugin_build import authors_kit, built, is_theme, printable_lines, steps
from thoth_ls.cli.plugin_problem import forget_problem, keep_problem
from thoth_ls.cli.plugin_validate import validate_folder
from thoth_ls.cli.table import printable
from thoth_ls.errors import BuildFailed, PluginInvalid
from thoth_ls.paths import Paths
from thoth_ls.runtime.compiling import Compiler
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.runtime import PluginRuntime
from thoth_ls.runtime.validation import Finding, validate

if TYPE_CHECKING:
    from pathlib import Path

    from thoth_ls.authoring.building.sources import Sources

WRONG = "error: src/main.py cannot be run"
"""How the log of a development build begins to tell that its program is wrong (`thoth_plugin.development`)."""


class Workbench:
    """For one plugin, from its first build until `close`."""

    def __init__(self, folder: Path) -> None:
        """Raises BuildFailed where this installation has nothing to build plugins with."""
        self.folder = folder
        self._kit = authors_kit()
        self._log: list[str] = []
        self._runtime: PluginRuntime | None = None
        self._component: Path | None = None
        """The one the runtime has loaded."""

    async def build(self) -> bool:
        """Builds it as it is now; whether it can be used. What is wrong has been printed, and is told to editors."""
        try:
            if is_theme(self.folder):
                return await validate_folder(self.folder, as_json=False) == 0
            sources = sources_of(self.folder)
            good = await self._python(sources) if sources.language == "python" else await self._zig()
        except (BuildFailed, PluginInvalid, OSError) as error:
            print(f"thoth: {printable_lines(str(error))}", file=sys.stderr, flush=True)
            keep_problem(self.folder, str(error))
            return False
        return good

    async def close(self) -> None:
        """Says what is left in the folder, and lets go of what was loaded."""
        forget_problem(self.folder)
        with suppress(OSError):
            if is_development_build((self.folder / "plugin.wasm").read_bytes()):
                print(
                    "\nplugin.wasm is a development build, which runs on this machine from this folder alone; `thoth"
                    " plugin build` makes the plugin for everybody."
                )
        if self._runtime is not None:
            await self._runtime.close()

    async def _zig(self) -> bool:
        made = await built(self.folder)
        print(f"built in {made.seconds:.1f} s" if made.fresh else "is current", flush=True)
        return await validate_folder(self.folder, as_json=False) == 0

    async def _python(self, sources: Sources) -> bool:
        began = time.monotonic()
        with steps() as tell:
            component = await asyncio.to_thread(development_component, sources, self._kit, tell)
            if component != self._component:
                await self._begin(component)
                tell("compiling it to machine code, once")
                compiler = Compiler(Paths.standard(), lambda name, begins: None)
                await asyncio.to_thread(compiler.prepare, self.folder.name, component.read_bytes())
                self._component = component
            await asyncio.to_thread(put_program, sources, self.folder)
            forget_problem(self.folder)
            await asyncio.to_thread(install_development, component, self.folder)
        print(f"the program was put in place after {time.monotonic() - began:.1f} s", flush=True)
        return await self._judge()

    async def _begin(self, component: Path) -> None:
        """Has another component loaded than before."""
        if self._runtime is not None:
            await self._runtime.close()
        self._runtime = PluginRuntime(Paths.standard(), Limits(), lambda plugin_id, level, text: self._log.append(text))

    async def _judge(self) -> bool:
        """Starts it once; prints what it writes, and what is wrong with it."""
        assert self._runtime is not None
        self._log.clear()
        _, found = await validate(self.folder, self._runtime)
        for line in self._log:
            print(printable(line))
        for finding in found:
            if finding.severity == "error" or not _of_development(finding):
                print(printable(str(finding)))
        wrong = any(line.startswith(WRONG) for line in self._log)
        return not wrong and not any(finding.severity == "error" for finding in found)


def _of_development(finding: Finding) -> bool:
    return finding.file == "plugin.wasm" and "development build" in finding.message
