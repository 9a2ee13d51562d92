"""The runtime as the rest of Thoth sees it: installed plugins in, loaders and instances out."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from thoth_ls.errors import PluginError, PluginNotFound, PluginReloaded
from thoth_ls.runtime.custody import NoCustody
from thoth_ls.runtime.installed import InstalledLoaders
from thoth_ls.runtime.limits import Limits
from thoth_ls.runtime.meta import Introductions
from thoth_ls.runtime.sandbox import Sandboxes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from thoth_ls.catalog.discovery import Catalog, Plugin
    from thoth_ls.paths import Paths
    from thoth_ls.runtime.compiling import Compiler, OnCompile
    from thoth_ls.runtime.custody import Custody
    from thoth_ls.runtime.guest import Guest, LoadedPlugin
    from thoth_ls.runtime.imports import HostTable
    from thoth_ls.runtime.instance import PluginInstance
    from thoth_ls.runtime.instance_panel import InstancePanel
    from thoth_ls.runtime.log_capture import OnLog
    from thoth_ls.runtime.watchdog import Watchdog
    from thoth_ls.runtime.worker import Abandoned, Call


class PluginRuntime:
    """All plugins of one server. Making it costs nothing: folders are read and wasmtime is imported on first use.

    `on_log` gets what plugins write, `on_compile` (plugin name, whether it begins) frames the compilation of a plugin;
    both are called on other threads than the event loop's and must not block.
    """

    def __init__(
        self,
        paths: Paths,
        limits: Limits,
        on_log: OnLog,
        on_compile: OnCompile = lambda name, begins: None,
        *,
        bundled_folders: Sequence[Path] | None = None,
        host: HostTable | None = None,
        custody: Custody | None = None,
    ) -> None:
        self.limits = limits
        """May be replaced; instances that exist keep theirs."""
        self.loaders = InstalledLoaders(self)
        """Those that open files."""
        self.sandboxes = Sandboxes(paths)
        self._paths = paths
        self._on_log = on_log
        self._on_compile = on_compile
        self._bundled_folders = bundled_folders
        self.development_folders: Sequence[Path] = ()
        """Where plugins being written are; may be replaced, `discover` looks there."""
        self.workspace_folders: Sequence[Path] = ()
        """`.thoth/plugins` of trusted workspaces; may be replaced, `discover` looks there."""
        self.custody: Custody = custody or NoCustody(host)
        """Answers for the plugins; may be replaced before the first of them runs."""
        self.introductions = Introductions(
            self._without_rights, lambda plugin_id, text: on_log(plugin_id, "warning", text)
        )
        """What plugins say about themselves, where their manifests say something else."""
        self._catalog: Catalog | None = None
        self._loading: dict[Path, asyncio.Task[LoadedPlugin]] = {}
        self._instances: set[PluginInstance] = set()
        self._ended: dict[str, int] = {}
        """How often all instances of a plugin were ended, by id."""
        self._ending: dict[str, asyncio.Future[list[BaseException | None]]] = {}
        """Plugins whose instances are being ended: the next one begins when those have been told."""
        self._sweeping: threading.Thread | None = None
        self._compiler: Compiler | None = None
        self._watchdog: Watchdog | None = None
        self._abandoned: Abandoned | None = None

    def adopt(self, catalog: Catalog, stale: Iterable[Path] = ()) -> None:
        """Takes another look at the folders over; plugins in `stale` folders are loaded anew when needed next."""
        self._catalog = catalog
        for folder in stale:
            self._loading.pop(folder / "plugin.wasm", None)

    def instances(self, plugin_id: str) -> Sequence[PluginInstance]:
        """The instances of a plugin that have not been closed."""
        return [instance for instance in self._instances if instance.plugin_id == plugin_id]

    async def end(self, plugin_id: str, reason: PluginError) -> None:
        """Closes every instance of a plugin, those too that are being made; whoever calls one gets `reason`."""
        self._ended[plugin_id] = self._ended.get(plugin_id, 0) + 1
        closing = [instance.close(reason) for instance in self.instances(plugin_id)]
        ending = asyncio.gather(*closing, return_exceptions=True)
        self._ending[plugin_id] = ending
        try:
            await asyncio.shield(ending)
        finally:
            if self._ending.get(plugin_id) is ending:
                del self._ending[plugin_id]

    def prepare(self) -> None:
        """Reads the plugin folders and imports what the first file will need; takes some 100 ms, on any thread."""
        from thoth_ls.runtime import compiling, instance, loader, paged_source, plain_source  # noqa: F401

        _ = self.catalog

    @property
    def catalog(self) -> Catalog:
        """What is installed."""
        if self._catalog is None:
            self._catalog = self.discover()
        return self._catalog

    def discover(self) -> Catalog:
        """What is installed by now; `adopt` makes use of it. Reads folders, for any thread."""
        from thoth_ls.catalog.discovery import Places, bundled_folders, discover

        bundled = bundled_folders() if self._bundled_folders is None else self._bundled_folders
        user = [self._paths.plugins]
        return discover(Places(bundled, user, self.development_folders, self.workspace_folders))

    async def load(self, plugin: Plugin) -> LoadedPlugin:
        """The plugin's machine code: bundled, kept from earlier, or compiled now, off the event loop.

        Callers at the same time share one compilation, which goes on when they are cancelled. Raises PluginInvalid.
        """
        task = self._loading.get(plugin.wasm)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            if self._compiler is None:
                from thoth_ls.runtime.compiling import Compiler

                self._compiler = Compiler(self._paths, self._on_compile)
            task = asyncio.create_task(asyncio.to_thread(self._compiler.load, plugin))
            self._loading[plugin.wasm] = task
        return await asyncio.shield(task)

    async def instance(
        self,
        plugin: Plugin,
        *,
        folder: Path | None = None,
        restore: Callable[[Call], None] | None = None,
        panel: InstancePanel | None = None,
    ) -> PluginInstance:
        """An instance of the plugin that may read `folder` and sees nothing else. Close it when done.

        `restore` is given every guest that was started, the first one too, to bring it to where the last one was.
        `panel` is what it is to draw, if anything.
        """
        ended = self._ended.get(plugin.id, 0)
        await self.custody.admit(plugin, "opened-file" if folder is not None else None)
        loaded = await self.load(plugin)
        ending = self._ending.get(plugin.id)
        if ending is not None and self._ended.get(plugin.id, 0) == ended:
            await asyncio.shield(ending)
        if self._ended.get(plugin.id, 0) != ended:
            raise self.custody.refusal(plugin) or PluginReloaded(plugin.id, "it was reloaded meanwhile; try again")
        from thoth_ls.runtime.caller import GuestCaller
        from thoth_ls.runtime.guest import Guest, Surroundings
        from thoth_ls.runtime.instance import PluginInstance
        from thoth_ls.runtime.watchdog import Watchdog
        from thoth_ls.runtime.worker import Abandoned

        self._watchdog = self._watchdog or Watchdog()
        self._abandoned = self._abandoned or Abandoned()
        limits = self.limits
        custody = self.custody
        permit = custody.permit(plugin)
        panel_id = panel.panel_id if panel is not None else None
        loop = asyncio.get_running_loop()
        self.introductions.later(plugin, loaded)

        def start() -> Guest:
            caller = GuestCaller(loop, instance, "ui-component" in loaded.exports, limits.host_wait_seconds, panel_id)
            table = custody.host(plugin, caller)
            return Guest(loaded, limits, Surroundings(folder, self._on_log, table, permit, caller))

        instance = PluginInstance(
            plugin.id,
            start,
            limits,
            self._watchdog,
            exports=loaded.exports,
            settings=lambda: custody.settings(plugin),
            restore=restore,
            abandoned=self._abandoned,
            usage=custody.usage(plugin),
            on_crash=lambda message: custody.crashed(plugin, message),
            on_closed=self._instances.discard,
            panel=panel,
        )
        self._instances.add(instance)
        return instance

    def _without_rights(self, plugin: Plugin, loaded: LoadedPlugin) -> PluginInstance:
        """An instance that may do nothing and is told nothing, beside one that runs.

        Raises PluginError where the plugin was switched off or removed since.
        """
        installed = self.catalog.get(plugin.id)
        if installed is None or installed.folder != plugin.folder:
            raise PluginNotFound(plugin.id, "it is not installed any more")
        refusal = self.custody.refusal(plugin)
        if refusal is not None:
            raise refusal
        from thoth_ls.runtime.guest import Guest, Surroundings
        from thoth_ls.runtime.instance import PluginInstance

        limits = self.limits
        assert self._watchdog is not None
        return PluginInstance(
            plugin.id,
            lambda: Guest(loaded, limits, Surroundings(None, self._on_log)),
            limits,
            self._watchdog,
            abandoned=self._abandoned,
        )

    def sweep(self) -> None:
        """Removes what servers left behind that are gone, on a thread of its own."""
        if self._sweeping is None:
            self._sweeping = threading.Thread(target=self.sandboxes.sweep, name="thoth-sweep", daemon=True)
            self._sweeping.start()

    async def close(self) -> None:
        """Ends every instance; loaders and instances cannot be used any more."""
        await self.introductions.close()
        await asyncio.gather(*(instance.close() for instance in list(self._instances)), return_exceptions=True)
        if self._watchdog is not None:
            self._watchdog.close()


def wasmtime_version() -> str:
    """The version of wasmtime in use; imports it, so not on the way to the first answer."""
    from thoth_ls.runtime.engine import wasmtime_version as version

    return version()
