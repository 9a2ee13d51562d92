"""Everything below the protocol, opened and closed in one place."""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from thoth_ls.authoring.manifests import ManifestTexts
from thoth_ls.catalog.grants import Grants
from thoth_ls.commands.commands import Commands
from thoth_ls.commands.results import ResultFiles
from thoth_ls.consent.access import NetworkAccess
from thoth_ls.documents.buffers.store import Buffers, OpenedText
from thoth_ls.documents.spool import sweep
from thoth_ls.documents.store import Documents
from thoth_ls.documents.uris import path_of
from thoth_ls.errors import FileUnreadable
from thoth_ls.exporting.export import Exports
from thoth_ls.exporting.renderers import Renderers
from thoth_ls.manager.dialogs import FileDialogs
from thoth_ls.manager.manager import PluginManager
from thoth_ls.manager.permissions import Permissions
from thoth_ls.manager.secrets import Secrets
from thoth_ls.net.network import Network
from thoth_ls.panels.data import PanelDocuments
from thoth_ls.panels.datasets import Datasets
from thoth_ls.panels.panels import Panels
from thoth_ls.panels.queries import Queries
from thoth_ls.runtime.limits import MIB, Limits
from thoth_ls.runtime.runtime import PluginRuntime, wasmtime_version
from thoth_ls.storage.keyring_store import KeyringSecrets
from thoth_ls.storage.whole_file import to_log
from thoth_ls.themes.library import Themes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thoth_ls.catalog.plugin import Plugin
    from thoth_ls.consent.access import NetworkEvents
    from thoth_ls.consent.desk import Ask as AskConsent
    from thoth_ls.documents.events import DocumentEvents, TextEvents
    from thoth_ls.manager.dialogs import PickFile
    from thoth_ls.manager.permissions import Ask
    from thoth_ls.manager.views import PluginEvents
    from thoth_ls.net.http.showing import ShowFile
    from thoth_ls.panels.events import PanelEvents
    from thoth_ls.panels.panel import Panel
    from thoth_ls.panels.tabs import ShowPanel
    from thoth_ls.paths import Paths
    from thoth_ls.settings import Settings
    from thoth_ls.storage.secret_store import SecretStore
    from thoth_ls.storage.whole_file import Report

    OnLog = Callable[[str, str, str], None]
    OnCompile = Callable[[str, bool], None]

    class Events(DocumentEvents, TextEvents, PluginEvents, NetworkEvents, PanelEvents, Protocol):
        """Whoever passes on what is told while nobody is asking."""

        def themes_changed(self) -> None:
            """There are other themes, or they have other colours."""


__all__ = ["OpenedText", "Services"]


class Services:
    """The plugin runtime and the open documents. Making it costs little; `start` does what may take a moment.

    Made on the event loop. Without `secrets` those of plugins go to the key store of this machine.
    """

    def __init__(
        self,
        settings: Settings,
        paths: Paths,
        events: Events,
        on_log: OnLog,
        on_compile: OnCompile,
        *,
        ask: Ask | None = None,
        ask_consent: AskConsent | None = None,
        secrets: SecretStore | None = None,
        pick_file: PickFile | None = None,
        show_file: ShowFile | None = None,
        show_panel: ShowPanel | None = None,
        report: Report = to_log,
        folders: Sequence[str] = (),
    ) -> None:
        self.paths = paths
        self._settings = settings
        self._folders = folders
        """Addresses of the open workspace's folders."""
        self._report = report

        def logged(plugin_id: str, level: str, text: str) -> None:
            self.plugins.logs.add(plugin_id, level, text)
            on_log(plugin_id, level, text)

        self.runtime = PluginRuntime(paths, Limits.of(settings.runtime), logged, on_compile)
        self.runtime.loaders.preferred = preferred_loaders(settings)
        self.runtime.development_folders, self.runtime.workspace_folders = plugin_folders(settings, folders, report)

        def installed(plugin_id: str) -> Plugin:
            return self.plugins.installed(plugin_id)

        turn = asyncio.Lock()  # a person is asked one thing at a time, whatever it is about
        self.permissions = Permissions(
            Grants(paths.state / "permissions.json", report), ask, self._permission_changed, turn=turn
        )
        self.network_access = NetworkAccess(
            paths,
            settings,
            self.permissions.granted,
            installed,
            events,
            report,
            ask=ask_consent,
            turn=turn,
            workspace=workspace_key(folders),
        )
        dialogs = FileDialogs(pick_file)
        self._responses = paths.temp / "responses"
        private_folder = self._responses / f"{os.getpid()}-{os.urandom(4).hex()}"
        self.network = Network(
            self.network_access.gate,
            self.network_access.desk,
            self.network_access.activity,
            self.network_access.allowance,
            private_folder,
            pick=lambda plugin, title, name: dialogs.pick(plugin, "save", title, name),
            pick_source=lambda plugin, title, extensions: dialogs.pick(plugin, "open", title, "", extensions),
            show_file=show_file,
        )
        self.plugins = PluginManager(
            paths,
            self.runtime,
            self.permissions,
            events,
            report,
            workspace_key(folders),
            secrets=Secrets(secrets or KeyringSecrets(paths.state, report)),
            dialogs=dialogs,
            network_access=self.network_access,
            network=self.network,
        )
        self.plugins.storage.max_bytes = settings.plugins.storage_megabytes * MIB
        self.runtime.custody = self.plugins.custody
        self.documents = Documents(
            self.runtime.loaders,
            settings.files,
            paths.temp / "spool",
            events,
            problem_limit=settings.diagnostics.max_per_file,
        )
        self.exports = Exports(self.runtime, self.documents)
        self.renderers = Renderers(self.runtime, self.documents.reading)
        self.commands = Commands(self.runtime, ResultFiles(paths.temp / "results"))
        self.texts = Buffers(self.runtime.loaders, paths.temp / "texts", events, settings.diagnostics.max_per_file)
        self.manifests = ManifestTexts(events, lambda: self._settings.diagnostics.max_per_file)
        self.panels = Panels(self.runtime, events, logged, show_panel)
        self.datasets = Datasets(self.documents.places, logged)
        self.panel_documents = PanelDocuments(
            self.panels,
            self.documents.places,
            self.datasets,
            self.network.body,
            private_folder / "data",
            events.datasets_changed,
        )
        queries = Queries()
        self.panels.on_opened = lambda panel: self._panel_opened(panel, queries)
        self.panels.on_closed = lambda panel: self._panel_closed(panel, queries)
        self.plugins.custody.offers = (
            self.panels.imports,
            lambda plugin, caller: {"dataset-bus": self.datasets.imports(plugin, caller)},
            lambda plugin, caller: {"db-runtime": queries.imports(caller)},
        )
        self.plugins.storage.written = self.panels.storage_written
        self.themes = Themes(self.runtime, events.themes_changed, paths.plugins, self.plugins.rescan)
        views = (self.documents, self.texts, self.network_access, self.panels, self.themes)
        self.plugins.changes.views = views
        self.plugins.on_settings = self.themes.settings_changed
        self._work: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Loads what the first request will want, and removes what servers left behind that are gone."""
        self.runtime.sweep()
        threading.Thread(target=sweep, args=(self._responses,), name="thoth-sweep-responses", daemon=True).start()
        await self.plugins.watch()
        await asyncio.to_thread(self.runtime.prepare)
        self.plugins.know()

    def reconfigure(self, settings: Settings) -> None:
        """Takes settings over for what is opened from now on; what is published follows them."""
        self.runtime.limits = Limits.of(settings.runtime)
        self.runtime.loaders.preferred = preferred_loaders(settings)
        self.documents.settings = settings.files
        self.documents.problem_limit = self.texts.problem_limit = settings.diagnostics.max_per_file
        before, self._settings = self._settings, settings
        if settings.diagnostics != before.diagnostics:
            self.documents.publish_again()
            self.texts.tell_again()
            self.manifests.tell_again()
        self.plugins.storage.max_bytes = settings.plugins.storage_megabytes * MIB
        self.network_access.reconfigure(settings)
        if (settings.network, settings.workspace_trusted) != (before.network, before.workspace_trusted):
            self.network.grants_changed()
        if (settings.plugins.dev_folders, settings.workspace_trusted) != (
            before.plugins.dev_folders,
            before.workspace_trusted,
        ):
            places = plugin_folders(settings, self._folders, self._report)
            self.runtime.development_folders, self.runtime.workspace_folders = places
            task = asyncio.create_task(self.plugins.rescan())
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    def wasmtime_version(self) -> str:
        """The version of the WebAssembly engine in use; imports it."""
        return wasmtime_version()

    async def close(self) -> None:
        """Closes every document and text, and ends every plugin."""
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        await self.plugins.close()
        await self.panels.close_all()
        await self.themes.close()
        self.manifests.close_all()
        await self.texts.close_all()
        await self.documents.close_all()
        await self.runtime.close()
        await self.commands.close()
        await self.network.close()
        await self.network_access.close()

    def _panel_opened(self, panel: Panel, queries: Queries) -> None:
        panel.goodbyes.append(partial(queries.close_connections, panel.panel_id))
        self.panel_documents.panel_opened(panel)

    def _panel_closed(self, panel: Panel, queries: Queries) -> None:
        queries.panel_closed(panel.panel_id)
        self.panel_documents.panel_closed(panel)

    def _permission_changed(self, plugin_id: str) -> None:
        self.plugins.changes.tell([plugin_id], "permissions")
        self.network_access.desk.look_again()
        self.network.grants_changed(plugin_id)
        self.themes.settings_changed(plugin_id)


def preferred_loaders(settings: Settings) -> dict[str, str]:
    """The plugins to try first, by extension as names are compared with it."""
    return {name.strip().lower().removeprefix("."): plugin_id for name, plugin_id in settings.files.loaders.items()}


def workspace_key(folders: Sequence[str]) -> str | None:
    """What names the open workspace: its first folder, however its address is written; None without one."""
    if not folders:
        return None
    try:
        return Path(os.path.normcase(path_of(folders[0]))).as_uri()
    except (FileUnreadable, ValueError):
        return folders[0]


def plugin_folders(settings: Settings, folders: Sequence[str], report: Report) -> tuple[Sequence[Path], Sequence[Path]]:
    """The folders of plugins being written, and those of plugins that are part of trusted workspace folders."""
    opened: list[Path] = []
    for uri in folders:
        with suppress(FileUnreadable):  # a folder of another kind holds no plugins
            opened.append(path_of(uri))
    development: list[Path] = []
    for text in settings.plugins.dev_folders:
        path = Path(text.strip()).expanduser()
        if path.is_absolute():
            development.append(path)
        elif text.strip() and opened:
            development.append(opened[0] / path)
        else:
            report(f"Ignoring {text!r} in thoth.plugins.devFolders: write the whole path of the folder.")
    trusted = [folder / ".thoth" / "plugins" for folder in opened] if settings.workspace_trusted else []
    return development, trusted
